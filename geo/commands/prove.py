"""Prove: try by force that what was said to be saved is there afterwards."""

import argparse
import io
import logging
import os
import tempfile
from pathlib import Path

from geo import settings
from geo.catalogue import csv_file
from geo.trust import proof

MOST_ROWS = 40  # of the catalogue that is rewritten: enough to be cut in the middle


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    proving = commands.add_parser("prove", help="try that nothing that was saved is lost")
    proving.add_argument("what", choices=("writes",), help="reports, the catalogue and its log")
    proving.add_argument(
        "--saves", type=int, default=200, help="reports while processes are killed"
    )
    proving.add_argument("--rewrites", type=int, default=100, help="decisions, likewise")
    proving.add_argument("--each", type=int, default=200, help="reports of each of four writers")
    proving.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what each trial found; return 1 if anything was lost or not told, else 0."""
    if not hasattr(os, "fork"):
        print("This needs a system that can fork, such as Linux.")
        return 1
    logging.disable(logging.CRITICAL)
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        few = short(settings.read().catalogue, folder / "short.csv")
        for trial in proof.writes(folder, few, options.saves, options.rewrites, options.each):
            print(f"{trial.name}: {trial.told if not trial.wrong else trial.wrong}", flush=True)
            failed += bool(trial.wrong)
    print("Nothing was lost." if not failed else f"{failed} trials failed.")
    return 1 if failed else 0


def short(catalogue: Path, path: Path) -> Path:
    """Write the first rows of a catalogue, to be rewritten often."""
    rows = csv_file.read(catalogue, settings.read().most_bytes).frame[:MOST_ROWS]
    text = io.StringIO()
    rows.to_csv(text, index=False, lineterminator="\n")
    path.write_text(text.getvalue(), encoding="utf-8")
    return path
