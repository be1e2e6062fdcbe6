"""Imports: bring the services of others in: an HSDS feed, or any one table by a map of columns."""

import argparse
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from geo import clock, settings
from geo.catalogue import do_not_list
from geo.errors import CatalogueError, QuestionError
from geo.exchange.incoming import columns, feeds, intake, sieve, types_map
from geo.exchange.incoming.report import Report
from geo.exchange.incoming.rows import Rules, Verdict
from geo.files import table, whole

FIRST = 5  # rows shown before anything is written


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    importing = commands.add_parser("import", help="bring in the services of others")
    formats = importing.add_subparsers(title="formats", required=True, dest="format")
    hsds = formats.add_parser("hsds", help="Open Referral 1.x, 2.0, 3.x: zip, folder, JSON")
    hsds.add_argument("--map", type=Path, metavar="TYPES", help="a table: term,service_types")
    hsds.add_argument("--dry-run", action="store_true", help="say what would be; write nothing")
    csv = formats.add_parser("csv", help="one table, a row a service: CSV or XLSX")
    csv.add_argument("--map", type=Path, metavar="COLUMNS", required=True,
                     help="a table: ours,theirs,fixed")  # fmt: skip
    csv.add_argument("--types", type=Path, metavar="TYPES", help="a table: term,service_types")
    csv.add_argument("--yes", action="store_true", help="write; without it the first rows are told")
    for one in (hsds, csv):
        one.add_argument("path", type=Path, metavar="PATH", help="the feed")
        one.add_argument("--source", required=True, metavar="NAME", help="whose feed it is")
        one.add_argument("--report", type=Path, metavar="FILE", help="a CSV of all that happened")
    importing.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take the feed in, say what became of it; return 0, or 1 if nothing could be taken.

    Raises
    ------
    CatalogueError : the feed, a map, the do-not-list or the catalogue cannot be read
    QuestionError : the name of the feed cannot be used, or a file cannot be written
    """
    source, catalogue = intake.named(options.source), settings.read().catalogue
    is_hsds = options.format == "hsds"
    kinds = types_map.read(options.map if is_hsds else options.types)
    rules = Rules(source, kinds, do_not_list.of(catalogue, settings.read().most_bytes))
    unread: list[str] = []
    found = _found(options, rules, unread)
    if not is_hsds:
        first = [*islice(found, FIRST)]
        sieve.sift(first, clock.today())
        for line in columns.preview(first):
            print(line)
        found = chain(first, found)
    write = not options.dry_run if is_hsds else options.yes
    try:
        report = intake.take(found, source, catalogue, clock.today(), write)
    except OSError as error:
        wanted = "{source}: cannot be written ({why})."
        raise QuestionError(wanted, source=source, why=error.strerror) from error
    report.unread = unread
    _say(report, options.report)
    if not report.taken:
        raise CatalogueError(f"{source}: nothing could be taken; the reasons stand above.")
    if not write:
        print(f"Nothing was written. {'Leave out --dry-run' if is_hsds else 'Add --yes'} to do it.")
    return 0


def _found(options: argparse.Namespace, rules: Rules, unread: list[str]) -> Iterator[Verdict]:
    if options.format == "hsds":
        return feeds.read(options.path, rules, clock.today(), unread)
    return columns.read(options.path, columns.read_map(options.map), rules, unread)


def _say(report: Report, path: Path | None) -> None:
    for line in report.lines():
        print(line)
    if path:
        try:
            with whole.swap(path) as beside:
                beside.write_bytes(table.write(("what", "external_id", "why"), report.listed()))
        except OSError as error:
            wanted = "--report: cannot be written ({why})."
            raise QuestionError(wanted, why=error.strerror) from error
