"""Near: the nearest three services of each area, found part by part, the nearest part first.

A part is left out only where nothing in it can be nearer than what was found, so the answer is that
of a search of everything, however far the nearest is. By car a shorter way can take longer, where
more people live; but not among services of one kind of surroundings. So each kind is searched by
distance, and the best of all kinds are taken.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from scipy.spatial import cKDTree

from geo.gaps.nation.points import Numbers, Points, along_m, chord
from geo.gaps.question import RANKS
from geo.sphere import METRES_A_MILE, Floats, on_unit_sphere, pairs_m
from geo.travel import crow

TIED, TIED_AT_ALL = 1e-9, 1e-12  # of a chord, and of the radius of the earth: 6 micrometres
Box = tuple[Floats, Floats]  # least and most of x, y and z on a sphere of radius 1
Services = tuple[Points, Numbers]  # and the row of each in its table


class Nearest:
    """The nearest so far of each of n areas.

    `minutes` and `miles`, shape (n, 3), are those to the nearest three by each, inf where there is
    none yet; `row`, shape (n,), is the row of the nearest service by the `measure` asked, of those
    as near the first in the table; -1 where there is none.
    """

    def __init__(self, areas: Points, measure: str) -> None:
        self._areas, self._by_minutes = areas, measure == "minutes"
        self.minutes = np.full((len(areas), len(RANKS)), np.inf)
        self.miles = np.full((len(areas), len(RANKS)), np.inf)
        self.row = np.full(len(areas), -1, dtype=np.int64)
        self._cost = np.full(len(areas), np.inf)  # of the service of `row`

    def look(self, own: Box, boxes: Sequence[Box], load: Callable[[int], Services]) -> None:
        """Look through all services there are: those of the part `n`, in `boxes[n]`, by `load`."""
        if not len(self._areas):
            return
        for part, apart_m in _nearest_first(own, boxes):
            slowest, farthest = self.minutes[:, -1].max(), self.miles[:, -1].max()
            if _least_minutes(apart_m) > slowest and _least_miles(apart_m) > farthest:
                break
            straight_m = _to_box_m(self._areas.on_sphere, boxes[part])
            rows = np.flatnonzero(
                (_least_minutes(straight_m) <= self.minutes[:, -1])
                | (_least_miles(straight_m) <= self.miles[:, -1])
            )
            if len(rows):
                self._look_at(rows, load(part))

    def _look_at(self, rows: Numbers, services: Services) -> None:
        points, _ = services
        for kind in np.unique(points.kind):
            columns = np.flatnonzero(points.kind == kind)
            tree = cKDTree(points.on_sphere[columns])
            ranks = [*range(1, min(len(RANKS), tree.n) + 1)]
            away, found = tree.query(self._areas.on_sphere[rows], ranks)
            self._take(rows, services, columns[found])
            limits = away[:, 0] * (1 + TIED) + TIED_AT_ALL
            for tied in np.flatnonzero((away[:, -1] <= limits) & (tree.n > len(ranks))):
                alike = tree.query_ball_point(self._areas.on_sphere[rows[tied]], limits[tied])
                self._take(rows[[tied]], services, columns[alike][None], count=False)

    def _take(
        self, rows: Numbers, services: Services, columns: Numbers, count: bool = True
    ) -> None:
        """Take services, k for each of some areas, if they are nearer; all are of one kind.

        Those of which not to `count` were taken before, or are as near as one that was.
        """
        points, numbers = services
        here, there = np.repeat(rows, columns.shape[1]), columns.ravel()
        metres = crow.DETOUR * pairs_m(self._areas.degrees[here], points.degrees[there])
        ends = crow.LOCAL_PACE[self._areas.kind[here]] + crow.LOCAL_PACE[points.kind[there]]
        minutes = crow.driving(metres, ends).reshape(columns.shape)
        miles = (metres / METRES_A_MILE).reshape(columns.shape)
        self._take_nearest(rows, minutes if self._by_minutes else miles, numbers[columns])
        if count:
            _lessen(self.minutes, rows, minutes)
            _lessen(self.miles, rows, miles)

    def _take_nearest(self, rows: Numbers, cost: Floats, numbers: Numbers) -> None:
        least = cost.min(axis=1)
        number = np.where(cost == least[:, None], numbers, np.iinfo(np.int64).max).min(axis=1)
        best = self._cost[rows]
        nearer = (least < best) | ((least == best) & (number < self.row[rows]))
        self.row[rows[nearer]], self._cost[rows[nearer]] = number[nearer], least[nearer]


def apart_m(one: Box, other: Box) -> float:
    """Return the least that points of two boxes can be apart, in metres along the earth."""
    gap = np.maximum(np.maximum(one[0] - other[1], other[0] - one[1]), 0)
    return float(along_m(np.array(np.linalg.norm(gap))))


def _nearest_first(own: Box, boxes: Sequence[Box]) -> Iterator[tuple[int, float]]:
    """Yield the number of each box that is not empty and how far it is from one's own."""
    there = [part for part, box in enumerate(boxes) if np.isfinite(box[0]).all()]
    away = np.array([apart_m(own, boxes[part]) for part in there])
    middles = np.array([np.linalg.norm(np.add(*own) - np.add(*boxes[n])) for n in there])
    for n in np.lexsort((middles, away)):
        yield there[n], float(away[n])


def _to_box_m(points: Floats, box: Box) -> Floats:
    """Return the least that each point can be apart from what is in a box."""
    gap = np.maximum(np.maximum(box[0] - points, points - box[1]), 0)
    return along_m(np.linalg.norm(gap, axis=1))


def _least_miles(straight_m: Floats | float) -> Floats:
    """Return the least miles of a way, a little less than can be, as of its straight line."""
    return crow.DETOUR * np.asarray(straight_m) * (1 - TIED) / METRES_A_MILE


def _least_minutes(straight_m: Floats | float) -> Floats:
    fastest = 2 * crow.LOCAL_PACE.min()
    return crow.driving(crow.DETOUR * np.asarray(straight_m) * (1 - TIED), fastest)


def _lessen(best: Floats, rows: Numbers, costs: Floats) -> None:
    """Set `best` of some rows to the least of what stands there and of `costs`."""
    both = np.concatenate([best[rows], costs], axis=1)
    best[rows] = np.sort(both, axis=1)[:, : best.shape[1]]


def box(points: Floats) -> Box:
    """Return the box around points (lat, lon); around none, one that is nowhere."""
    if not len(points):
        return np.full(3, np.inf), np.full(3, -np.inf)
    on_sphere = on_unit_sphere(points)
    return on_sphere.min(axis=0), on_sphere.max(axis=0)


def reaches(own: Box, other: Box, metres: float) -> bool:
    """Return whether anything in one box can be so near to anything in another.

    >>> one, other = box(np.array([[0.0, 0.0]])), box(np.array([[0.0, 1.0]]))
    >>> reaches(one, other, 111_196.0), reaches(one, other, 111_195.0)
    (True, False)
    """
    gap = np.maximum(np.maximum(own[0] - other[1], other[0] - own[1]), 0)
    return bool(np.linalg.norm(gap) <= chord(np.array(metres)) * (1 + TIED))
