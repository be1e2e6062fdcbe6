"""Streets: the imported streets of some counties: fetched, kept, searched, cut in squares."""
