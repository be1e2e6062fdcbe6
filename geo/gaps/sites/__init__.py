"""Sites: where the next place of help would do most good."""
