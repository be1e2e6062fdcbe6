"""Standards: how near help has to be where a law says so, and for how many it is.

`data/standards.csv` holds only what a law says and was read in its text; elsewhere the planner sets
the threshold. A law is about all places there are, at any hour, by car as usual: that is how it is
judged, whatever else was asked.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.i18n import Words
from geo.settings import DATA


@dataclass(frozen=True)
class Standard:
    """How near a kind of service has to be: within `miles` *or* within `minutes`."""

    service_type: str
    county: str  # '' is every county
    what: str
    what_es: str
    miles: float
    minutes: float
    whose: str
    text_date: date  # of the text that says so
    lapses_on: date
    source: str
    source_es: str
    note: str
    note_es: str
    caveat: str  # what the entries of the type are not; may be ''
    caveat_es: str

    def said(self, column: str, say: Words) -> str:
        """Return `what`, `source`, `note` or `caveat` in the language of `say`, else in English."""
        return str(getattr(self, f"{column}_{say.language}", getattr(self, column)))


@dataclass(frozen=True)
class Verdict:
    """For how many people a standard is met, of those it is about.

    Where places are known only by a ZIP code or city, `people_met_most` takes each as near to
    everybody as it can be, `people_met_least` as far.
    """

    standard: Standard
    people: int
    people_met_least: int
    people_met_most: int


@cache
def load() -> tuple[Standard, ...]:
    """Return every standard.

    >>> [law.miles for law in load() if law.service_type == "hospital"]
    [15.0]
    """
    with (DATA / "standards.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_standard(row) for row in csv.DictReader(file))


def about(service_type: str, counties: Sequence[str]) -> list[Standard]:
    """Return the standards for a type of service in any of these counties.

    >>> len(about("clinic", ["imperial"])), about("food", ["imperial"])
    (1, [])
    """
    here = {"", *counties}
    return [law for law in load() if law.service_type == service_type and law.county in here]


def met(standard: Standard, miles: ArrayLike, minutes: ArrayLike) -> NDArray[np.bool_]:
    """Tell for each area whether the standard is met there.

    `miles` and `minutes` to the nearest service by each, shape (n,); NaN is "none". One of the two
    is enough, and they may be of different services.

    >>> met(load()[0], miles=[9, 11, 11], minutes=[40, 29, 31]).tolist()
    [True, True, False]
    """
    near = np.asarray(miles, dtype=np.float64) <= standard.miles
    return near | (np.asarray(minutes, dtype=np.float64) <= standard.minutes)


def _standard(row: dict[str, str]) -> Standard:
    limits = {name: float(row[name]) for name in ("miles", "minutes")}
    days = {name: date.fromisoformat(row[name]) for name in ("text_date", "lapses_on")}
    return Standard(**{**row, **limits, **days})  # type: ignore[arg-type]
