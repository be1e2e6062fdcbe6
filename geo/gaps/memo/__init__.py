"""Memo: an answer about gaps as one page of PDF."""
