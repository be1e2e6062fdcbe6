"""Feeds: made-up feeds of others for the tests, as files, and the import of them."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from geo.catalogue import csv_file, do_not_list, imported
from geo.exchange.incoming import feeds, intake, types_map
from geo.exchange.incoming.report import Report
from geo.exchange.incoming.rows import Rules
from tests.support import catalogues, examples

TODAY = date(2026, 11, 26)
NAME = "Valley 211"
Table = Sequence[Mapping[str, str]]

# One service in Tracy with all it needs; a test says what is otherwise.
MAP = "term,service_types\nfood bank,food\nshelters,shelter\nDV,domestic_violence\nskip,\n"
SERVICE = {
    "id": "12",
    "organization_id": "12",
    "name": "Oak Table",
    "description": "Hot meals.",
    "status": "active",
}
LOCATION = {"id": "12", "name": "Oak Hall", "latitude": "37.7397", "longitude": "-121.4252"}
ADDRESS = {
    "id": "1",
    "location_id": "12",
    "address_1": "10 Example Street",
    "city": "Tracy",
    "state_province": "CA",
    "postal_code": "95376",
    "country": "US",
}
TABLES: Mapping[str, Table] = {
    "organizations": [{"id": "12", "name": "Oak Church"}],
    "services": [SERVICE],
    "locations": [LOCATION],
    "service_at_location": [{"id": "a", "service_id": "12", "location_id": "12"}],
    "addresses": [ADDRESS],
    "phones": [{"id": "p", "service_id": "12", "number": "(209) 836-5424 ext. 4"}],
    "schedules": [
        {
            "id": "h",
            "service_id": "12",
            "freq": "WEEKLY",
            "byday": "MO,TU",
            "opens_at": "08:00",
            "closes_at": "12:00Z",
        }
    ],
    "taxonomy_terms": [{"id": "t1", "name": "Food Bank"}],
    "attributes": [
        {"id": "x", "link_id": "12", "link_entity": "service", "taxonomy_term_id": "t1"}
    ],
}


def text(rows: Table, delimiter: str = ",") -> str:
    """Return a table as CSV with every column that any row has."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, header, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue()


def folder(path: Path, tables: Mapping[str, Table]) -> Path:
    """Write the tables of a feed into a new folder."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (path / f"{name}.csv").write_text(text(rows), encoding="utf-8", newline="")
    return path


def packed(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return path


def catalogue(path: Path, *rows: dict[str, str]) -> Path:
    """Write a catalogue of made-up rows, of one without any."""
    path.mkdir(parents=True, exist_ok=True)
    catalogues.write(examples.frame(*(rows or ({},))), path / "services.csv")
    return path / "services.csv"


def rules(beside: Path, types: str = MAP) -> Rules:
    """Return what decides besides the feed."""
    path = beside.with_name("types.csv")
    path.write_text(types, encoding="utf-8")
    banned = do_not_list.of(beside, 2_000_000)
    return Rules(NAME, types_map.read(path), banned)


def take(feed: Path, beside: Path, *, write: bool = True, types: str = MAP) -> Report:
    """Bring a feed in."""
    unread: list[str] = []
    found = feeds.read(feed, rules(beside, types), TODAY, unread)
    report = intake.take(found, NAME, beside, TODAY, write)
    report.unread = unread
    return report


def kept(beside: Path) -> list[dict[str, str]]:
    """Return the rows that are kept of the feed."""
    path = imported.file_of(beside, NAME)
    if not path.exists():
        return []
    table: csv_file.Table = imported.read(path)
    assert not table.issues
    rows: list[dict[str, str]] = table.frame.to_dict("records")
    return rows


def one(tmp_path: Path, tables: Mapping[str, Table], types: str = MAP) -> dict[str, str]:
    """Bring in the tables and return the only row that comes of them."""
    beside = catalogue(tmp_path / "data")
    take(folder(tmp_path / "feed", tables), beside, types=types)
    (row,) = kept(beside)
    return row


def refused(tmp_path: Path, tables: Mapping[str, Table], types: str = MAP) -> dict[str, list[str]]:
    """Bring in the tables and return what is refused; nothing may be kept."""
    beside = catalogue(tmp_path / "data")
    report = take(folder(tmp_path / "feed", tables), beside, types=types)
    assert kept(beside) == []
    return dict(report.refused)
