"""Review: the parts of the keepers' page."""
