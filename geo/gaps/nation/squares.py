"""Squares: the earth cut into squares, smaller where there is more, so that each holds so much.

A square has a run of codes (`z_order`): the bits of longitude and latitude in turn.
"""

import numpy as np
from numpy.typing import NDArray

from geo import z_order
from geo.sphere import Floats
from geo.z_order import Codes

DEPTH = 16  # the least square is 1 / 65,536 of the earth's latitude and longitude: 300 m by 600
FINE_DEPTH = 20
Counts = tuple[Codes, NDArray[np.int64]]  # each code there is, in order, and how often


def codes(points: Floats, depth: int = DEPTH) -> Codes:
    """Return the code, 0 to 4**depth - 1, of each of n points (lat, lon)."""
    most = (1 << depth) - 1
    share = (points + np.array([90, 180])) / (180, 360)
    lat, lon = np.minimum((share * (most + 1)).astype(np.int64), most).T
    return z_order.codes(lon, lat)


def counted(found: Codes) -> Counts:
    """Return each of n codes once, in order, and how often it is there."""
    code, times = np.unique(found, return_counts=True)
    return code, times.astype(np.int64)


def together(one: Counts, other: Counts) -> Counts:
    """Return the counts of both.

    >>> first, again = counted(np.array([7, 7])), counted(np.array([3, 7]))
    >>> [part.tolist() for part in together(first, again)]
    [[3, 7], [1, 3]]
    """
    code, which = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    times = np.bincount(which, weights=np.concatenate([one[1], other[1]]), minlength=len(code))
    return code, times.astype(np.int64)


def starts(areas: Counts, services: Counts, most: tuple[int, int]) -> Codes:
    """Return the first code of each square that is not empty, in order.

    `most` is how many areas and how many services a square may hold; one of the least size holds
    whatever is there.
    """
    each = [(code, np.concatenate([[0], np.cumsum(times)])) for code, times in (areas, services)]
    found: list[int] = []
    waiting = [(0, 4**DEPTH)]
    while waiting:
        low, high = waiting.pop()
        ends = [np.searchsorted(code, (low, high)) for code, _ in each]
        held = [int(upto[b] - upto[a]) for (a, b), (_, upto) in zip(ends, each, strict=True)]
        if high - low == 1 or all(n <= limit for n, limit in zip(held, most, strict=True)):
            if any(held):
                found.append(low)
            continue
        quarter = (high - low) // 4
        waiting += [(low + n * quarter, low + (n + 1) * quarter) for n in range(4)]
    return np.array(sorted(found), dtype=np.int64)
