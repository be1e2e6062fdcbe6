"""Routes: stops, teams and the ways between them -> a plan for the day.

The dataclasses are in `rounds`. `plan` knows nothing of maps and engines: it takes a ready table of
ways. It makes least the minutes that teams are out, with those on the road counted once more: that
a driven minute is twice as dear as one of waiting is our own assumption. A plan is never stored.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from threading import Lock
from weakref import WeakSet

from geo import jobs
from geo.errors import QuestionError
from geo.i18n import mark
from geo.rounds import audit, improve, left_out, limits, solver, timing, vrp
from geo.rounds.plan import LeftOut, Plan, Sentence, Stop, Team
from geo.rounds.timing import Outing
from geo.travel import engines
from geo.travel.engines import Travel

# Up to so many stops: how many searches, of how many steps each, how many of those in a row without
# a gain, and how many seconds for all at most, should the machine be slow. By trying: several short
# searches do better than one.
SEARCHES = (
    (30, 2, 700, 170, 1.8),
    (60, 2, 1_200, 300, 3.5),
    (120, 3, 3_000, 3_000, 15.0),
    (limits.MOST_STOPS, 1, 12_000, 12_000, 17.0),
)
TELL_SECONDS = 0.5
MOST_AT_ONCE = 2  # searches in processes of their own
GRACE_SECONDS = 60.0  # for a process to start, import and answer, on a busy machine

_jobs: WeakSet["jobs.Job[Plan, Plan]"] = WeakSet()
_one_at_a_time = Lock()


def matrix(
    stops: Sequence[Stop],
    teams: Sequence[Team],
    engine: str = "crow",
    mode: str = "driving",
    traffic: float = 1.0,
) -> Travel:
    """Return the ways from each to each of: the stops, then each team's start and its end.

    `traffic` multiplies the minutes: 1.2 is a fifth slower than usual.

    Raises
    ------
    QuestionError : a point, the engine, the mode or the traffic cannot be
    """
    limits.check_traffic(traffic)
    points = [(stop.lat, stop.lon) for stop in stops]
    points += [point for team in teams for point in (team.start, team.end)]
    limits.check_points(points)
    return engines.minutes(points, points, engine, mode, speed=1 / traffic)


def plan(
    day: date,
    stops: Sequence[Stop],
    teams: Sequence[Team],
    travel: Travel,
    seconds: float | None = None,
    seed: int = 1,
    tell: Callable[[Plan], None] | None = None,
) -> Plan:
    """Return the best plan that is found, the same for the same seed unless the time runs out.

    Parameters
    ----------
    day : of the plan; the windows of the stops are those of this day
    stops, teams : at most `limits.MOST_STOPS` and `limits.MOST_TEAMS`
    travel : the ways between them, as `matrix` gives them
    seconds : how long the search may take; by default it grows with the stops, and usually the
        search is done before
    tell : called with the best plan so far, without reasons for what is left out

    Raises
    ------
    QuestionError : the question has no answer; says why
    PlanError : the answer does not keep its own rules
    """
    limits.check(stops, teams, travel)
    empty = Plan(day, tuple(stops), tuple(teams), travel, (), ())
    outing = timing.outing(stops, teams, travel)
    solved = _searched(outing, seconds, seed, _telling(empty, outing, tell) if tell else None)
    found = improve.finished(outing, vrp.orders(solved, outing))
    status = "time_limit" if solved.timed_out else "searched"
    return explained(_with_rounds(replace(empty, status=status), outing, found))


def start(
    day: date,
    stops: Sequence[Stop],
    teams: Sequence[Team],
    travel: Travel,
    seconds: float | None = None,
    seed: int = 1,
) -> "jobs.Job[Plan, Plan]":
    """Start `plan` in a process of its own and return the job; `told` there is the best so far.

    Raises
    ------
    QuestionError : as `plan`, at once; also if `MOST_AT_ONCE` plans are being made
    """
    limits.check(stops, teams, travel)
    most = (seconds or _search(len(stops))[-1]) + GRACE_SECONDS
    with _one_at_a_time:
        if sum(job.running for job in _jobs) >= MOST_AT_ONCE:
            raise QuestionError(mark("Other plans are being made. Try again in a minute."))
        job = jobs.start("geo.rounds.planner:plan", most, day, stops, teams, travel, seconds, seed)
        _jobs.add(job)
    return job


def explained(plan: Plan) -> Plan:
    """Return the plan with the reason for each stop that is left out, looked over.

    For a plan that was told on the way and is kept when its search is cancelled.
    """
    outing = timing.outing(plan.stops, plan.teams, plan.travel)
    orders = numbers(plan)
    left = [plan.stops.index(one.stop) for one in plan.left_out]
    return audit.check(replace(plan, left_out=left_out.why(outing, orders, left)))


def numbers(plan: Plan) -> list[list[int]]:
    """Return for each round the numbers of its stops."""
    place = {stop.key: number for number, stop in enumerate(plan.stops)}
    return [[place[visit.stop.key] for visit in round_.visits] for round_ in plan.rounds]


def _searched(
    outing: Outing,
    seconds: float | None,
    seed: int,
    tell: Callable[[solver.Solved], None] | None,
) -> solver.Solved:
    """Return the best that is found by searches that begin differently."""
    question = vrp.build(outing)
    searches, steps, idle_steps, most = _search(len(outing.stops))
    budget = solver.Budget(steps, idle_steps, (seconds or most) / searches)
    seeds = range(searches * seed, searches * (seed + 1))
    return min(
        (solver.solve(question, budget, one, tell) for one in seeds),
        key=lambda solved: solved.cost,
    )


def _search(stops: int) -> tuple[int, int, int, float]:
    """Return the line of `SEARCHES` for so many stops."""
    return next(line[1:] for line in SEARCHES if stops <= line[0])


def _telling(
    empty: Plan, outing: Outing, tell: Callable[[Plan], None]
) -> Callable[[solver.Solved], None]:
    """Return what tells the plan of a solution, not more often than `TELL_SECONDS`."""
    last, best = -TELL_SECONDS, float("inf")

    def told(solved: solver.Solved) -> None:
        nonlocal last, best
        if solved.cost < best and time.monotonic() - last >= TELL_SECONDS:
            last, best = time.monotonic(), solved.cost
            found = enumerate(vrp.orders(solved, outing))
            orders = [improve.kept(outing, team, order) for team, order in found]
            tell(_with_rounds(replace(empty, status="so_far"), outing, orders))

    return told


def _with_rounds(plan: Plan, outing: Outing, orders: list[list[int]]) -> Plan:
    """Return the plan with its rounds timed, and the rest left out without a reason so far."""
    rounds = tuple(timing.schedule(outing, team, order) for team, order in enumerate(orders))
    inside = {number for order in orders for number in order}
    left = tuple(
        LeftOut(stop, "not_yet", Sentence(NOT_YET))
        for number, stop in enumerate(plan.stops)
        if number not in inside
    )
    return replace(plan, rounds=rounds, left_out=left)


NOT_YET = mark("Not in the plan so far.")
