"""Improve: the last touches to the orders that a solver found, by the exact times.

The solver's terms are a little coarse: a break there is where one of the stops is. So here what
cannot be kept is taken out, what still fits is put in, and one stop at a time is moved while that
makes the plan shorter.
"""

from collections.abc import Iterator, Sequence

from geo.rounds import timing, vrp
from geo.rounds.timing import Outing

MOST_TRIES = 400  # places for one stop: a fraction of a second
Orders = list[list[int]]
Place = tuple[int, int, list[int]]  # what a stop costs there, the team, its order with it


def finished(outing: Outing, orders: Orders) -> Orders:
    """Return the orders so that all is kept, nothing more fits, and no single move is a gain."""
    return _filled(outing, _moved(outing, filled(outing, orders)))


def filled(outing: Outing, orders: Orders) -> Orders:
    """Return the orders so that all is kept and nothing more fits."""
    return _filled(outing, [kept(outing, team, order) for team, order in enumerate(orders)])


def kept(outing: Outing, team: int, order: list[int]) -> list[int]:
    """Return an order that the team can keep: without the stops that count least, if need be."""
    weights = vrp.weights(outing.stops)
    while order and not outing.fits(team, order):
        order = min(
            ([n for n in order if n != out] for out in order),
            key=lambda rest: (not outing.fits(team, rest), -sum(weights[n] for n in rest)),
        )
    return order


def insertions(orders: Sequence[list[int]], number: int) -> Iterator[tuple[int, list[int]]]:
    """Yield each team with each order that has the stop `number` put in somewhere."""
    for team, order in enumerate(orders):
        for place in range(len(order) + 1):
            yield team, [*order[:place], number, *order[place:]]


def cost(outing: Outing, team: int, order: list[int]) -> int | None:
    """Return the cost of a round; None if it cannot be kept."""
    if not order:
        return 0
    visited, legs = outing.visited(order), outing.legs(team, order)
    times = timing.best(outing.teams[team], visited, legs)
    return times.back - times.leave + sum(legs) if times else None


def _filled(outing: Outing, orders: Orders) -> Orders:
    """Return the orders with every stop put in that still fits, where it costs least."""
    weights = vrp.weights(outing.stops)
    left = [n for n in range(len(outing.stops)) if not any(n in order for order in orders)]
    for number in sorted(left, key=lambda n: -weights[n]):
        orders = _with(orders, _cheapest(outing, orders, number))
    return orders


def _moved(outing: Outing, orders: Orders) -> Orders:
    """Return the orders with single stops moved for as long as that is a gain."""
    tries, gained = 0, True
    while gained:
        gained = False
        for number in [n for order in orders for n in order]:
            tries += sum(len(order) + 1 for order in orders)
            if tries > MOST_TRIES:
                return orders
            if better := _with_one_moved(outing, orders, number):
                orders, gained = better, True
    return orders


def _with_one_moved(outing: Outing, orders: Orders, number: int) -> Orders | None:
    """Return the orders with a stop where it costs least; None if that is no gain."""
    without = [[n for n in order if n != number] for order in orders]
    before, after = _total(outing, orders), _total(outing, without)
    if before is None or after is None:
        return None
    place = _cheapest(outing, without, number)
    return _with(without, place) if place and after + place[0] < before else None


def with_order(orders: Orders, team: int, order: list[int]) -> Orders:
    """Return the orders with one of them put in the place of its team's."""
    return [order if n == team else other for n, other in enumerate(orders)]


def _with(orders: Orders, place: Place | None) -> Orders:
    return orders if place is None else with_order(orders, *place[1:])


def _total(outing: Outing, orders: Orders) -> int | None:
    costs = [cost(outing, team, order) for team, order in enumerate(orders)]
    return None if None in costs else sum(one for one in costs if one is not None)


def _cheapest(outing: Outing, orders: Orders, number: int) -> Place | None:
    """Return what a stop costs more where it fits best, the team and its order; None if nowhere."""
    before = [cost(outing, team, order) for team, order in enumerate(orders)]
    places = []
    for team, order in insertions(orders, number):
        old, new = before[team], cost(outing, team, order)
        if old is not None and new is not None:
            places.append((new - old, team, order))
    return min(places, default=None)
