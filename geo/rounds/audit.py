"""Inspection: a plan is looked over by rules of its own before anybody sees it.

It shares no code with what makes plans: it reads the ways anew and adds up for itself. What it
finds wrong is for the operator; a reader is told in a sentence that there is no plan.
"""

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from geo.errors import PlanError
from geo.i18n import mark
from geo.rounds.plan import Plan, Round, Visit

MILE = 1_609.344
NEAR = 1e-6


def check(plan: Plan) -> Plan:
    """Return the plan itself.

    Raises
    ------
    PlanError : it does not keep its own rules; one made by hand need only add up
    """
    found = list(faults(plan))
    if plan.status == "by_hand":
        found = [fault for fault in found if not fault.startswith(BROKEN)]
    if found:
        raise PlanError(NOT_SHOWN, found)
    return plan


def faults(plan: Plan) -> list[str]:
    """Return all that is wrong: sums that do not add up, and rules that are `BROKEN`."""
    found = list(_membership(plan))
    for number, round_ in enumerate(plan.rounds):
        name = f"team {number + 1}"
        found += [f"{name}: {fault}" for fault in _sums(plan, number, round_)]
        found += [f"{BROKEN}{name}: {fault}" for fault in _rules(round_)]
    return found


def _membership(plan: Plan) -> Iterator[str]:
    """Each stop is in one place, and nothing else is."""
    inside = Counter(visit.stop for round_ in plan.rounds for visit in round_.visits)
    outside = Counter(left.stop for left in plan.left_out)
    for stop in {*plan.stops, *inside, *outside}:
        if inside[stop] + outside[stop] != 1 or stop not in plan.stops:
            yield f"{stop.key}: {inside[stop]} times in a round, {outside[stop]} times left out"
    if [round_.team for round_ in plan.rounds] != list(plan.teams):
        yield "the rounds are not those of the teams"


def _sums(plan: Plan, number: int, round_: Round) -> Iterator[str]:
    """The times follow from each other and from the ways, and the totals from them."""
    if not round_.visits:
        if round_.back_at != round_.leave_start or round_.drive_minutes or round_.miles:
            yield "stays at home, yet has a way"
        return
    home = len(plan.stops) + 2 * number
    place = {stop.key: number for number, stop in enumerate(plan.stops)}
    index = [home, *(place[visit.stop.key] for visit in round_.visits), home + 1]
    legs = [visit.leg_minutes for visit in round_.visits] + [round_.back_minutes]
    long = [visit.leg_miles for visit in round_.visits] + [round_.back_miles]
    for (a, b), leg, miles in zip(pairwise(index), legs, long, strict=True):
        minutes, metres = float(plan.travel.minutes[a, b]), float(plan.travel.metres[a, b])
        if math.isfinite(minutes):
            if not minutes - NEAR <= leg < minutes + 1 + NEAR:
                yield f"the way {a} to {b} takes {minutes} minutes, not {leg}"
            if abs(miles - metres / MILE) > NEAR:
                yield f"the way {a} to {b} is {metres} metres, not {miles} miles"
    clock = round_.leave_start
    for visit in round_.visits:
        if visit.arrive != clock + visit.leg_minutes:
            yield f"{visit.stop.key}: arrives at {visit.arrive}, left at {clock}"
        yield from _steps(visit, round_)
        clock = visit.leave
    if round_.back_at != clock + round_.back_minutes:
        yield f"is back at {round_.back_at}, left at {clock}"
    on_site = sum(visit.stop.minutes for visit in round_.visits)
    waiting = sum(visit.wait for visit in round_.visits)
    if (round_.drive_minutes, round_.on_site_minutes) != (sum(legs), on_site):
        yield "the drives or the visits do not add up"
    if round_.waiting_minutes != waiting or abs(round_.miles - sum(long)) > NEAR:
        yield "the waits or the miles do not add up"


def _steps(visit: Visit, round_: Round) -> Iterator[str]:
    """Arrive, serve and leave in this order; what is neither service nor break is waiting."""
    served = visit.start + visit.stop.minutes
    if not visit.arrive <= visit.start <= served <= visit.leave:
        yield f"{visit.stop.key}: arrives, starts, is done and leaves in a wrong order"
    rest = 0
    if round_.team.break_ and round_.break_at is not None:
        begin = round_.break_at
        end = begin + round_.team.break_.minutes
        gaps = ((visit.arrive, visit.start), (served, visit.leave))
        if any(lo <= begin and end <= hi and hi > lo for lo, hi in gaps):
            rest = end - begin
    if visit.wait != visit.leave - visit.arrive - visit.stop.minutes - rest or visit.wait < 0:
        yield f"{visit.stop.key}: {visit.wait} minutes of waiting"


def _rules(round_: Round) -> Iterator[str]:
    """Hours, skills, shift, longest drives and the break are kept."""
    team = round_.team
    if not round_.visits:
        return
    for visit in round_.visits:
        windows, end = visit.stop.windows, visit.start + visit.stop.minutes
        if windows is not None and not any(a <= visit.start and end <= b for a, b in windows):
            yield f"{visit.stop.key}: {visit.start} to {end} is not within {windows}"
        if visit.stop.needs - team.skills:
            yield f"{visit.stop.key}: needs {sorted(visit.stop.needs - team.skills)}"
        closes = [b for a, b in windows or () if a <= visit.start and end <= b]
        if visit.slack != (closes[0] - end if closes else None):
            yield f"{visit.stop.key}: {visit.slack} minutes to closing"
    if round_.leave_start < team.shift[0] or round_.back_at > team.shift[1]:
        yield f"out from {round_.leave_start} to {round_.back_at}, the shift is {team.shift}"
    legs = [visit.leg_minutes for visit in round_.visits] + [round_.back_minutes]
    if max(legs) > (team.longest_leg_minutes or math.inf) or max(legs) >= 1_000_000:
        yield f"a drive of {max(legs)} minutes"
    if sum(legs) > (team.longest_drive_minutes or math.inf):
        yield f"{sum(legs)} minutes of driving"
    yield from _rest(round_)


def _rest(round_: Round) -> Iterator[str]:
    """The break is in its window and touches neither a drive nor a service."""
    pause = round_.team.break_
    if pause is None:
        if round_.break_at is not None:
            yield "a break that nobody asked for"
        return
    if round_.break_at is None:
        if round_.leave_start < pause.earliest + pause.minutes and round_.back_at > pause.latest:
            yield "no break"
        return
    begin, end = round_.break_at, round_.break_at + pause.minutes
    if not pause.earliest <= begin <= pause.latest:
        yield f"the break begins at {begin}"
    leave = round_.leave_start
    for visit in round_.visits:
        served = visit.start + visit.stop.minutes
        for lo, hi in ((leave, visit.arrive), (visit.start, served)):
            if begin < hi and lo < end:
                yield f"the break at {begin} is during a drive or a visit"
        leave = visit.leave
    if end > leave:
        yield f"the break at {begin} is after the last stop"


BROKEN = "not kept: "
NOT_SHOWN = mark(
    "The plan did not pass its own check, so it is not shown. Plan again, or change a stop."
)
