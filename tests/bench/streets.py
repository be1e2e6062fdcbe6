"""Streets: the street graph of San Joaquin beside the project, for benches and tests only.

It carries no licence: it is read where it lies and nothing of it is kept.
"""

import gzip
import io

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from geo.settings import ROOT
from geo.sphere import METRES_A_MILE
from geo.travel.engines import Travel

FOLDER = ROOT.parent / "shared" / "geo"
NODES, EDGES = (FOLDER / f"roads_06077_{name}.csv.gz" for name in ("nodes", "edges"))
MPH = 35.0  # it has no speeds


def are_here() -> bool:
    """Return whether the graph lies beside the project."""
    return NODES.exists() and EDGES.exists()


def nodes() -> pd.DataFrame:
    """Return the crossings: node, lat, lon."""
    return _table(NODES)


def ways(chosen: np.ndarray) -> Travel:
    """Return the shortest ways along the streets between some nodes, from each to each."""
    edges, size = _table(EDGES), len(nodes())
    graph = csr_matrix((edges["length_m"], (edges["u"], edges["v"])), shape=(size, size))
    metres = dijkstra(graph, directed=False, indices=chosen)[:, chosen]
    return Travel(metres / METRES_A_MILE / MPH * 60, metres, "streets of the bench", False)


def _table(path) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(gzip.decompress(path.read_bytes())))
