"""Gaps: say who is out of reach of a kind of service, as lines, JSON or CSV."""

import argparse
import json
import sys
from datetime import datetime

from geo import clock, settings
from geo.catalogue import records
from geo.catalogue.keeper import load_catalogue
from geo.clock import TIMEZONE
from geo.errors import QuestionError
from geo.gaps import demand, export
from geo.gaps.answer import work_out
from geo.gaps.question import TRUSTS, Question
from geo.travel import engines


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    asking = commands.add_parser("gaps", help="say who is out of reach of a kind of service")
    kinds = ", ".join(records.PLACE_TYPES)
    counties = ", ".join(records.COUNTIES)
    asking.add_argument("--type", required=True, help=f"one of {kinds}")
    asking.add_argument("--county", default="both", help=f"{counties} or both (default)")
    near = asking.add_mutually_exclusive_group()
    near.add_argument("--minutes", type=float, default=30.0, help="how near is near; default 30")
    near.add_argument("--miles", type=float, help="the same in miles")
    asking.add_argument("--at", metavar="2026-11-24T10:00", help="only what is known to be open")
    asking.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="WHICH",
        help=f"only entries that are {', '.join(TRUSTS)}; can be given again",
    )
    asking.add_argument("--speed", type=float, default=1.0, help="0.8 is a fifth slower")
    asking.add_argument("--mode", default="driving", help="driving (default) or walking")
    names = ", ".join(engines.ENGINES)
    asking.add_argument("--engine", help=f"of travel time: {names}; default: the best set up")
    output = asking.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="everything, with each block group")
    output.add_argument("--csv", action="store_true", help="a row a block group")
    asking.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print who is out of reach of a kind of service, as lines, JSON or CSV; return 0."""
    miles: float | None = options.miles
    question = Question(
        type=options.type,
        county="" if options.county == "both" else options.county,
        measure="minutes" if miles is None else "miles",
        threshold=options.minutes if miles is None else miles,
        hour=_hour(options.at) if options.at else None,
        trust=frozenset(options.only),
        engine=options.engine or engines.best(options.mode, public=True),
        speed=options.speed,
        mode=options.mode,
    )
    today = clock.today()
    places = load_catalogue(settings.read().catalogue, today)
    answer = work_out(places, demand.load(), question)
    if options.json:
        print(json.dumps(export.as_json(answer), allow_nan=False))
    elif options.csv:
        sys.stdout.write(export.as_csv(answer))
    else:
        for line in export.as_lines(answer):
            print(line)
    return 0


def _hour(text: str) -> datetime:
    """Return the moment that `text` names on the clocks of California."""
    try:
        moment = datetime.fromisoformat(text if ":" in text else "")
        return moment.astimezone(TIMEZONE) if moment.tzinfo else moment.replace(tzinfo=TIMEZONE)
    except (ValueError, OverflowError):
        wanted = "--at: found {found!r}, wanted a day and time, such as 2026-11-24T10:00."
        raise QuestionError(wanted, found=text) from None
