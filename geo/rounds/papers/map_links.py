"""Map links: addresses that open a round in a maps app; built here, never fetched.

They hold points only, no name. Google's take nine stops between start and end on a computer and
fewer on some phones; a round is split so that no link has more than `MOST`.
Sources: developers.google.com/maps/documentation/urls/get-started; RFC 5870 (`geo:`).
"""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

GOOGLE = "https://www.google.com/maps/dir/"
MOST = 9
DIGITS = 6

Point = tuple[float, float]


class Link(NamedTuple):
    """The way from one point of a round to another; numbers count the points, the start is 0."""

    first: int
    last: int
    address: str


def directions(points: Sequence[Point]) -> list[Link]:
    """Return links through `points` in their order, each from where the one before ends.

    Parameters
    ----------
    points : rows of (lat, lon): the start, the stops, and the end if there is one

    Returns
    -------
    links of up to `MOST` points besides the one they set out from; none for fewer than two points

    >>> link, = directions([(37.95, -121.29), (37.74, -121.425), (37.8, -121.2)])
    >>> link.address.partition("origin=")[2]
    '37.95,-121.29&destination=37.8,-121.2&travelmode=driving&waypoints=37.74,-121.425'
    """
    links = []
    for first in range(0, len(points) - 1, MOST):
        last = min(first + MOST, len(points) - 1)
        between = [_written(point) for point in points[first + 1 : last]]
        query = {
            "api": "1",
            "origin": _written(points[first]),
            "destination": _written(points[last]),
            "travelmode": "driving",
        }
        if between:
            query["waypoints"] = "|".join(between)
        links.append(Link(first, last, f"{GOOGLE}?{urlencode(query, safe=',')}"))
    return links


def geo(point: Point) -> str:
    """Return the address by which a phone offers its own maps apps.

    >>> geo((37.7397, -121.4252))
    'geo:37.7397,-121.4252'
    """
    return f"geo:{_written(point)}"


def _written(point: Point) -> str:
    """Return a point in plain decimals: never as 1e-05, never as -0."""
    return ",".join(f"{degrees + 0:.{DIGITS}f}".rstrip("0").rstrip(".") for degrees in point)
