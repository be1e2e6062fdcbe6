"""Standards: how near help has to be where a law says so, and for how many it is.

`data/standards.csv` holds only what a law says; elsewhere the planner sets the threshold.
"""

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.settings import DATA


@dataclass(frozen=True)
class Standard:
    """How near a kind of service has to be: within `miles` *or* within `minutes`."""

    service_type: str
    what: str
    miles: float
    minutes: float
    whose: str
    source: str
    note: str


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
    return Standard(
        row["service_type"],
        row["what"],
        float(row["miles"]),
        float(row["minutes"]),
        row["whose"],
        row["source"],
        row["note"],
    )
