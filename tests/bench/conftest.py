"""Conftest: the page of Dash is run by itself, never imported here."""

collect_ignore = ["dash_page.py"]
