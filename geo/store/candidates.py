"""Candidates: the places that can be in an answer, as the database sends them.

They come as a binary COPY: each row has fields of one size, and last the tokens that it holds of
those that are asked about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from struct import unpack_from
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from geo import sphere
from geo.areas import Area
from geo.search.index import Ints
from geo.store.conditions import Way

COLUMNS = (
    ("number", ">i4"),
    ("name_rank", ">i4"),
    ("lon", ">f8"),
    ("lat", ">f8"),
    ("off_m", ">f8"),
    ("state", ">i2"),
    ("reached", "?"),
)
# What PostgreSQL sends of a row: how many fields, and before each how many bytes it has.
ROW = np.dtype(
    [("fields", ">i2")]
    + [part for name, kind in COLUMNS for part in ((f"{name}_size", ">i4"), (name, kind))]
    + [("tokens_size", ">i4")]
)
HEAD, FOOT = 19, 2  # bytes around the rows
ARRAY_HEAD, ELEMENT = 20, 8  # bytes of an array that is not empty, and of each integer in it
SELECT = """
  SELECT p.number, p.name_rank, coalesce(ST_X(p.point), 'NaN'::float8),
    coalesce(ST_Y(p.point), 'NaN'::float8), p.off_m,
    CASE WHEN p.paused THEN 0::int2 ELSE h.state END, p.reached, p.tokens & %(mask)s::integer[]
  FROM map.places p JOIN {hours} h ON h.number = p.hours
  WHERE NOT p.is_line AND {condition}
"""
COUNT = """
  SELECT {way}, count(*) FILTER (WHERE metres < %(surely)s), count(*) FILTER (WHERE home),
    array_agg(spot) FILTER (WHERE metres BETWEEN %(surely)s AND %(perhaps)s)
  FROM (
    SELECT {metres} AS metres, {home} AS home, ARRAY[ST_Y(p.point), ST_X(p.point), p.off_m] AS spot
    FROM map.places p JOIN {hours} h ON h.number = p.hours
    WHERE NOT p.is_line AND {condition} OFFSET 0
  ) AS passing
"""
ANYWHERE = "'-Infinity'::float8"  # metres away: near enough for any limit
MARGIN = 1e-6  # by how much two ways to reckon a distance differ at most


@dataclass(frozen=True, eq=False)
class Candidates:
    """Places by number, each once; `rows` has for each of `tokens` whose it is."""

    places: NDArray[Any]
    tokens: NDArray[np.int64]
    rows: Ints


def fetch(
    found: Connection,
    hours: str,
    ways: Iterable[Way],
    values: Mapping[str, Any],
    mask: Sequence[int],
) -> Candidates:
    """Return the places that pass in one of some ways, with the tokens they hold of `mask`."""
    parts = [SELECT.format(hours=hours, condition=way.condition) for way in ways]
    query = f"COPY ({' UNION ALL '.join(parts)}) TO STDOUT (FORMAT binary)"
    with found.cursor().copy(query.encode(), {**values, "mask": mask}) as copy:
        return _read(b"".join(bytes(part) for part in copy))


def count(
    found: Connection,
    hours: str,
    passing: Sequence[Iterable[Way]],
    values: Mapping[str, Any],
    where: Area | None,
    most_m: float,
) -> tuple[list[int], list[int]]:
    """Return, for each of some lists of ways to pass, how many places pass, and how many at home.

    The database counts what is surely nearer than `most_m`; what is that far is told apart here.
    """
    parts = [
        COUNT.format(
            way=number,
            metres=way.metres or ANYWHERE,
            home=way.home or "false",
            hours=hours,
            condition=way.condition,
        )
        for number, ways in enumerate(passing)
        for way in ways
    ]
    edge = {"surely": most_m * (1 - MARGIN), "perhaps": most_m * (1 + MARGIN)}
    counts, homes = [0] * len(passing), [0] * len(passing)
    query = " UNION ALL ".join(parts)
    for number, surely, home, rim in found.execute(query.encode(), {**values, **edge}).fetchall():
        counts[number] += surely
        homes[number] += home
        if where and rim:
            points = np.array(rim)
            metres = sphere.great_circle_m((where.lat, where.lon), points[:, :2])
            counts[number] += int((np.maximum(metres, points[:, 2]) <= most_m).sum())
    return counts, homes


def _read(told: bytes) -> Candidates:
    starts, at, end = [], HEAD, len(told) - FOOT
    while at < end:
        starts.append(at)
        at += ROW.itemsize
        at += unpack_from(">i", told, at - 4)[0]
    begins = np.array(starts, dtype=np.intp)
    whole = np.frombuffer(told, dtype=np.uint8)
    rows = whole[begins[:, None] + np.arange(ROW.itemsize)].view(ROW)[:, 0]
    _, first = np.unique(rows["number"], return_index=True)
    places = rows[first]
    held = np.maximum(places["tokens_size"] - ARRAY_HEAD, 0) // ELEMENT
    of = np.repeat(np.arange(len(places)), held)
    ahead = np.arange(len(of)) - np.repeat(np.cumsum(held) - held, held)
    spots = begins[first][of] + ROW.itemsize + ARRAY_HEAD + ELEMENT * ahead + 4
    tokens = whole[spots[:, None] + np.arange(4)].view(">i4")[:, 0]
    return Candidates(places, tokens.astype(np.int64), of)
