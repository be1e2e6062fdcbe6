"""Candidates: the places that can be in an answer, as the database sends them.

They come as one value, the fields of all places end to end, and another with the tokens that each
holds of those that are asked about: so a place costs the client nothing by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from geo import sphere
from geo.areas import Area
from geo.search.index import Ints
from geo.store.conditions import Way

ROW = np.dtype(
    [
        ("number", ">i4"),
        ("name_rank", ">i4"),
        ("lon", ">f8"),
        ("lat", ">f8"),
        ("off_m", ">f8"),
        ("state", ">i2"),
        ("reached", "?"),
        ("held", ">i4"),  # how many tokens
    ]
)
ALL = """
SELECT
  string_agg(int4send(number) || int4send(name_rank) || float8send(lon) || float8send(lat)
    || float8send(off_m) || int2send(state) || boolsend(reached) || int4send(icount(held)), ''),
  string_agg(array_send(held), '')
FROM ({parts}) AS passing
"""
PART = """
  SELECT p.number, p.name_rank, coalesce(ST_X(p.point), 'NaN'::float8) AS lon,
    coalesce(ST_Y(p.point), 'NaN'::float8) AS lat, p.off_m,
    CASE WHEN p.paused THEN 0::int2 ELSE h.state END AS state, p.reached,
    p.tokens & %(mask)s::integer[] AS held
  FROM map.places p JOIN {hours} h ON h.number = p.hours
  WHERE NOT p.is_line AND {condition} OFFSET 0
"""
# Bytes of an array as it is sent: before it if it is empty, else, and of each integer in it.
NO_ARRAY, ARRAY_HEAD, ELEMENT = 12, 20, 8
COUNT = """
  SELECT {way}, count(*), count(*) FILTER (WHERE {home}), NULL::float8[]
  FROM map.places p JOIN {hours} h ON h.number = p.hours
  WHERE NOT p.is_line AND {condition}
"""
COUNT_NEAR = """
  SELECT {way}, count(*) FILTER (WHERE metres < %(surely)s), 0,
    array_agg(ARRAY[ST_Y(point), ST_X(point), off_m]) FILTER (
      WHERE metres BETWEEN %(surely)s AND %(perhaps)s)
  FROM (
    SELECT {metres} AS metres, p.point, p.off_m
    FROM map.places p JOIN {hours} h ON h.number = p.hours
    WHERE NOT p.is_line AND {condition} OFFSET 0
  ) AS passing
"""
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
    parts = [PART.format(hours=hours, condition=way.condition) for way in ways]
    query = ALL.format(parts=" UNION ALL ".join(f"({part})" for part in parts))
    with found.cursor(binary=True) as cursor:
        row = cursor.execute(query.encode(), {**values, "mask": mask}).fetchone()
    return _read(*(told or b"" for told in row or (b"", b"")))


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
        (COUNT_NEAR if way.metres else COUNT).format(
            way=number,
            metres=way.metres,
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


def _read(fields: bytes, arrays: bytes) -> Candidates:
    rows = np.frombuffer(fields, dtype=ROW)
    sizes = np.where(rows["held"] > 0, ARRAY_HEAD + ELEMENT * rows["held"], NO_ARRAY)
    begins = np.cumsum(sizes) - sizes
    _, first = np.unique(rows["number"], return_index=True)
    places = rows[first]
    held = places["held"].astype(np.intp)
    of = np.repeat(np.arange(len(places)), held)
    ahead = np.arange(len(of)) - np.repeat(np.cumsum(held) - held, held)
    spots = begins[first][of] + ARRAY_HEAD + ELEMENT * ahead + 4  # after the size of each integer
    told = np.frombuffer(arrays, dtype=np.uint8)
    tokens = told[spots[:, None] + np.arange(4)].view(">i4")[:, 0]
    return Candidates(places, tokens.astype(np.int64), of)
