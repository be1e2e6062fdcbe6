"""Check: say what is wrong with a catalogue, line by line."""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from geo import areas, clock, settings
from geo.catalogue import checks, csv_file, records
from geo.catalogue.checks import Issue


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    checking = commands.add_parser("check", help="say what is wrong with a catalogue")
    checking.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: the catalogue that is served"
    )
    checking.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print each fault of a catalogue, then counts; return 1 if there is any, else 0."""
    given = settings.read()
    path: Path = options.file or given.catalogue
    table = csv_file.read(path, given.most_bytes)
    today = clock.today()
    known = checks.check(table.frame, table.lines, today, areas.zip_counties(), path.name)
    issues = [*table.issues, *known]
    for issue in issues:
        print(issue)
    for line in _summary(table, issues, path.name):
        print(line)
    return 1 if issues else 0


def _summary(table: csv_file.Table, issues: list[Issue], name: str) -> Iterator[str]:
    """Yield how many faults a rule found, and rows and rows with faults by county and type."""
    rows, faults = len(table.frame), len(issues)
    yield (
        f"{name}: {rows} {'row' if rows == 1 else 'rows'}, "
        f"{faults or 'no'} {'fault' if faults == 1 else 'faults'}."
    )
    yield from _table("faults by rule", Counter(issue.rule for issue in issues))
    bad = {issue.where for issue in issues}
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
