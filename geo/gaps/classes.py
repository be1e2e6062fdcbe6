"""Classes: a figure of each area -> a few classes, from light to dark, that tell apart in grey.

The darker, the worse: farther from help, or less of it for each person. Shades differ in lightness
alone, so a grey printer and the colour-blind keep them apart; areas that reach nothing are hatched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geo.gaps.answer import Answer
from geo.i18n import Words, mark

Colour = tuple[int, int, int]
Floats = NDArray[np.float64]

SHADES: tuple[Colour, ...] = ((242, 245, 248), (116, 161, 201), (13, 36, 66))  # light to dark
BREAKS = (5, 10, 20, 30, 60)  # minutes or miles
SHARES = (0.2, 0.4, 0.6, 0.8)  # of people, between the classes of access
FIGURES = {
    "1": mark("How far the nearest is"),
    "2": mark("How far the second nearest is"),
    "3": mark("How far the third nearest is"),
    "access": mark("How much there is for each person"),
}
FOR_PEOPLE = 100_000


@dataclass(frozen=True, eq=False)
class Shading:
    """The class of each area, and what each class means. `people` has one more: reach nothing."""

    kinds: Floats  # shape (n,), from 0 (light); NaN reaches nothing
    colours: Sequence[Colour]
    labels: Sequence[str]
    people: Sequence[int]
    title: str


def shade(answer: Answer, figure: str, say: Words) -> Shading:
    """Return the classes of one of `FIGURES`: fixed ones of distance, fifths of people of access.

    The limit asked for is always a break between two classes.
    """
    if figure == "access":
        return _by_access(answer, say)
    asked = answer.question
    cost = answer.areas[f"{asked.measure}_{figure}"].to_numpy(float)
    most = np.nanmax(cost, initial=0)
    inner = sorted({float(b) for b in (*BREAKS, asked.threshold)})
    breaks = [b for b in inner if b < most or b == asked.threshold]
    kinds = np.where(np.isnan(cost), np.nan, np.searchsorted(breaks, cost, side="left"))
    unit = {"minutes": say("minutes"), "miles": say("miles")}[asked.measure]
    return _shading(
        answer, kinds, _labels([f"{b:g}" for b in breaks], unit, say), say(FIGURES[figure])
    )


def shades(number: int) -> list[Colour]:
    """Return colours for so many classes, from light to dark.

    >>> shades(3)
    [(242, 245, 248), (116, 161, 201), (13, 36, 66)]
    """
    at = np.linspace(0, 2, number) if number > 1 else np.array([1.0])
    parts = [np.interp(at, (0, 1, 2), anchors).round() for anchors in zip(*SHADES, strict=True)]
    return [(int(red), int(green), int(blue)) for red, green, blue in zip(*parts, strict=True)]


def _by_access(answer: Answer, say: Words) -> Shading:
    """Return fifths of the people who reach anything, the one with least access darkest."""
    score, people = FOR_PEOPLE * answer.access, answer.areas["people"].to_numpy(float)
    reached = score > 0
    order = np.argsort(score[reached])
    upto = np.cumsum(people[reached][order])
    at = np.searchsorted(upto, np.multiply(SHARES, upto[-1])) if len(upto) else []
    breaks = np.unique(score[reached][order][at])[::-1]  # from much to little
    breaks = breaks[breaks > score[reached].min(initial=np.inf)]
    kinds = np.where(reached, (score[:, None] < breaks).sum(axis=1), np.nan)
    told = [say.number(b, 1) for b in breaks]
    labels = [
        *(say("{least} or more for 100,000 people", least=told[0]) for _ in told[:1]),
        *(say("{least} to {most}", least=low, most=high) for high, low in pairwise(told)),
        *(say("less than {most}", most=told[-1]) for _ in told[:1]),
    ] or [say("the same everywhere")]
    return _shading(answer, kinds, labels, say(FIGURES["access"]))


def _labels(breaks: Sequence[str], unit: str, say: Words) -> list[str]:
    first = say("up to {most} {unit}", most=breaks[0], unit=unit)
    between = [
        say("more than {least}, up to {most}", least=low, most=high)
        for low, high in pairwise(breaks)
    ]
    return [first, *between, say("more than {least} {unit}", least=breaks[-1], unit=unit)]


def _shading(answer: Answer, kinds: Floats, labels: list[str], title: str) -> Shading:
    living = answer.areas["people"].to_numpy()
    people = [int(living[kinds == number].sum()) for number in range(len(labels))]
    nowhere = int(living[np.isnan(kinds)].sum())
    return Shading(kinds, shades(len(labels)), labels, [*people, nowhere], title)
