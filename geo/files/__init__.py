"""Files: what any file needs: clean text, tables, PDF pages, writing whole or not at all."""
