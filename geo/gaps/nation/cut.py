"""Cut: the tables are laid out on the shelf by square, in two readings and bounded memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
import pyarrow.parquet as pq

from geo.errors import QuestionError
from geo.gaps.nation import near, squares
from geo.gaps.nation.near import Box
from geo.gaps.nation.shelf import Shelf
from geo.gaps.nation.tables import AREAS, SERVICES, Form, Piece, pieces
from geo.sphere import Floats
from geo.z_order import Codes

STEP, LOOSE, ALL = "cut", "loose", 0
MOST = (131_072, 65_536)  # areas and services a part
IN_MEMORY = 2_000_000  # rows that wait to be laid down
FORMS = {"areas": AREAS, "services": SERVICES}


@dataclass(frozen=True)
class Part:
    """How much is in a square, and the boxes around it."""

    areas: int
    services: int
    areas_box: Box
    services_box: Box


def cut(shelf: Shelf, areas: Path, services: Path, most: tuple[int, int] = MOST) -> None:
    """Lay areas and services out by square; nothing is done if they lie there.

    Raises
    ------
    QuestionError : a table is not as wanted, has no row, or nobody lives in the areas
    OSError : the disk does not take it
    """
    if shelf.is_finished(STEP, ALL):
        return
    shelf.clear()
    files = {"areas": areas, "services": services}
    counts = {name: _count(path, FORMS[name]) for name, path in files.items()}
    first = squares.starts(counts["areas"], counts["services"], most)
    found: dict[str, list[dict[str, Any]]] = {}
    for name, path in files.items():
        found[name] = [{"rows": 0, "box": near.box(np.empty((0, 2)))} for _ in first]
        for turn, table in enumerate(_gathered(pieces(path, FORMS[name]))):
            _lay_down(shelf, name, turn, table, first, found[name])
    told = {
        name: [{"rows": one["rows"], "box": np.array(one["box"]).tolist()} for one in each]
        for name, each in found.items()
    }
    shelf.put(STEP, ALL, {}, told)


def parts(shelf: Shelf) -> list[Part]:
    """Return the parts that `cut` made."""
    told = shelf.told(STEP, ALL)
    return [
        Part(area["rows"], service["rows"], _box(area["box"]), _box(service["box"]))
        for area, service in zip(told["areas"], told["services"], strict=True)
    ]


def take(shelf: Shelf, name: str, part: int, rows: int) -> pyarrow.Table:
    """Return 'areas' or 'services' of a part: `name`, `lat`, `lon`, `number` and their `row`.

    What is near on the ground is near in the table.

    Raises
    ------
    QuestionError : they are not all there
    """
    folder = _folder(shelf, name, part)
    try:
        loose = [pq.read_table(file) for file in sorted(folder.glob("*.parquet"))]
    except (OSError, pyarrow.ArrowException):
        loose = []
    if sum(len(one) for one in loose) != rows:
        told = "{folder}: not all that was laid there. Delete {all}, and run the same again."
        raise QuestionError(told, folder=folder, all=shelf.folder)
    table = pyarrow.concat_tables(loose) if loose else _table(Piece(*_NOTHING), 0)
    code = squares.codes(_points(table), squares.FINE_DEPTH)
    return table.take(pyarrow.array(np.argsort(code, kind="stable")))


_NOTHING = pyarrow.array([], pyarrow.string()), np.empty((0, 2)), np.empty(0)


def _count(path: Path, form: Form) -> squares.Counts:
    """Return how many rows there are of each code; refuse a table that is of no use."""
    counts, everything = squares.counted(np.empty(0, dtype=np.int64)), 0.0
    for piece in pieces(path, form):
        counts = squares.together(counts, squares.counted(squares.codes(piece.points)))
        everything += piece.number.sum()
    if not len(counts[0]):
        raise QuestionError("{option}: {path} has no rows.", option=form.option, path=path)
    if form is AREAS and not everything > 0:
        told = "{option}: nobody lives in the areas of {path}, so there is nothing to tell."
        raise QuestionError(told, option=form.option, path=path)
    return counts


def _table(piece: Piece, row: int) -> pyarrow.Table:
    lat, lon = piece.points.T
    rows = np.arange(row, row + len(lat))
    return pyarrow.table(
        {"name": piece.name, "lat": lat, "lon": lon, "number": piece.number, "row": rows}
    )


def _points(table: pyarrow.Table) -> Floats:
    return np.column_stack([table["lat"].to_numpy(), table["lon"].to_numpy()])


def _gathered(some: Iterator[Piece]) -> Iterator[pyarrow.Table]:
    """Yield tables of about `IN_MEMORY` rows, with the row of each."""
    waiting, row, held = [], 0, 0
    for piece in some:
        waiting.append(_table(piece, row))
        row += len(piece.name)
        held += len(piece.name)
        if held >= IN_MEMORY:
            yield pyarrow.concat_tables(waiting)
            waiting, held = [], 0
    if waiting:
        yield pyarrow.concat_tables(waiting)


def _lay_down(
    shelf: Shelf,
    name: str,
    turn: int,
    table: pyarrow.Table,
    first: Codes,
    found: list[dict[str, Any]],
) -> None:
    points = _points(table)
    square = np.searchsorted(first, squares.codes(points), side="right") - 1
    order = np.argsort(square, kind="stable")
    numbers, begins = np.unique(square[order], return_index=True)
    table = table.take(pyarrow.array(order))
    for part, low, high in zip(numbers, begins, [*begins[1:], len(order)], strict=True):
        folder = _folder(shelf, name, part)
        folder.mkdir(parents=True, exist_ok=True)
        rows = table.slice(low, high - low)
        pq.write_table(rows, folder / f"{turn:06}.parquet", compression="zstd")
        low_corner, high_corner = near.box(points[order[low:high]])
        least, most = found[part]["box"]
        found[part]["box"] = np.minimum(least, low_corner), np.maximum(most, high_corner)
        found[part]["rows"] += int(high - low)


def _folder(shelf: Shelf, name: str, part: int) -> Path:
    return shelf.folder / LOOSE / f"{part:06}-{name}"


def _box(told: list[list[float]]) -> Box:
    return np.array(told[0]), np.array(told[1])
