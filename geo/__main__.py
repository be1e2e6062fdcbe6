"""Command line: look after the catalogue, and ask it what planners ask.

`python -m geo check [FILE]` says what is wrong with a catalogue, line by line. `python -m geo gaps
--type clinic --county san_joaquin --minutes 30` says how many people are out of reach of a clinic.
`python -m geo streets` fetches the streets of the counties; `python -m geo geocode` fills in the
points that are missing; `python -m geo match` matches block groups to ZIP codes and cities.
`python -m geo round --city Tracy --start Tracy --date 2026-11-24` plans a day of visits.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from geo import log
from geo.commands import check, gaps, geocode, match, round, streets
from geo.errors import GeoError

COMMANDS = (check, gaps, round, streets, geocode, match)


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
