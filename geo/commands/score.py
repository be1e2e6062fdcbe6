"""Score: measure again what is claimed, in one table; its rows are in `tests/score`."""

import argparse
import importlib

from geo.errors import GeoError
from geo.settings import ROOT

SEED = 20_261_127
ABSENT = "What is measured is in tests/score, which is not here. Run it in a checkout."


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    scoring = commands.add_parser("score", help="measure again what is claimed, in one table")
    scoring.add_argument("rows", nargs="*", metavar="ROW", help="these only; no name: all short")
    scoring.add_argument("--seed", type=int, default=SEED, help="of all chance")
    scoring.add_argument("--small", action="store_true", help="few tries, as the tests make")
    scoring.add_argument(
        "--break", dest="broken", action="store_true", help="plant the fault: it must be seen"
    )
    scoring.add_argument("--readme", action="store_true", help="write the table into README.md")
    scoring.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what each row reached; return 1 if any falls short, else 0."""
    if not (ROOT / "tests/score").is_dir():
        raise GeoError(ABSENT)
    code: int = importlib.import_module("tests.score.board").main(options)
    return code
