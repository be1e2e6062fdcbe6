"""Crow: an estimate of the way from the straight line, where no streets are known.

The way is 1.3 times the straight line; on foot at 3 miles an hour; by car slowly near both ends,
the slower the more people live there, and the rest at `OPEN_ROAD_MPH`. Those figures are our own
assumption. They stand for streets with traffic lights, town streets and country roads; a reader can
ask how much hangs on them by another `speed`. On a street map of San Joaquin County of the 1990s
(not part of this project) the way between two homes is 1.35 times the line if they are 1 to 5 km
apart, 1.25 times to 15 km, and 1.2 beyond: medians of some 10,000 pairs.
"""

import numpy as np

from geo.sphere import Floats, apart_m
from geo.travel.pace import WALKING_MPH, pace, people_a_square_mile

DETOUR = 1.3
OPEN_ROAD_MPH = 60.0
LOCAL_MPH = ((3_000, 22.0), (1_000, 28.0), (0, 45.0))  # people a square mile or more, speed there
LOCAL_M = 3_000  # as much of the way, at each end, is at the speed of that end


def table(origins: Floats, destinations: Floats, mode: str) -> tuple[Floats, Floats]:
    """Return minutes and metres from each of n points to each of m others, rows of (lat, lon)."""
    metres = DETOUR * apart_m(origins, destinations)
    if mode == "walking":
        return metres * pace(WALKING_MPH), metres
    local = np.minimum(metres / 2, LOCAL_M)
    ends = _local_pace(origins)[:, None] + _local_pace(destinations)
    return local * ends + (metres - 2 * local) * pace(OPEN_ROAD_MPH), metres


def _local_pace(points: Floats) -> Floats:
    """Return the minutes that a metre by car takes near each point."""
    people = people_a_square_mile(points)
    paces: Floats = np.array([pace(mph) for _, mph in LOCAL_MPH])
    row = np.argmax(people[:, None] >= [density for density, _ in LOCAL_MPH], axis=1)
    taken: Floats = paces[row]
    return taken
