"""Gaps: the parts of the planners' page."""
