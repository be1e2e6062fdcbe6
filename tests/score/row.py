"""Row: what each module of the scoreboard owes, and how one is tried.

A row is a module of this folder with

- `FIGURE`: what is measured, in a few words,
- `TARGET`: what has to be reached,
- `NOT_COVERED`: what the figure does not say, one sentence,
- `measure(trial)`: how it is measured; it returns what was `Reached`.

`measure` takes its number of tries from `trial.count(full, small)`, all chance from `trial.dice()`,
and plants the fault that it watches for when `trial.is_broken`: then it must fall short. It leaves
nothing behind, not in the process either. The name of the module stands in `board.ROWS`.
"""

import importlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

SEED = 20_261_127  # as the command has it
MOST_FAULTS = 10  # told of each row


@dataclass(frozen=True)
class Trial:
    """How a row is to be measured."""

    seed: int = SEED
    is_small: bool = False  # as the tests run it: a few seconds at most
    is_broken: bool = False  # with the fault that the row watches for

    def count(self, full: int, small: int) -> int:
        """Return how many tries are to be made."""
        return small if self.is_small else full

    def dice(self) -> random.Random:
        """Return chance that is the same for one seed."""
        return random.Random(self.seed)


@dataclass(frozen=True)
class Reached:
    """What was reached in so many tries; `faults` says what fell short, first ones first."""

    reached: str
    is_met: bool
    tries: int
    faults: tuple[str, ...] = ()


def faultless(tries: int, faults: Sequence[str], of: str = "") -> Reached:
    """Return what a row reached that allows no fault: `3 faults`; no try is no proof."""
    told = f"{len(faults)} {of}".rstrip()
    return Reached(told, tries > 0 and not faults, tries, tuple(faults[:MOST_FAULTS]))


class Row(Protocol):
    """A module of this folder."""

    FIGURE: str
    TARGET: str
    NOT_COVERED: str
    measure: Callable[[Trial], Reached]


def module(name: str) -> Row:
    """Return the module of a row, with what it needs."""
    return cast(Row, importlib.import_module(f"tests.score.{name}"))
