"""Planted: the faults of `--break`; apart, for a script puts its folder first on the path."""
