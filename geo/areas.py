"""Areas: the counties, cities and ZIP codes a reader may name, with their middle and size."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry import shape

from geo.i18n import Words, mark
from geo.settings import DATA

FOLDER = DATA / "areas"
COUNTIES: Mapping[str, str] = {
    "imperial": mark("Imperial County"),
    "san_joaquin": mark("San Joaquin County"),
}


@dataclass(frozen=True)
class Area:
    """A county, city or ZIP code, or an address that a reader named.

    `lat`, `lon` are degrees, WGS 84, of its middle; `area_m2` its land, 0 where it has none of
    its own (an address, a ZIP code of post office boxes).
    """

    key: str  # "imperial", "city:Tracy", "zip:95376", "address"
    kind: str  # "county", "city", "zip" or "address"
    name: str
    county: str
    lat: float
    lon: float
    area_m2: float

    @property
    def radius_m(self) -> float:
        """Return the radius of a circle as large as the area."""
        return float(np.sqrt(self.area_m2 / np.pi))


@cache
def load() -> dict[str, Area]:
    """Return every area by its key: counties first, then cities, then ZIP codes."""
    return {area.key: area for area in (*_counties(), *_cities(), *_zips())}


def name(area: Area | None, say: Words) -> str:
    """Return what an area is called; none at all is both counties.

    >>> from geo.i18n import words
    >>> [name(load().get(key), words("es")) for key in ("imperial", "zip:95376", "")]
    ['Condado de Imperial', '95376', 'Ambos condados']
    """
    if area is None:
        return say("Both counties")
    return say(COUNTIES[area.key]) if area.kind == "county" else area.name


@cache
def zip_counties() -> dict[str, str]:
    """Return the county of each ZIP code.

    >>> zip_counties()["95376"]
    'san_joaquin'
    """
    return {area.name: area.county for area in load().values() if area.kind == "zip"}


def zips_of(city: str) -> frozenset[str]:
    """Return the ZIP codes of a city or place: those of its post office or, without, of its people.

    >>> sorted(zips_of("Lodi")), sorted(zips_of("Mountain House")), sorted(zips_of("Fresno"))
    (['95240', '95241', '95242'], ['95391'], [])
    """
    return _zips_by_city().get(city, frozenset())


@cache
def towns() -> dict[str, str]:
    """Return the county of each city, place and post office.

    >>> towns()["Tracy"], towns()["Clements"]
    ('san_joaquin', 'san_joaquin')
    """
    offices = {town: zip_counties()[code] for code, town in _post_offices().items()}
    return offices | {area.name: area.county for area in load().values() if area.kind == "city"}


def post_office(zip_code: str) -> str:
    """Return the town that a ZIP code is named after, '' if it is none of ours.

    >>> post_office("92227"), post_office("90210")
    ('Brawley', '')
    """
    return _post_offices().get(zip_code, "")


def has_post_office(city: str) -> bool:
    """Say whether a ZIP code is named after a town.

    >>> has_post_office("Tracy"), has_post_office("Mountain House")
    (True, False)
    """
    return city in _post_offices().values()


def around(city: str, zip_code: str) -> Area | None:
    """Return the smallest area known to hold a place of this city and ZIP code.

    Out in the country a ZIP code can be far wider than its town: then the town says more.

    >>> around("Brawley", "92227").key, around("Stockton", "95202").key, around("Modesto", "")
    ('city:Brawley', 'zip:95202', None)
    """
    known = [load().get(f"zip:{zip_code}"), load().get(f"city:{city}")]
    return min((a for a in known if a and a.area_m2), key=lambda a: a.area_m2, default=None)


def features(name: str) -> list[dict[str, Any]]:
    """Return the GeoJSON features of a file of this folder, such as 'counties'."""
    found: list[dict[str, Any]] = json.loads(_text(FOLDER / f"{name}.geojson"))["features"]
    return found


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of this folder, such as 'blockgroups'."""
    return list(csv.DictReader(_text(FOLDER / f"{name}.csv").splitlines()))


@cache
def _post_offices() -> dict[str, str]:
    """Return the town that each ZIP code is named after."""
    return {row["zip"]: row["city"] for row in rows("zips")}


@cache
def _zips_by_city() -> dict[str, frozenset[str]]:
    """Return the ZIP codes of every city: kept as a whole, so that no name typed is a key of it."""
    codes: dict[str, frozenset[str]] = {}
    for name in ("blockgroups", "zips"):  # the post office has the last word
        pairs = [(row["city"], row["zip"]) for row in rows(name) if row["city"]]
        codes |= {
            city: frozenset(code for town, code in pairs if town == city) for city, _ in pairs
        }
    return codes


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _counties() -> Iterator[Area]:
    for feature in json.loads(_text(FOLDER / "counties.geojson"))["features"]:
        about, middle = feature["properties"], shape(feature["geometry"]).centroid
        key = about["key"]
        yield Area(key, "county", about["name"], key, middle.y, middle.x, about["land_m2"])


def _cities() -> Iterator[Area]:
    for row in rows("cities"):
        yield _area(row, "city", row["name"])


def _zips() -> Iterator[Area]:
    for row in rows("zips"):
        yield _area(row, "zip", row["zip"])


def _area(row: dict[str, str], kind: str, name: str) -> Area:
    middle = float(row["latitude"]), float(row["longitude"])
    return Area(f"{kind}:{name}", kind, name, row["county"], *middle, float(row["land_m2"] or 0))
