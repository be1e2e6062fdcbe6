"""Exact: the exact models of where to put something, built by `spopt` and solved by HiGHS.

Each takes a ready table and gives the columns to choose. `spopt` takes seconds to import: that is
done when the first model is asked for, and counts as time used. What a time limit left undone is
told, and never passed for the best: PuLP calls such an answer "Optimal", so HiGHS itself is asked.

Source of the models: R. L. Church, A. T. Murray, "Location Covering Models", Springer 2018; for
the p-median S. L. Hakimi, "Optimum locations of switching centers", Operations Research 12, 1964.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST_SECONDS = 0.2  # with less left, a model is not begun
COVER_SECONDS, COST_SECONDS = 0.00002, 0.00012  # to build a model, for each cell (measured)
ON_TIME = 0.85  # the share of the time that HiGHS is given


@dataclass(frozen=True)
class Solved:
    """What a solver found: columns (None if nothing in time), and how good any choice can be."""

    chosen: tuple[int, ...] | None
    bound: float | None  # most people, fewest sites or least cost: no choice does better
    proved: bool  # nothing does better than `chosen`


def cover_most(
    reached: NDArray[np.bool_], people: NDArray[np.float64], k: int, until: float
) -> Solved:
    """Return the `k` columns of `reached` (n, c) whose rows hold most of `people` (MCLP).

    `until` is a moment of `time.monotonic`; raises ModuleNotFoundError where there is no solver.
    """
    from spopt.locate import MCLP

    table = np.where(reached, 0.0, 1.0)
    build = partial(MCLP.from_cost_matrix, table, people, 0.5, k)
    return _solved(build, reached.size * COVER_SECONDS, until)


def cover_all(reached: NDArray[np.bool_], until: float) -> Solved:
    """Return the fewest columns of `reached` (n, c) that leave no row out (LSCP).

    Every row needs a column; `until` and what is raised are as in `cover_most`.
    """
    from spopt.locate import LSCP

    build = partial(LSCP.from_cost_matrix, np.where(reached, 0.0, 1.0), 0.5)
    return _solved(build, reached.size * COVER_SECONDS, until)


def cost_least(
    cost: NDArray[np.float64], people: NDArray[np.float64], k: int, until: float
) -> Solved:
    """Return the `k` columns that, with column 0, bring `people` nearest in all (p-median).

    Column 0 is what is there already: it is always chosen, and not among the columns returned.
    `bound` is in people times cost; `until` and what is raised are as in `cover_most`.
    """
    from spopt.locate import PMedian

    always = np.eye(1, cost.shape[1], dtype=int)[0]
    build = partial(PMedian.from_cost_matrix, cost, people, k + 1, predefined_facilities_arr=always)
    solved = _solved(build, cost.size * COST_SECONDS, until)
    chosen = None if solved.chosen is None else tuple(site for site in solved.chosen if site)
    return Solved(chosen, solved.bound, solved.proved)


def _solved(build: Callable[[], Any], to_build: float, until: float) -> Solved:
    """Solve what `build` gives, unless building it takes more than half of the time left."""
    import highspy
    import pulp

    nothing = Solved(None, None, False)
    if max(LEAST_SECONDS, to_build) > (until - time.monotonic()) / 2:
        return nothing
    begun = time.monotonic()
    model = build()
    # PuLP hands the model over in up to twice the time it took to build; HiGHS runs over a little.
    seconds = ((until - time.monotonic()) - 2 * (time.monotonic() - begun)) * ON_TIME
    if seconds < LEAST_SECONDS:
        return nothing
    problem = model.problem
    solver = pulp.HiGHS(msg=False, timeLimit=seconds, gapRel=0.0, threads=1)
    try:
        problem.solve(solver)
    except IndexError:  # PuLP reads the values of a solution that is not there
        return nothing
    highs = problem.solverModel
    info, statuses = highs.getInfo(), highspy.SolutionStatus
    bound = float(info.mip_dual_bound) * (-1 if problem.sense == pulp.LpMaximize else 1)
    finite = bound if np.isfinite(bound) else None
    if info.primal_solution_status != statuses.kSolutionStatusFeasible:
        return Solved(None, finite, False)
    chosen = tuple(number for number, site in enumerate(model.fac_vars) if site.value() > 0.5)
    return Solved(chosen, finite, highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)
