"""Browser: hostile records in a real Chromium, and what its pages ask of other hosts."""

from dataclasses import replace

from tests.score.row import Reached, Trial
from tests.score.tested import run

FIGURE = "hostile texts in Chromium that ran or fetched, and pages that asked another host"
TARGET = "0"
NOT_COVERED = "Firefox and Safari; texts that no check and no attack here has thought of"
HOSTILE = "tests/browser/test_hostile.py"
ALONE = "tests/browser/test_privacy.py"
ONE = "test_nothing_happens_in_the_list_and_on_the_map"


def measure(trial: Trial) -> Reached:
    """Run the tests of hostile records and of foreign hosts."""
    plugin = "unescaped" if trial.is_broken else ""
    if trial.is_small:
        found = run(f"{HOSTILE}::{ONE}", plugin=plugin)
    else:
        found = run(HOSTILE, ALONE, plugin=plugin, only="nothing_happens or host or yes")
    return replace(found, reached=f"{len(found.faults)}")
