"""Gazetteer: the middle of the ZIP code or town of an address; always there, never exact."""

from geo import areas
from geo.addresses.reading import Address, Answer

SCORES = {"zip": 0.3, "city": 0.2}  # our own judgement: far below any threshold for a point


def answer(address: Address) -> Answer | None:
    """Return the middle of the smallest area known to hold an address, with its precision.

    A ZIP code of post office boxes has no land of its own: its town is meant.

    >>> found = answer(Address("860 Main St", city="Brawley", zip="92227"))
    >>> found.precision, found.matched
    ('city', 'Brawley')
    >>> answer(Address("PO Box 12", zip="95378")).matched
    'Tracy'
    """
    city = address.city or areas.post_office(address.zip)
    area = areas.around(address.city, address.zip) or areas.around(city, "")
    if area is None:
        home = [areas.load()[f"zip:{code}"] for code in sorted(areas.zips_of(city))]
        area = max(home, key=lambda one: one.area_m2, default=None)
    if area is None:
        return None
    source = "middle of the area, from data/areas"
    score, point = SCORES[area.kind], (area.lat, area.lon)
    return Answer(*point, area.kind, source, score, area.name, area.county, area=area.key)
