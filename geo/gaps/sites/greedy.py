"""Greedy: a good choice of sites in well under a second, and how good any choice can be at most.

Plain numpy, so it answers where no solver is installed, and tells the solver where not to look.

Tables have a row an area and a column a candidate; a cell is a cost, all of them finite. A loss
turns a table of nearest costs into one number a column, the smaller the better.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
Loss = Callable[[Table], Table]

NOTHING = 1e-9  # a smaller share of the whole is rounding, no gain
ROUNDS = 600  # of the bound; after that it hardly moves
PATIENCE = 12  # rounds without a better bound before the steps are halved
SHORTEST_STEP = 0.005


def nearest(cost: Table, existing: Table, chosen: Sequence[int]) -> Table:
    """Return what it costs each area to reach the nearest existing or chosen site, shape (n,).

    >>> nearest(np.array([[5.0, 1.0], [2.0, 9.0]]), np.array([4.0, 4.0]), [1])
    array([1., 4.])
    """
    costs: Table = np.minimum(existing, cost[:, list(chosen)].min(axis=1, initial=np.inf))
    return costs


def pick(cost: Table, existing: Table, loss: Loss, k: int, until: float) -> list[int]:
    """Return `k` columns of little loss: greedy, then exchanged one by one while that helps.

    With `k` = 1 every column was tried: nothing does better. Exchanges end at `until`, a moment
    of `time.monotonic`.

    Source: M. B. Teitz, P. Bart, "Heuristic methods for estimating the generalized vertex median
    of a weighted graph", Operations Research 16(5), 1968.
    """
    chosen: list[int] = []
    for _ in range(k):
        losses = _losses(cost, nearest(cost, existing, chosen), loss, chosen)
        chosen.append(int(np.argmin(losses)))
    if k > 1:
        _exchange(cost, existing, loss, chosen, until)
    return chosen


def cover(reached: NDArray[np.bool_]) -> list[int]:
    """Return few columns of `reached` (n, c) that leave no row out: greedy, then none too many.

    >>> cover(np.array([[1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0]], dtype=bool))
    [0, 1]
    """
    chosen: list[int] = []
    left = np.ones(len(reached), dtype=bool)
    while left.any():
        chosen.append(int(np.argmax(reached[left].sum(axis=0))))
        left &= ~reached[:, chosen[-1]]
    for site in tuple(chosen):
        others = [other for other in chosen if other != site]
        if reached[:, others].any(axis=1).all():
            chosen = others
    return chosen


def least_cost(
    cost: Table, existing: Table, people: Table, k: int, best: float, until: float
) -> tuple[float, NDArray[np.bool_]]:
    """Return a cost that no `k` columns get below, and which columns the best choice can hold.

    `best` is the cost, in people times cost, of a choice already known. Every area pays the site
    that serves it; how much is moved until the payments tell most (subgradients).

    Source: G. Cornuejols, M. L. Fisher, G. L. Nemhauser, "Location of bank accounts to optimize
    float", Management Science 23(8), 1977; for the columns J. E. Beasley, "Lagrangean heuristics
    for location problems", European Journal of Operational Research 65(3), 1993.
    """
    pay, already = cost * people[:, None], existing * people
    prices = np.sort(np.column_stack([already, pay]), axis=1)[:, 1]  # what the second best asks
    bound, step, idle = 0.0, 1.0, 0
    possible = np.ones(cost.shape[1], dtype=bool)
    for _ in range(ROUNDS):
        saved = np.minimum(pay - prices[:, None], 0.0).sum(axis=0)
        order = np.argsort(saved, kind="stable")
        low = prices.sum() + np.minimum(already - prices, 0.0).sum() + saved[order[:k]].sum()
        possible &= low + saved - saved[order[k - 1]] <= best * (1 + NOTHING)
        bound, idle = (low, 0) if low > bound else (bound, idle + 1)
        if idle == PATIENCE:
            step, idle = step / 2, 0
        served = (pay[:, order[:k]] < prices[:, None]).sum(axis=1) + (already < prices)
        wanted = 1.0 - served
        done = best - bound <= best * NOTHING or possible.sum() <= k or not wanted.any()
        if done or step < SHORTEST_STEP or time.monotonic() > until:
            break
        prices = np.maximum(prices + step * (best - low) / (wanted @ wanted) * wanted, 0.0)
    return float(min(bound, best)), possible


def _losses(cost: Table, base: Table, loss: Loss, taken: Sequence[int]) -> Table:
    losses = loss(np.minimum(base[:, None], cost))
    losses[list(taken)] = np.inf
    return losses


def _exchange(cost: Table, existing: Table, loss: Loss, chosen: list[int], until: float) -> None:
    """Put a better column in the place of a chosen one as long as there is any."""
    now = float(loss(nearest(cost, existing, chosen)[:, None])[0])
    tried = 0  # places in a row where no other column is better
    place = 0
    while tried < len(chosen) and time.monotonic() < until:
        others = chosen[:place] + chosen[place + 1 :]
        losses = _losses(cost, nearest(cost, existing, others), loss, others)
        best = int(np.argmin(losses))
        if losses[best] < now * (1 - NOTHING):
            now, chosen[place], tried = float(losses[best]), best, 0
        tried += 1
        place = (place + 1) % len(chosen)
