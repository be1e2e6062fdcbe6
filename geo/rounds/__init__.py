"""Rounds: a day of visits by outreach teams."""
