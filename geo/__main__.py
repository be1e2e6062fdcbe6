"""Command line: look after the catalogue, ask it, hand it on: `python -m geo --help` lists how."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from geo import log
from geo.commands import (
    accept,
    approve,
    check,
    data,
    export,
    find,
    gaps,
    geocode,
    hours,
    imports,
    match,
    never,
    prove,
    review,
    round,
    score,
    store,
    streets,
)
from geo.errors import GeoError

COMMANDS = (
    check,
    approve,
    never,
    accept,
    data,
    find,
    hours,
    gaps,
    round,
    streets,
    geocode,
    match,
    review,
    prove,
    score,
    export,
    imports,
    store,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` name and return its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except GeoError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="Look after the catalogue.")
    commands = parser.add_subparsers(title="commands", required=True)
    for command in COMMANDS:
        command.add(commands)
    return parser


if __name__ == "__main__":
    log.set_up()
    sys.exit(main())
