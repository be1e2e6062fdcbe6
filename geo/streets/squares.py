"""Squares: the imported streets cut into squares, for the map to draw under the places.

Squares are those of web maps (zoom, x, y; Mercator): the whole world is one at zoom 0. There are
two levels: one of main roads, to be drawn while much of a county is in sight, and one of every
street with its name, for a town and closer.
"""

import json
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Condition

import numpy as np
import pandas as pd
import shapely
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from geo import sphere
from geo.streets.store import Streets

FAR, NEAR = 8, 13  # the zooms of the two levels; NEAR is drawn from its own zoom on
UNITS = 8_192  # a square has so many across: half a metre at NEAR
MARGIN = 96  # units around it, so that lines meet at the edge
TOLERANCE = {FAR: 1.5, NEAR: 0.7}  # units, less than a point of the screen at the closest zoom
KINDS = {  # drawn alike; classes that are not here are not drawn
    **dict.fromkeys(("S1100", "S1630"), 0),
    "S1200": 1,
    **dict.fromkeys(("S1400", "S1640", "S1730", "S1740", "S1780"), 2),
    **dict.fromkeys(("S1500", "S1710", "S1720", "S1820", "S1830"), 3),
}
MAIN = 1  # kinds up to this are main roads

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Sheet:
    """The lines of all streets, on a map of the world that is 1 wide."""

    lines: NDArray[np.object_]
    kinds: NDArray[np.int64]
    names: NDArray[np.object_]
    tree: shapely.STRtree


def bounds(streets: Streets) -> list[list[float]]:
    """Return the corners, south-west and north-east, of all streets, as [lat, lon]."""
    west, south, east, north = streets.frame.total_bounds.tolist()
    return [[south, west], [north, east]]


def cut(streets: Streets, zoom: int, x: int, y: int) -> bytes | None:
    """Return what is drawn in a square, as JSON; None if there is no such square.

    `names` texts; `lines` rows of kind, number of the name (-1: none), x and y of the first
    point, then steps from point to point, all in `UNITS` from the north-west corner.
    """
    if zoom not in TOLERANCE or not (0 <= x < 2**zoom and 0 <= y < 2**zoom):
        return None
    sheet = _sheet(streets)
    size = 2.0**-zoom
    around = MARGIN / UNITS * size
    box = shapely.box(
        x * size - around, y * size - around, (x + 1) * size + around, (y + 1) * size + around
    )
    rows = np.sort(sheet.tree.query(box))
    if zoom == FAR:
        rows = rows[sheet.kinds[rows] <= MAIN]
    placed = shapely.transform(
        sheet.lines[rows], lambda at: (at / size - (x, y)) * UNITS, include_z=False
    )
    inside = shapely.clip_by_rect(placed, -MARGIN, -MARGIN, UNITS + MARGIN, UNITS + MARGIN)
    parts, part_of = shapely.get_parts(inside, return_index=True)
    whole = shapely.get_type_id(parts) == 1
    named = sheet.names[rows] if zoom == NEAR else np.full(len(rows), "", dtype=object)
    table = pd.DataFrame({"kind": sheet.kinds[rows][part_of[whole]], "name": named[part_of[whole]]})
    return _told(table, parts[whole], TOLERANCE[zoom])


def _told(table: pd.DataFrame, parts: NDArray[np.object_], tolerance: float) -> bytes:
    """Return parts as JSON, those of one kind and name joined end to end."""
    group = table.groupby(["kind", "name"], sort=True).ngroup().to_numpy()
    order = np.argsort(group, kind="stable")
    first = order[np.unique(group[order], return_index=True)[1]]
    joined = shapely.line_merge(shapely.multilinestrings(parts[order], indices=group[order]))
    lines, line_of = shapely.get_parts(joined, return_index=True)
    lines = shapely.simplify(lines, tolerance)
    names = sorted({*table["name"]} - {""})
    number = {name: place for place, name in enumerate(names)}
    kinds, texts = table["kind"].to_numpy()[first], table["name"].to_numpy()[first]
    rows = [
        [int(kinds[one]), number.get(texts[one], -1), *_steps(line)]
        for line, one in zip(lines, line_of, strict=True)
    ]
    told = {"names": names, "lines": rows}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _steps(line: shapely.LineString) -> list[int]:
    points = np.rint(shapely.get_coordinates(line)).astype(int)
    steps: list[int] = np.vstack([points[:1], np.diff(points, axis=0)]).ravel().tolist()
    return steps


@cached(LRUCache[Hashable, _Sheet](1), condition=Condition())
def _sheet(streets: Streets) -> _Sheet:
    kinds = streets.frame["mtfcc"].map(KINDS)
    drawn = streets.frame[kinds.notna()]
    lines = shapely.transform(drawn.geometry.to_numpy(), _on_world)
    names = drawn["name"].to_numpy(object)
    return _Sheet(lines, kinds.dropna().to_numpy(np.int64), names, shapely.STRtree(lines))


def _on_world(degrees: Floats) -> Floats:
    """Return (lon, lat) in degrees as x and y of Mercator's map, from 0 to 1, y from the north."""
    east, north = sphere.on_mercator(degrees).T / (2 * np.pi * sphere.EARTH_RADIUS_M)
    return np.column_stack([0.5 + east, 0.5 - north])
