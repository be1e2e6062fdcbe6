"""Tests of how the app is put up: processes behind nginx, units, containers (docs/deploy)."""
