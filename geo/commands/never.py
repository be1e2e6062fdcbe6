"""Never: keep fingerprints of places that are never to be shown."""

import argparse
import getpass

from geo import areas, clock, settings
from geo.catalogue import checks, csv_file, never

ASK = "Address or latitude, longitude (it is not shown as you type): "


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    keeping = commands.add_parser("never", help="fingerprints of places never to be shown")
    keeping.add_argument(
        "what",
        choices=("add", "list", "check"),
        help="add: type an address or a point; list: how many there are; check: compare the "
        "catalogue with them",
    )
    keeping.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Add a place, count the fingerprints, or compare; return 1 if a row matches, else 0."""
    given = settings.read()
    if options.what == "add":
        new = never.add(given.never, given.never_key, getpass.getpass(ASK))
        print(f"{new} fingerprints added to {given.never}.")
        return 0
    known = never.read(given.never, given.never_key)
    print(f"{given.never}: {len(known.prints)} fingerprints, {_state(known)}.")
    if options.what == "list" or not known.are_in_force:
        return 0
    table = csv_file.read(given.catalogue, given.most_bytes)
    found = checks.check(
        table.frame, table.lines, clock.today(), areas.zip_counties(), given.catalogue.name
    )
    matching = [issue for issue in found if issue.rule == "never"]
    for issue in matching:
        print(issue)
    return 1 if matching else 0


def _state(known: never.Fingerprints) -> str:
    if not known.prints:
        return "nothing to compare with"
    return "in force" if known.key else "not compared: NEVER_KEY names no key"
