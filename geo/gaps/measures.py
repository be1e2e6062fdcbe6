"""Measures: how near help is to people, from a ready table of minutes or miles.

`cost` is such a table, one row an area and one column a service; NaN is "no way to it". `people`
live in the areas. Every figure is weighted by people, never by areas. Nothing is fetched here.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from geo.errors import QuestionError
from geo.i18n import mark

Floats = NDArray[np.float64]
BREAKS, WEIGHTS = (10.0, 20.0, 30.0), (1.0, 0.68, 0.22)  # of `e2sfca`, minutes by car


class Reach(NamedTuple):
    """How many people are within a threshold of the nearest service, and the share beyond."""

    people_within: float
    people_beyond: float
    share_beyond: float  # 0 to 1


class Spread(NamedTuple):
    """How far people are from the nearest service, in the unit of the table."""

    mean: float  # of the people who reach one at all; NaN if nobody does
    median: float  # NaN if half the people reach none
    p90: float  # nine tenths of the people are this near or nearer; NaN if fewer reach one
    people_unreached: float


def nearest(cost: ArrayLike, k: int = 3) -> Floats:
    """Return the cost from each area to the k nearest services, shape (n, k), least first.

    In the unit of `cost`; NaN where there are fewer than k.

    >>> nearest([[30, 10, np.nan]], k=3).tolist()
    [[10.0, 30.0, nan]]
    """
    ordered = np.sort(_table(cost), axis=1)[:, :k]  # NaN come last
    return np.pad(ordered, ((0, 0), (0, k - ordered.shape[1])), constant_values=np.nan)


def beyond(cost_nearest: ArrayLike, people: ArrayLike, threshold: float) -> Reach:
    """Return how many people are within `threshold` of the nearest service, or just at it.

    within = sum of people where cost <= threshold; share beyond = 1 - within / all people.
    Units: people; `threshold` in the unit of `cost_nearest`, shape (n,).

    Raises QuestionError if the threshold is not above 0, or nobody lives there.

    >>> beyond([10, 40, np.nan], people=[50, 30, 20], threshold=30)
    Reach(people_within=50.0, people_beyond=50.0, share_beyond=0.5)
    """
    check_threshold(threshold)
    people = _people(people)
    within = float(people[np.asarray(cost_nearest, dtype=np.float64) <= threshold].sum())
    everyone = float(people.sum())
    return Reach(within, everyone - within, 1 - within / everyone)


def steps(cost_nearest: ArrayLike, people: ArrayLike, thresholds: ArrayLike) -> Floats:
    """Return the people within each of t thresholds of the nearest, second, ... k-th service.

    `cost_nearest` is what `nearest` returns, shape (n, k); the answer has shape (t, k).

    >>> steps([[10, 40]], people=[50], thresholds=[10, 60]).tolist()
    [[50.0, 0.0], [50.0, 50.0]]
    """
    table, limits = _table(cost_nearest), np.asarray(thresholds, dtype=np.float64)
    within = table[None] <= limits[:, None, None]
    counted: Floats = np.einsum("tnk,n->tk", within, _people(people))
    return counted


def spread(cost_nearest: ArrayLike, people: ArrayLike) -> Spread:
    """Return the mean, median and 90th percentile of a cost, shape (n,), over people.

    mean = sum(people * cost) / sum(people), of those who reach a service. The percentile q is the
    least cost within which at least q of *all* people have one: who reaches none is far, not lost.

    >>> spread([10, 20, np.nan], people=[60, 20, 20])
    Spread(mean=12.5, median=10.0, p90=nan, people_unreached=20.0)
    """
    cost, people = np.asarray(cost_nearest, dtype=np.float64), _people(people)
    known = ~np.isnan(cost)
    reached = people[known].sum()
    mean = float(people[known] @ cost[known] / reached) if reached else np.nan
    order = np.argsort(cost)  # NaN come last
    upto = np.cumsum(people[order])
    median, p90 = (
        float(cost[order][np.searchsorted(upto, q * upto[-1] * (1 - 1e-12))]) for q in (0.5, 0.9)
    )
    return Spread(mean, median, p90, float(people[~known].sum()))


def e2sfca(
    minutes: ArrayLike,
    people: ArrayLike,
    supply: ArrayLike,
    breaks: tuple[float, ...] = BREAKS,
    weights: tuple[float, ...] = WEIGHTS,
) -> Floats:
    """Return the access of each area: supply for one person, where many share, shape (n,).

    Enhanced two-step floating catchment area. First, for each service j the supply S for one of
    the people P around it: R_j = S_j / sum_i P_i W(t_ij). Then for each area i what it reaches:
    A_i = sum_j R_j W(t_ij). W is `weights[z]` for minutes up to `breaks[z]`, 0 beyond the last.
    Supply is conserved: sum_i P_i A_i = sum of S over the services within reach of anyone.

    Parameters
    ----------
    minutes : shape (n, m)
    people : shape (n,)
    supply : shape (m,), in any unit, such as 1 for each service, or its doctors

    Source: W. Luo and Y. Qi, "An enhanced two-step floating catchment area (E2SFCA) method for
    measuring spatial accessibility to primary care physicians", Health & Place 15(4), 2009; the
    weights are their first set. Computed by PySAL `access`.

    >>> (1000 * e2sfca([[5], [15]], people=[500, 500], supply=[1])).round(2).tolist()
    [1.19, 0.81]
    """
    from access import fca  # slow to import: a second or more
    from access.weights import step_fn

    table, people = _table(minutes), _people(people)
    near = table <= breaks[-1]
    near &= (near * people[:, None]).sum(axis=0) > 0  # a service that nobody is near to serves none
    area, service = np.nonzero(near)
    score = np.zeros(len(table))
    if len(area):
        ways = pd.DataFrame({"origin": area, "dest": service, "cost": table[area, service]})
        demand = pd.DataFrame({"people": people}, index=pd.RangeIndex(len(people), name="geoid"))
        offer = pd.DataFrame({"supply": np.asarray(supply, dtype=np.float64)})
        weigh = step_fn(dict(zip(breaks, weights, strict=True)))
        found = fca.two_stage_fca(
            demand,
            offer,
            ways,
            max_cost=breaks[-1],
            demand_name="people",
            supply_name="supply",
            weight_fn=weigh,
        )
        score[found.index] = found
    return score


def lorenz(values: ArrayLike, people: ArrayLike) -> Floats:
    """Return the Lorenz curve of a value such as access, shape (n + 1, 2), from (0, 0) to (1, 1).

    Areas in order from the least value for one person to the most: the share of people so far,
    and the share of all value that they have. All equal is a straight line.

    Source: M. O. Lorenz, "Methods of measuring the concentration of wealth", 1905.

    >>> lorenz([0, 1], people=[50, 50]).tolist()
    [[0.0, 0.0], [0.5, 0.0], [1.0, 1.0]]
    """
    values, people = np.asarray(values, dtype=np.float64), _people(people)
    order = np.argsort(values)
    had = np.cumsum(people[order] * values[order])
    upto = np.cumsum(people[order])
    if not had[-1] > 0:
        raise QuestionError(mark("Nobody has any of it, so there is nothing to share out."))
    return np.vstack([(0.0, 0.0), np.column_stack((upto / upto[-1], had / had[-1]))])


def gini(values: ArrayLike, people: ArrayLike) -> float:
    """Return how unevenly a value is shared: 0 all alike, towards 1 a few have all.

    1 - 2 x area under the Lorenz curve, which is sum_ij P_i P_j |x_i - x_j| / (2 N**2 mean).

    Source: C. Gini, "Variabilità e mutabilità", 1912.

    >>> round(gini([0, 1], people=[50, 50]), 9)
    0.5
    """
    x, y = lorenz(values, people).T
    return float(1 - np.sum(np.diff(x) * (y[1:] + y[:-1])))


def check_threshold(threshold: float) -> None:
    """Raise QuestionError unless `threshold` is a number above 0."""
    if not 0 < threshold < np.inf:
        raise QuestionError(
            mark("How near is near? Found {found}, wanted minutes or miles above 0, such as 30."),
            found=f"{threshold:g}",
        )


def _table(cost: ArrayLike) -> Floats:
    """Return `cost` as a table; what is infinitely far is not reached."""
    table = np.array(cost, dtype=np.float64, ndmin=2)
    table[np.isinf(table)] = np.nan
    return table


def _people(people: ArrayLike) -> Floats:
    """Return `people` as floats; refuse areas whose people are not known, or nobody at all."""
    counts = np.asarray(people, dtype=np.float64)
    good = counts >= 0
    if not good.all():
        row = int(np.argmin(good))
        raise QuestionError(
            mark("Area {row} of {n}: found {found} people, wanted 0 or more. Mend the data."),
            row=row + 1,
            n=len(counts),
            found=counts[row],
        )
    if not counts.sum() > 0:
        raise QuestionError(mark("Nobody lives in these areas. Choose others, or a whole county."))
    return counts
