"""Engines: how long the way takes from many points to many others, by the best engine there is.

`minutes` has four engines, of which `best` names the one to ask. `osrm` and `valhalla` are routing
servers of the operator. `streets` searches the imported streets for the quickest way (see
`travel.roads`). Without any of them the time is an estimate, `crow` (see `travel.crow`).

Points are a reader's own, such as where a team starts, unless `public` says that all of them are
known to everybody: places of the catalogue, block groups, towns. Only tables of public points are
kept here, and only public points are told to a server, unless the operator allows the rest
(`ROUTING_FOR_ROUNDS`).
"""

import logging
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Condition

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import ArrayLike

from geo import areas, settings
from geo.errors import EngineError, QuestionError
from geo.i18n import mark
from geo.settings import Settings
from geo.sphere import Floats, apart_m, check_points
from geo.streets import store
from geo.travel import crow, osrm, roads, valhalla
from geo.travel.breaker import Breaker

log = logging.getLogger(__name__)
MOST_KEPT = 1_000_000  # cells of a table of minutes: 8 MB
VALHALLA_M = {"driving": 380_000, "walking": 190_000}  # a little less than it allows as it comes
Way = tuple[Floats, Floats]  # minutes, metres

breaker = Breaker()


@dataclass(frozen=True, eq=False)
class Travel:
    """The way from each of n origins to each of m destinations; NaN where there is none."""

    minutes: Floats  # shape (n, m)
    metres: Floats  # shape (n, m), of the way, not of the straight line
    engine: str
    estimate: bool  # the minutes rest on speeds that are our own assumption
    notice: str = ""  # why it is another engine than the one asked for, to be said by `i18n`


def minutes(
    origins: ArrayLike,
    destinations: ArrayLike,
    engine: str = "crow",
    mode: str = "driving",
    speed: float = 1.0,
    public: bool = False,
) -> Travel:
    """Return how long the way takes from each of n origins to each of m destinations.

    Parameters
    ----------
    origins, destinations : shapes (n, 2) and (m, 2), rows of (lat, lon), degrees
    engine : one of `ENGINES`; if it has no answer, the next in that order that has
    mode : 'driving' or 'walking'
    speed : how much faster than usual, 0.1 to 10; 0.8 is a fifth slower
    public : no point is a reader's own: the table may be kept, and a server be asked

    Raises
    ------
    CoordinateError : a point is not on the earth
    QuestionError : an unknown engine or mode, or a speed not from 0.1 to 10

    >>> from geo.sphere import METRES_A_MILE
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
    here, there, given = check_points(origins), check_points(destinations), settings.read()
    notice = ""
    for name in [*ENGINES][[*ENGINES].index(engine) :]:
        if name != engine and not _is_set_up(name, mode, given):
            continue
        if not _may_know(name, public, given):
            notice = WITHHELD if _is_set_up(engine, mode, given) else NOT_SET_UP
            continue
        try:
            taken, metres = _way(name, here, there, mode, given, public)
        except EngineError as error:
            log.warning("Travel time by %s: %s. Another engine is asked.", name, error)
            notice = SILENT if _is_set_up(engine, mode, given) else NOT_SET_UP
        else:
            return Travel(taken / speed, metres, name, name in ESTIMATES, notice)
    raise AssertionError("the last engine always answers")


def _way(name: str, here: Floats, there: Floats, mode: str, given: Settings, public: bool) -> Way:
    """Return what an engine finds; a public table of usual size is kept for the next question."""
    if not public or len(here) * len(there) > MOST_KEPT:
        return ENGINES[name](here, there, mode, given)
    known = store.current() if name == "streets" else None
    return _kept(name, here.tobytes(), there.tobytes(), mode, given, known.mark if known else "")


@cached(LRUCache[Hashable, Way](16), condition=Condition())
def _kept(name: str, here: bytes, there: bytes, mode: str, given: Settings, _: str) -> Way:
    origins, destinations = (np.frombuffer(part).reshape(-1, 2) for part in (here, there))
    found = ENGINES[name](origins, destinations, mode, given)
    for table in found:
        table.flags.writeable = False
    return found


def best(mode: str = "driving", public: bool = False) -> str:
    """Return the engine to ask for a way of travel between points that are `public`, or not.

    A server if one is set and may know them, else the streets if those of every county of this
    app are imported, else the estimate.

    >>> best() in ENGINES
    True
    """
    given = settings.read()
    return next(
        name for name in ENGINES if _is_set_up(name, mode, given) and _may_know(name, public, given)
    )


def sends_own_points(mode: str = "driving") -> bool:
    """Return whether a server is told a reader's own points: where they start, stop or click."""
    return best(mode) in SERVERS


def _may_know(engine: str, public: bool, given: Settings) -> bool:
    """Return whether an engine may be told points: one on this machine always may."""
    return public or given.routing_for_rounds or engine not in SERVERS


def _is_set_up(engine: str, mode: str, given: Settings) -> bool:
    """Return whether an engine can be asked for every county of this app."""
    if engine == "streets":
        streets = store.load_or_none(given.streets)
        ours = {part["properties"]["geoid"] for part in areas.features("counties")}
        return streets is not None and ours <= {*streets.counties}
    return engine == "crow" or bool(_url(engine, mode, given))


def _url(engine: str, mode: str, given: Settings) -> str:
    if engine == "valhalla":
        return given.valhalla_url
    return given.osrm_walking_url if mode == "walking" else given.osrm_url


def _osrm(origins: Floats, destinations: Floats, mode: str, given: Settings) -> Way:
    if not (url := _url("osrm", mode, given)):
        raise EngineError("no server is set")
    return breaker.ask(url, lambda: osrm.table(url, origins, destinations))


def _valhalla(origins: Floats, destinations: Floats, mode: str, given: Settings) -> Way:
    if not (url := _url("valhalla", mode, given)):
        raise EngineError("no server is set")
    near = apart_m(origins, destinations) < VALHALLA_M[mode]
    return breaker.ask(url, lambda: valhalla.table(url, origins, destinations, mode, near))


def _streets(origins: Floats, destinations: Floats, mode: str, given: Settings) -> Way:
    streets = store.load_or_none(given.streets)
    if streets is None:
        raise EngineError("no streets are imported")
    return roads.table(streets, origins, destinations, mode)


UNKNOWN = "{what}: found {found!r}, wanted one of {wanted}."
MODES = ("driving", "walking")
ENGINES: Mapping[str, Callable[[Floats, Floats, str, Settings], Way]] = {  # the best first
    "osrm": _osrm,
    "valhalla": _valhalla,
    "streets": _streets,
    "crow": lambda origins, destinations, mode, _: crow.table(origins, destinations, mode),
}
ESTIMATES = frozenset({"streets", "crow"})
SERVERS = frozenset({"osrm", "valhalla"})
SILENT = mark("The server for travel times did not answer. These times come another way.")
WITHHELD = mark(
    "The server for travel times is not told places of your own. These times come another way."
)
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
