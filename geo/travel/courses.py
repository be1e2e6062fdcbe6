"""Courses: where along the streets a way leads, to be drawn."""

from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike

from geo import settings
from geo.errors import EngineError
from geo.settings import Settings
from geo.sphere import METRES_A_DEGREE, Floats, check_points
from geo.streets import store
from geo.travel import roads

SMOOTH_M, MOST_BENDS = 5.0, 120  # of the course of a way, to be drawn


def along(points: ArrayLike, engine: str, mode: str = "driving") -> list[Floats | None]:
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
    rows, given = check_points(points), settings.read()
    known = store.load_or_none(given.streets)
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
    found = store.load_or_none(given.streets)
    if found is None:
        return None
    try:
        whole = roads.path(found, origin, destination, mode)
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
