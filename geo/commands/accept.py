"""Accept: say that a catalogue is whole, though it has fewer rows than before."""

import argparse
from pathlib import Path

from geo import clock, settings
from geo.catalogue import keeper, losses


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    accepting = commands.add_parser("accept", help="say that a catalogue is whole as it is")
    accepting.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: the catalogue that is served"
    )
    accepting.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Note what a catalogue has, if it has no fault; return 1 if it has, else 0.

    A server that holds this very file back takes it at the next request.
    """
    path: Path = options.file or settings.read().catalogue
    today = clock.today()
    table, _, faults = keeper.read_both(path, today)
    if faults:
        print(f"{path.name}: not accepted, it has faults. See them: `python -m geo check {path}`.")
        return 1
    before, now = losses.load(path), losses.count(table.frame)
    losses.save(path, losses.Accepted(table.mark, today.isoformat(), now))
    if isinstance(before, losses.Accepted):
        print(f"Before, of {before.day}: {before.counts.shown} rows shown.")
        for loss in losses.lost(before.counts, now):
            print(f"Lost, and accepted: {loss}.")
    print(f"{path.name}: accepted with {now.shown} rows shown ({losses.record_of(path).name}).")
    return 0
