"""Solver: the vehicle routing solver PyVRP, for jobs that can each be done in one of several ways.

Everything is a whole number. The search is the same for the same seed as long as it is ended by its
number of steps, not by the clock. Customers are numbered from 0; the depots are apart from them.

Source of the method: N. A. Wouda, L. Lan, W. Kool, "PyVRP: a high-performance VRP solver package",
INFORMS Journal on Computing 36(4), 2024.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyvrp import (
    Client,
    ClientGroup,
    CostEvaluator,
    Depot,
    IteratedLocalSearch,
    IteratedLocalSearchCallbacks,
    IteratedLocalSearchParams,
    Location,
    PenaltyParams,
    ProblemData,
    Route,
    Solution,
    SolveParams,
    VehicleType,
)
from pyvrp import solve as search
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.search import NeighbourhoodParams, PerturbationParams
from pyvrp.stop import MaxIterations, MaxRuntime, MultipleCriteria, NoImprovement

Table = NDArray[np.int64]

WITHOUT_LIMIT = int(np.iinfo(np.int64).max)

LEAST_DEAR, DEARER = 100_000.0, 400.0  # what is not kept, a unit, the latter in prizes
# What follows found better plans of 50 and 100 stops in 4 s than PyVRP's own values, by trying.
FEWEST_NEIGHBOURS, MOST_NEIGHBOURS = 15, 50  # customers that a move may bring each next to
NEIGHBOURS = 4_000  # of all customers together: with many, a step gets slow
MOST_KICKS = 10  # random moves at the start of a step
HISTORY = 50  # steps back that a new solution is compared with
NEW_PENALTIES = 50  # steps between two looks at how dear it is to be late


@dataclass(frozen=True)
class Choice:
    """One way to do a job: where, begun when, how long, and what it takes of each capacity."""

    place: int
    early: int
    late: int
    lasts: int
    loads: tuple[int, ...] = ()
    prize: int = 0


@dataclass(frozen=True)
class Job:
    """A job that is done at most once, in one of several ways; without any it is left undone."""

    choices: tuple[Choice, ...]
    required: bool = False


@dataclass(frozen=True)
class Vehicle:
    """So many alike vehicles, from where to where and when, and what each can take."""

    start: int
    end: int
    early: int
    late: int
    capacity: tuple[int, ...] = ()
    most_distance: int = WITHOUT_LIMIT
    most_time: int = WITHOUT_LIMIT
    profile: int = 0  # which of the tables it goes by
    count: int = 1


@dataclass(frozen=True, eq=False)
class Problem:
    """Jobs and vehicles; the cost is to be least.

    The cost: `duration_cost` a unit of time out, `distance_cost` a unit of distance, less the
    prizes.
    """

    jobs: Sequence[Job]
    vehicles: Sequence[Vehicle]
    durations: Sequence[Table]  # by profile, each shape (places, places)
    distances: Sequence[Table]
    duration_cost: int
    distance_cost: int
    begin: Sequence[tuple[int, int, int]] = ()  # vehicle, job, choice: a solution to begin with


@dataclass(frozen=True)
class Budget:
    """When a search ends: after so many steps, so many without a gain, or so many seconds."""

    steps: int
    idle_steps: int
    seconds: float


@dataclass(frozen=True)
class Solved:
    """For each vehicle that is used its number and its jobs in order."""

    routes: tuple[tuple[int, tuple[int, ...]], ...]
    distance: int
    cost: float  # infinite if it is not feasible
    steps: int
    feasible: bool
    timed_out: bool = False


def solve(
    problem: Problem,
    budget: Budget,
    seed: int = 1,
    tell: Callable[[Solved], None] | None = None,
) -> Solved:
    """Return the best routes found; `tell` is called with each that is better than those before."""
    data, job_of = _data(problem)
    params = SolveParams(
        ils=IteratedLocalSearchParams(history_length=HISTORY, callbacks=_Telling(job_of, tell)),
        neighbourhood=NeighbourhoodParams(num_neighbours=_neighbours(data.num_clients)),
        perturbation=PerturbationParams(max_perturbations=MOST_KICKS),
        penalty=PenaltyParams(NEW_PENALTIES, max_penalty=_dearest(problem)),
    )
    on_time = MaxRuntime(budget.seconds)
    stop = MultipleCriteria(
        [MaxIterations(budget.steps), NoImprovement(budget.idle_steps), on_time]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PenaltyBoundWarning)  # an answer says if it is feasible
        result = search(data, stop, seed, False, False, params, _begun(problem, data, job_of))
    return _solved(result.best, job_of, result.num_iterations, on_time(0))


def _begun(problem: Problem, data: ProblemData, job_of: Sequence[int]) -> Solution | None:
    """Return the solution to begin with; None to begin with any."""
    if not problem.begin:
        return None
    routes = [
        Route(data, [job_of.index(job) + choice], vehicle) for vehicle, job, choice in problem.begin
    ]
    return Solution(data, routes)


def _neighbours(clients: int) -> int:
    return min(max(NEIGHBOURS // max(clients, 1), FEWEST_NEIGHBOURS), MOST_NEIGHBOURS)


def _dearest(problem: Problem) -> float:
    """Return a penalty for a unit too late or too much that outweighs any prize."""
    prizes = (choice.prize for job in problem.jobs for choice in job.choices)
    return max(LEAST_DEAR, DEARER * max(prizes, default=0))


class _Telling(IteratedLocalSearchCallbacks):
    """Passes each better solution on."""

    def __init__(self, job_of: Sequence[int], tell: Callable[[Solved], None] | None) -> None:
        self._job_of, self._tell = job_of, tell

    def on_start(self, ils: IteratedLocalSearch) -> None:
        """Pass on what it begins with."""
        self.on_best(ils.initial_solution)

    def on_best(self, best: Solution) -> None:
        """Pass it on if all is kept."""
        if self._tell and best.is_feasible():
            self._tell(_solved(best, self._job_of, 0))


def _solved(best: Solution, job_of: Sequence[int], steps: int, timed_out: bool = False) -> Solved:
    routes = tuple(
        (route.vehicle_type(), tuple(job_of[step.idx] for step in route if step.is_client()))
        for route in best.routes()
    )
    cost = CostEvaluator([0.0] * len(best.excess_load()), 0, 0).cost(best)
    feasible = best.is_feasible()
    return Solved(routes, best.distance(), cost if feasible else np.inf, steps, feasible, timed_out)


def _data(problem: Problem) -> tuple[ProblemData, list[int]]:
    """Return the problem in the terms of PyVRP, and the job of each of its clients."""
    clients: list[Client] = []
    groups: list[ClientGroup] = []
    job_of: list[int] = []
    for number, job in enumerate(problem.jobs):
        group = len(groups) if len(job.choices) > 1 else None
        if group is not None:
            members = list(range(len(clients), len(clients) + len(job.choices)))
            groups.append(ClientGroup(members, required=job.required))
        for choice in job.choices:
            clients.append(
                Client(
                    choice.place,
                    delivery=list(choice.loads),
                    service_duration=choice.lasts,
                    tw_early=choice.early,
                    tw_late=choice.late,
                    prize=choice.prize,
                    required=job.required and group is None,
                    group=group,
                )
            )
            job_of.append(number)
    places = sorted({place for v in problem.vehicles for place in (v.start, v.end)})
    vehicles = [
        VehicleType(
            num_available=v.count,
            capacity=list(v.capacity),
            start_depot=places.index(v.start),
            end_depot=places.index(v.end),
            tw_early=v.early,
            tw_late=v.late,
            unit_distance_cost=problem.distance_cost,
            unit_duration_cost=problem.duration_cost,
            profile=v.profile,
            max_distance=v.most_distance,
            shift_duration=v.most_time,
        )
        for v in problem.vehicles
    ]
    data = ProblemData(
        [Location(0, 0) for _ in range(len(problem.durations[0]))],
        clients,
        [Depot(place) for place in places],
        vehicles,
        list(problem.distances),  # type: ignore[arg-type]  # PyVRP's stubs name no array
        list(problem.durations),  # type: ignore[arg-type]
        groups,
    )
    return data, job_of
