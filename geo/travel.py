"""Travel: how far apart two points are, in which direction, and how long the way takes.

Points are (lat, lon) in degrees, WGS 84.

`minutes` has four engines, of which `best` names the one to ask. `osrm` and `valhalla` are routing
servers of the operator. `streets` searches the imported streets (`geo.streets`) for the quickest
way; it knows no one-way street, no forbidden turn and no traffic, its speeds are our own
assumption, and a county is an island unless its neighbours are imported too: a way that would lead
through a neighbour is a detour or none, and so is help beyond the line.

Without a street network the time is an estimate, the engine `crow`: the way is 1.3 times the
straight line; on foot at 3 miles an hour; by car slowly near both ends, the slower the more people
live there, and the rest at `OPEN_ROAD_MPH`. Those figures are our own assumption. They stand for
streets with traffic lights, town streets and country roads; a reader can ask how much hangs on
them by another `speed`. On a street map of San Joaquin County of the 1990s (not part of this
project) the way between two homes is 1.35 times the line if they are 1 to 5 km apart, 1.25 times to
15 km, and 1.2 beyond: medians of some 10,000 pairs.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from geo import areas, settings, streets
from geo.engines import network, osrm, valhalla
from geo.errors import CoordinateError, EngineError, QuestionError
from geo.i18n import mark
from geo.settings import Settings
from geo.streets import Streets

log = logging.getLogger(__name__)

EARTH_RADIUS_M = 6_371_008.8  # mean radius of WGS 84, (2a + b) / 3
METRES_A_DEGREE = EARTH_RADIUS_M * np.pi / 180  # of latitude
METRES_A_MILE = 1_609.344
DIRECTIONS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")

DETOUR = 1.3
WALKING_MPH = 3.0
OPEN_ROAD_MPH = 60.0
LOCAL_MPH = ((3_000, 22.0), (1_000, 28.0), (0, 45.0))  # people a square mile or more, speed there
LOCAL_M = 3_000  # as much of the way, at each end, is at the speed of that end
AROUND_M = 2_000  # people are counted within this circle
OFF_STREET = {  # miles an hour to the nearest street, and how far it may be, in metres
    "driving": (10.0, 5_000.0),
    "walking": (WALKING_MPH, 2_000.0),
}
MOST_KEPT = 1_000_000  # cells of a table of minutes: 8 MB
SMOOTH_M, MOST_BENDS = 5.0, 120  # of the course of a way, to be drawn
VALHALLA_M = {"driving": 380_000, "walking": 190_000}  # a little less than it allows as it comes

Floats = NDArray[np.float64]
Way = tuple[Floats, Floats]  # minutes, metres
Speed = TypeVar("Speed", float, Floats)


@dataclass(frozen=True, eq=False)
class Travel:
    """The way from each of n origins to each of m destinations; NaN where there is none."""

    minutes: Floats  # shape (n, m)
    metres: Floats  # shape (n, m), of the way, not of the straight line
    engine: str
    estimate: bool  # the minutes rest on speeds that are our own assumption
    notice: str = ""  # why it is another engine than the one asked for, to be said by `i18n`


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
    lat, lon = np.radians(_checked(origins)).T[:, :, None]
    lats, lons = np.radians(_checked(destinations)).T
    h = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(h, 0, 1)))
    return metres


def nearest(
    origins: ArrayLike, destinations: ArrayLike, k: int = 1
) -> tuple[NDArray[np.intp], Floats]:
    """Return for each of n origins the k nearest of m destinations, nearest first.

    Returns
    -------
    numbers of destinations, shape (n, k), -1 where there are fewer than k
    metres in a straight line, shape (n, k), NaN there

    Made for hundreds of thousands of points: a k-d tree of unit vectors, in which the order of
    chords is the order of arcs. Raises CoordinateError as `great_circle_m`.

    >>> numbers, metres = nearest([[0, 0]], [[0, 2], [0, 1]], k=3)
    >>> numbers.tolist(), (metres / 111195).round(3).tolist()
    ([[1, 0, -1]], [[1.0, 2.0, nan]])
    """
    there = _on_unit_sphere(destinations)
    chords, numbers = cKDTree(there).query(_on_unit_sphere(origins), k=list(range(1, k + 1)))
    none = np.isinf(chords)
    metres = 2 * EARTH_RADIUS_M * np.arcsin(np.clip(np.where(none, np.nan, chords) / 2, 0, 1))
    return np.where(none, -1, numbers).astype(np.intp), metres


def minutes(
    origins: ArrayLike,
    destinations: ArrayLike,
    engine: str = "crow",
    mode: str = "driving",
    speed: float = 1.0,
) -> Travel:
    """Return how long the way takes from each of n origins to each of m destinations.

    Parameters
    ----------
    origins, destinations : shapes (n, 2) and (m, 2), rows of (lat, lon), degrees
    engine : one of `ENGINES`; if it has no answer, the next in that order that has
    mode : 'driving' or 'walking'
    speed : how much faster than usual, 0.1 to 10; 0.8 is a fifth slower

    Raises
    ------
    CoordinateError : a point is not on the earth
    QuestionError : an unknown engine or mode, or a speed not from 0.1 to 10

    >>> found = minutes([[32.79, -115.56]], [[32.98, -115.53]])  # El Centro to Brawley
    >>> found.minutes.round().tolist(), (found.metres / METRES_A_MILE).round(1).tolist()
    ([[24.0]], [[17.2]])
    """
    if engine not in ENGINES:
        wanted = ", ".join(ENGINES)
        raise QuestionError(UNKNOWN, what="engine", found=engine, wanted=wanted)
    if mode not in MODES:
        raise QuestionError(UNKNOWN, what="mode", found=mode, wanted=", ".join(MODES))
    if not 0.1 <= speed <= 10:
        told = "speed: found {found}, wanted 0.1 to 10; 1 is the usual speed, 0.8 a fifth slower."
        raise QuestionError(told, found=speed)
    here, there, given = _checked(origins), _checked(destinations), settings.read()
    notice = ""
    for name in [*ENGINES][[*ENGINES].index(engine) :]:
        if name != engine and not _is_set_up(name, mode, given):
            continue
        try:
            taken, metres = _way(name, here, there, mode, given)
        except EngineError as error:
            log.warning("Travel time by %s: %s. Another engine is asked.", name, error)
            notice = SILENT if _is_set_up(engine, mode, given) else NOT_SET_UP
        else:
            return Travel(taken / speed, metres, name, name in ESTIMATES, notice)
    raise AssertionError("the last engine always answers")


def _way(name: str, here: Floats, there: Floats, mode: str, given: Settings) -> Way:
    """Return what an engine finds; a table of usual size is kept for the next question."""
    if len(here) * len(there) > MOST_KEPT:
        return ENGINES[name](here, there, mode, given)
    known = streets.current() if name == "streets" else None
    return _kept(name, here.tobytes(), there.tobytes(), mode, given, known.mark if known else "")


@lru_cache(maxsize=16)
def _kept(name: str, here: bytes, there: bytes, mode: str, given: Settings, _: str) -> Way:
    origins, destinations = (np.frombuffer(part).reshape(-1, 2) for part in (here, there))
    found = ENGINES[name](origins, destinations, mode, given)
    for table in found:
        table.flags.writeable = False
    return found


def courses(points: ArrayLike, engine: str, mode: str = "driving") -> list[Floats | None]:
    """Return for each two points that follow each other the course of the quickest way.

    Parameters
    ----------
    points : shape (n, 2), rows of (lat, lon), degrees
    engine : the one that measured the ways; only `streets` knows their courses

    Returns
    -------
    n - 1 of shape (k, 2), rows of (lat, lon), from the one point to the other, at most
        `MOST_BENDS` of them: bends within `SMOOTH_M` of a straight line are left out, or, on a long
        way, within as much more as it takes; None where no course is known

    Raises CoordinateError as `minutes`.
    """
    rows, given = _checked(points), settings.read()
    known = streets.load_or_none(given.streets)
    if engine != "streets" or known is None:
        return [None] * max(len(rows) - 1, 0)
    return [_course(*leg, mode, given, known.mark) for leg in pairwise(map(tuple, rows.tolist()))]


@lru_cache(maxsize=1_000)
def _course(
    origin: tuple[float, float],
    destination: tuple[float, float],
    mode: str,
    given: Settings,
    _: str,
) -> Floats | None:
    """Return the course of a way, None without one; kept, as one change moves but a few legs."""
    found = streets.load_or_none(given.streets)
    if found is None:
        return None
    try:
        whole = network.path(_network(found, mode), origin, destination, _off(mode))
    except EngineError:
        return None
    if whole is None:
        return None
    flat = np.array([1, np.cos(np.radians(origin[0]))])  # a degree east is so much shorter
    line, within = shapely.LineString(whole * flat), SMOOTH_M / METRES_A_DEGREE
    smooth = shapely.simplify(line, within, preserve_topology=False)
    while shapely.get_num_points(smooth) > MOST_BENDS:
        within *= 2
        smooth = shapely.simplify(line, within, preserve_topology=False)
    course: Floats = shapely.get_coordinates(smooth) / flat
    course.flags.writeable = False
    return course


def best(mode: str = "driving") -> str:
    """Return the engine to ask for a way of travel.

    A server if one is set, else the streets if those of every county of this app are imported,
    else the estimate.

    >>> best() in ENGINES
    True
    """
    given = settings.read()
    return next(name for name in ENGINES if _is_set_up(name, mode, given))


def bearing_deg(origin: tuple[float, float], points: ArrayLike) -> Floats:
    """Return the direction in which the way from one point to each of many sets out.

    Takes what `great_circle_m` takes and raises what it raises; returns shape (n,), degrees
    clockwise from north, from 0 up to but without 360. A point seen from itself is north.

    >>> bearing_deg((0, 0), [[1, 0], [0, 1], [-1, 0], [0, -1]]).tolist()
    [0.0, 90.0, 180.0, 270.0]
    """
    lat, lon = np.radians(_checked(origin)[0])
    lats, lons = np.radians(_checked(points)).T
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


def _checked(points: ArrayLike) -> Floats:
    """Return `points` as rows of (lat, lon), all of them on the earth."""
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


def _is_set_up(engine: str, mode: str, given: Settings) -> bool:
    """Return whether an engine can be asked for every county of this app."""
    if engine == "streets":
        found = streets.load_or_none(given.streets)
        ours = {part["properties"]["geoid"] for part in areas.features("counties")}
        return found is not None and ours <= {*found.counties}
    return engine == "crow" or bool(_url(engine, mode, given))


def _url(engine: str, mode: str, given: Settings) -> str:
    if engine == "valhalla":
        return given.valhalla_url
    return given.osrm_walking_url if mode == "walking" else given.osrm_url


def _osrm(origins: Floats, destinations: Floats, mode: str, given: Settings) -> Way:
    if not (url := _url("osrm", mode, given)):
        raise EngineError("no server is set")
    return osrm.table(url, origins, destinations)


def _valhalla(origins: Floats, destinations: Floats, mode: str, given: Settings) -> Way:
    if not (url := _url("valhalla", mode, given)):
        raise EngineError("no server is set")
    near = apart_m(origins, destinations) < VALHALLA_M[mode]
    return valhalla.table(url, origins, destinations, mode, near)


def _streets(origins: Floats, destinations: Floats, mode: str, given: Settings) -> Way:
    found = streets.load_or_none(given.streets)
    if found is None:
        raise EngineError("no streets are imported")
    return network.table(_network(found, mode), origins, destinations, _off(mode))


def _off(mode: str) -> network.Off:
    mph, most_m = OFF_STREET[mode]
    return network.Off(_pace(mph), most_m)


@lru_cache(maxsize=2)
def _network(found: Streets, mode: str) -> network.Network:
    """Return the streets that are open to a way of travel, ready to be searched."""
    open_to = found.frame[found.frame["drive" if mode == "driving" else "walk"]]
    if open_to.empty:
        raise EngineError("no street is open to it")
    ends = streets.nodes(open_to)
    lines, length_m = open_to.geometry.to_numpy(), open_to["length_m"].to_numpy(float)
    pace = np.full(len(open_to), _pace(WALKING_MPH))
    if mode == "driving":
        middles = shapely.get_coordinates(
            shapely.line_interpolate_point(lines, 0.5, normalized=True)
        )
        town = people_a_square_mile(middles[:, ::-1]) >= streets.TOWN
        mph = np.array([streets.SPEEDS_MPH[kind] for kind in open_to["mtfcc"]], dtype=float)
        pace = _pace(np.where(town, *mph.T))
    return network.build(ends, lines, length_m, pace)


def _crow(origins: Floats, destinations: Floats, mode: str, _: Settings) -> Way:
    """Return the minutes and metres that the engine `crow` takes a way for."""
    metres = DETOUR * apart_m(origins, destinations)
    if mode == "walking":
        return metres * _pace(WALKING_MPH), metres
    local = np.minimum(metres / 2, LOCAL_M)
    ends = _local_pace(origins)[:, None] + _local_pace(destinations)
    return local * ends + (metres - 2 * local) * _pace(OPEN_ROAD_MPH), metres


def _pace(mph: Speed) -> Speed:
    """Return the minutes that a metre takes."""
    return 60 / (mph * METRES_A_MILE)


def _local_pace(points: Floats) -> Floats:
    """Return the minutes that a metre by car takes near each point."""
    people = people_a_square_mile(points)
    paces: Floats = np.array([_pace(mph) for _, mph in LOCAL_MPH])
    row = np.argmax(people[:, None] >= [density for density, _ in LOCAL_MPH], axis=1)
    taken: Floats = paces[row]
    return taken


def people_a_square_mile(points: Floats) -> Floats:
    """Return how closely people live around each point: 0 outside the counties that are known."""
    tree, people = _homes()
    chord = 2 * np.sin(AROUND_M / EARTH_RADIUS_M / 2)
    around = tree.query_ball_point(_on_unit_sphere(points), chord)
    square_miles = np.pi * (AROUND_M / METRES_A_MILE) ** 2
    return np.array([people[homes].sum() for homes in around], dtype=np.float64) / square_miles


@cache
def _homes() -> tuple[cKDTree, Floats]:
    """Return where people live, to be searched, and how many at each point."""
    table = [
        (row["latitude"], row["longitude"], row["population_2020"])
        for row in areas.rows("blockgroups")
    ]
    homes = np.array(table, dtype=np.float64)
    return cKDTree(_on_unit_sphere(homes[:, :2])), homes[:, 2]


def _on_unit_sphere(points: ArrayLike) -> Floats:
    """Return points of a sphere of radius 1 around the centre of the earth, shape (n, 3)."""
    lat, lon = np.radians(_checked(points)).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


UNKNOWN = "{what}: found {found!r}, wanted one of {wanted}."
MODES = ("driving", "walking")
ENGINES: Mapping[str, Callable[[Floats, Floats, str, Settings], Way]] = {  # the best first
    "osrm": _osrm,
    "valhalla": _valhalla,
    "streets": _streets,
    "crow": _crow,
}
ESTIMATES = frozenset({"streets", "crow"})
SILENT = mark("The server for travel times did not answer. These times come another way.")
NOT_SET_UP = mark("Travel times by road are not set up here. These times come another way.")
HOW: Mapping[str, str] = {  # how each engine knows, in a sentence for readers
    "osrm": mark("Times and miles are from a routing server and its street map."),
    "valhalla": mark("Times and miles are from a routing server and its street map."),
    "streets": mark(
        "Miles follow the streets of the Census Bureau. Times are an estimate: speeds are our own "
        "assumption, and one-way streets and traffic are not known."
    ),
    "crow": mark("Times and miles are an estimate from straight lines, not from streets."),
}
