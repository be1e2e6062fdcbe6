"""Planner: stops, teams and the ways between them -> a plan for the day.

`plan` knows nothing of maps and engines: it takes a ready table of ways. It makes least the minutes
that teams are out, with those on the road counted once more: that a driven minute is twice as dear
as one of waiting is our own assumption. A plan is never stored.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from geo import jobs
from geo.i18n import mark
from geo.rounds import audit, balance, improve, left_out, limits, solver, timing, vrp
from geo.rounds.plan import LeftOut, Plan, Question, Sentence, Stop, Team
from geo.rounds.timing import Outing
from geo.sphere import Floats
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
# Of the time, if stops are shared otherwise: for the plan of the least time and driving, and for
# all searches after it. What is left is for the last touches, which no clock ends.
BEFORE_SHARED, SHARING = 0.45, 0.3
TELL_SECONDS = 0.5
SLOTS = jobs.Slots(most=2, busy=mark("Other plans are being made. Try again in a minute."))


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


def widened(plan: Plan, stop: Stop, mode: str = "driving", traffic: float = 1.0) -> Travel:
    """Return the ways of a plan and those of one stop more, the last of its stops.

    Only the ways from and to that stop are asked for, of the engine that measured the others. If it
    does not answer, all are asked for anew, so that one engine has measured them all.

    Raises
    ------
    QuestionError : the point of the stop, the mode or the traffic cannot be
    """
    limits.check_traffic(traffic)
    limits.check_points([(stop.lat, stop.lon)])
    points = [(one.lat, one.lon) for one in (*plan.stops, stop)]
    points += [point for team in plan.teams for point in (team.start, team.end)]
    many, old = len(plan.stops), plan.travel
    others, new, speed = [*points[:many], *points[many + 1 :]], [points[many]], 1 / traffic
    to = engines.minutes(others, new, old.engine, mode, speed)
    back = engines.minutes(new, points, old.engine, mode, speed)
    if not to.engine == back.engine == old.engine:
        return matrix([*plan.stops, stop], plan.teams, old.engine, mode, traffic)

    def grown(table: Floats, column: Floats, row: Floats) -> Floats:
        wider = np.insert(table, many, column.ravel(), axis=1)
        return np.insert(wider, many, row.ravel(), axis=0)

    return replace(
        old,
        minutes=grown(old.minutes, to.minutes, back.minutes),
        metres=grown(old.metres, to.metres, back.metres),
    )


def plan(
    question: Question,
    seconds: float | None = None,
    seed: int = 1,
    tell: Callable[[Plan], None] | None = None,
) -> Plan:
    """Return the best plan that is found, the same for the same seed unless the time runs out.

    Parameters
    ----------
    question : its ways are as `matrix` gives them
    seconds : how long the search may take; by default it grows with the stops, and usually the
        search is done before
    tell : called with the best plan so far, without reasons for what is left out

    Raises
    ------
    QuestionError : the question has no answer; says why
    PlanError : the answer does not keep its own rules
    """
    limits.check(question)
    outing = timing.outing(question.stops, question.teams, question.travel)
    shared = len(question.teams) > 1 and question.share != "miles"
    most = _most_seconds(len(question.stops), seconds) * (BEFORE_SHARED if shared else 1)
    solved = _searched(outing, most, seed, _telling(question, outing, tell) if tell else None)
    orders = improve.finished(outing, vrp.orders(solved, outing))
    status = "time_limit" if solved.timed_out else "searched"
    made = _timed(question, status, outing, orders)
    if not shared:
        return _explained(made, outing, orders)
    orders = _shared(question.share, outing, orders, seconds, seed)
    again = _timed(question, status, outing, orders)
    return _explained(replace(again, more_miles=again.miles - made.miles), outing, orders)


def start(
    question: Question, seconds: float | None = None, seed: int = 1
) -> "jobs.Job[Plan, Plan]":
    """Start `plan` in a process of its own and return the job; `told` there is the best so far.

    Raises
    ------
    QuestionError : as `plan`, at once; also if as many plans are being made as have room
    """
    limits.check(question)
    most = _most_seconds(len(question.stops), seconds)
    return SLOTS.start("geo.rounds.planner:plan", most, question, seconds, seed)


def explained(plan: Plan, status: str = "stopped") -> Plan:
    """Return the plan with the reason for each stop that is left out, looked over.

    For a plan that was told on the way and is kept when its search is stopped or breaks off.
    """
    outing = timing.outing(plan.stops, plan.teams, plan.travel)
    return _explained(replace(plan, status=status), outing, numbers(plan))


def numbers(plan: Plan) -> list[list[int]]:
    """Return for each round the numbers of its stops."""
    place = {stop.key: number for number, stop in enumerate(plan.stops)}
    return [[place[visit.stop.key] for visit in round_.visits] for round_ in plan.rounds]


def outside(outing: Outing, orders: Sequence[Sequence[int]]) -> list[int]:
    """Return the numbers of the stops that are in no order."""
    inside = {number for order in orders for number in order}
    return [number for number in range(len(outing.stops)) if number not in inside]


def _explained(plan: Plan, outing: Outing, orders: Sequence[list[int]]) -> Plan:
    """Return the plan of these orders with the reason for each stop left out, looked over."""
    left = left_out.why(outing, orders, outside(outing, orders))
    return audit.check(replace(plan, left_out=left))


def _shared(
    share: str, outing: Outing, orders: list[list[int]], seconds: float | None, seed: int
) -> list[list[int]]:
    """Return orders that share the stops as is asked, each search a part of the time that is left.

    A team of a search that found nothing keeps what `balance` had.
    """
    _, steps, idle_steps, _ = _search(len(outing.stops))
    most = _most_seconds(len(outing.stops), seconds) * SHARING / balance.STEPS
    budget = solver.Budget(steps // 4, idle_steps // 4, most)

    def within(minutes: int) -> list[list[int]]:
        solved = solver.solve(vrp.build(outing, minutes), budget, seed)
        return improve.filled(outing, vrp.orders(solved, outing))

    def among(teams: Sequence[int]) -> list[list[int]]:
        some = outing.among(teams)
        solved = solver.solve(vrp.build(some), budget, seed)
        found = dict(zip(teams, improve.finished(some, vrp.orders(solved, some)), strict=True))
        return [found.get(number, []) for number in range(len(outing.teams))]

    if share == "even":
        return balance.even(outing, orders, within)
    return balance.fewest(outing, orders, among)


def _searched(
    outing: Outing,
    seconds: float,
    seed: int,
    tell: Callable[[solver.Solved], None] | None,
) -> solver.Solved:
    """Return the best that is found by searches that begin differently."""
    problem = vrp.build(outing)
    searches, steps, idle_steps, _ = _search(len(outing.stops))
    budget = solver.Budget(steps, idle_steps, seconds / searches)
    seeds = range(searches * seed, searches * (seed + 1))
    return min(
        (solver.solve(problem, budget, one, tell) for one in seeds),
        key=lambda solved: solved.cost,
    )


def _search(stops: int) -> tuple[int, int, int, float]:
    """Return the line of `SEARCHES` for so many stops."""
    return next(line[1:] for line in SEARCHES if stops <= line[0])


def _most_seconds(stops: int, seconds: float | None) -> float:
    """Return how long all searches together may take."""
    return _search(stops)[-1] if seconds is None else seconds


def _telling(
    question: Question, outing: Outing, tell: Callable[[Plan], None]
) -> Callable[[solver.Solved], None]:
    """Return what tells the plan of a solution, not more often than `TELL_SECONDS`."""
    last, best = -TELL_SECONDS, float("inf")

    def pass_on(solved: solver.Solved) -> None:
        nonlocal last, best
        if solved.cost < best and time.monotonic() - last >= TELL_SECONDS:
            last, best = time.monotonic(), solved.cost
            routes = enumerate(vrp.orders(solved, outing))
            orders = [improve.kept(outing, team, order) for team, order in routes]
            tell(_timed(question, "so_far", outing, orders))

    return pass_on


def _timed(
    question: Question, status: str, outing: Outing, orders: Sequence[Sequence[int]]
) -> Plan:
    """Return the plan of these orders, timed; what is left out has no reason so far."""
    stops = tuple(question.stops)
    return Plan(
        question.day,
        stops,
        tuple(question.teams),
        question.travel,
        tuple(timing.schedule(outing, team, order) for team, order in enumerate(orders)),
        tuple(
            LeftOut(stops[number], "not_yet", Sentence(NOT_YET))
            for number in outside(outing, orders)
        ),
        status,
        share=question.share if len(question.teams) > 1 else "miles",
    )


NOT_YET = mark("Not in the plan so far.")
