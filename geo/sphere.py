"""Sphere: how far apart two points of the earth are, and in which direction.

Points are (lat, lon) in degrees, WGS 84.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.errors import CoordinateError

EARTH_RADIUS_M = 6_371_008.8  # mean radius of WGS 84, (2a + b) / 3
METRES_A_DEGREE = EARTH_RADIUS_M * np.pi / 180  # of latitude
METRES_A_MILE = 1_609.344
DIRECTIONS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
Floats = NDArray[np.float64]


def great_circle_m(origin: tuple[float, float], points: ArrayLike) -> Floats:
    """Return how far each of many points is from one, along the surface of the earth.

    Parameters
    ----------
    origin : (lat, lon), degrees
    points : shape (n, 2), rows of (lat, lon), degrees

    Returns
    -------
    shape (n,), metres on the mean sphere; the ellipsoid differs by less than 0.6 %

    Raises
    ------
    CoordinateError : a latitude beyond ±90, a longitude beyond ±180, or NaN

    Source: R. W. Sinnott, "Virtues of the haversine", Sky and Telescope 68(2), 1984.

    >>> great_circle_m((0, 0), [[0, 1], [0, 180]]).round().tolist()
    [111195.0, 20015114.0]
    """
    metres: Floats = apart_m([origin], points)[0]
    return metres


def apart_m(origins: ArrayLike, destinations: ArrayLike) -> Floats:
    """Return how far each of n points is from each of m others, shape (n, m).

    Otherwise as `great_circle_m`.

    >>> apart_m([[0, 0], [0, 2]], [[0, 1]]).round().tolist()
    [[111195.0], [111195.0]]
    """
    lat, lon = np.radians(check_points(origins)).T[:, :, None]
    lats, lons = np.radians(check_points(destinations)).T
    return _haversine_m(lat, lon, lats, lons)


def pairs_m(origins: ArrayLike, destinations: ArrayLike) -> Floats:
    """Return how far each of n points is from the one beside it in the other list, shape (n,).

    Otherwise as `great_circle_m`.

    >>> pairs_m([[0, 0], [0, 2]], [[0, 1], [0, 2]]).round().tolist()
    [111195.0, 0.0]
    """
    lat, lon = np.radians(check_points(origins)).T
    lats, lons = np.radians(check_points(destinations)).T
    return _haversine_m(lat, lon, lats, lons)


def _haversine_m(lat: Floats, lon: Floats, lats: Floats, lons: Floats) -> Floats:
    h = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(h, 0, 1)))
    return metres


def bearing_deg(origin: tuple[float, float], points: ArrayLike) -> Floats:
    """Return the direction in which the way from one point to each of many sets out.

    Takes what `great_circle_m` takes and raises what it raises; returns shape (n,), degrees
    clockwise from north, from 0 up to but without 360. A point seen from itself is north.

    >>> bearing_deg((0, 0), [[1, 0], [0, 1], [-1, 0], [0, -1]]).tolist()
    [0.0, 90.0, 180.0, 270.0]
    """
    lat, lon = np.radians(check_points(origin)[0])
    lats, lons = np.radians(check_points(points)).T
    east = np.sin(lons - lon) * np.cos(lats)
    north = np.cos(lat) * np.sin(lats) - np.sin(lat) * np.cos(lats) * np.cos(lons - lon)
    degrees: Floats = np.degrees(np.arctan2(east, north)) % 360
    return np.where(degrees == 360, 0.0, degrees)  # what is just west of north rounds up to 360


def compass(bearing: float) -> str:
    """Return which of the eight `DIRECTIONS` is nearest to a bearing in degrees.

    >>> compass(0), compass(50), compass(359)
    ('N', 'NE', 'N')
    """
    return DIRECTIONS[round(bearing / 45) % 8]


def on_mercator(degrees: Floats) -> Floats:
    """Return (lon, lat) in degrees, shape (n, 2), as metres x and y on a map true to angles.

    Near a point everything is larger there by one factor, 1 / cos(lat): what is nearest on the
    map is nearest on the ground.

    >>> on_mercator(np.array([[180.0, 0.0]])).round().tolist()
    [[20015114.0, 0.0]]
    """
    lon, lat = np.radians(degrees).T
    return EARTH_RADIUS_M * np.column_stack([lon, np.arcsinh(np.tan(lat))])


def on_globe(metres: Floats) -> Floats:
    """Return what `on_mercator` drew as (lat, lon) in degrees."""
    x, y = metres.T / EARTH_RADIUS_M
    degrees: Floats = np.degrees(np.column_stack([np.arctan(np.sinh(y)), x]))
    return degrees


def check_points(points: ArrayLike) -> Floats:
    """Return `points` as rows of (lat, lon), all of them on the earth; else CoordinateError."""
    rows = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    good = (np.abs(rows) <= (90, 180)).all(axis=1)
    if not good.all():
        row = int(np.argmin(good))
        lat, lon = rows[row].tolist()
        raise CoordinateError(
            f"Point {row + 1} of {len(rows)}: found latitude {lat}, longitude {lon}, wanted "
            "degrees, -90 to 90 and -180 to 180. Are the two swapped, or is one missing?"
        )
    return rows


def on_unit_sphere(points: ArrayLike) -> Floats:
    """Return points of a sphere of radius 1 around the centre of the earth, shape (n, 3)."""
    lat, lon = np.radians(check_points(points)).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
