"""Geocode: fill in the points that are missing in a catalogue; a dry run unless told to write."""

import argparse
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

import numpy as np
import pandas as pd

from geo import areas, clock, settings
from geo.addresses import fill_in
from geo.addresses.fill_in import Finding
from geo.addresses.reading import Answer
from geo.addresses.wrappers import Cache
from geo.catalogue import checks, csv_file, keeper, sources
from geo.catalogue.issue import Issue
from geo.errors import CatalogueError, QuestionError
from geo.settings import DATA, Settings
from geo.streets import store

CACHE = DATA / "cache" / "geocode.jsonl"
TITLES = {
    "filled": "To fill in",
    "moved": "To move by a little",
    "area": "To place in an area",
    "proposed": "Needs eyes: the match is not sure",
    "far": f"Needs eyes: more than {fill_in.MOST_MOVED_M:.0f} m from the point that is known",
}
SHOWN_FAR = 10


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    asking = commands.add_parser("geocode", help="fill in the points that are missing")
    asking.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: the catalogue that is served"
    )
    asking.add_argument(
        "--providers",
        default=",".join(fill_in.AT_HOME),
        help=f"in order, of {', '.join(fill_in.PROVIDERS)}; default %(default)s. "
        f"{' and '.join(fill_in.ONLINE)} are told the addresses of public places",
    )
    asking.add_argument("--write", action="store_true", help="without it nothing is changed")
    asking.add_argument(
        "--threshold",
        type=float,
        default=fill_in.THRESHOLD,
        help="least score of a point that is written, 0 to 1; default %(default)s",
    )
    asking.add_argument(
        "--again", action="store_true", help="also rows whose point is only as good as the street"
    )
    asking.add_argument(
        "--compare", action="store_true", help="only say how far each provider is off known points"
    )
    asking.add_argument("--cache", type=Path, default=CACHE, help=argparse.SUPPRESS)
    asking.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what can be filled in and what needs eyes, and write it if asked to; return 0.

    Raises
    ------
    CatalogueError : the file has faults, before or after
    QuestionError : an unknown provider, or a threshold that is none
    """
    names = _names(options.providers)
    if not 0 < options.threshold <= 1:
        wanted = "--threshold: found {found}, wanted more than 0 and at most 1, such as 0.8."
        raise QuestionError(wanted, found=options.threshold)
    given, today = settings.read(), clock.today()
    path: Path = options.file or given.catalogue
    table, lines, issues = keeper.read_both(path, today)
    _refuse(issues, path)
    kept, known = Cache(options.cache), store.load(given.streets)
    if "streets" in names and known is None:
        print("streets: none are imported (see `python -m geo streets`).")
    providers = fill_in.build(names, given, known, kept, print)
    if options.compare:
        for name, provider in providers.items():
            if name != "gazetteer":
                found = fill_in.compare(table.frame, provider)
                _print(_compared(name, found, table, path.name))
        return 0
    if "census" in names:
        before = dict(takewhile(lambda one: one[0] != "census", providers.items()))
        open_yet = [
            address
            for _, address in fill_in.wanted(table.frame, options.again)
            if not _is_sure(fill_in.solve(address, before, options.threshold), options.threshold)
        ]
        fill_in.ask_at_once(open_yet, given, kept, print)
    findings = list(fill_in.run(table.frame, providers, options.threshold, options.again))
    _print(_told(findings, table, path.name))
    new = fill_in.changed(table.frame, findings, today)
    _refuse(checks.check(new, table.lines, today, areas.zip_counties(), path.name), path)
    _finish(table, lines, new, path, given, options.write)
    return 0


def _finish(
    table: csv_file.Table,
    lines: csv_file.Table,
    new: pd.DataFrame,
    path: Path,
    given: Settings,
    write: bool,
) -> None:
    differs = (new != table.frame).any(axis=1)
    rows = int(differs.sum())
    if not rows:
        print("Nothing to write.")
    elif write:
        said = sources.without(lines.frame, table.frame["id"][differs], "latitude")
        others = (
            {sources.beside(path): sources.content(said)} if len(said) < len(lines.frame) else {}
        )
        csv_file.amend(table, new, path, given.most_bytes, others)
        print(f"{path.name}: {rows} {'row' if rows == 1 else 'rows'} written; no faults.")
    else:
        print("Nothing was written. To write what is to be filled in: --write.")


def _names(text: str) -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in text.split(",")))
    for name in names:
        if name not in fill_in.PROVIDERS:
            wanted = "--providers: found {found!r}, wanted some of {wanted}, split by commas."
            raise QuestionError(wanted, found=name, wanted=", ".join(fill_in.PROVIDERS))
    return names


def _is_sure(answer: Answer | None, threshold: float) -> bool:
    return bool(answer and answer.precision in fill_in.POINTS and answer.score >= threshold)


def _refuse(issues: Sequence[Issue], path: Path) -> None:
    """Raise what is wrong, if anything."""
    if issues:
        fix = f"Nothing was written. Mend {path.name} first: `python -m geo check {path}`."
        raise CatalogueError("\n".join([*map(str, issues), fix]))


def _told(findings: Sequence[Finding], table: csv_file.Table, name: str) -> Iterator[str]:
    """Yield a line for each row that changes or needs eyes, then how many there are of each."""
    for verdict, title in TITLES.items():
        rows = [finding for finding in findings if finding.verdict == verdict]
        if rows:
            yield f"{title} ({len(rows)}):"
        yield from (_line(finding, table, name) for finding in rows)
    bare = sum(not finding.address.number for finding in findings)
    left = sum(finding.verdict == "none" for finding in findings)
    yield (
        f"{name}: {len(findings)} rows looked at, {left} without an answer better than their area, "
        f"{bare} of all without a house number and street."
    )


def _line(finding: Finding, table: csv_file.Table, name: str) -> str:
    place = f"{name}:{table.lines[finding.row]} {table.frame['id'].iloc[finding.row]}"
    answer = finding.answer
    if answer is None:
        return f"  {place}  {finding.address}"
    moved = "" if np.isnan(finding.moved_m) else f", {finding.moved_m:.0f} m from the known point"
    return (
        f"  {place}  {finding.address}  ->  {answer.lat:.6f}, {answer.lon:.6f}  "
        f"{answer.precision} {answer.score:.2f}  {answer.matched} ({answer.source}{moved})"
    )


def _compared(
    name: str, found: Sequence[tuple[int, Answer | None, float]], table: csv_file.Table, file: str
) -> Iterator[str]:
    """Yield how far a provider is off the known points, and which are farthest."""
    metres = np.array([metres for *_, metres in found])
    answered = metres[~np.isnan(metres)]
    yield f"{name}: {len(answered)} answers to {len(metres)} rows with an exact point and a street."
    if not len(answered):
        return
    sure = sum(_is_sure(answer, fill_in.THRESHOLD) for _, answer, _ in found)
    yield (
        f"  metres off: median {np.median(answered):.0f}, "
        f"p90 {np.percentile(answered, 90):.0f}, max {answered.max():.0f}; "
        f"within {fill_in.MOST_MOVED_M:.0f} m {np.mean(answered <= fill_in.MOST_MOVED_M):.0%}; "
        f"{sure} with a score of {fill_in.THRESHOLD} or more"
    )
    for number, answer, away in sorted(found, key=lambda one: -np.nan_to_num(one[2]))[:SHOWN_FAR]:
        if answer:
            row = table.frame.iloc[number]
            yield (
                f"  {away:>7.0f} m  {file}:{table.lines[number]} {row['street']}, {row['city']}"
                f"  ({answer.matched}, {answer.score:.2f})"
            )


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        print(line)
