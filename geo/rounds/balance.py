"""Balance: the rounds of several teams, shared otherwise than by the least time and driving.

`even` makes the longest day as short as it finds; `fewest` leaves teams at home. Neither gives up
a stop for it. The searches are handed in: one with a limit on the day, one with some teams only.
"""

from collections.abc import Callable, Sequence
from math import ceil

from geo.rounds import improve, timing, vrp
from geo.rounds.improve import Orders
from geo.rounds.timing import Outing

STEPS = 4  # searches for each of the two
NEAR = 5  # minutes of a longest day that are not worth another search
MOST_TRIES = 600  # rounds that are timed to level a plan: a fraction of a second


def even(outing: Outing, orders: Orders, within: Callable[[int], Orders]) -> Orders:
    """Return orders with as many stops in which the longest day is as short as is found.

    `within` finds orders in which no team is out for longer than so many minutes.
    """
    days = out(outing, orders)
    least, most = ceil(sum(days) / len(days)), max(days)
    cap = least + (most - least) // 8  # nearly even, at first
    for _ in range(STEPS):
        if most - least <= NEAR:
            break
        tried = within(cap)
        longest = max(out(outing, tried))
        if _worth(outing, tried) >= _worth(outing, orders) and longest < most:
            orders, most = tried, longest
        else:
            least = cap
        cap = (least + most) // 2
    return _levelled(outing, orders)


def fewest(outing: Outing, orders: Orders, among: Callable[[Sequence[int]], Orders]) -> Orders:
    """Return orders with as many stops that as few teams are needed for as is found.

    `among` finds orders for the teams numbered; the others stay at home.
    """
    tries = STEPS
    shrunk = True
    while shrunk:
        shrunk = False
        used = sorted((n for n, order in enumerate(orders) if order), key=lambda n: len(orders[n]))
        for team in used if len(used) > 1 else ():
            if not tries:
                return orders
            tries -= 1
            tried = among([n for n in used if n != team])
            if _worth(outing, tried) >= _worth(outing, orders):
                orders, shrunk = tried, True
                break
    return orders


def out(outing: Outing, orders: Orders) -> list[int]:
    """Return how many minutes each team is out."""
    return [_out(outing, team, order) or 0 for team, order in enumerate(orders)]


def _out(outing: Outing, team: int, order: Sequence[int]) -> int | None:
    """Return how long a team is out; None if it cannot keep the order."""
    if not order:
        return 0
    visited, legs = outing.visited(order), outing.legs(team, order)
    times = timing.best(outing.teams[team], visited, legs)
    return times.back - times.leave if times else None


def _worth(outing: Outing, orders: Orders) -> int:
    weights = vrp.weights(outing.stops)
    return sum(weights[number] for order in orders for number in order)


def _levelled(outing: Outing, orders: Orders) -> Orders:
    """Return the orders with single stops taken from the longest day while that levels them."""
    tries, days = 0, out(outing, orders)
    while True:
        longest = days.index(max(days))
        better: tuple[list[int], Orders, list[int]] | None = None
        for number in orders[longest]:
            without = [n for n in orders[longest] if n != number]
            shorter = _out(outing, longest, without)
            others = [[] if n == longest else order for n, order in enumerate(orders)]
            for team, order in improve.insertions(others, number):
                if team == longest or shorter is None:
                    continue
                tries += 1
                day = _out(outing, team, order)
                if tries > MOST_TRIES or day is None or day >= days[longest]:
                    continue
                new = [
                    shorter if n == longest else day if n == team else d for n, d in enumerate(days)
                ]
                key = sorted(new, reverse=True)
                if better is None or key < better[0]:
                    moved = [without if n == longest else o for n, o in enumerate(orders)]
                    better = key, improve.with_order(moved, team, order), new
        if better is None or better[0] >= sorted(days, reverse=True):
            return orders
        _, orders, days = better
