"""Ends: the way to a place that is known only by its ZIP code or city, at its least and its most.

Such a place stands somewhere in a circle as large as its area, r around its middle, and d away from
somebody. Wherever in it that is, the straight line is from d - r to d + r; miles are taken so. A
way is slow near its ends and faster between: a shorter one takes at least its share of the minutes,
but for how closely people live around its end (`AROUND_MINUTES`); a longer one takes at most that,
or the rest at the slowest speed. The ends are those of the estimate, `travel.crow`.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import sphere
from geo.travel import crow
from geo.travel.engines import Travel
from geo.travel.pace import WALKING_MPH, pace

# How many minutes it can change at most if people live more or less closely around the place.
AROUND_MINUTES = {
    "driving": crow.LOCAL_M * float(np.ptp([pace(mph) for _, mph in crow.LOCAL_MPH])),
    "walking": 0.0,
}
Table = NDArray[np.float64]
SLOWEST_MPH = {"driving": min(mph for _, mph in crow.LOCAL_MPH), "walking": WALKING_MPH}


def ends(
    areas: pd.DataFrame, services: pd.DataFrame, ways: Travel, mode: str, speed: float
) -> tuple[Travel, Travel]:
    """Return `ways` at their least and at their most; the same twice where every place is exact.

    `areas` and `services` have the columns `lat` and `lon`, services also `radius_m`, 0 if exact.
    """
    radius = services["radius_m"].to_numpy(dtype=np.float64)
    if not radius.any():
        return ways, ways
    apart = sphere.apart_m(areas[["lat", "lon"]], services[["lat", "lon"]])
    part = np.divide(radius, apart, out=np.full_like(apart, np.inf), where=apart > 0)
    part[:, radius == 0] = 0
    around = crow.DETOUR * radius
    slow = pace(SLOWEST_MPH[mode]) / speed
    give = np.where(radius > 0, AROUND_MINUTES[mode], 0) / speed
    return (
        replace(
            ways,
            minutes=np.maximum(0, _least(ways.minutes, part) - give),
            metres=_least(ways.metres, part),
        ),
        replace(
            ways,
            minutes=np.fmin(_longer(ways.minutes, part) + give, ways.minutes + around * slow),
            metres=np.fmin(_longer(ways.metres, part), ways.metres + around),
        ),
    )


def _least(cost: Table, part: Table) -> Table:
    """Return the way shorter by a share of itself; NaN where there is none."""
    shorter: Table = cost * np.maximum(0, 1 - np.minimum(part, 1))
    return shorter


def _longer(cost: Table, part: Table) -> Table:
    """Return the way longer by a share of itself; NaN where that is no measure, at the middle."""
    longer: Table = np.where(np.isinf(part), np.nan, cost * (1 + np.where(np.isinf(part), 0, part)))
    return longer
