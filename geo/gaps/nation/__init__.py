"""Nation: the same figures for as many areas and services as there are, a part at a time."""
