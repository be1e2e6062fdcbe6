"""Support: what several tests share: made-up towns, rows, plans, and naive second versions."""
