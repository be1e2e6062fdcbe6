"""Tests: one module a module of the library, and the pages in a real browser."""
