"""Search: a question of someone who needs help -> the places and lines that answer it."""
