"""Own rows: a stranger's file of points as rows, by plain parsers of text: CSV or GeoJSON.

Its size and rows are bounded, and each point has to lie in the counties' part of the world. What is
refused is told by its row; its values are not repeated.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from geo.errors import QuestionError
from geo.files.clean_text import plain
from geo.i18n import mark

MOST_BYTES, MOST_LETTERS = 1_000_000, 80
MOST_NUMBER = 1_000_000  # of a capacity, or of people at a point
SOUTH, NORTH, WEST, EAST = 32.0, 39.0, -123.0, -114.0  # around both counties, with room
NAMES = {"lat": ("lat", "latitude", "y"), "lon": ("lon", "lng", "longitude", "x")}
UNREADABLE = mark(
    "This file cannot be read. Wanted a CSV with the columns name, lat and lon, or GeoJSON with "
    "points. A shapefile or GeoPackage can be saved as one of these by a GIS."
)


class Row(NamedTuple):
    """A row of a file: its number from 1, its cells by name in lower case, and its point."""

    number: int
    cells: Mapping[str, Any]
    lat: Any  # as it stands there: see `point`
    lon: Any


def read(content: bytes, most: int, instead: str = "") -> list[Row]:
    """Return the rows of a file, 1 to `most` of them, in its order.

    A CSV without columns for a point is read if it has the column `instead`.

    Raises QuestionError if it is no such file, too large, or has too many rows or none.
    """
    text = decoded(content)
    try:
        found = [*(_features(text) if text.lstrip().startswith("{") else _table(text, instead))]
    except (ValueError, RecursionError, csv.Error):
        raise QuestionError(UNREADABLE) from None
    if not 0 < len(found) <= most:
        raise QuestionError(
            mark("Found {found} points, wanted 1 to {most}."), found=len(found), most=most
        )
    return [Row(number, *row) for number, row in enumerate(found, 1)]


def decoded(content: bytes) -> str:
    """Return a file as text. Raises QuestionError if it is too large, or no text."""
    if len(content) > MOST_BYTES:
        raise QuestionError(
            mark("Found a file of {found} bytes, wanted at most {most}."),
            found=len(content),
            most=MOST_BYTES,
        )
    try:
        return content.decode("utf-8-sig")
    except ValueError:
        raise QuestionError(UNREADABLE) from None


def point(row: Row) -> tuple[float, float]:
    """Return the point (lat, lon) of a row. Raises QuestionError if it is not near the counties."""
    north, east = _float(row.lat), _float(row.lon)
    if not (SOUTH <= north <= NORTH and WEST <= east <= EAST):
        raise QuestionError(
            mark(
                "Point {n}: wanted degrees, lat from {south} to {north} and lon from {west} to "
                "{east}. Are the two swapped?"
            ),
            n=row.number,
            south=f"{SOUTH:g}",
            north=f"{NORTH:g}",
            west=f"{WEST:g}",
            east=f"{EAST:g}",
        )
    return north, east


def number(row: Row, *names: str) -> float | None:
    """Return the number of the first of these columns that there is; None if it is blank.

    Raises QuestionError if it is no number above 0, or above `MOST_NUMBER`.
    """
    cell = next((row.cells[name] for name in names if name in row.cells), None)
    if cell is None or cell == "":
        return None
    found = _float(cell)
    if not 0 < found <= MOST_NUMBER:
        raise QuestionError(
            mark("Point {n}, {column}: wanted a number above 0, at most {most}, or nothing."),
            n=row.number,
            column=names[0],
            most=MOST_NUMBER,
        )
    return found


def text(row: Row, name: str) -> str:
    """Return a cell as text; '' if there is none."""
    cell = row.cells.get(name)
    return cell.strip() if isinstance(cell, str) else ""


def called(row: Row) -> str:
    """Return the name of a row as plain text, or its number."""
    return plain(text(row, "name"))[:MOST_LETTERS].strip() or f"{row.number}"


def _float(cell: Any) -> float:
    try:
        return np.nan if isinstance(cell, bool) else float(cell)
    except (TypeError, ValueError, OverflowError):
        return np.nan


def _table(text: str, instead: str) -> Iterator[tuple[Mapping[str, Any], Any, Any]]:
    if "\0" in text:
        raise ValueError
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    columns = {(name or "").strip().lower(): name for name in table.fieldnames or ()}
    found = [next((columns[n] for n in NAMES[key] if n in columns), None) for key in NAMES]
    if None in found and instead not in columns:
        raise ValueError
    for row in table:
        cells = {name: row[column] for name, column in columns.items()}
        lat, lon = (row[column] if column is not None else None for column in found)
        yield cells, lat, lon


def _features(text: str) -> Iterator[tuple[Mapping[str, Any], Any, Any]]:
    for feature in features(text):
        shape = feature.get("geometry") if isinstance(feature, dict) else None
        spot = shape.get("coordinates") if isinstance(shape, dict) else None
        kind = shape.get("type") if isinstance(shape, dict) else None
        if kind != "Point" or not isinstance(spot, list) or len(spot) < 2:
            yield {}, None, None
            continue
        yield properties(feature), spot[1], spot[0]


def features(text: str) -> list[Any]:
    """Return the features of a GeoJSON as they stand there. Raises ValueError if it has none."""
    told = json.loads(text)
    found = told.get("features") if isinstance(told, dict) else None
    if not isinstance(found, list):
        raise ValueError
    return found


def properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the properties of a feature, by name in lower case."""
    told = feature.get("properties")
    return {name.lower(): cell for name, cell in told.items()} if isinstance(told, dict) else {}
