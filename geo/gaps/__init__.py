"""Gaps: a planner's question -> who is out of reach of help, and where more would do most good."""
