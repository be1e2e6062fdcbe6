"""Addresses: what a written address means, and where it is."""
