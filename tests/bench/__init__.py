"""Bench: `make bench` shows how fast the app is and how much it needs, beside a naive one."""
