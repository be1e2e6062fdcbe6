"""Tiles: a square of the map, with the places in it that pass some filters.

Far away the places of a small square of a tile are one cluster, which says how many they are, and
of which groups; close by each stands for itself. Which they are this process knows (`spots`); who
they are the database says, which also writes the tile, as Mapbox Vector Tile. The same as GeoJSON
is for our own map.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from geo.catalogue import records
from geo.errors import StoreError
from geo.search.index import Ints
from geo.search.query import CLOSED, OPEN, UNKNOWN, Query
from geo.store import connection, editions, opening, spots, tile_forms, vocabulary
from geo.store.editions import State
from geo.store.spots import FINEST, Spots
from geo.store.tile_forms import FORMS, GROUPS, Feature, Square, Tile
from geo.store.vocabulary import FLAGS

CLOSE = 17  # from this zoom on, places are one cluster only where they are on the same spot
MOST_ON_A_SPOT = 12  # close by, so many are told one by one
FINER = 2  # zooms between a tile and the squares of its clusters: they are four by four
NAMES = "SELECT number, id, name FROM map.entries WHERE number = ANY(%s)"
CODE = b"".join(Path(one).read_bytes() for one in (__file__, spots.__file__, tile_forms.__file__))


@dataclass(frozen=True)
class Made:
    """A tile as it goes out; without a body if who asks has it already."""

    edition: str  # the mark of the edition that it is of
    body: bytes | None


def mark(up: State) -> str:
    """Return what changes whenever the tiles of the edition that is up may have changed."""
    parts = f"{up.number} {up.mark} {up.shape}".encode()
    return hashlib.sha256(parts + CODE).hexdigest()[:12]


def made(
    url: str, square: Square, query: Query, form: str, is_known: Callable[[str], bool]
) -> Made:
    """Return a tile in a form of `FORMS`; without a body if the mark of its edition `is_known`.

    Of the question only the filters count: types, languages, hours, yes or no. No word, no place.

    Raises
    ------
    StoreError : the store cannot be reached, has no edition, or did not answer in time
    """
    for _ in range(2):
        with connection.reading(url) as found:
            up = editions.state(found)
            edition, held = mark(up), spots.known(url, up)
            if is_known(edition):
                return Made(edition, None)
            if held is not None:
                rows = _passing(found, up, held, square, query)
                return Made(edition, FORMS[form](found, _tile(found, held, square, rows)))
        spots.read(url)
    raise StoreError("The places on the map were changed just now. Ask again in a moment.")


def _passing(found: Connection, up: State, held: Spots, square: Square, query: Query) -> Ints:
    """Return which spots are in a square and pass the filters."""
    part = held.within(square.zoom, square.x, square.y)
    passes = np.ones(part.stop - part.start, dtype=bool)
    for words in _asked(query):
        own = [held.passing[word][part] for word in words if word in held.passing]
        passes &= np.logical_or.reduce(own) if own else False
    if query.open_at:
        states = _opening(found, up, query.open_at)[held.hours[part]]
        states[held.paused[part]] = CLOSED
        passes &= states >= (UNKNOWN if query.with_unknown else OPEN)
    rows: Ints = np.flatnonzero(passes) + part.start
    return rows


def _asked(query: Query) -> Iterator[list[str]]:
    """Yield the words of each filter; a place passes that has one of them."""
    if query.types:
        yield [*map(vocabulary.kind, query.types)]
    if query.languages:
        yield [*map(vocabulary.language, {*query.languages, records.INTERPRETER})]
    yield from ([vocabulary.flag(name)] for name in FLAGS if getattr(query, name))


def _opening(found: Connection, up: State, at: datetime) -> NDArray[np.int8]:
    """Return what each text of hours says of a minute, by its number."""
    table, values = opening.table(found, up, at)
    told = found.execute(f"SELECT number, state FROM {table} AS hours".encode(), values).fetchall()
    states = np.zeros(max((number for number, _ in told), default=0) + 1, dtype=np.int8)
    for number, state in told:
        states[number] = state
    return states


def _tile(found: Connection, held: Spots, square: Square, rows: Ints) -> Tile:
    """Return these spots: one by one or, where several are in one small square, as a cluster."""
    is_close = square.zoom >= CLOSE
    most = MOST_ON_A_SPOT if is_close else 1
    cells = held.squares[rows] >> (0 if is_close else 2 * (FINEST - square.zoom - FINER))
    sizes = np.diff(np.flatnonzero(np.diff(cells, prepend=-1, append=-1)))
    is_alone = np.repeat(sizes <= most, sizes)
    places = _places(found, held, rows[is_alone])
    clusters = list(_clusters(held, rows[~is_alone], sizes[sizes > most]))
    return Tile(square, places, clusters)


def _places(found: Connection, held: Spots, rows: Ints) -> list[Feature]:
    query = found.execute(NAMES, [held.numbers[rows].tolist()])
    named = {number: (own, name) for number, own, name in query.fetchall()}
    return [
        {
            "n": number,
            "id": named[number][0],
            "name": named[number][1],
            "group": GROUPS[held.groups[row]],
            "off_m": round(held.off_m[row]),
            "x": float(held.x[row]),
            "y": float(held.y[row]),
        }
        for row, number in zip(rows.tolist(), held.numbers[rows].tolist(), strict=True)
    ]


def _clusters(held: Spots, rows: Ints, sizes: Ints) -> Iterator[Feature]:
    """Yield a cluster of each so many spots, in the middle of them."""
    if not len(sizes):
        return
    first = np.cumsum(sizes) - sizes
    middles = [np.add.reduceat(at[rows], first) / sizes for at in (held.x, held.y)]
    own = np.repeat(np.arange(len(sizes)), sizes) * len(GROUPS) + held.groups[rows] % len(GROUPS)
    counts = np.bincount(own, minlength=len(sizes) * len(GROUPS)).reshape(len(sizes), -1)
    for size, many, x, y in zip(sizes.tolist(), counts.tolist(), *middles, strict=True):
        groups = {name: count for name, count in zip(GROUPS, many, strict=True) if count}
        yield {"places": size, **groups, "x": float(x), "y": float(y)}
