"""Hours: opening hours from text to rules to open, closed or unknown, and in words."""
