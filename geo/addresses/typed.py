"""Typed: what a reader typed for a place -> a spot or an area, and how far it was understood.

It is solved on this machine, by the imported streets and the list of towns and ZIP codes. Nothing
of it is sent, logged or kept here: what was typed is the session's, and so is the spot. A page may
have the ways from a spot measured; whether a server is then told of it, `travel.engines` decides.
"""

import re
from dataclasses import dataclass

from geo import areas
from geo.addresses import area_names, gazetteer, house_numbers, reading
from geo.addresses.reading import Address, Answer
from geo.areas import Area
from geo.errors import QuestionError
from geo.i18n import Words, mark
from geo.streets.store import Streets

LEAST_SCORE = 0.5  # of a spot to show: lower than for a pin that is kept, for the reader sees it
KIND = "address"
DEGREES = r"([+-]?\d{1,3}(?:\.\d{1,15})?) ?[, ] ?([+-]?\d{1,3}(?:\.\d{1,15})?)"
MOST_LETTERS = 60  # of what was typed that a sentence repeats

NOT_UNDERSTOOD = mark(
    "We could not find that place. Try a town, a ZIP code, or a house number, street and town."
)
NOT_THE_STREET = mark(
    "We know {place}, but could not find the street and number. Places near {place} come first."
)
NO_STREETS = mark(
    "We know {place}, but there is no street list here yet. Places near {place} come first."
)
ONLY_THE_AREA = mark(
    "Places near {place} come first. For a closer start, add a house number and a street."
)
IN_THE_COUNTY = mark("Places in {place}. To see the nearest first, add a town or a ZIP code.")
OF_BOXES = mark("{typed} is a ZIP code of post office boxes in {place}. Places near it come first.")
MISSPELT = mark("We read “{typed}” as {place}. Places near it come first.")
WHICH = mark("We could not find “{typed}”. Did you mean {place}?")
SEVERAL = mark(
    "There is more than one such address, in {place}. "
    "Add what is missing: the town, the ZIP code, or a word such as North."
)
FOUND = mark(
    "Found: {place}. What you typed stays on this server. "
    "It is dropped after you close the page, but not always at once."
)


@dataclass(frozen=True)
class Spot:
    """Where a reader means, None if that is not known, and a sentence on it."""

    area: Area | None
    told: str  # a sentence of `i18n`
    place: str = ""  # what goes into it
    typed: str = ""  # the same: of what was typed, as much as a sentence repeats


def find(text: str, streets: Streets | None) -> Spot:
    """Return the spot that `text` means, on the streets that are there, else its town or ZIP code.

    Anything may be typed; what is no place is told so.

    >>> find("860 Main St, Brawley", None).area.key
    'city:Brawley'
    >>> find("Stocton, CA", None).area.key, find("San Joaquin", None).area.key
    ('city:Stockton', 'san_joaquin')
    >>> find("the moon", None).told == NOT_UNDERSTOOD
    True
    """
    county = areas.load().get(area_names.alone(text[: reading.MOST_LETTERS]))
    if county and county.kind == "county":
        return Spot(county, IN_THE_COUNTY, county.name)
    address = reading.read(text)
    found = house_numbers.find(house_numbers.index(streets), address) if streets else []
    found = [answer for answer in found if answer.county]
    if len(found) > 1 and found[0].score == found[1].score:
        rivals = [answer for answer in found if answer.score == found[0].score]
        towns = sorted({_town(answer) for answer in rivals})
        return Spot(_around(address, streets).area, SEVERAL, ", ".join(towns))
    if found and found[0].score >= LEAST_SCORE:
        area = _spot(found[0])
        return Spot(area, FOUND, f"{area.name}, {_town(found[0])}")
    return _around(address, streets)


def tell(spot: Spot, say: Words) -> str:
    """Return the sentence on a spot in the reader's language."""
    county = spot.area is not None and spot.area.kind == "county"
    place = areas.name(spot.area, say) if county else spot.place
    return say(spot.told, place=place, typed=spot.typed)


def point(text: str, streets: Streets | None) -> tuple[float, float]:
    """Return the (lat, lon) that `text` names: degrees, a town, a ZIP code, or an address.

    An address is taken only if the imported streets know the house: no middle of a town for it.

    Raises
    ------
    QuestionError : it names no place that is known

    >>> point("95202", None) == point("zip:95202", None), point("37.957, -121.290", None)
    (True, (37.957, -121.29))
    """
    name = " ".join(text.split())
    if area := areas.load().get(name):
        return area.lat, area.lon
    if degrees := re.fullmatch(DEGREES, name):
        return float(degrees[1]), float(degrees[2])
    if not name:
        raise QuestionError(mark("Say where: an address, a town, a ZIP code, or a point."))
    spot = find(name, streets)
    if spot.area and spot.told in (FOUND, ONLY_THE_AREA, OF_BOXES):
        return spot.area.lat, spot.area.lon
    if spot.told in (MISSPELT, WHICH):
        raise QuestionError(
            mark("{place} is not known. Did you mean {guess}?"),
            place=name[:MOST_LETTERS],
            guess=spot.place,
        )
    raise QuestionError(
        mark("{place} is not known. Give a town, a ZIP code, or a point such as 37.957, -121.290."),
        place=name[:MOST_LETTERS],
    )


def _around(address: Address, streets: Streets | None) -> Spot:
    """Return the town or ZIP code of an address whose house is not known."""
    answer = gazetteer.answer(address)
    if answer is None:
        return _by_name(address)
    area = areas.load()[answer.area]
    if address.line:
        told = NOT_THE_STREET if streets or not address.number else NO_STREETS
        return Spot(area, told, area.name)
    if area.kind == "city" and not address.city:
        return Spot(area, OF_BOXES, area.name, address.zip)
    return Spot(area, ONLY_THE_AREA, area.name)


def _by_name(address: Address) -> Spot:
    """Return the town that is misspelt in an address without a known one."""
    name = address.city or ("" if address.number else address.line)
    near = [areas.load()[key] for key in area_names.alike(name)]
    known = {"place": ", ".join(area.name for area in near), "typed": name[:MOST_LETTERS]}
    if len(near) == 1:
        return Spot(near[0], MISSPELT, **known)
    return Spot(None, WHICH, **known) if near else Spot(None, NOT_UNDERSTOOD)


def _spot(answer: Answer) -> Area:
    return Area(KIND, KIND, answer.house, answer.county, answer.lat, answer.lon, 0.0)


def _town(answer: Answer) -> str:
    """Return the town or, where that is not known, the ZIP code of an answer of `streets`."""
    return areas.post_office(answer.zip) or answer.zip
