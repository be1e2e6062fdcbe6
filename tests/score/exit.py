"""Exit: every way to leave, from every state of a page, in a real browser."""

from dataclasses import replace

from tests.score.row import Reached, Trial
from tests.score.tested import run

FIGURE = "2 ways x 8 states of a page that are left at once, and Back shows nothing"
TARGET = "all, half within 50 ms"
NOT_COVERED = "Firefox, Safari and real phones; what the device itself remembers"
TESTS = "tests/browser/test_exit.py"
STATES = "test_one_press_leaves_from_every_state"


def measure(trial: Trial) -> Reached:
    """Run the tests of the exit; each fails if the page is not left, or seen again."""
    plugin = "swallowed" if trial.is_broken else ""
    if trial.is_small:
        found = run(f"{TESTS}::{STATES}[idle-button]", plugin=plugin)
    else:
        found = run(TESTS, plugin=plugin, only=f"{STATES} or back or killed")
    left = found.tries - len(found.faults)
    return replace(found, reached=f"{left} of {found.tries}")
