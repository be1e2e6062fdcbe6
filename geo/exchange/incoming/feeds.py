"""Feeds: an HSDS feed as it lies on the disk -> what becomes of each of its services."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from geo.errors import CatalogueError
from geo.exchange.incoming import dialects, objects, offers, parcel, rows, sheets
from geo.exchange.incoming.parcel import File
from geo.exchange.incoming.rows import Rules, Verdict
from geo.exchange.incoming.tables import Service, Tables

TEXTS = (".csv", ".tsv", ".txt")
NESTED = (".json", ".ndjson", ".jsonl")


def read(path: Path, rules: Rules, today: date, unread: list[str]) -> Iterator[Verdict]:
    """Yield what becomes of each service of a feed; rows that cannot be read go to `unread`.

    Raises
    ------
    CatalogueError : the feed cannot be read, or has no table of services
    """
    with parcel.files(path) as files:
        tables = _tables(files, unread)
        nested = [file for file in files if file.ending in NESTED]
        if not tables.services and not nested:
            wanted = "a table of services, or JSON"
            raise CatalogueError(f"{path.name}: found no file that is one, wanted {wanted}.")
        for part in (tables,) if tables.services else _nested(nested):
            for told in offers.of(part, today):
                yield from rows.verdicts(told, rules)


def _nested(files: list[File]) -> Iterator[Tables]:
    for file in files:
        yield from objects.read(file)


def _tables(files: list[File], unread: list[str]) -> Tables:
    tables = Tables()
    for file in files:
        if file.ending not in TEXTS:
            continue
        sheet = sheets.read(file)
        table = dialects.table_of(file.name.rpartition(".")[0], sheet.header)
        if table is None or (table is Service and "name" not in map(dialects.plain, sheet.header)):
            continue
        make = dialects.maker(table, sheet.header)
        for cells in sheet.rows:
            tables.add(make(cells))
        unread += [f"{sheet.name}, row {number}" for number in sheet.bad]
    return tables
