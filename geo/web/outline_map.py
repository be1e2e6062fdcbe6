"""Outline map: both counties with their highways, a frame each, as SVG to stand in a page.

Coordinates are whole units of about 60 metres, so that it is small; a script that knows `Frame`
draws places on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians

from shapely.geometry import LineString, box, shape
from shapely.geometry.base import BaseGeometry

from geo import areas

UNITS = 1_800  # to a degree of latitude
EDGE_DEG = 0.03
MOST_TOWNS = 9
LETTER = 0.62  # how wide a bold letter is, as a share of its height: more than most are

Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """A county's part of the map: north-west corner in degrees, units a degree, size in units."""

    key: str
    north: float
    west: float
    across: float  # units a degree of longitude
    width: int
    height: int

    def at(self, lat: float, lon: float) -> tuple[int, int]:
        """Return where a point is drawn, in units to the right and down."""
        return round((lon - self.west) * self.across), round((self.north - lat) * UNITS)


@dataclass(frozen=True)
class Drawing:
    """What is drawn in a frame, as the attributes of SVG want it."""

    frame: Frame
    land: str
    roads: tuple[str, ...]
    shields: tuple[tuple[int, int, str], ...]
    towns: tuple[tuple[int, int, str], ...]


@cache
def drawings() -> tuple[Drawing, ...]:
    """Return the frames of both counties with what is drawn in them."""
    return tuple(_drawing(one) for one in areas.features("counties"))


def apart(drawing: Drawing, height: int) -> Iterator[tuple[int, int, str]]:
    """Yield where names, so many units high, stand over their towns and cover no other name.

    Of two that would cover each other, the town with more people has its name.
    """
    taken: list[BaseGeometry] = []
    for x, middle, name in drawing.towns:
        y = middle - height // 2
        half = len(name) * LETTER * height / 2
        room = box(x - half, y - height, x + half, y + height / 4)
        is_inside = half <= x <= drawing.frame.width - half and y >= height
        if is_inside and not any(room.intersects(one) for one in taken):
            taken.append(room)
            yield x, y, name


def _drawing(county: dict[str, object]) -> Drawing:
    outline = shape(county["geometry"])
    key = str(county["properties"]["key"])  # type: ignore[index]
    west, south, east, north = outline.bounds
    across = UNITS * cos(radians((south + north) / 2))
    frame = Frame(
        key=key,
        north=north + EDGE_DEG,
        west=west - EDGE_DEG,
        across=across,
        width=round((east - west + 2 * EDGE_DEG) * across),
        height=round((north - south + 2 * EDGE_DEG) * UNITS),
    )
    seen = box(west - EDGE_DEG, south - EDGE_DEG, east + EDGE_DEG, north + EDGE_DEG)
    roads = [
        (str(one["properties"]["name"]), _lines(shape(one["geometry"]).intersection(seen)))
        for one in areas.features("highways")
    ]
    return Drawing(
        frame=frame,
        land="".join(_path(frame, ring.coords) + "Z" for ring in _rings(outline)),
        roads=tuple(_path(frame, line.coords) for _, lines in roads for line in lines),
        shields=tuple(_shields(frame, roads, outline)),
        towns=tuple(_towns(frame)),
    )


def _path(frame: Frame, points: Iterable[Sequence[float]]) -> str:
    """Return a line as a path of whole units, each step relative to the one before."""
    told, before = "", None
    for lon, lat, *_ in points:
        x, y = frame.at(lat, lon)
        if before is None:
            told = f"M{x} {y}l"
        elif (x, y) != before:
            told += f"{x - before[0]} {y - before[1]} "
        before = x, y
    return told.rstrip()


def _rings(outline: BaseGeometry) -> Iterator[LineString]:
    for part in getattr(outline, "geoms", [outline]):
        yield part.exterior


def _lines(found: BaseGeometry) -> list[LineString]:
    parts = getattr(found, "geoms", [found])
    return [line for line in parts if line.geom_type == "LineString" and not line.is_empty]


def _shields(
    frame: Frame, roads: Iterable[tuple[str, list[LineString]]], county: BaseGeometry
) -> Iterator[tuple[int, int, str]]:
    """Yield the name of each highway, at the middle of its longest piece within the county."""
    told = set()
    for name, lines in roads:
        inside = [piece for line in lines for piece in _lines(line.intersection(county))]
        if inside and name not in told:
            told.add(name)
            middle = max(inside, key=lambda line: line.length).interpolate(0.5, normalized=True)
            yield (*frame.at(middle.y, middle.x), name.removeprefix("CA-"))


def _towns(frame: Frame) -> Iterator[tuple[int, int, str]]:
    """Yield the towns with the most people, the largest first."""
    towns = [one for one in areas.rows("cities") if one["county"] == frame.key]
    towns.sort(key=lambda one: -int(one["population_2020"] or 0))
    for town in towns[:MOST_TOWNS]:
        yield (*frame.at(float(town["latitude"]), float(town["longitude"])), town["name"])
