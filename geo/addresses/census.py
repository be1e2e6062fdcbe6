"""Census: the public geocoder of the US Census Bureau; it is told the addresses it is asked about.

Source: https://geocoding.geo.census.gov/geocoder/Geocoding_Services_API.html. No key is needed, and
the answers are public domain. Like `streets` it sets numbers between those of a block.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import requests
from geopy.exc import (
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from geo.addresses import reading
from geo.addresses.reading import Address, Answer, Provider

SOURCE = "US Census geocoder"
BENCHMARK = "Public_AR_Current"
AGENT = "service-map geocode"
TIMEOUT_S, BATCH_TIMEOUT_S = 10.0, 300.0
MOST_IN_A_BATCH = 1_000  # it takes 10,000; fewer lose less when a run is cut off
BATCH_CELLS = 6  # number, asked, whether it matched, how, what, where


def provider(url: str, timeout_s: float = TIMEOUT_S) -> Provider:
    """Return the provider that asks the server at `url` about one address.

    It raises exceptions of `geopy.exc`.
    """

    def ask(address: Address) -> Answer | None:
        if address.street is None:
            return None
        query = {"address": _line(address), "benchmark": BENCHMARK, "format": "json"}
        where = f"{url}/locations/onelineaddress"
        told = _answered("GET", where, timeout_s, params=query)
        try:
            matches = told.json()["result"]["addressMatches"]
            answers = [_match(address, match) for match in matches]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise GeocoderParseError("what came is no answer of a Census geocoder") from error
        return max(filter(None, answers), key=lambda answer: answer.score, default=None)

    return ask


def batch(
    url: str, asked: Sequence[Address], timeout_s: float = BATCH_TIMEOUT_S
) -> list[Answer | None]:
    """Return the answers to many addresses, `MOST_IN_A_BATCH` at most, asked about at once.

    Raises
    ------
    exceptions of `geopy.exc`
    """
    text = io.StringIO()
    csv.writer(text).writerows(
        [n, _house(address), address.city, "CA", address.zip] for n, address in enumerate(asked)
    )
    told = _answered(
        "POST",
        f"{url}/locations/addressbatch",
        timeout_s,
        data={"benchmark": BENCHMARK},
        files={"addressFile": ("addresses.csv", text.getvalue(), "text/csv")},
    )
    answers: list[Answer | None] = [None] * len(asked)
    told.encoding = "utf-8"
    for cells in csv.reader(io.StringIO(told.text)):
        if len(cells) >= BATCH_CELLS and cells[2] == "Match":
            try:
                number, (lon, lat) = int(cells[0]), map(float, cells[5].split(","))
            except ValueError as error:
                raise GeocoderParseError("a line of the batch cannot be read") from error
            if 0 <= number < len(asked):
                answers[number] = _judged(asked[number], cells[4], lat, lon)
        elif len(cells) < 3 or cells[2] not in ("No_Match", "Tie"):
            raise GeocoderParseError("what came is no batch of a Census geocoder")
    return answers


def _answered(method: str, url: str, timeout_s: float, **sent: Any) -> requests.Response:
    """Return what a server says, or raise what geopy would."""
    try:
        told = requests.request(
            method, url, timeout=timeout_s, headers={"User-Agent": AGENT}, **sent
        )
    except requests.Timeout as error:
        raise GeocoderTimedOut(f"no answer within {timeout_s:g} s") from error
    except requests.RequestException as error:
        raise GeocoderUnavailable("the connection failed") from error
    if told.status_code == requests.codes.too_many_requests:
        pause = told.headers.get("Retry-After", "")
        seconds = int(pause) if pause.isascii() and pause.isdigit() else None
        raise GeocoderRateLimited("too many questions (429)", retry_after=seconds)
    if told.status_code == requests.codes.bad_request:
        raise GeocoderQueryError("a bad question (400)")
    if not told.ok:
        kind = GeocoderServiceError if told.status_code >= 500 else GeocoderParseError
        raise kind(f"status {told.status_code}")
    return told


def _match(address: Address, match: Mapping[str, Any]) -> Answer | None:
    where = match["coordinates"]
    if match["addressComponents"]["state"] != "CA":
        return None
    return _judged(address, match["matchedAddress"], float(where["y"]), float(where["x"]))


def _judged(asked: Address, matched: str, lat: float, lon: float) -> Answer | None:
    """Return the answer with its score, None if it is another place, as in another state."""
    line, _, rest = matched.partition(",")
    state, _, zip_code = rest.rpartition(",")
    found = reading.parse(line)
    if not (asked.street and found.street and found.number == asked.number):
        return None
    if state.strip().rpartition(",")[2].strip() != "CA":
        return None
    score = reading.likeness(asked.street, found.street)
    score *= reading.agreement(asked, zip_code.strip())
    if not score:
        return None
    return Answer(lat, lon, "street", SOURCE, round(score, 3), matched, asked.county)


def _house(address: Address) -> str:
    """Return the house and street alone: a suite is nothing that has to be told."""
    return address.line.partition(",")[0]


def _line(address: Address) -> str:
    return ", ".join(filter(None, (_house(address), address.city, f"CA {address.zip}".strip())))
