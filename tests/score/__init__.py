"""Scoreboard: figures that anyone can measure again, one module a row of the table."""
