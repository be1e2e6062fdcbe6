"""Command line: look after the catalogue, and ask it what planners ask.

`python -m geo check [FILE]` says what is wrong with a catalogue, line by line. `python -m geo gaps
--type clinic --county san_joaquin --minutes 30` says how many people are out of reach of a clinic.
"""

import argparse
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from geo import areas, catalogue, checks, demand, figures, records, settings
from geo import gaps as planning
from geo.checks import Issue
from geo.errors import GeoError, QuestionError
from geo.formats import csv
from geo.hours import TIMEZONE


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


def check(options: argparse.Namespace) -> int:
    """Print each fault of a catalogue, then counts; return 1 if there is any, else 0."""
    given = settings.read()
    path: Path = options.file or given.catalogue
    table = csv.read(path, given.most_bytes)
    today = datetime.now(TIMEZONE).date()
    known = checks.check(table.frame, table.lines, today, areas.zip_counties(), path.name)
    issues = [*table.issues, *known]
    for issue in issues:
        print(issue)
    for line in _summary(table, issues, path.name):
        print(line)
    return 1 if issues else 0


def gaps(options: argparse.Namespace) -> int:
    """Print who is out of reach of a kind of service, as lines, JSON or CSV; return 0."""
    miles: float | None = options.miles
    question = planning.Question(
        type=options.type,
        county="" if options.county == "both" else options.county,
        measure="minutes" if miles is None else "miles",
        threshold=options.minutes if miles is None else miles,
        hour=_hour(options.at) if options.at else None,
        trust=frozenset(options.only),
        speed=options.speed,
        mode=options.mode,
    )
    today = datetime.now(TIMEZONE).date()
    places = catalogue.load(settings.read().catalogue, today)
    answer = planning.answer(places, demand.load(), question)
    if options.json:
        print(json.dumps(figures.as_json(answer), allow_nan=False))
    elif options.csv:
        figures.as_table(answer).to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        for line in figures.as_lines(answer):
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


def _summary(table: csv.Table, issues: list[Issue], name: str) -> Iterator[str]:
    """Yield how many faults a rule found, and rows and rows with faults by county and type."""
    rows, faults = len(table.frame), len(issues)
    yield (
        f"{name}: {rows} {'row' if rows == 1 else 'rows'}, "
        f"{faults or 'no'} {'fault' if faults == 1 else 'faults'}."
    )
    yield from _table("faults by rule", Counter(issue.rule for issue in issues))
    bad = {issue.place for issue in issues}
    numbers = [n for n, line in enumerate(table.lines) if f"{name}:{line}" in bad]
    for column, title in (("county", "rows by county"), ("service_types", "rows by type")):
        found, with_faults = (
            _counts(table.frame, column),
            _counts(table.frame.iloc[numbers], column),
        )
        yield from _table(title, found, with_faults)


def _counts(rows: pd.DataFrame, column: str) -> Counter[str]:
    """Return how many rows have each word of the vocabulary; no other text of a cell is shown."""
    cells: Iterable[str] = rows[column]
    found = Counter(word for cell in cells for word in {*records.split(cell)} or {""})
    counts = Counter({word: found[word] for word in records.VOCABULARIES[column] if found[word]})
    if others := found.total() - counts.total():
        counts["(blank or another word)"] = others
    return counts


def _table(title: str, counts: Counter[str], with_faults: Counter[str] | None = None) -> list[str]:
    lines = [f"{title}:"] if counts else []
    for word, number in counts.items():
        bad = f", {with_faults[word]} with faults" if with_faults and with_faults[word] else ""
        lines.append(f"  {word:<24} {number:>5}{bad}")
    return lines


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="Look after the catalogue.")
    commands = parser.add_subparsers(title="commands", required=True)
    checking = commands.add_parser("check", help="say what is wrong with a catalogue")
    checking.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: the catalogue that is served"
    )
    checking.set_defaults(run=check)
    asking = commands.add_parser("gaps", help="say who is out of reach of a kind of service")
    _add_question(asking)
    asking.set_defaults(run=gaps)
    return parser


def _add_question(asking: argparse.ArgumentParser) -> None:
    """Give a command the options of a question about gaps."""
    kinds = ", ".join(kind for kind in records.TYPES if kind != "hotline")
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
        help=f"only entries that are {', '.join(planning.TRUSTS)}; can be given again",
    )
    asking.add_argument("--speed", type=float, default=1.0, help="0.8 is a fifth slower")
    asking.add_argument("--mode", default="driving", help="driving (default) or walking")
    output = asking.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="everything, with each block group")
    output.add_argument("--csv", action="store_true", help="a row a block group")


if __name__ == "__main__":
    sys.exit(main())
