"""Writers: four processes that save reports at once."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from geo.trust import proof
from geo.trust.report_file import ReportFile
from tests.score.kill import saying_so_too_early
from tests.score.row import Reached, Trial

FIGURE = "reports of four writers at once that are kept"
TARGET = "4 x 200 of 4 x 200"
NOT_COVERED = "writers on several machines: SQLite is for one"


def measure(trial: Trial) -> Reached:
    """Save from four processes; count what is there."""
    each = trial.count(200, 10)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if trial.is_broken:
            stack.enter_context(patch.object(ReportFile, "save", saying_so_too_early()))
        tried = proof.four_writers(ReportFile(folder / "reports.sqlite"), each)
    faults = (tried.wrong,) if tried.wrong else ()
    return Reached(tried.told, not faults, 4 * each, faults)
