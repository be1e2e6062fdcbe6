"""By hand: change a plan; the times move at once, and what is not kept is said, not forbidden."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from geo.errors import QuestionError
from geo.i18n import mark
from geo.rounds import audit, left_out, limits, planner, timing
from geo.rounds.insertion import Slack
from geo.rounds.plan import LeftOut, Plan, Question, Sentence, Stop
from geo.rounds.timing import Outing
from geo.travel.engines import Travel

FIRST, LAST = "first", "last"


def move(plan: Plan, key: str, steps: int) -> Plan:
    """Return the plan with a stop moved down by `steps` in its round; up if that is negative."""
    orders, number = planner.numbers(plan), _number(plan, key)
    order = orders[_team(plan, orders, number)]
    place = min(max(order.index(number) + steps, 0), len(order) - 1)
    order.remove(number)
    order.insert(place, number)
    return _changed(plan, orders, plan.pins)


def pin(plan: Plan, key: str, where: str) -> Plan:
    """Return the plan with a stop put, and kept, `FIRST` or `LAST` in its round; "" lets it go."""
    pins = {other: end for other, end in plan.pins.items() if other != key}
    orders, number = planner.numbers(plan), _number(plan, key)
    order = orders[_team(plan, orders, number)]
    if where:
        pins = {k: e for k, e in pins.items() if e != where or _number(plan, k) not in order}
        pins[key] = where
    return _changed(plan, orders, pins)


def drop(plan: Plan, key: str) -> Plan:
    """Return the plan without a stop; it is among those left out."""
    orders, number = planner.numbers(plan), _number(plan, key)
    orders[_team(plan, orders, number)].remove(number)
    pins = {other: end for other, end in plan.pins.items() if other != key}
    return _changed(plan, orders, pins, _dropped(plan) | {key})


def add(plan: Plan, key: str, team: int | None = None, place: int | None = None) -> Plan:
    """Return the plan with a stop that was left out put into the round of a team.

    Without a place: where it costs least, if possible where it fits. Without a team: any.
    """
    orders, number = planner.numbers(plan), _number(plan, key)
    if any(number in order for order in orders):
        raise QuestionError(mark("{name} is in the plan already."), name=plan.stops[number].name)
    teams, outing = range(len(orders)) if team is None else [team], _outing(plan)
    if place is None:
        orders = _inserted(plan, outing, orders, number, teams)
    else:
        orders[teams[0]].insert(place, number)
    return _changed(plan, orders, plan.pins, outing=outing)


def grown(plan: Plan, stop: Stop, travel: Travel) -> Plan:
    """Return the plan with one more stop known, which is left out so far; then `add` it.

    `travel` holds the ways of all stops, this one the last of them, and of the teams.
    """
    if any(stop.key == other.key for other in plan.stops):
        raise QuestionError(
            mark("{name} is in the list {count} times. Keep it once."), name=stop.name, count=2
        )
    orders = planner.numbers(plan)
    return _changed(replace(plan, stops=(*plan.stops, stop), travel=travel), orders, plan.pins)


def arranged(
    question: Question,
    orders: Sequence[Sequence[str]],
    pins: Mapping[str, str],
    dropped: Set[str] = frozenset(),
) -> Plan:
    """Return a plan with these orders, a list of keys a team, such as one there was before.

    A key that is no stop of the question any more is passed over. Raises QuestionError if the
    question has no answer, or if the orders hold a stop twice or are more than the teams.
    """
    limits.check(question)
    numbers = {stop.key: number for number, stop in enumerate(question.stops)}
    known = [[numbers[key] for key in order if key in numbers] for order in orders]
    placed = [number for order in known for number in order]
    if len(placed) > len(set(placed)) or len(known) > len(question.teams):
        raise QuestionError(mark("This order is not one of a plan. Please plan again."))
    known += [[] for _ in question.teams[len(known) :]]
    ends = {key: end for key, end in pins.items() if key in numbers and end in (FIRST, LAST)}
    stops, teams = tuple(question.stops), tuple(question.teams)
    blank = Plan(question.day, stops, teams, question.travel, (), (), share=question.share)
    return replace(_changed(blank, known, ends, dropped), status="again")


def _changed(
    plan: Plan,
    orders: Sequence[Sequence[int]],
    pins: Mapping[str, str],
    dropped: Set[str] | None = None,
    outing: Outing | None = None,
) -> Plan:
    """Return the plan with these orders, timed, its pins kept, looked over."""
    if dropped is None:
        dropped = _dropped(plan)
    if outing is None:
        outing = _outing(plan)
    keys = [stop.key for stop in plan.stops]
    rank = {FIRST: -1, LAST: 1}
    sorted_orders = [
        sorted(order, key=lambda n: rank.get(pins.get(keys[n], ""), 0)) for order in orders
    ]
    rounds = tuple(timing.schedule(outing, n, order) for n, order in enumerate(sorted_orders))
    without = planner.outside(outing, sorted_orders)
    unasked = [number for number in without if keys[number] not in dropped]
    reasons = dict(zip(unasked, left_out.why(outing, sorted_orders, unasked), strict=True))
    taken_out = Sentence(DROPPED)
    left = tuple(
        reasons.get(number) or LeftOut(plan.stops[number], "dropped", taken_out)
        for number in without
    )
    return audit.check(
        replace(
            plan, rounds=rounds, left_out=left, status="by_hand", pins=dict(pins), more_miles=None
        )
    )


def _outing(plan: Plan) -> Outing:
    return timing.outing(plan.stops, plan.teams, plan.travel)


def _dropped(plan: Plan) -> set[str]:
    """Return the keys of the stops that were taken out by hand."""
    return {left.stop.key for left in plan.left_out if left.kind == "dropped"}


def _inserted(
    plan: Plan, outing: Outing, orders: list[list[int]], number: int, teams: Sequence[int]
) -> list[list[int]]:
    """Return the orders with the stop where it costs least, if possible where it fits."""
    tried = []
    for team in teams:
        order, slack = orders[team], Slack(outing, team, orders[team], plan.teams[team])
        for place in range(len(order) + 1):
            with_it = [*order[:place], number, *order[place:]]
            tried.append((not slack.fits(number, place), team, with_it))
    breaks = min(breaks for breaks, *_ in tried)
    costs = [
        (timing.schedule(outing, team, order).cost - plan.rounds[team].cost, team, order)
        for broken, team, order in tried
        if broken == breaks
    ]
    _, team, order = min(costs)
    return [order if n == team else other for n, other in enumerate(orders)]


def _number(plan: Plan, key: str) -> int:
    for number, stop in enumerate(plan.stops):
        if stop.key == key:
            return number
    raise QuestionError("There is no stop {key} in the plan.", key=key)


def _team(plan: Plan, orders: Sequence[Sequence[int]], number: int) -> int:
    for team, order in enumerate(orders):
        if number in order:
            return team
    raise QuestionError(mark("{name} is in no round. Add it first."), name=plan.stops[number].name)


DROPPED = mark("You took it out.")
