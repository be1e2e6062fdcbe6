"""Standards: how near help has to be where a law says so, and for how many it is.

`data/standards.csv` holds only what a law says; elsewhere the planner sets the threshold.
"""

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.i18n import Words
from geo.settings import DATA


@dataclass(frozen=True)
class Standard:
    """How near a kind of service has to be: within `miles` *or* within `minutes`."""

    service_type: str
    what: str
    what_es: str
    miles: float
    minutes: float
    whose: str
    source: str
    source_es: str
    note: str
    note_es: str

    def said(self, column: str, say: Words) -> str:
        """Return `what`, `source` or `note` in the language of `say`, else in English."""
        return str(getattr(self, f"{column}_{say.language}", getattr(self, column)))


@cache
def load() -> dict[str, Standard]:
    """Return the standards by type of service.

    >>> load()["hospital"].miles, load()["hospital"].minutes, "food" in load()
    (15.0, 30.0, False)
    """
    with (DATA / "standards.csv").open(encoding="utf-8", newline="") as file:
        return {row["service_type"]: _standard(row) for row in csv.DictReader(file)}


def met(standard: Standard, miles: ArrayLike, minutes: ArrayLike) -> NDArray[np.bool_]:
    """Tell for each area whether the standard is met there.

    `miles` and `minutes` to the nearest service by each, shape (n,); NaN is "none". One of the two
    is enough, and they may be of different services.

    >>> met(load()["clinic"], miles=[9, 11, 11], minutes=[40, 29, 31]).tolist()
    [True, True, False]
    """
    near = np.asarray(miles, dtype=np.float64) <= standard.miles
    return near | (np.asarray(minutes, dtype=np.float64) <= standard.minutes)


def _standard(row: dict[str, str]) -> Standard:
    limits = {name: float(row[name]) for name in ("miles", "minutes")}
    return Standard(**{**row, **limits})  # type: ignore[arg-type]
