"""Rules: a function for each thing that may be wrong with a catalogue, by what it is about."""
