"""Commands: one module a command, each adds itself to the parser and runs."""
