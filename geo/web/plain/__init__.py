"""Plain: small pages of the list for the web, which need no script and may be found by a search."""
