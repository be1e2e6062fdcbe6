"""Outreach: the parts of the teams' page."""
