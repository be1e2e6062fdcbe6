"""Bench: how fast and how large the app is, measured in a real Chromium."""
