"""Valhalla: minutes and metres from a Valhalla server that the operator runs.

Source: Valhalla, Time-Distance Matrix service API reference.
"""

from typing import Any

import numpy as np

from geo.errors import EngineError
from geo.travel.servers import Floats, ask, blocks, numbers

MOST = 50  # rows and columns of one question: 2,500 pairs, as the server comes
COSTING = {"driving": "auto", "walking": "pedestrian"}
TOLD = ("time", "distance")  # of each pair


def table(
    url: str, origins: Floats, destinations: Floats, mode: str, near: np.ndarray
) -> tuple[Floats, Floats]:
    """Return minutes and metres from each of n points to each of m others, NaN without a way.

    Points are rows of (lat, lon), degrees. `near` tells, in shape (n, m), which pairs to ask for:
    the server refuses a whole question for one pair that is too far apart.

    Raises
    ------
    EngineError : it does not answer, or not in this form
    """
    minutes, metres = (np.full(near.shape, np.nan) for _ in range(2))
    patterns, pattern = np.unique(near, axis=0, return_inverse=True)
    for number, wanted in enumerate(patterns):
        here, there = np.flatnonzero(pattern.reshape(-1) == number), np.flatnonzero(wanted)
        for rows, columns in blocks(len(here), len(there), MOST):
            cells = np.ix_(here[rows], there[columns])
            question = {
                "sources": _points(origins[here[rows]]),
                "targets": _points(destinations[there[columns]]),
                "costing": COSTING[mode],
                "units": "kilometers",
            }
            told = ask("POST", f"{url.rstrip('/')}/sources_to_targets", json=question)
            found = _cells(told.get("sources_to_targets"))
            shape = len(cells[0]), cells[1].shape[1]
            minutes[cells] = numbers(found["time"], shape) / 60
            metres[cells] = numbers(found["distance"], shape) * 1_000
    return minutes, metres


def _points(points: Floats) -> list[dict[str, float]]:
    return [{"lat": round(lat, 6), "lon": round(lon, 6)} for lat, lon in points.tolist()]


def _cells(rows: Any) -> dict[str, list[list[Any]]]:
    """Return times and distances, each a table, of a table of both."""
    try:
        return {name: [[cell[name] for cell in row] for row in rows] for name in TOLD}
    except (TypeError, KeyError):
        raise EngineError("a table of another form") from None
