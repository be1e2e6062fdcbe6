"""Kill: reports and decisions, in processes that are killed at any moment."""

import tempfile
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from unittest.mock import patch

from geo.commands import prove
from geo.settings import DATA
from geo.trust import proof
from geo.trust.report_file import ReportFile
from geo.trust.reports import Report
from tests.score.row import Reached, Trial

FIGURE = "reports and decisions that were acknowledged and lost by a kill -9 at any moment"
TARGET = "0 lost, no file half"
NOT_COVERED = "a machine that loses its power while the disk lies about what it has written"


def measure(trial: Trial) -> Reached:
    """Save, rewrite and kill; count what was acknowledged and is not there."""
    saves, rewrites = trial.count(200, 6), trial.count(100, 1)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if trial.is_broken:
            stack.enter_context(patch.object(ReportFile, "save", saying_so_too_early()))
        rows = prove.short(DATA / "services.csv", folder / "services.csv")
        dice = trial.dice()
        tried = [
            proof.killed_saves(ReportFile(folder / "reports.sqlite"), saves, dice),
            proof.killed_rewrites(rows, rewrites, dice),
        ]
    faults = tuple(f"{one.name}: {one.wrong}" for one in tried if one.wrong)
    told = "; ".join(one.told for one in tried if not one.wrong)
    return Reached(told if not faults else "lost", not faults, saves + rewrites, faults)


def saying_so_too_early():
    """Return a way to save that writes only each second report, and acknowledges both."""
    save, turns = ReportFile.save, count()

    def save_later(kept: ReportFile, report: Report) -> None:
        if next(turns) % 2:
            save(kept, report)

    return save_later
