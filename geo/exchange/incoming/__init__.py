"""Incoming: feeds of others, read tolerantly and kept strictly: from a file to rows of ours."""
