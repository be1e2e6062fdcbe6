"""Travel: how long a way takes, by one of several engines."""
