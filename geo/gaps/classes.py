"""Classes: a figure of each area -> a few classes, from light to dark, that tell apart in grey.

The darker, the worse: farther from help, or less of it for each person. Shades differ in lightness
alone, so a grey printer and the colour-blind keep them apart. Hatched, never dark, are the areas
for which what is not known decides; hatched crosswise those that reach nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geo.gaps.answer import Answer
from geo.gaps.export import FOR_PEOPLE
from geo.i18n import Words, mark

Colour = tuple[int, int, int]
Floats = NDArray[np.float64]

SHADES: tuple[Colour, ...] = ((242, 245, 248), (116, 161, 201), (13, 36, 66))  # light to dark
BREAKS = (5, 10, 20, 30, 60)  # minutes or miles
PARTS = (2, 1.1, 0.9, 0.5)  # of the average access, between its classes: fixed, so that a
# difference of a few per cent is not drawn from light to dark
FIGURES = {
    "1": mark("How far the nearest is"),
    "2": mark("How far the second nearest is"),
    "3": mark("How far the third nearest is"),
    "access": mark("How much there is for each person"),
}
DRAWN = {"people": mark("People, as circles"), "areas": mark("Whole areas")}


@dataclass(frozen=True, eq=False)
class Shading:
    """The class of each area, and what each class means."""

    kinds: Floats  # shape (n,), from 0 (light); NaN reaches nothing, or is undecided
    undecided: NDArray[np.bool_]  # shape (n,)
    colours: Sequence[Colour]
    labels: Sequence[str]
    people: Sequence[int]  # of each class
    people_undecided: int
    people_nowhere: int  # who reach nothing
    title: str


def shade(answer: Answer, figure: str, say: Words) -> Shading:
    """Return the classes of one of `FIGURES`: fixed ones of distance, and of access by the average.

    The limit asked for is always a break between two classes. Where no place is known to be open,
    an area that is beyond the limit in any case has the class of the least distance.
    """
    if figure == "access":
        return _by_access(answer, say)
    asked = answer.question
    counted = answer.areas[f"{asked.measure}_{figure}"].to_numpy(float)
    cost = np.where(np.isnan(counted), answer.areas[f"least_{figure}"], counted)
    most = np.nanmax(cost, initial=0)
    inner = sorted({float(b) for b in (*BREAKS, asked.threshold)})
    breaks = [b for b in inner if b < most or b == asked.threshold]
    kinds = np.where(np.isnan(cost), np.nan, np.searchsorted(breaks, cost, side="left"))
    unit = {"minutes": say("minutes"), "miles": say("miles")}[asked.measure]
    labels = _labels([f"{b:g}" for b in breaks], unit, say)
    undecided = answer.undecided_for(int(figure))
    return shading(answer, kinds, undecided, labels, say(FIGURES[figure]))


def shades(number: int) -> list[Colour]:
    """Return colours for so many classes, from light to dark.

    >>> shades(3)
    [(242, 245, 248), (116, 161, 201), (13, 36, 66)]
    """
    at = np.linspace(0, 2, number) if number > 1 else np.array([1.0])
    parts = [np.interp(at, (0, 1, 2), anchors).round() for anchors in zip(*SHADES, strict=True)]
    return [(int(red), int(green), int(blue)) for red, green, blue in zip(*parts, strict=True)]


def _by_access(answer: Answer, say: Words) -> Shading:
    """Return classes by the average access of all people, the one with least access darkest."""
    score, people = answer.access, answer.areas["people"].to_numpy(float)
    average = float(people @ score / people.sum())
    breaks = average * np.array(PARTS)
    kinds = np.where(score > 0, (score[:, None] < breaks).sum(axis=1), np.nan)
    labels = [
        say("more than twice the average"),
        say("more than the average"),
        say("about the average"),
        say("less than the average"),
        say("less than half the average"),
    ]
    told = say.number(FOR_PEOPLE * average, 1)
    title = say(
        "How much there is for each person (average: {n} places for 100,000 people)", n=told
    )
    if answer.by_capacity:
        title = say(
            "How much there is for each person (average: capacity of {n} for 100,000 people)",
            n=told,
        )
    return shading(answer, kinds, answer.access != answer.access_best, labels, title)


def _labels(breaks: Sequence[str], unit: str, say: Words) -> list[str]:
    first = say("up to {most} {unit}", most=breaks[0], unit=unit)
    between = [
        say("more than {least}, up to {most}", least=low, most=high)
        for low, high in pairwise(breaks)
    ]
    return [first, *between, say("more than {least} {unit}", least=breaks[-1], unit=unit)]


def shading(
    answer: Answer,
    kinds: Floats,
    undecided: NDArray[np.bool_],
    labels: list[str],
    title: str,
) -> Shading:
    """Return the classes of the areas of an answer, with the people of each counted."""
    living = answer.areas["people"].to_numpy()
    kinds = np.where(undecided, np.nan, kinds)
    people = [int(living[kinds == number].sum()) for number in range(len(labels))]
    nowhere = int(living[np.isnan(kinds) & ~undecided].sum())
    in_doubt = int(living[undecided].sum())
    return Shading(kinds, undecided, shades(len(labels)), labels, people, in_doubt, nowhere, title)
