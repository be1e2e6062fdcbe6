"""Package: tables of HSDS as a data package of Frictionless Data: CSV files and what they hold.

The same tables give the same bytes: no clock, no order but that of ids.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from geo.exchange.hsds import BY_NAME, TABLES, VERSION, Column, Table, Tables
from geo.exchange.schedules import ZONE

NAME = "service-map"
TITLE = "Help in Imperial and San Joaquin counties, California"
# When each file in the archive was made, for the archive: the first date that the format can hold.
MADE = (1980, 1, 1, 0, 0, 0)
FILE = 0o644 << 16  # read by all, written by its owner


def archive(tables: Tables) -> bytes:
    """Return the package as a zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files(tables):
            about = zipfile.ZipInfo(name, MADE)
            about.external_attr = FILE
            about.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(about, content)
    return held.getvalue()


def files(tables: Tables) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the package by name: its descriptor, then a file for each table."""
    told = json.dumps(descriptor(tables), ensure_ascii=False, indent=2) + "\n"
    yield "datapackage.json", told.encode()
    for table in TABLES:
        if table.name in tables:
            yield table.file, _content(table, tables)


def descriptor(tables: Tables) -> dict[str, Any]:
    """Return what says which files there are and what may stand in them."""
    return {
        "name": NAME,
        "title": TITLE,
        "description": f"Tables of HSDS {VERSION}. {ZONE} Blank means not known.",
        "profile": "tabular-data-package",
        "version": VERSION,
        "licenses": [{"name": "MIT", "path": "https://opensource.org/license/mit"}],
        "resources": [_resource(table, tables) for table in TABLES if table.name in tables],
    }


def _resource(table: Table, tables: Tables) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": "id",
    }
    keys = [
        {"fields": column.name, "reference": {"resource": column.table, "fields": "id"}}
        for column in table.columns
        if column.table in tables
    ]
    return {
        "name": table.name,
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    rules: dict[str, Any] = {"required": column.required}
    if column.name == "id":
        rules["unique"] = True
    if column.words:
        rules["enum"] = list(column.words)
    told: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.format:
        told["format"] = column.format
    return told | {"constraints": rules}


def _content(table: Table, tables: Tables) -> bytes:
    names = [column.name for column in table.columns]
    held = io.StringIO()
    writer = csv.DictWriter(held, names, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(tables[table.name])
    return held.getvalue().encode()


def counts(tables: Tables) -> Mapping[str, int]:
    """Return how many rows each table has, in the order of the tables."""
    return {name: len(tables[name]) for name in BY_NAME if name in tables}
