"""Spots: where the places of an edition are, and which filters each passes, held by this process.

A tile of a whole state has a million places in it. To count them by squares the database would
read each of their rows for each tile; here they are columns, in an order in which the places of
any square of any zoom stand side by side. Their names stay in the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray
from psycopg import Connection

from geo import sphere, z_order
from geo.catalogue import records
from geo.errors import StoreError
from geo.search.index import Bools, Ints
from geo.sphere import Floats
from geo.store import connection, editions, vocabulary
from geo.store.editions import State
from geo.store.vocabulary import WEIGHTS

FINEST = 26  # zoom of the squares by which places are put in order: their side is 0.6 m
HEAD, FOOT = 19, 2  # bytes around the rows of a binary COPY
WORDS = "SELECT word, number, most FROM map.words WHERE word = ANY(%s) OR word LIKE %s"
PLACES = """
COPY (
  SELECT number, type_group::int4, hours, paused::int4, ST_X(point), ST_Y(point), off_m
  FROM map.places WHERE point IS NOT NULL AND NOT is_line
) TO STDOUT (FORMAT binary)
"""
PLACE = ("number:i4", "group:i4", "hours:i4", "paused:i4", "lon:f8", "lat:f8", "off_m:f8")
PASSING = """
COPY (
  SELECT p.number, t.token FROM map.places p, unnest(p.tokens & %s::integer[]) AS t (token)
  WHERE p.point IS NOT NULL AND NOT p.is_line
) TO STDOUT (FORMAT binary)
"""
PASS = ("number:i4", "token:i4")

_held: "LRUCache[str, Spots]" = LRUCache(2)
_turn = Lock()


@dataclass(frozen=True, eq=False)
class Spots:
    """The places of an edition that have a spot on the map, in the order of their squares."""

    edition: tuple[int, str]  # its number, and the mark of its file
    squares: NDArray[np.int64]  # of the finest zoom; rising
    numbers: Ints
    x: Floats  # from the west edge of the world, 0, to its east edge, 1
    y: Floats  # from its north edge, 0, to its south edge, 1
    off_m: Floats  # how far from there it may be; 0 for a point
    groups: NDArray[np.int8]
    hours: Ints
    paused: Bools
    passing: Mapping[str, Bools]  # by each word of `vocabulary` that a filter asks for

    def within(self, zoom: int, x: int, y: int) -> slice:
        """Return which of them are in a square of the world."""
        finer = 2 * (FINEST - zoom)
        first = int(z_order.codes(np.array([x]), np.array([y]))[0])
        start, end = np.searchsorted(self.squares, [first << finer, (first + 1) << finer])
        return slice(int(start), int(end))


def known(url: str, up: State) -> Spots | None:
    """Return the spots of an edition of the store at `url`, None if they are not read yet."""
    held = _held.get(url)
    return held if held is not None and held.edition == (up.number, up.mark) else None


def read(url: str) -> Spots:
    """Return the spots of the edition that is up; whoever comes meanwhile does not wait for them.

    Raises
    ------
    StoreError : the store cannot be reached, has no edition, or is being read by another thread
    """
    if not _turn.acquire(blocking=False):
        raise StoreError("The places on the map are being read. Ask again in a moment.")
    try:
        with connection.reading(url, editions.WHOLE_S) as found:
            up = editions.state(found)
            _held[url] = known(url, up) or _read(found, up)
            return _held[url]
    finally:
        _turn.release()


def _read(found: Connection, up: State) -> Spots:
    places = _rows(found, PLACES, PLACE)
    east, north = sphere.on_mercator(np.column_stack([places["lon"], places["lat"]])).T
    around = 2 * np.pi * sphere.EARTH_RADIUS_M
    x, y = 0.5 + east / around, 0.5 - north / around
    squares = z_order.codes(*(np.floor(at * 2**FINEST).astype(np.intp) for at in (x, y)))
    order = np.lexsort([places["number"], squares])
    numbers = places["number"][order].astype(np.intp)
    return Spots(
        edition=(up.number, up.mark),
        squares=squares[order],
        numbers=numbers,
        x=x[order],
        y=y[order],
        off_m=places["off_m"][order].astype(np.float64),
        groups=places["group"][order].astype(np.int8),
        hours=places["hours"][order].astype(np.intp),
        paused=places["paused"][order].astype(bool),
        passing=_passing(found, numbers),
    )


def _passing(found: Connection, numbers: Ints) -> Mapping[str, Bools]:
    """Return for each word that a filter asks for which places have it."""
    fixed = [*map(vocabulary.kind, records.TYPES), *map(vocabulary.flag, vocabulary.FLAGS)]
    words = found.execute(WORDS, [fixed, vocabulary.language("%")]).fetchall()
    tokens = [number * WEIGHTS + level for _, number, most in words for level in range(1, most + 1)]
    rows = _rows(found, PASSING, PASS, tokens)
    spot_of = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.intp)
    spot_of[numbers] = np.arange(len(numbers))
    spots, own = spot_of[rows["number"]], rows["token"] // WEIGHTS
    passing = {word: np.zeros(len(numbers), dtype=bool) for word, _, _ in words}
    for word, number, _ in words:
        passing[word][spots[own == number]] = True
    return passing


def _rows(
    found: Connection, query: str, columns: tuple[str, ...], *values: object
) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """Return the rows of a binary COPY: before each, how many columns; before each, how long."""
    kinds: list[tuple[str, str]] = [("columns", ">i2")]
    for name, _, kind in (column.partition(":") for column in columns):
        kinds += [(f"{name}_size", ">i4"), (name, f">{kind}")]
    with found.cursor().copy(query.encode(), values) as copy:
        told = b"".join(bytes(part) for part in copy)
    return np.frombuffer(told[HEAD:-FOOT], dtype=np.dtype(kinds))
