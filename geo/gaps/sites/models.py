"""Models: one question about sites -> better and better answers, each with how good any can be.

One function a model. Each yields first what `greedy` finds at once, then what the models of `exact`
find until the time is up; those raise ModuleNotFoundError where not installed.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.gaps.sites import exact, greedy

Model = Literal["mclp", "lscp", "p_median", "p_center"]
Table = NDArray[np.float64]

ROUNDING = 1e-6  # of solvers


@dataclass(frozen=True)
class Problem:
    """What was asked, without the areas that change nothing; every cost finite."""

    cost: Table
    existing: Table
    people: Table
    k: int
    model: Model
    threshold: float
    far: float  # stands for no way
    everybody: float

    def worth(self, chosen: Sequence[int]) -> float:
        """Return how bad a choice is; the smaller the better."""
        if self.model == "lscp":
            return len(chosen)
        costs = greedy.nearest(self.cost, self.existing, chosen)
        if self.model == "mclp":
            return -float(self.people[costs <= self.threshold].sum())
        mean = float(self.people @ costs / self.people.sum())
        return mean if self.model == "p_median" else float(costs.max())


class Answer(NamedTuple):
    """A choice, and a `worth` that none gets below; the same as its own if that is proved."""

    chosen: Sequence[int]
    bound: float


def sharper(problem: Problem, old: Answer | None, new: Answer) -> Answer:
    """Return the better choice of two answers with the narrower bound."""
    if old is None:
        return new
    better = min(old.chosen, new.chosen, key=problem.worth)
    return Answer(better, max(old.bound, new.bound))


def gap(problem: Problem, answer: Answer) -> float:
    """Return the share by which another choice can be better at most."""
    worth = problem.worth(answer.chosen)
    most = max(abs(worth), abs(answer.bound))
    return max(worth - answer.bound, 0.0) / most if most else 0.0


def mclp(problem: Problem, until: float) -> Iterator[Answer]:
    """Yield answers to the maximal covering problem; who is within the limit already is out."""
    out = problem.existing > problem.threshold
    reached, people = problem.cost[out] <= problem.threshold, problem.people[out]
    within = problem.people[~out].sum()

    def left(nearest: Table) -> Table:
        beyond: Table = people @ (nearest > problem.threshold)
        return beyond

    chosen = greedy.pick(problem.cost[out], problem.existing[out], left, problem.k, until)
    apiece = np.sort(people @ reached)[::-1]
    most = min(people[reached.any(axis=1)].sum(), apiece[: problem.k].sum())
    yield _answer(problem, chosen, -(within + most), problem.k == 1)
    solved = exact.cover_most(*_merged(reached, people), problem.k, until)
    bound = -np.inf if solved.bound is None else -(within + solved.bound)
    yield _answer(problem, solved.chosen or chosen, bound, solved.proved)


def lscp(problem: Problem, until: float) -> Iterator[Answer]:
    """Yield answers to the set covering problem."""
    reached = problem.cost[problem.existing > problem.threshold] <= problem.threshold
    reached = _merged(reached[reached.any(axis=1)])[0]
    chosen = greedy.cover(reached)
    apiece = np.cumsum(np.sort(reached.sum(axis=0))[::-1])
    yield _answer(problem, chosen, float(np.searchsorted(apiece, len(reached)) + 1))
    solved = exact.cover_all(reached, until)
    bound = -np.inf if solved.bound is None else np.ceil(solved.bound - ROUNDING)
    yield _answer(problem, solved.chosen or chosen, bound, solved.proved)


def p_median(problem: Problem, until: float) -> Iterator[Answer]:
    """Yield answers to the p-median problem; the solver sees only columns that may be best."""
    people = problem.people / problem.people.mean()  # so that costs stay in the range of the solver
    areas = len(people)

    def total(nearest: Table) -> Table:
        costs: Table = people @ nearest
        return costs

    chosen: Sequence[int] = greedy.pick(problem.cost, problem.existing, total, problem.k, until)
    low = people @ np.minimum(problem.existing, problem.cost.min(axis=1)) / areas
    yield _answer(problem, chosen, low, problem.k == 1)
    best, half = problem.worth(chosen) * areas, (time.monotonic() + until) / 2
    bound, possible = greedy.least_cost(
        problem.cost, problem.existing, people, problem.k, best, half
    )
    yield _answer(problem, chosen, bound / areas, proved=possible.sum() <= problem.k)
    table = np.column_stack([problem.existing, problem.cost[:, possible]])
    solved = exact.cost_least(table, people, problem.k, until)
    numbers = np.flatnonzero(possible)
    if solved.chosen is not None:
        chosen = [int(numbers[site - 1]) for site in solved.chosen]
    bound = -np.inf if solved.bound is None else solved.bound / areas
    yield _answer(problem, chosen, bound, solved.proved)


def p_center(problem: Problem, until: float) -> Iterator[Answer]:
    """Yield answers to the p-center problem: the least limit that `k` sites can keep for all.

    Source: E. Minieka, "The m-center problem", SIAM Review 12(1), 1970: halve the limits that
    there are, each time with the set covering problem.
    """

    def longest(nearest: Table) -> Table:
        spread = 0.0 if problem.k == 1 else people @ nearest * ROUNDING  # settles what is equal
        worst: Table = nearest.max(axis=0) + spread
        return worst

    people = problem.people / problem.people.sum()
    chosen: Sequence[int] = greedy.pick(problem.cost, problem.existing, longest, problem.k, until)
    low = np.minimum(problem.existing, problem.cost.min(axis=1)).max()
    yield _answer(problem, chosen, low, problem.k == 1)
    limits = np.unique(np.append(problem.cost, problem.existing))
    limits = limits[(limits >= low) & (limits <= problem.worth(chosen))]  # the last can be kept
    while len(limits) > 1:
        middle = (len(limits) - 1) // 2
        sites = _within(problem, limits[middle], until)
        if sites is None:
            return
        if len(sites) <= problem.k:
            chosen, limits = sites, limits[: middle + 1]
        else:
            limits = limits[middle + 1 :]
        yield _answer(problem, chosen, limits[0])


def _within(problem: Problem, limit: float, until: float) -> Sequence[int] | None:
    """Return sites that bring all within `limit`: more than `k` only if so many are needed."""
    reached = _merged(problem.cost[problem.existing > limit] <= limit)[0]
    chosen: Sequence[int] = greedy.cover(reached)
    if len(chosen) <= problem.k:
        return chosen
    solved = exact.cover_all(reached, until)
    if solved.chosen is not None and (solved.proved or len(solved.chosen) <= problem.k):
        return solved.chosen
    return chosen if solved.bound is not None and solved.bound > problem.k + ROUNDING else None


ANSWERS: Mapping[str, Callable[[Problem, float], Iterator[Answer]]] = {
    "mclp": mclp,
    "lscp": lscp,
    "p_median": p_median,
    "p_center": p_center,
}


def _merged(
    reached: NDArray[np.bool_], people: Table | None = None
) -> tuple[NDArray[np.bool_], Table]:
    """Return the rows that differ and are not empty, with the people of all that are alike."""
    each = np.ones(len(reached)) if people is None else people
    rows, which = np.unique(reached, axis=0, return_inverse=True)
    together: Table = np.bincount(which.ravel(), each, len(rows)).astype(np.float64)
    some = rows.any(axis=1)
    return rows[some], together[some]


def _answer(
    problem: Problem, chosen: Sequence[int], bound: float = -np.inf, proved: bool = False
) -> Answer:
    return Answer(chosen, problem.worth(chosen) if proved else float(bound))
