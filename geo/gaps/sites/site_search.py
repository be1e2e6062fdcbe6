"""Site search: where one more would do most good, and how sure that is.

Takes ready cost tables (minutes or miles; NaN or infinite: no way there), so it knows nothing of
maps and engines. Existing sites count: nobody is gained who is within reach already.

A quick answer is there at once (`greedy`); it is then proved or bettered by exact models (`exact`)
until the time is up. Where they are not installed the quick answer stands, with
how far from the best it can be at most.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from geo import jobs
from geo.errors import QuestionError
from geo.gaps.measures import check_threshold
from geo.gaps.sites import greedy, models
from geo.gaps.sites.models import Model, Table
from geo.i18n import Words, mark

MODELS: Mapping[Model, str] = {
    "mclp": mark("Bring the most people within the limit"),
    "lscp": mark("Leave nobody out who can be reached, with the fewest sites"),
    "p_median": mark("Make the trips shortest on average"),
    "p_center": mark("Make the longest trip as short as can be"),
}
STATUSES: Mapping[str, str] = {
    "optimal": mark("Proved: no other choice does better."),
    "time_limit": mark("The time ran out. A better choice may exist, better by at most {gap}."),
    "no_solver": mark(
        "No solver is installed. A better choice may exist, better by at most {gap}."
    ),
    "quick": mark("A first answer; whether there is a better one is being worked out."),
    "stopped": mark("You stopped the search. A better choice may exist, better by at most {gap}."),
    "broken": mark(
        "The search broke off. A better choice may exist, better by at most {gap}. To look for "
        "it, search again."
    ),
}
SOLVERS = frozenset({"spopt", "pulp", "highspy"})  # without one of them there is no exact model
SECONDS = 20.0
MOST_CELLS = 20_000_000  # of the table of candidates: 160 MB
SLOTS = jobs.Slots(
    most=2, busy=mark("Other searches for sites are under way. Try again in a minute.")
)


@dataclass(frozen=True, eq=False)
class Question:
    """Tables of cost, minutes or miles, and what is asked of them; NaN or infinite: no way.

    `cost_candidates`, shape (n, c), is from each area to each candidate; `cost_existing`, shape
    (n,), to the nearest existing site; `people`, shape (n,), who lives in each area.
    """

    cost_candidates: ArrayLike
    cost_existing: ArrayLike
    people: ArrayLike
    k: int  # how many sites; 'lscp' finds out itself and takes no notice
    model: Model  # one of `MODELS`
    threshold: float  # the limit that people are to be within, in the unit of the costs


@dataclass(frozen=True)
class Siting:
    """The sites chosen; those that would do no good are left out, so there may be fewer than `k`.

    `objective` is, by model: 'mclp' the people within the limit of an existing or a new site;
    'lscp' the number of new sites; 'p_median' the mean cost from a person to the nearest site,
    twice the largest cost for those who have no way to it; 'p_center' the largest cost, infinite
    if some have no way. Areas that nothing can be reached from are left out of the last two.
    """

    model: Model
    chosen: tuple[int, ...]  # numbers of candidates, the one that does most good first
    people_gained: tuple[float, ...]  # whom each, in turn, brings within the limit
    people_left: float  # who is still beyond it
    objective: float
    status: str  # a key of STATUSES
    gap: float  # the share by which the best choice can be better at most; 0 if proved

    @property
    def exact(self) -> bool:
        """Return whether it is proved that no choice does better."""
        return self.status == "optimal"

    def told(self, say: Words) -> str:
        """Return in a sentence how sure the choice is."""
        return say(STATUSES[self.status], gap=f"{say.number(max(self.gap * 100, 0.1), 1)} %")


def best(
    question: Question,
    seconds: float = SECONDS,
    tell: Callable[[Siting], None] | None = None,
) -> Siting:
    """Return the best `k` of the candidate sites, and how sure that is.

    Parameters
    ----------
    seconds : how long it may take, the loading of the solver included
    tell : called with the best so far, as soon as there is one and whenever more is known

    Raises
    ------
    QuestionError : the question has no answer; says why

    >>> costs, alone = [[5.0, 20.0], [20.0, 5.0], [25.0, 6.0]], [np.inf] * 3
    >>> siting = best(Question(costs, alone, [100, 80, 40], 1, "mclp", threshold=10))
    >>> siting.chosen, siting.people_gained, siting.people_left, siting.status
    ((1,), (120.0,), 100.0, 'optimal')
    """
    until = time.monotonic() + seconds
    problem = _problem(question)
    status, answer = "time_limit", None
    try:
        for better in models.ANSWERS[problem.model](problem, until):
            answer = models.sharper(problem, answer, better)
            if models.gap(problem, answer) <= greedy.NOTHING:
                return _siting(problem, answer, "optimal")
            if tell:
                tell(_siting(problem, answer, "quick"))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in SOLVERS:
            raise
        status = "no_solver"
    assert answer  # the quick one needs no solver
    return _siting(problem, answer, status)


def start(question: Question, seconds: float = SECONDS) -> "jobs.Job[Siting, Siting]":
    """Start `best` in a process of its own and return the job; `told` there is the best so far.

    Raises
    ------
    QuestionError : as `best`, at once; also if as many searches are under way as have room
    """
    _problem(question)
    return SLOTS.start("geo.gaps.sites.site_search:best", seconds, question, seconds)


def _siting(problem: models.Problem, answer: models.Answer, status: str) -> Siting:
    chosen = _ordered(problem, answer.chosen)
    nearest = [
        greedy.nearest(problem.cost, problem.existing, chosen[:n]) for n in range(len(chosen) + 1)
    ]
    within = [float(problem.people[costs <= problem.threshold].sum()) for costs in nearest]
    worth = problem.worth(chosen)
    objective = np.inf if problem.model == "p_center" and worth >= problem.far else abs(worth)
    return Siting(
        problem.model,
        tuple(chosen),
        tuple(after - before for before, after in pairwise(within)),
        problem.everybody - within[-1],
        float(objective),
        status,
        0.0 if status == "optimal" else models.gap(problem, answer),
    )


def _ordered(problem: models.Problem, chosen: Sequence[int]) -> list[int]:
    """Return the sites that do good, the one first that does most of what was asked for."""
    left, order = list(chosen), list[int]()
    counts_limit = problem.model in ("mclp", "lscp")

    def cost(sites: Sequence[int]) -> float:
        nearest = greedy.nearest(problem.cost, problem.existing, sites)
        return float(problem.people @ (nearest > problem.threshold if counts_limit else nearest))

    while left:
        site = min(left, key=lambda site: cost([*order, site]))
        if cost([*order, site]) >= cost(order):
            break
        order.append(site)
        left.remove(site)
    return order


def _problem(question: Question) -> models.Problem:
    """Return what is asked, or say in a sentence why it has no answer."""
    k, model, threshold = question.k, question.model, question.threshold
    cost, existing = _costs(question.cost_candidates), _costs(question.cost_existing)
    people = np.asarray(question.people, dtype=np.float64)
    _check_question(k, model, threshold)
    _check_tables(cost, existing, people)
    if model != "lscp" and k > cost.shape[1]:
        raise QuestionError(
            mark(
                "There are fewer candidate sites ({candidates}) than sites to choose ({k}). "
                "Ask for fewer."
            ),
            candidates=cost.shape[1],
            k=k,
        )
    _check_use(cost, existing, people, model, threshold)
    finite = np.concatenate([cost[np.isfinite(cost)], existing[np.isfinite(existing)], [threshold]])
    rows = (people > 0) & (np.isfinite(cost).any(axis=1) | np.isfinite(existing))
    far = 2 * float(finite.max())
    return models.Problem(
        np.minimum(cost[rows], far),
        np.minimum(existing[rows], far),
        people[rows],
        k,
        model,
        float(threshold),
        far,
        float(people.sum()),
    )


def _costs(table: ArrayLike) -> Table:
    """Return a table with infinity for no way."""
    costs = np.asarray(table, dtype=np.float64)
    return np.where(np.isnan(costs), np.inf, costs)


def _check_question(k: int, model: Model, threshold: float) -> None:
    if model not in MODELS:
        raise QuestionError(
            "There is no model {model}. Choose one of these: {known}.",
            model=model,
            known=", ".join(MODELS),
        )
    if not isinstance(k, int | np.integer) or k < 1:
        raise QuestionError(
            mark("Found {k} as the number of sites, wanted a whole number from 1 on."), k=k
        )
    check_threshold(threshold)


def _check_tables(cost: Table, existing: Table, people: Table) -> None:
    if cost.size == 0 and people.size:
        raise QuestionError(mark("There is no candidate site. Choose where a new one could be."))
    if cost.ndim != 2 or not (len(cost),) == existing.shape == people.shape:
        raise QuestionError(
            "The tables do not fit together: {cost} to candidates, {existing} to existing "
            "sites, {people} of people. Give each the same areas, one a row.",
            cost=cost.shape,
            existing=existing.shape,
            people=people.shape,
        )
    if cost.size > MOST_CELLS:
        raise QuestionError(
            mark("There are too many candidates for so many areas. Choose at most {most}."),
            most=MOST_CELLS // len(cost),
        )
    for table, wrong in ((cost, cost < 0), (existing, existing < 0)):
        if wrong.any():
            raise QuestionError(
                "Found a trip of {found}, wanted 0 or more. Mend the table of costs.",
                found=table[wrong][0],
            )
    if not np.isfinite(people).all() or (people < 0).any():
        raise QuestionError(
            "Found {found} people in an area, wanted a number from 0 on.",
            found=people[~np.isfinite(people) | (people < 0)][0],
        )
    if not people.any():
        raise QuestionError(mark("Nobody lives in these areas. Choose other areas or groups."))


def _check_use(cost: Table, existing: Table, people: Table, model: Model, threshold: float) -> None:
    """Refuse a question to which the answer is that no site does any good."""
    if model in ("p_median", "p_center"):
        if not (cost[people > 0] < existing[people > 0, None]).any():
            raise QuestionError(
                mark("No candidate site is nearer to anybody than what is there. Choose others.")
            )
        return
    out = (people > 0) & (existing > threshold)
    if not out.any():
        raise QuestionError(
            mark("All people are within the limit of {limit} now. Choose a smaller limit."),
            limit=f"{threshold:g}",
        )
    if not (cost[out] <= threshold).any():
        raise QuestionError(
            mark(
                "No candidate site is within the limit of {limit} for anybody who is beyond it "
                "now. Choose other candidates, or a larger limit."
            ),
            limit=f"{threshold:g}",
        )
