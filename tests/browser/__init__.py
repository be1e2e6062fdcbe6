"""Browser: the app in a real Chromium."""
