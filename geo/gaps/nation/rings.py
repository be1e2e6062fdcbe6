"""Rings: sums of what is near many points, where what is nearer weighs more, in steps.

That is both steps of E2SFCA, and how many people live around a point. No table of all pairs is
made. Two blocks of points that lie wholly in one ring of each other need the sum of a block only;
for the others each pair is looked at, by the cosine of the angle between them. A pair that is
closer to the edge of a ring than rounding errors is decided by the formula of the way itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from geo.gaps.nation.points import Numbers, Points, chord
from geo.sphere import EARTH_RADIUS_M, Floats, pairs_m

BLOCK_SLACK = 1e-9  # of the radius of the earth: 6 mm; blocks so near an edge are looked at
PAIR_SLACK = 4e-15  # of a cosine, some ten times what rounding can do
BLOCKS = 256  # looked at together
COLUMNS = 512  # a block by so many fits into the cache; more would be dealt out to other cores
Within = Callable[[Floats, Numbers, Numbers, int], NDArray[np.bool_]]


@dataclass(frozen=True, eq=False)
class Rings:
    """What a thing weighs, by how far it is.

    `limits_m`, shape (k, k, r): up to how many metres in a straight line each of r rings goes, the
    innermost first, from a point of one of k kinds to one of another. `weights`, shape (r,): what
    lies in a ring weighs; beyond the last it weighs nothing. `within`: whether points so many
    metres apart, of these kinds, are in a ring or nearer, by the formula that `limits_m` was made
    from.
    """

    limits_m: Floats
    weights: Floats
    within: Within

    @property
    def reach_m(self) -> float:
        """Return how far anything weighs at all."""
        return float(self.limits_m.max())


def gather(here: Points, there: Points, values: Floats, rings: Rings) -> Floats:
    """Return for each of n points the weighted sum of the values of m others, shape (n,).

    `values` has shape (m,), none is NaN.
    """
    found = np.zeros(len(here))
    if not len(here) or not len(there):
        return found
    totals = np.add.reduceat(values, there.starts[:-1])
    less = np.append(rings.weights[1:], 0.0)
    for low in range(0, len(here.starts) - 1, BLOCKS):
        blocks = slice(low, low + BLOCKS)
        inner, outer = _around(here, blocks, there, rings)
        sure = np.append(rings.weights, 0.0)[outer] @ totals
        rows = np.diff(here.starts[low : low + BLOCKS + 1])
        first = here.starts[low]
        found[first : first + rows.sum()] += np.repeat(sure, rows)
        for ring, more in enumerate(rings.weights - less):
            at_edge = (inner <= ring) & (ring < outer)
            for block in np.flatnonzero(at_edge.any(axis=1)):
                one = slice(here.starts[low + block], here.starts[low + block + 1])
                columns = _rows_of(there, np.flatnonzero(at_edge[block]))
                found[one] += more * _inside(here, one, there, columns, values, rings, ring)
    return found


def _around(here: Points, blocks: slice, there: Points, rings: Rings) -> tuple[Numbers, Numbers]:
    """Return in which ring of a block another begins, and in which it ends, shape (b, c)."""
    (middle, radius), (middles, radii) = here.balls, there.balls
    apart = cdist(middle[blocks], middles)
    reach = radius[blocks, None] + radii + BLOCK_SLACK
    limits = chord(rings.limits_m)[here.block_kind[blocks]]
    inner, outer = np.zeros(apart.shape, dtype=np.intp), np.zeros(apart.shape, dtype=np.intp)
    for ring in range(len(rings.weights)):
        limit = limits[:, there.block_kind, ring]
        inner += limit < apart - reach
        outer += limit < apart + reach
    return inner, outer


def _rows_of(points: Points, blocks: Numbers) -> Numbers:
    """Return the numbers of the points of some blocks."""
    first, size = points.starts[blocks], np.diff(points.starts)[blocks]
    shift = first - np.concatenate([[0], np.cumsum(size)[:-1]])
    return np.repeat(shift, size) + np.arange(size.sum())


def _inside(
    here: Points,
    rows: slice,
    there: Points,
    columns: Numbers,
    values: Floats,
    rings: Rings,
    ring: int,
) -> Floats:
    """Return the sum of what is in a ring or nearer, for each of the points of one block."""
    kind = int(here.kind[rows.start])
    edges = np.cos(rings.limits_m[kind, :, ring] / EARTH_RADIUS_M)
    found = np.zeros(rows.stop - rows.start)
    for first in range(0, len(columns), COLUMNS):
        some = columns[first : first + COLUMNS]
        kinds = there.kind[some]
        cosine = here.on_sphere[rows] @ there.on_sphere[some].T
        cosine -= edges[kinds]
        near, perhaps = cosine > PAIR_SLACK, cosine > -PAIR_SLACK
        if np.count_nonzero(near) != np.count_nonzero(perhaps):
            row, column = np.nonzero(near != perhaps)
            metres = pairs_m(here.degrees[rows][row], there.degrees[some[column]])
            own = np.full(len(row), kind)
            near[row, column] = rings.within(metres, own, kinds[column], ring)
        found += near @ values[some]
    return found
