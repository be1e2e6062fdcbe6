"""Own data: a planner's own sites with their capacity, people and districts, for the session only.

The files are a stranger's: see `own_rows`. Nothing here reaches a disk, a log or a shared cache.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import HoursError, QuestionError
from geo.files.clean_text import plain
from geo.gaps import demand, own_rows
from geo.gaps.own_rows import MOST_LETTERS
from geo.hours.rules import read as read_hours
from geo.i18n import mark

MOST_SITES, MOST_POINTS, MOST_DISTRICTS, MOST_CORNERS = 500, 5_000, 200, 100_000
MOST_HOURS_LETTERS = 200
NO_DISTRICTS = mark(
    "This file cannot be read as districts. Wanted GeoJSON with polygons in degrees (WGS 84), each "
    "with a name."
)
NO_SHAPE = mark("District {n}: wanted a polygon with corners in degrees, lon first, then lat.")


class Site(NamedTuple):
    """A place of a planner's own, or an entry of the list by its `id`, then without a point."""

    name: str
    lat: float | None
    lon: float | None
    capacity: float | None  # in a unit of the planner's; None: not known
    hours: str  # written as in the catalogue; '' not known
    id: str  # of an entry of the list; '' for a place of the planner's own


class Crowd(NamedTuple):
    """People at a point; `lat`, `lon` in degrees."""

    lat: float
    lon: float
    people: int


class District(NamedTuple):
    """An area of a planner's own; `shape` has x = lon and y = lat."""

    name: str
    shape: BaseGeometry


@dataclass(frozen=True)
class Own:
    """What a planner brought; nothing of it is told but in answers to that planner."""

    sites: tuple[Site, ...] = ()
    only: bool = False  # the list does not count, but for entries that `sites` names by id
    people: tuple[Crowd, ...] = ()
    outside: int = 0  # points of people in neither county, not counted
    districts: tuple[District, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        return bool(self.sites or self.people or self.districts)

    @property
    def has_points(self) -> bool:
        """Say whether points of the planner's are asked about: nobody else may be told of them."""
        return bool(self.sites or self.people)

    @property
    def told(self) -> str:
        """Return it in a few words of plain English, for a file; '' if there is nothing.

        >>> Own(people=(Crowd(33, -115, 4),)).told
        '1 points of own people'
        """
        parts = [
            f"{'only ' if self.only else ''}{len(self.sites)} own sites" if self.sites else "",
            f"{len(self.people)} points of own people" if self.people else "",
            f"{len(self.districts)} own districts" if self.districts else "",
        ]
        return ", ".join(filter(None, parts))


NOTHING = Own()


def sites(content: bytes) -> dict[str, Any]:
    """Return the sites of a file as fields of `Own`. Columns: name, lat, lon, capacity, hours, id.

    All but lat and lon may be missing; so may these, in a row whose id is that of a listed entry.

    Raises
    ------
    QuestionError : it is no such file, or a row cannot be a site; says which

    >>> sites(b"name,lat,lon,capacity\\nLevee,37.95,-121.3,40\\n")["sites"][0].capacity
    40.0
    """
    return {"sites": tuple(map(_site, own_rows.read(content, MOST_SITES, "id")))}


def people(content: bytes) -> dict[str, Any]:
    """Return the people of a file as fields of `Own`. Columns: lat, lon, people (else 1 each).

    Raises QuestionError as `sites`; also if no point is in either county.
    """
    crowds = [_crowd(row) for row in own_rows.read(content, MOST_POINTS)]
    here = demand.county_of(np.array([(one.lat, one.lon) for one in crowds]))
    inside = tuple(one for one, county in zip(crowds, here, strict=True) if county)
    if not inside:
        raise QuestionError(mark("None of these points is in either county."))
    return {"people": inside, "outside": len(crowds) - len(inside)}


def districts(content: bytes) -> dict[str, Any]:
    """Return the districts of a GeoJSON as fields of `Own`; without a name one has its number.

    Raises QuestionError if it is no such file, or one is no polygon near the counties.
    """
    text = own_rows.decoded(content)
    try:
        features = own_rows.features(text)
    except (ValueError, RecursionError):
        raise QuestionError(NO_DISTRICTS) from None
    if not 0 < len(features) <= MOST_DISTRICTS:
        raise QuestionError(
            mark("Found {found} districts, wanted 1 to {most}."),
            found=len(features),
            most=MOST_DISTRICTS,
        )
    return {"districts": tuple(_district(n, one) for n, one in enumerate(features, 1))}


READ: Mapping[str, Callable[[bytes], dict[str, Any]]] = {
    "sites": sites,
    "people": people,
    "districts": districts,
}


def _site(row: own_rows.Row) -> Site:
    identity, hours = own_rows.text(row, "id"), own_rows.text(row, "hours")
    try:
        readable = len(hours) <= MOST_HOURS_LETTERS and (not hours or read_hours(hours))
    except HoursError:
        readable = False
    if hours and not readable:
        raise QuestionError(
            mark("Point {n}, hours: wanted them as in the list, such as Mo-Fr 08:00-17:00."),
            n=row.number,
        )
    has_point = not identity or row.lat or row.lon
    lat, lon = own_rows.point(row) if has_point else (None, None)
    return Site(
        own_rows.called(row),
        lat,
        lon,
        own_rows.number(row, "capacity"),
        hours,
        "" if has_point else plain(identity)[:MOST_LETTERS],
    )


def _crowd(row: own_rows.Row) -> Crowd:
    found = own_rows.number(row, "people", "count")
    number = 1.0 if found is None else found
    if number != int(number):
        raise QuestionError(mark("Point {n}, people: wanted a whole number."), n=row.number)
    return Crowd(*own_rows.point(row), int(number))


def _district(n: int, feature: Any) -> District:
    try:
        shape = feature["geometry"]
        parts = {"Polygon": [shape["coordinates"]], "MultiPolygon": shape["coordinates"]}
        drawn = shapely.union_all([_polygon(rings) for rings in parts[shape["type"]]])
    except (LookupError, TypeError, ValueError, OverflowError, shapely.errors.ShapelyError):
        raise QuestionError(NO_SHAPE, n=n) from None
    if drawn.is_empty or not drawn.area:
        raise QuestionError(NO_SHAPE, n=n)
    named = own_rows.properties(feature).get("name")
    name = plain(named)[:MOST_LETTERS].strip() if isinstance(named, str) else ""
    return District(name or f"{n}", drawn)


def _polygon(rings: Any) -> BaseGeometry:
    """Return a polygon of rings of [lon, lat]; ValueError if that cannot be one."""
    corners = [np.array([corner[:2] for corner in ring], dtype=np.float64) for ring in rings]
    if sum(map(len, corners)) > MOST_CORNERS:
        raise ValueError
    for ring in corners:
        east, north = ring.T
        if not (
            ((east >= own_rows.WEST) & (east <= own_rows.EAST)).all()
            and ((north >= own_rows.SOUTH) & (north <= own_rows.NORTH)).all()
        ):
            raise ValueError
    return shapely.make_valid(shapely.Polygon(corners[0], corners[1:]))
