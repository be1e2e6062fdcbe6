"""Pace: how many minutes a metre takes, and how closely people live, on which it hangs."""

from collections.abc import Hashable
from threading import Condition
from typing import TypeVar

import numpy as np
from cachetools import LRUCache, cached
from scipy.spatial import cKDTree

from geo import areas
from geo.sphere import EARTH_RADIUS_M, METRES_A_MILE, Floats, on_unit_sphere

WALKING_MPH = 3.0
AROUND_M = 2_000  # people are counted within this circle
SQUARE_MILES = np.pi * (AROUND_M / METRES_A_MILE) ** 2  # of it

Speed = TypeVar("Speed", float, Floats)


def pace(mph: Speed) -> Speed:
    """Return the minutes that a metre takes."""
    return 60 / (mph * METRES_A_MILE)


def people_a_square_mile(points: Floats) -> Floats:
    """Return how closely people live around each point: 0 outside the counties that are known."""
    tree, people = _homes()
    chord = 2 * np.sin(AROUND_M / EARTH_RADIUS_M / 2)
    around = tree.query_ball_point(on_unit_sphere(points), chord)
    return np.array([people[homes].sum() for homes in around], dtype=np.float64) / SQUARE_MILES


@cached(LRUCache[Hashable, tuple[cKDTree, Floats]](1), condition=Condition())
def _homes() -> tuple[cKDTree, Floats]:
    """Return where people live, to be searched, and how many at each point."""
    table = [
        (row["latitude"], row["longitude"], row["population_2020"])
        for row in areas.rows("blockgroups")
    ]
    homes = np.array(table, dtype=np.float64)
    return cKDTree(on_unit_sphere(homes[:, :2])), homes[:, 2]
