"""Exchange: the catalogue in the formats of others, out and in."""
