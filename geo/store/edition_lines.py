"""Edition lines: the few lines to call of an edition, kept in memory."""

from dataclasses import dataclass
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray
from psycopg import Connection

from geo.search.index import Index, Ints, build_index
from geo.store import editions

_known: LRUCache[tuple[str, int], "Lines"] = LRUCache(4)
_turn = Lock()


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of an edition: their own index, their numbers, and the tokens of each."""

    index: Index
    numbers: Ints
    tokens: NDArray[np.int64]
    rows: Ints  # of which of them each token is


def lines(found: Connection, url: str, number: int) -> Lines:
    """Return the lines of an edition; they are read once, however many ask."""
    with _turn:
        if (url, number) not in _known:
            _known[url, number] = _read(found)
        return _known[url, number]


def _read(found: Connection) -> Lines:
    rows = found.execute("SELECT number FROM map.lines ORDER BY number").fetchall()
    numbers = [own for (own,) in rows]
    query = """SELECT number, unnest(tokens) FROM map.places WHERE number = ANY(%s)"""
    told = np.array(found.execute(query, [numbers]).fetchall(), dtype=np.int64).reshape(-1, 2)
    index = build_index(editions.entries(found, numbers))
    order = np.array(numbers, dtype=np.intp)
    return Lines(index, order, told[:, 1], np.searchsorted(order, told[:, 0]))
