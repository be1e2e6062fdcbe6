"""Parts: pieces that several pages use."""
