"""On map: the ways of a plan, as points and courses to draw."""

import numpy as np
from numpy.typing import ArrayLike

from geo.rounds.plan import Plan, Round
from geo.travel.courses import Courses, along


def points(plan: Plan) -> list[list[list[float]]]:
    """Return for each team the points it comes to: its start, its stops in order, its end.

    A point is [lat, lon] in degrees; a team without stops has none.
    """
    return [_drawn(_points(day)) for day in plan.rounds]


def courses(plan: Plan, memory: Courses | None = None) -> list[list[list[list[float]]]]:
    """Return for each team the course of each leg along the streets, as points like those.

    A leg has none where its course is not known: so it is with all legs of a plan whose ways were
    not measured on the streets of this server. A plan goes by car. `memory`, the session's own,
    holds the courses of before, so that a change of the plan searches only the legs it moved.
    """
    return [
        [
            [] if leg is None else _drawn(leg)
            for leg in along(_points(day), plan.engine, memory=memory)
        ]
        for day in plan.rounds
    ]


def _points(day: Round) -> list[tuple[float, float]]:
    """Return where a team comes by, from its start to its end; nowhere if it has no stop."""
    stops = [(visit.stop.lat, visit.stop.lon) for visit in day.visits]
    return [day.team.start, *stops, day.team.end] if stops else []


def _drawn(points: ArrayLike) -> list[list[float]]:
    """Return points to about a metre."""
    rounded: list[list[float]] = np.round(np.reshape(points, (-1, 2)), 5).tolist()
    return rounded
