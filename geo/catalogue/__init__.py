"""Catalogue: the record of a service, its file, its checks, and the last good edition."""
