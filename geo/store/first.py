"""First: the first places of an answer, whole, and the lines to call, all of one edition.

And a single place, by its id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.search.query import Found, Query
from geo.store import connection, editions, questions


@dataclass(frozen=True)
class First:
    """An answer, its first places and its first lines."""

    found: Found
    places: Sequence[Entry]
    lines: Sequence[Entry]


def answered(url: str, query: Query, now: datetime, most: int, most_lines: int) -> First:
    """Return the answer to `query` for a reader who asks at `now`.

    Raises
    ------
    StoreError : the store cannot be reached, has no edition, or did not answer in time
    """
    with connection.reading(url) as reading:
        found = questions.answered(reading, url, query, now)
        places = found.places[:most].tolist()
        lines = found.lines[:most_lines].tolist()
        entries = Edition(0, editions.entries(reading, [*places, *lines])).entries
    return First(found, entries[: len(places)], entries[len(places) :])


def place(url: str, own: str) -> Sequence[Entry]:
    """Return the place with an id; none if there is no such place.

    Raises
    ------
    StoreError : as `answered`
    """
    query = "SELECT number FROM map.entries WHERE id = %s"
    with connection.reading(url) as reading:
        numbers = [number for (number,) in reading.execute(query, [own]).fetchall()]
        return Edition(0, editions.entries(reading, numbers)).entries
