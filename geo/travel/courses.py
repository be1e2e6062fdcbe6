"""Courses: where along the streets a way leads, to be drawn."""

from collections.abc import MutableMapping
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike

from geo import settings
from geo.errors import EngineError
from geo.sphere import METRES_A_DEGREE, Floats, check_points
from geo.streets import store
from geo.streets.store import Streets
from geo.travel import roads

SMOOTH_M, MOST_BENDS = 5.0, 120  # of the course of a way, to be drawn
Point = tuple[float, float]  # (lat, lon), degrees
Courses = MutableMapping[tuple[Point, Point, str, str], Floats | None]


def along(
    points: ArrayLike, engine: str, mode: str = "driving", memory: Courses | None = None
) -> list[Floats | None]:
    """Return for each two points that follow each other the course of the quickest way.

    Parameters
    ----------
    points : shape (n, 2), rows of (lat, lon), degrees
    engine : the one that measured the ways; only `streets` knows their courses
    memory : courses that were searched before, to which the new ones are added. It tells where a
        team goes: it is the caller's, such as a reader's session; nothing is kept here

    Returns
    -------
    n - 1 of shape (k, 2), rows of (lat, lon), from the one point to the other, at most
        `MOST_BENDS` of them: bends within `SMOOTH_M` of a straight line are left out, or, on a long
        way, within as much more as it takes; None where no course is known

    Raises CoordinateError as `minutes`.
    """
    rows, streets = check_points(points), store.load_or_none(settings.read().streets)
    if engine != "streets" or streets is None:
        return [None] * max(len(rows) - 1, 0)
    courses: Courses = {} if memory is None else memory
    legs = [(*leg, mode, streets.mark) for leg in pairwise(map(tuple, rows.tolist()))]
    drawn = []
    for leg in legs:
        if leg not in courses:
            courses[leg] = _course(streets, *leg[:3])
        drawn.append(courses[leg])
    return drawn


def _course(streets: Streets, origin: Point, destination: Point, mode: str) -> Floats | None:
    """Return the course of a way, None without one."""
    try:
        whole = roads.path(streets, origin, destination, mode)
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
