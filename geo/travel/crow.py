"""Crow: an estimate of the way from the straight line, where no streets are known.

The way is 1.3 times the straight line; on foot at 3 miles an hour; by car slowly near both ends,
the slower the more people live there, and the rest at `OPEN_ROAD_MPH`. Those figures are our own
assumption. They stand for streets with traffic lights, town streets and country roads; a reader can
ask how much hangs on them by another `speed`. On a street map of San Joaquin County of the 1990s
(not part of this project) the way between two homes is 1.35 times the line if they are 1 to 5 km
apart, 1.25 times to 15 km, and 1.2 beyond: medians of some 10,000 pairs.
"""

import numpy as np
from numpy.typing import NDArray

from geo.sphere import Floats, apart_m
from geo.travel.pace import WALKING_MPH, pace, people_a_square_mile

DETOUR = 1.3
OPEN_ROAD_MPH = 60.0
LOCAL_MPH = ((3_000, 22.0), (1_000, 28.0), (0, 45.0))  # people a square mile or more, speed there
LOCAL_PACE = np.array([pace(mph) for _, mph in LOCAL_MPH])  # minutes a metre
LOCAL_M = 3_000  # as much of the way, at each end, is at the speed of that end


def table(origins: Floats, destinations: Floats, mode: str) -> tuple[Floats, Floats]:
    """Return minutes and metres from each of n points to each of m others, rows of (lat, lon)."""
    metres = DETOUR * apart_m(origins, destinations)
    if mode == "walking":
        return metres * pace(WALKING_MPH), metres
    here, there = (_local_pace(points) for points in (origins, destinations))
    return driving(metres, here[:, None] + there), metres


def driving(metres: Floats, ends: Floats) -> Floats:
    """Return the minutes that ways by car take, from the sum of `LOCAL_PACE` at both ends."""
    local = np.minimum(metres / 2, LOCAL_M)
    minutes: Floats = local * ends + (metres - 2 * local) * pace(OPEN_ROAD_MPH)
    return minutes


def driven_m(minutes: Floats, ends: Floats) -> Floats:
    """Return how long a way can be driven in so many minutes: `driving` the other way round.

    >>> bool(np.isclose(driving(driven_m(np.array(30.0), np.array(0.003)), np.array(0.003)), 30))
    True
    """
    local = 2 * minutes / ends
    beyond = 2 * LOCAL_M + (minutes - LOCAL_M * ends) / pace(OPEN_ROAD_MPH)
    metres: Floats = np.where(local <= 2 * LOCAL_M, local, beyond)
    return metres


def surroundings(people_a_square_mile: Floats) -> NDArray[np.intp]:
    """Return which row of `LOCAL_MPH` holds where people live so closely."""
    least = [density for density, _ in LOCAL_MPH]
    row: NDArray[np.intp] = np.argmax(people_a_square_mile[:, None] >= least, axis=1)
    return row


def _local_pace(points: Floats) -> Floats:
    """Return the minutes that a metre by car takes near each point."""
    taken: Floats = LOCAL_PACE[surroundings(people_a_square_mile(points))]
    return taken
