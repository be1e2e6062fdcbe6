"""Engines: what is computed by large libraries, one module an engine."""
