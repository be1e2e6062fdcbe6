"""Find: the parts of the page of someone who needs help."""
