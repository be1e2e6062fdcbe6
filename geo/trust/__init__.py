"""Trust: what readers report, what keepers confirm, and how good the data are by that."""
