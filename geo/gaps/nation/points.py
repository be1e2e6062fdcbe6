"""Points: many points of a few kinds, in blocks of neighbours, to be searched block by block."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geo.gaps.nation import squares
from geo.sphere import EARTH_RADIUS_M, Floats, on_unit_sphere

BLOCK = 128
Numbers = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Points:
    """Some points on the earth, in the order of `order`.

    `degrees`, shape (n, 2), are (lat, lon); `kind`, shape (n,), is a small number.
    """

    degrees: Floats
    kind: Numbers

    def __len__(self) -> int:
        return len(self.degrees)

    @cached_property
    def on_sphere(self) -> Floats:
        """Return them on a sphere of radius 1, shape (n, 3)."""
        return on_unit_sphere(self.degrees)

    @cached_property
    def starts(self) -> Numbers:
        """Return where each block begins; the last number is that of points."""
        ends = np.flatnonzero(np.diff(self.kind)) + 1
        runs = np.concatenate([[0], ends, [len(self)]])
        cuts = [np.arange(low, high, BLOCK) for low, high in pairwise(runs)]
        return np.concatenate([*cuts, [len(self)]])

    @cached_property
    def block_kind(self) -> Numbers:
        """Return the kind of the points of each block."""
        return self.kind[self.starts[:-1]]

    @cached_property
    def balls(self) -> tuple[Floats, Floats]:
        """Return middle, shape (b, 3), and radius, shape (b,), of a ball around each block."""
        first = self.starts[:-1]
        low = np.minimum.reduceat(self.on_sphere, first)
        high = np.maximum.reduceat(self.on_sphere, first)
        return (low + high) / 2, np.linalg.norm(high - low, axis=1) / 2


def order(degrees: Floats, kind: Numbers) -> Numbers:
    """Return the order in which blocks are small: by kind, and then what is near together."""
    return np.lexsort((squares.codes(degrees, squares.FINE_DEPTH), kind))


def chord(metres: Floats) -> Floats:
    """Return the straight line through a sphere of radius 1 between points so far apart on it."""
    angle = np.minimum(metres / EARTH_RADIUS_M, np.pi)
    straight: Floats = 2 * np.sin(angle / 2)
    return straight


def along_m(chords: Floats) -> Floats:
    """Return metres along the earth from straight lines: `chord` the other way round."""
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(chords / 2, 1))
    return metres
