"""Gpx: rounds as GPX 1.1, waypoints and a route each, for devices and apps that find the way.

Source: https://www.topografix.com/GPX/1/1/
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXWaypoint

from geo.files.clean_text import plain

CREATOR = "service-map"
DIGITS = 6  # of degrees: a tenth of a metre

Mark = TypeVar("Mark", GPXRoutePoint, GPXWaypoint)


@dataclass(frozen=True)
class Point:
    """One point of a route; a stop has more to say than where the way starts or ends."""

    lat: float
    lon: float
    name: str
    about: str = ""
    is_stop: bool = True


@dataclass(frozen=True)
class Route:
    """The round of one team, from its start to its end."""

    name: str
    points: Sequence[Point]


def write(routes: Sequence[Route], made_at: datetime) -> bytes:
    """Return GPX 1.1: a waypoint for each stop and a route for each team, in the order of the way.

    `made_at` has a time zone; the file tells the time in UTC, as GPX wants it.

    >>> tracy = Route("Team 1", [Point(37.7397, -121.4252, "1 Oak Pantry")])
    >>> b'<rtept lat="37.7397" lon="-121.4252">' in write([tracy], datetime.now(UTC))
    True
    """
    file = GPX()
    file.creator, file.time = CREATOR, made_at.astimezone(UTC)
    for number, route in enumerate(routes, 1):
        line = GPXRoute(name=plain(route.name), number=number)
        line.points = [_told(GPXRoutePoint(), point) for point in route.points]
        file.routes.append(line)
        file.waypoints += [_told(GPXWaypoint(), point) for point in route.points if point.is_stop]
    return str(file.to_xml(version="1.1")).encode()


def _told(mark: Mark, point: Point) -> Mark:
    """Return `mark` where the point is, with its words."""
    mark.latitude, mark.longitude = round(point.lat, DIGITS), round(point.lon, DIGITS)
    mark.name, mark.description = plain(point.name), plain(point.about) or None
    return mark
