"""Audit: a plan is looked over by rules of its own before anybody sees it.

It shares no code with what makes plans: it reads the ways anew, adds up for itself, and has its own
numbers. What it finds wrong is for the operator, who finds it in the log: keys and minutes, never a
name or a text that was typed. A reader is told in a sentence that there is no plan.
"""

import logging
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from geo.errors import PlanError
from geo.i18n import mark
from geo.rounds.plan import Plan, Round, Visit

log = logging.getLogger(__name__)
MILE = 1_609.344
NEVER = 1_000_000  # said anew on purpose, as the mile is: see above
NEAR = 1e-6


@dataclass(frozen=True)
class Fault:
    """What is wrong: a 'sum' that does not add up, or a 'rule' that is not kept."""

    kind: Literal["sum", "rule"]
    text: str

    def __str__(self) -> str:
        """Return it as a line of a log."""
        return f"not kept: {self.text}" if self.kind == "rule" else self.text


def check(plan: Plan) -> Plan:
    """Return the plan itself.

    Raises
    ------
    PlanError : it does not keep its own rules; one made by hand need only add up
    """
    wrong = faults(plan)
    if plan.status == "by_hand":
        wrong = [fault for fault in wrong if fault.kind != "rule"]
    if wrong:
        lines = [str(fault) for fault in wrong]
        log.error("A plan did not pass its own check: %s", "; ".join(lines))
        raise PlanError(NOT_SHOWN, lines)
    return plan


def faults(plan: Plan) -> list[Fault]:
    """Return all that is wrong with a plan."""
    wrong = [Fault("sum", text) for text in _membership(plan)]
    for number, round_ in enumerate(plan.rounds):
        name = f"team {number + 1}"
        wrong += [Fault("sum", f"{name}: {text}") for text in _sums(plan, number, round_)]
        wrong += [Fault("rule", f"{name}: {text}") for text in _rules(round_)]
    return wrong


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
    if round_.visits:
        yield from _ways(plan, number, round_)
        yield from _clock(round_)
        yield from _totals(round_)
    elif round_.back_at != round_.leave_start or round_.drive_minutes or round_.miles:
        yield "stays at home, yet has a way"


def _ways(plan: Plan, number: int, round_: Round) -> Iterator[str]:
    """Each leg is as long as the way it is."""
    home = len(plan.stops) + 2 * number
    numbers = {stop.key: number for number, stop in enumerate(plan.stops)}
    index = [home, *(numbers[visit.stop.key] for visit in round_.visits), home + 1]
    legs = zip(pairwise(index), _legs(round_), _miles(round_), strict=True)
    for (a, b), leg, miles in legs:
        minutes, metres = float(plan.travel.minutes[a, b]), float(plan.travel.metres[a, b])
        if not math.isfinite(minutes):
            continue
        if not minutes - NEAR <= leg < minutes + 1 + NEAR:
            yield f"the way {a} to {b} takes {minutes} minutes, not {leg}"
        if abs(miles - metres / MILE) > NEAR:
            yield f"the way {a} to {b} is {metres} metres, not {miles} miles"


def _clock(round_: Round) -> Iterator[str]:
    """Each time follows from the one before."""
    clock = round_.leave_start
    for visit in round_.visits:
        if visit.arrive != clock + visit.leg_minutes:
            yield f"{visit.stop.key}: arrives at {visit.arrive}, left at {clock}"
        yield from _steps(visit, round_)
        clock = visit.leave
    if round_.back_at != clock + round_.back_minutes:
        yield f"is back at {round_.back_at}, left at {clock}"


def _totals(round_: Round) -> Iterator[str]:
    """The totals are the sums of their parts."""
    on_site = sum(visit.stop.minutes for visit in round_.visits)
    waiting = sum(visit.wait for visit in round_.visits)
    if (round_.drive_minutes, round_.on_site_minutes) != (sum(_legs(round_)), on_site):
        yield "the drives or the visits do not add up"
    if round_.waiting_minutes != waiting or abs(round_.miles - sum(_miles(round_))) > NEAR:
        yield "the waits or the miles do not add up"


def _legs(round_: Round) -> list[int]:
    return [*(visit.leg_minutes for visit in round_.visits), round_.back_minutes]


def _miles(round_: Round) -> list[float]:
    return [*(visit.leg_miles for visit in round_.visits), round_.back_miles]


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
        yield from _visit_rules(visit, team.skills)
    if round_.leave_start < team.shift[0] or round_.back_at > team.shift[1]:
        yield f"out from {round_.leave_start} to {round_.back_at}, the shift is {team.shift}"
    yield from _drives(round_)
    yield from _rest(round_)


def _visit_rules(visit: Visit, skills: frozenset[str]) -> Iterator[str]:
    """It is open, for as long as is told, and the team can do what is needed there."""
    windows, end = visit.stop.windows, visit.start + visit.stop.minutes
    closes = [b for a, b in windows or () if a <= visit.start and end <= b]
    if windows is not None and not closes:
        yield f"{visit.stop.key}: {visit.start} to {end} is not within {windows}"
    if visit.slack != (closes[0] - end if closes else None):
        yield f"{visit.stop.key}: {visit.slack} minutes to closing"
    if visit.stop.needs - skills:
        yield f"{visit.stop.key}: needs {sorted(visit.stop.needs - skills)}"


def _drives(round_: Round) -> Iterator[str]:
    """No drive is longer than the team allows, nor all of them together."""
    team, legs = round_.team, _legs(round_)
    longest = math.inf if team.longest_leg_minutes is None else team.longest_leg_minutes
    most = math.inf if team.longest_drive_minutes is None else team.longest_drive_minutes
    if max(legs) > longest or max(legs) >= NEVER:
        yield f"a drive of {max(legs)} minutes"
    if sum(legs) > most:
        yield f"{sum(legs)} minutes of driving"


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
    if any(begin < hi and lo < end for lo, hi in _busy(round_)):
        yield f"the break at {begin} is during a drive or a visit"
    if end > round_.visits[-1].leave:
        yield f"the break at {begin} is after the last stop"


def _busy(round_: Round) -> Iterator[tuple[int, int]]:
    """Yield from when to when the team drives to a stop or is at work there."""
    leave = round_.leave_start
    for visit in round_.visits:
        yield leave, visit.arrive
        yield visit.start, visit.start + visit.stop.minutes
        leave = visit.leave


NOT_SHOWN = mark(
    "The plan did not pass its own check, so it is not shown. Plan again, or change a stop."
)
