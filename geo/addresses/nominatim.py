"""Nominatim: OpenStreetMap's geocoder; it is told the addresses it is asked about.

Source: https://operations.osmfoundation.org/policies/nominatim/: at most one question a second,
a name of one's own, answers kept. What it knows is © OpenStreetMap contributors, under the Open
Database Licence: a catalogue that keeps many of its points has to say so.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import RequestsAdapter
from geopy.exc import GeocoderParseError
from geopy.geocoders import Nominatim

from geo.addresses import reading
from geo.addresses.reading import Address, Answer, Provider

SOURCE = "OpenStreetMap Nominatim, © OpenStreetMap contributors (ODbL)"
AGENT = "service-map geocode"
TIMEOUT_S = 10.0
APART_S = 1.0  # the policy of the public server
TOWNS = ("city", "town", "village", "hamlet", "municipality")
MOST_ANSWERS = 5


def provider(url: str, timeout_s: float = TIMEOUT_S) -> Provider:
    """Return the provider that asks the server at `url`; it raises exceptions of `geopy.exc`."""
    parts = urlsplit(url)
    server = Nominatim(
        user_agent=AGENT,
        scheme=parts.scheme,
        domain=f"{parts.netloc}{parts.path}",
        timeout=timeout_s,
        adapter_factory=partial(RequestsAdapter, max_retries=0),  # `wrappers.patient` asks again
    )

    def ask(address: Address) -> Answer | None:
        if address.street is None:
            return None
        query = {
            "street": address.line.partition(",")[0],
            "city": address.city,
            "state": "California",
            "postalcode": address.zip,
        }
        found = server.geocode(
            {key: value for key, value in query.items() if value},
            exactly_one=False,
            limit=MOST_ANSWERS,
            addressdetails=True,
            country_codes="us",
            language="en",
        )
        try:
            answers = [_judged(address, place.raw) for place in found or []]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise GeocoderParseError("what came is no answer of Nominatim") from error
        return max(filter(None, answers), key=lambda answer: answer.score, default=None)

    return ask


def _judged(asked: Address, place: Mapping[str, Any]) -> Answer | None:
    """Return a house with its score; a street as a whole, or another state, is no answer."""
    about = place["address"]
    number, road = about.get("house_number", ""), about.get("road", "")
    found = reading.parse(f"{number} {road}")
    if about.get("state") != "California" or not (asked.street and found.street):
        return None
    if found.number != asked.number:
        return None
    zip_code = about.get("postcode", "")[:5]
    score = reading.likeness(asked.street, found.street)
    score *= max(reading.agreement(asked, zip_code), _same_town(asked, about))
    if not score:
        return None
    precision = "street" if place.get("type") == "houses" else "exact"
    matched = ", ".join(filter(None, (f"{number} {road}", zip_code)))
    lat, lon = float(place["lat"]), float(place["lon"])
    return Answer(lat, lon, precision, SOURCE, round(score, 3), matched, asked.county)


def _same_town(address: Address, about: Mapping[str, Any]) -> float:
    """Return how well a town fits where there is no ZIP code to go by."""
    towns = {about.get(kind, "").casefold() for kind in TOWNS} - {""}
    alone = not about.get("postcode") and address.city.casefold() in towns
    return 0.95 if alone else 0.0
