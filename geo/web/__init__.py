"""Web: what the server adds around the pages."""
