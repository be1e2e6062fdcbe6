"""Roads: the quickest ways over the imported streets, and how fast each class of street is.

It knows no one-way street, no forbidden turn and no traffic, its speeds are our own assumption, and
a county is an island unless its neighbours are imported too: a way that would lead through a
neighbour is a detour or none, and so is help beyond the line.

TIGER/Line tells no speed. Those of `SPEEDS_MPH` stand for the whole way, lights and crossings
included.
"""

from collections.abc import Hashable, Mapping
from threading import Condition

import geopandas as gpd
import numpy as np
import shapely
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from geo.errors import EngineError
from geo.sphere import Floats
from geo.streets import network
from geo.streets.store import Streets
from geo.travel.pace import WALKING_MPH, pace, people_a_square_mile

SPEEDS_MPH: Mapping[str, tuple[float, float]] = {  # in town, in the country
    "S1100": (60, 65),  # highway with ramps
    "S1200": (32, 50),  # other main road
    "S1400": (24, 40),  # street or rural road
    "S1630": (35, 35),  # ramp
    "S1640": (25, 30),  # service drive beside a highway
    "S1730": (10, 10),  # alley
    "S1780": (10, 10),  # lanes of a parking lot
}
TOWN = 1_000  # people a square mile around, or more
OFF_STREET = {  # miles an hour to the nearest street, and how far it may be, in metres
    "driving": (10.0, 5_000.0),
    "walking": (WALKING_MPH, 2_000.0),
}


def table(
    streets: Streets, origins: Floats, destinations: Floats, mode: str
) -> tuple[Floats, Floats]:
    """Return minutes and metres from each of n points to each of m others, NaN without a way.

    Points are rows of (lat, lon), degrees. Raises EngineError if no street is open to `mode`.
    """
    return network.table(_network(streets, mode), origins, destinations, _off(mode))


def path(
    streets: Streets, origin: tuple[float, float], destination: tuple[float, float], mode: str
) -> Floats | None:
    """Return the course of the quickest way, rows of (lat, lon), degrees; None without one.

    Raises EngineError if no street is open to `mode`.
    """
    return network.path(_network(streets, mode), origin, destination, _off(mode))


def nodes(frame: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return where each edge begins and ends, shape (n, 2), as one drives.

    Census edges share a node wherever they cross on the map, on a bridge too. A highway with ramps
    (S1100) meets other roads only where there is a ramp (S1630), or where it ends: its other nodes
    are its own, told by a negative number.
    """
    ends = frame[["from_node", "to_node"]].to_numpy(np.int64)
    highway, ramp = (frame["mtfcc"].eq(kind).to_numpy() for kind in ("S1100", "S1630"))
    passed, times = np.unique(ends[highway], return_counts=True)
    over = np.setdiff1d(passed[times > 1], ends[ramp])
    apart = highway[:, None] & np.isin(ends, over)
    told: NDArray[np.int64] = np.where(apart, -ends, ends)
    return told


def _off(mode: str) -> network.Off:
    mph, most_m = OFF_STREET[mode]
    return network.Off(pace(mph), most_m)


@cached(LRUCache[Hashable, network.Network](2), condition=Condition())
def _network(streets: Streets, mode: str) -> network.Network:
    """Return the streets that are open to a way of travel, ready to be searched."""
    open_to = streets.frame[streets.frame["drive" if mode == "driving" else "walk"]]
    if open_to.empty:
        raise EngineError("no street is open to it")
    ends = nodes(open_to)
    lines, length_m = open_to.geometry.to_numpy(), open_to["length_m"].to_numpy(float)
    minutes_a_metre = np.full(len(open_to), pace(WALKING_MPH))
    if mode == "driving":
        middles = shapely.get_coordinates(
            shapely.line_interpolate_point(lines, 0.5, normalized=True)
        )
        town = people_a_square_mile(middles[:, ::-1]) >= TOWN
        mph = np.array([SPEEDS_MPH[kind] for kind in open_to["mtfcc"]], dtype=float)
        minutes_a_metre = pace(np.where(town, *mph.T))
    return network.build(ends, lines, length_m, minutes_a_metre)
