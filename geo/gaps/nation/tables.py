"""Tables: areas and services come in as Parquet, are read a piece at a time, and checked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.errors import QuestionError
from geo.files import regular
from geo.sphere import Floats

PIECE = 131_072  # rows in memory at once
DEGREES = ("EPSG:4326", "OGC:CRS84")
MEND_CRS = "Turn it round with `frame.to_crs(4326)` and write it again."


@dataclass(frozen=True)
class Form:
    """What a table has to have: a column that names each row, and one with a number."""

    option: str
    name: str
    number: str
    usual: float | None  # the number if there is no such column; None: the column is needed


class Piece(NamedTuple):
    """Some rows of a table, one after the other."""

    name: "pyarrow.StringArray"  # shape (n,)
    points: Floats  # shape (n, 2), (lat, lon) in degrees
    number: Floats  # shape (n,), 0 or more


AREAS = Form("--areas", "geoid", "people", None)
SERVICES = Form("--services", "id", "supply", 1.0)


def files(path: Path, form: Form) -> list[Path]:
    """Return the file at `path`, or the Parquet files of the folder there, in order of name.

    Raises
    ------
    QuestionError : there is none
    """
    found = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not found:
        wanted = "{option}: {path} holds no file *.parquet. Name a file, or a folder of them."
        raise QuestionError(wanted, option=form.option, path=path)
    return found


def pieces(path: Path, form: Form) -> Iterator[Piece]:
    """Yield the rows of a file or folder, at most `PIECE` at a time.

    Raises
    ------
    QuestionError : a file cannot be read, lacks a column, or a row is not as wanted; the message
        says which, and how to mend it
    """
    for file in files(path, form):
        try:
            with regular.open_file(file) as opened:
                yield from _pieces(file, pq.ParquetFile(opened), form)
        except OSError as error:
            told = "{option}: {file} cannot be read: {why}."
            why = error.strerror or str(error).partition("\n")[0]
            raise QuestionError(told, option=form.option, file=file, why=why) from None
        except pyarrow.ArrowException as error:
            told = "{option}: {file} cannot be read as Parquet: {why}. Write it again."
            why = str(error).partition("\n")[0]
            raise QuestionError(told, option=form.option, file=file, why=why) from None


def _pieces(file: Path, opened: "pq.ParquetFile", form: Form) -> Iterator[Piece]:
    schema, row = opened.schema_arrow, 1
    points = _points_in(file, schema)
    has_number = form.number in schema.names
    for name in (form.name, *([] if has_number or form.usual is not None else [form.number])):
        if name not in schema.names:
            _refuse(file, name, f"no such column among {', '.join(schema.names)}", "it", MEND_NAME)
    columns = [form.name, *points, *([form.number] if has_number else [])]
    for batch in opened.iter_batches(PIECE, columns=columns):
        name = _names(file, batch.column(form.name), form.name, row)
        if len(points) == 1:
            found = _of_geometry(file, batch.column(points[0]), points[0], row)
        else:
            lat, lon = (_numbers(file, batch.column(one), one, row) for one in points)
            found = np.column_stack([lat, lon])
        _check_degrees(file, found, points, row)
        if has_number:
            number = _numbers(file, batch.column(form.number), form.number, row)
            _check(file, form.number, number, (number >= 0) & (number < np.inf), row, AT_LEAST_0)
        else:
            number = np.full(len(name), form.usual, dtype=np.float64)
        yield Piece(name, found, number)
        row += len(name)


def _points_in(file: Path, schema: "pyarrow.Schema") -> tuple[str, ...]:
    """Return the columns that tell where: 'lat' and 'lon', or else the geometry of GeoParquet."""
    if {"lat", "lon"} <= {*schema.names}:
        return "lat", "lon"
    told = (schema.metadata or {}).get(b"geo", b"")
    if not told:
        found = f"no such columns among {', '.join(schema.names)}"
        _refuse(file, "lat and lon", found, "degrees, or the geometry of a GeoParquet", MEND_NAME)
    geo = json.loads(told)
    name = geo["primary_column"]
    column = geo["columns"][name]
    try:
        crs = CRS.from_user_input(column.get("crs", DEGREES[1]))
        called = ":".join(crs.to_authority() or (crs.name,))
    except CRSError:
        called = "none"
    if called not in DEGREES:
        _refuse(file, name, f"the frame {called}", "degrees of WGS 84 (EPSG:4326)", MEND_CRS)
    if column.get("encoding") != "WKB":
        _refuse(file, name, f"the encoding {column.get('encoding')}", "WKB", MEND_WKB)
    return (name,)


def _of_geometry(file: Path, column: "pyarrow.Array", name: str, row: int) -> Floats:
    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    kinds = shapely.get_type_id(shapes)
    _check(file, name, kinds, (kinds == 0) & ~shapely.is_empty(shapes), row, A_POINT)
    degrees: Floats = shapely.get_coordinates(shapes)[:, ::-1]
    return degrees


def _names(file: Path, column: "pyarrow.Array", name: str, row: int) -> "pyarrow.StringArray":
    kind = column.type
    if pyarrow.types.is_floating(kind) or pyarrow.types.is_nested(kind):
        _refuse(file, name, f"{kind}", "text or whole numbers", MEND_TEXT)
    there = ~column.is_null().to_numpy(zero_copy_only=False)
    _check(file, name, np.full(len(there), "nothing"), there, row, A_NAME)
    return column.cast(pyarrow.string())


def _numbers(file: Path, column: "pyarrow.Array", name: str, row: int) -> Floats:
    kind = column.type
    if not (pyarrow.types.is_integer(kind) or pyarrow.types.is_floating(kind)):
        _refuse(file, name, f"{kind}", "numbers", MEND_NUMBERS)
    numbers: Floats = column.cast(pyarrow.float64()).to_numpy(zero_copy_only=False)
    _check(file, name, numbers, ~np.isnan(numbers), row, A_NUMBER)
    return numbers


def _check_degrees(file: Path, points: Floats, columns: tuple[str, ...], row: int) -> None:
    for number, (limit, wanted) in enumerate(((90, LATITUDE), (180, LONGITUDE))):
        _check(
            file,
            columns[-1 - (1 - number) * (len(columns) - 1)],
            points[:, number],
            np.abs(points[:, number]) <= limit,
            row,
            wanted,
        )


def _check(
    file: Path,
    column: str,
    found: NDArray[np.generic],
    good: NDArray[np.bool_],
    row: int,
    wanted: tuple[str, str],
) -> None:
    """Refuse the table unless all rows are `good`; `row` is the number of the first."""
    if not good.all():
        first = int(np.argmin(good))
        value = found[first].item()
        told = "nothing" if isinstance(value, float) and np.isnan(value) else value
        _refuse(f"{file}:{row + first}", column, told, *wanted)


def _refuse(place: object, column: str, found: object, wanted: str, mend: str) -> None:
    message = "{place} {column}: found {found}, wanted {wanted}. {mend}"
    raise QuestionError(message, place=place, column=column, found=found, wanted=wanted, mend=mend)


MEND_NAME = "Give the column that name (docs/nation.md)."
MEND_TEXT = "Write it as text."
MEND_NUMBERS = "Write it as whole numbers or floats."
MEND_WKB = "Write it with `to_parquet(..., geometry_encoding='WKB')`."
AT_LEAST_0 = ("0 or more", "Correct it, or leave the row out.")
A_NUMBER = ("a number", "Fill it in, or leave the row out.")
A_NAME = ("a name or number of its own", "Fill it in, or leave the row out.")
A_POINT = ("a point", "Take `representative_point()` of an area, or leave the row out.")
LATITUDE = (
    "a latitude, -90 to 90 degrees of WGS 84",
    "Are the two swapped, or is it metres? Then turn it round with `to_crs(4326)`.",
)
LONGITUDE = (
    "a longitude, -180 to 180 degrees of WGS 84",
    "Is it metres? Then turn it round with `to_crs(4326)`.",
)
