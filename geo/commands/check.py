"""Check: say what is wrong with a catalogue, or may be, line by line."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from geo import clock, settings
from geo.catalogue import csv_file, imported, keeper, losses, records, remarks, sources
from geo.catalogue.issue import Issue


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    checking = commands.add_parser("check", help="say what is wrong with a catalogue")
    checking.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: the catalogue that is served"
    )
    checking.add_argument("--strict", action="store_true", help="end with 1 for a remark too")
    checking.add_argument("--json", action="store_true", help="the same for a program")
    checking.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print each fault and each remark of a catalogue and its sources, then counts.

    Return 1 if there is a fault, or a remark and `--strict` was given.
    """
    path: Path = options.file or settings.read().catalogue
    today = clock.today()
    table, lines, faults = keeper.read_both(path, today)
    issues = faults or losses.Ledger(path).judge(table)
    more, theirs = keeper.read_imported(path, table, today)
    doubts = remarks.find(table, lines, issues, today, (path.name, sources.NAME))
    if options.json:
        told = {
            "rows": len(table.frame),
            "faults": _json([*issues, *theirs]),
            "remarks": _json(doubts),
        }
        print(json.dumps(told))
    else:
        _print(path, table, lines, issues, doubts)
        _print_feeds(path, more, theirs)
    return 1 if issues or theirs or (options.strict and doubts) else 0


def _print(
    path: Path,
    table: csv_file.Table,
    lines: csv_file.Table,
    issues: list[Issue],
    doubts: list[Issue],
) -> None:
    for issue in issues:
        print(issue)
    for doubt in doubts:
        print(f"Remark: {doubt}")
    for line in _summary(table, issues, doubts, path.name):
        print(line)
    if facts := len(lines.frame):
        told = (
            "1 fact has a source of its own"
            if facts == 1
            else f"{facts} facts have sources of their own"
        )
        print(f"{sources.NAME}: {told}.")
    for line in _since(path, table):
        print(line)


def _print_feeds(path: Path, rows: pd.DataFrame, issues: list[Issue]) -> None:
    for issue in issues:
        print(issue)
    for file in imported.files(path):
        own = _counted(int((rows["feed"] == file.stem).sum()), "row")
        print(f"{imported.FOLDER}/{file.name}: {own}.")


def _json(issues: list[Issue]) -> list[dict[str, str]]:
    return [
        {
            "rule": issue.rule,
            "where": issue.where,
            "column": issue.column,
            "found": str(issue.found),
            "wanted": issue.wanted,
            "fix": issue.fix,
        }
        for issue in issues
    ]


def _summary(
    table: csv_file.Table, issues: list[Issue], doubts: list[Issue], name: str
) -> Iterator[str]:
    """Yield how much each rule found, and rows and rows with faults by county and type."""
    rows, faults = len(table.frame), len(issues)
    remarked = f", {_counted(len(doubts), 'remark')}" if doubts else ""
    yield f"{name}: {_counted(rows, 'row')}, {_counted(faults, 'fault')}{remarked}."
    yield from _table("faults by rule", Counter(issue.rule for issue in issues))
    yield from _table("remarks by rule", Counter(doubt.rule for doubt in doubts))
    bad = {issue.where for issue in issues}
    numbers = [n for n, line in enumerate(table.lines) if f"{name}:{line}" in bad]
    for column, title in (("county", "rows by county"), ("service_types", "rows by type")):
        found, with_faults = (
            _counts(table.frame, column),
            _counts(table.frame.iloc[numbers], column),
        )
        yield from _table(title, found, with_faults)


def _since(path: Path, table: csv_file.Table) -> Iterator[str]:
    """Yield how many rows came and went since the catalogue was last accepted, if it ever was."""
    before, now = losses.load(path), losses.count(table.frame)
    if not isinstance(before, losses.Accepted):
        return
    had = before.counts
    yield f"rows shown since it was accepted on {before.day}: {had.shown} -> {now.shown}"
    for earlier, later in ((had.by_county, now.by_county), (had.by_kind, now.by_kind)):
        for name, rows in earlier.items():
            if later.get(name, 0) < rows:
                yield f"  {name:<24} {rows:>5} -> {later.get(name, 0)}"
    if before.mark != table.mark and now.shown > had.shown:
        yield "More than was accepted: `python -m geo accept` has the new ones missed as well."


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


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
