"""Z order: squares of a plane in an order in which near ones are mostly near (Morton, 1966)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]


def codes(x: NDArray[np.integer[Any]], y: NDArray[np.integer[Any]]) -> Codes:
    """Return the code of each of n squares: the bits of x and y, up to 31 each, in turn.

    >>> codes(np.array([0, 1, 0, 1, 2]), np.array([0, 0, 1, 1, 0])).tolist()
    [0, 1, 2, 3, 4]
    """
    return _spread(x) | _spread(y) << 1


def _spread(numbers: NDArray[np.integer[Any]]) -> Codes:
    """Return whole numbers of up to 31 bits with a 0 between each two bits."""
    bits = np.asarray(numbers, dtype=np.int64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        bits = (bits | bits << shift) & mask
    return bits
