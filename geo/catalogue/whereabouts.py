"""Whereabouts: does a place agree with itself: its town, ZIP code, county and point.

Areas are known by their middle and their size, so each is a circle here; what is told of them has
to be so for any shape. A post office may have another name than the town (Clements, Holt), and its
ZIP code may reach far into the country.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from geo import areas
from geo.areas import Area
from geo.sphere import METRES_A_MILE, great_circle_m

FAR = 3.0  # radii of its town or ZIP code: a point beyond is a fault
DOUBTFUL = 2.0  # radii: a point beyond those of its ZIP code is worth a look
LEAST_M = {"city": 3_000.0, "zip": 1_000.0}  # no radius is less: around a town, land is its too
NEAR_M = 12_000.0  # from the edge of a ZIP code to a place without a post office that may have it
LIKENESS = 0.7  # of two names that may be one, 0 to 1

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """What a row says of where it is; '' is not known. `point` is (lat, lon), degrees, WGS 84."""

    city: str
    zip: str
    county: str
    point: Point | None = None
    is_drawn: bool = False  # as somewhere in its town or ZIP code


@dataclass(frozen=True)
class Odds:
    """Two things a place says of itself that cannot both be so, or hardly."""

    column: str
    wanted: str
    fix: str


def at_odds(place: Place) -> Iterator[Odds]:
    """Yield what in a place of one of the two counties cannot be so.

    That a ZIP code or a point is in another county is for others to tell.
    """
    if place.county not in areas.COUNTIES:
        return
    if areas.zip_counties().get(place.zip) != place.county:
        place = replace(place, zip="")
    home = areas.towns().get(place.city, "")
    if place.city and not home:
        wanted = "a town, place or post office of the two counties, as data/areas names it"
        yield Odds("city", wanted, _near_name(place.city, place.zip))
    elif home not in ("", place.county):
        wanted = f"a town of {areas.COUNTIES[place.county]}"
        fix = f"{place.city} is in {areas.COUNTIES[home]}: which is right?"
        yield Odds("city", wanted, fix)
    elif home and not _belong_together(place.city, place.zip):
        office = areas.post_office(place.zip)
        fix = f"{place.zip} is that of {office}: which is right?"
        yield Odds("zip", f"a ZIP code of {place.city}", fix)
    elif home and not place.point and place.is_drawn and not areas.around(place.city, place.zip):
        wanted = "a place that can be drawn on the map: its size is not known here"
        yield Odds("location_precision", wanted, "Fill in its ZIP code, or write none.")
    elif place.point and (area := _far_from(place, place.point)):
        wanted = f"a point near {area.name}"
        fix = f"This one is {_miles(area, place.point)} miles from its middle{_there(place.point)}."
        yield Odds("latitude", wanted, f"{fix} Correct it, or empty both and write zip or city.")


def doubts(place: Place) -> Iterator[Odds]:
    """Yield what in a place without faults is worth a second look."""
    town, code = _areas_of(place)
    if not place.point or place.county not in areas.COUNTIES or any(at_odds(place)):
        return
    if town and _radii(town, place.point) > FAR:
        yield _doubt(town, place.point)
    elif code and not town and _radii(code, place.point) > DOUBTFUL:
        yield _doubt(code, place.point)
    elif town and (other := _town_at(place.point)) and not _neighbours(town, other, place.point):
        fix = f"It is nearer to the middle of {other.name}: is the city right?"
        yield Odds("city", f"the town that the point is in, or near {town.name}", fix)


def _doubt(area: Area, point: Point) -> Odds:
    fix = f"It is {_miles(area, point)} miles from the middle{_there(point)}. Is it right?"
    return Odds("latitude", f"a point in or near {area.name}", fix)


def _near_name(city: str, zip_code: str) -> str:
    known = {town.casefold(): town for town in areas.towns()}
    near = difflib.get_close_matches(city.casefold(), known, n=1, cutoff=LIKENESS)
    if near:
        return f"Did you mean {known[near[0]]}?"
    if office := areas.post_office(zip_code):
        return f"Write the town that its mail goes to: {office} for {zip_code}."
    return "Write the town that its mail goes to, or empty it."


def _belong_together(city: str, zip_code: str) -> bool:
    """Say whether a town may have this ZIP code; what is not known is no reason against it.

    A post office has the codes it has, and those in which its town's people live. To other places
    codes were only matched by their people: there one that is near will do.
    """
    if not zip_code or not areas.post_office(zip_code):
        return True
    if zip_code in areas.zips_of(city) | _zips_of_people().get(city, frozenset()):
        return True
    if areas.has_post_office(city):
        return False
    town, code = areas.load()[f"city:{city}"], areas.load()[f"zip:{zip_code}"]
    office = areas.load().get(f"city:{areas.post_office(zip_code)}", code)
    return any(_apart_m(a, (town.lat, town.lon)) <= a.radius_m + NEAR_M for a in (code, office))


@cache
def _zips_of_people() -> dict[str, frozenset[str]]:
    """Return the ZIP codes in which people of each town live."""
    rows = areas.rows("blockgroups")
    towns = {row["city"] for row in rows}
    return {
        town: frozenset(row["zip"] for row in rows if row["city"] == town) for town in towns if town
    }


def _far_from(place: Place, point: Point) -> Area | None:
    """Return the area that a point is too far from to be in it, None if there is none.

    Out in the country a place has the name of a town far away, and the middle of a wide ZIP code
    may be far from its people. So a town is only held against a point that is outside its ZIP code
    as well, or has none; a ZIP code only against one that is well outside its town.
    """
    town, code = _areas_of(place)
    off_code = _radii(code, point) if code else FAR
    if off_code <= 1:
        return None
    off_town = _radii(town, point) if town else 0.0
    if code and off_code > FAR and not (town and off_town <= DOUBTFUL):
        return code
    return town if off_town > FAR and off_code > 1 else None


def _areas_of(place: Place) -> tuple[Area | None, Area | None]:
    """Return the town and the ZIP code of a place, as far as their size is known."""
    named = (f"city:{place.city}", f"zip:{place.zip}")
    town, code = (areas.load().get(key) for key in named)
    return (town if town and town.area_m2 else None), (code if code and code.area_m2 else None)


def _town_at(point: Point) -> Area | None:
    """Return the town whose circle holds a point; of several, the one whose middle is nearest."""
    towns = [area for area in areas.load().values() if area.kind == "city" and area.area_m2]
    around = [area for area in towns if _apart_m(area, point) <= area.radius_m]
    return min(around, key=lambda area: _apart_m(area, point), default=None)


def _neighbours(town: Area, other: Area, point: Point) -> bool:
    """Say whether a point of `other` may well have `town` in its address."""
    shared = _codes(town.name) & _codes(other.name)
    return bool(shared) or _radii(town, point) <= 1


def _codes(city: str) -> frozenset[str]:
    return areas.zips_of(city) | _zips_of_people().get(city, frozenset())


def _there(point: Point) -> str:
    town = _town_at(point)
    return f", in or near {town.name}" if town else ""


def _miles(area: Area, point: Point) -> int:
    return round(_apart_m(area, point) / METRES_A_MILE)


def _radii(area: Area, point: Point) -> float:
    """Return how many radii of an area a point is from its middle."""
    return _apart_m(area, point) / max(area.radius_m, LEAST_M[area.kind])


def _apart_m(area: Area, point: Point) -> float:
    return float(great_circle_m((area.lat, area.lon), [point])[0])
