"""Osrm: minutes and metres from an OSRM server that the operator runs.

Source: OSRM HTTP API, table service v1.
"""

import numpy as np

from geo.errors import EngineError
from geo.travel.servers import Floats, ask, blocks, numbers

MOST = 100  # rows and columns of one question: what `osrm-routed` answers as it comes


def table(url: str, origins: Floats, destinations: Floats) -> tuple[Floats, Floats]:
    """Return minutes and metres from each of n points to each of m others, NaN without a way.

    Points are rows of (lat, lon), degrees. The server knows one way to travel: that for which
    its data were made.

    Raises
    ------
    EngineError : it does not answer, or not in this form
    """
    minutes, metres = (np.full((len(origins), len(destinations)), np.nan) for _ in range(2))
    for rows, columns in blocks(*minutes.shape, MOST):
        here, there = origins[rows], destinations[columns]
        points = ";".join(f"{lon:.6f},{lat:.6f}" for lat, lon in np.concatenate([here, there]))
        numbered = [str(number) for number in range(len(here) + len(there))]
        about = {
            "sources": ";".join(numbered[: len(here)]),
            "destinations": ";".join(numbered[len(here) :]),
            "annotations": "duration,distance",
        }
        query = "&".join(f"{name}={value}" for name, value in about.items())
        told = ask("GET", f"{url.rstrip('/')}/table/v1/driving/{points}?{query}")
        if told.get("code") != "Ok":
            raise EngineError(f"code {str(told.get('code'))[:40]!r}")
        shape = len(here), len(there)
        minutes[rows, columns] = numbers(told.get("durations"), shape) / 60
        metres[rows, columns] = numbers(told.get("distances"), shape)
    return minutes, metres
