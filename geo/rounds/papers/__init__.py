"""Papers: a plan as the files that a team takes along."""
