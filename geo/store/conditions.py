"""Conditions: the filters of a question, each as the database tests it, by an index if it can.

A place that keeps its whereabouts to itself is as near as any other: so what is near is asked for
in two ways, by the map and by a mark, and each is answered by an index of its own.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from geo import sphere
from geo.areas import Area
from geo.catalogue import records
from geo.search.query import OPEN, UNKNOWN, Query
from geo.search.understanding import Asked
from geo.store import vocabulary
from geo.store.known_words import KnownWords
from geo.store.vocabulary import FLAGS
from geo.store.wishes import Wished, any_of

DEGREE_M = 111_000  # a little less than any degree of latitude has: what is drawn by it is larger
WITHIN, OPEN_AT = "within_miles", "open_at"


class Conditions:
    """The filters in use, in the order of `search.query`; `values` are those they name.

    `query` has the place that counts, chosen or in the words.
    """

    def __init__(self, words: KnownWords, asked: Asked, wished: Wished, query: Query) -> None:
        self.values: dict[str, Any] = {}
        self._words, self._query = words, query
        self._filters = dict(self._each(asked, wished))

    @property
    def names(self) -> list[str]:
        """Return which filters are in use."""
        return [*self._filters]

    def passing(self, *gone: str, with_unknown: bool = False) -> list[str]:
        """Return conditions: who passes all filters but those `gone` meets one of them.

        Without a town there are no miles from it. `with_unknown`: whose hours are not known passes.
        """
        kept = {name: told for name, told in self._filters.items() if name not in gone}
        if "where" in gone:
            kept.pop(WITHIN, None)
        if with_unknown and OPEN_AT in kept:
            kept[OPEN_AT] = has_opening(UNKNOWN)
        ways = [kept.pop(WITHIN), self._having([vocabulary.NOWHERE])] if WITHIN in kept else [""]
        return [" AND ".join(filter(None, [way, *kept.values()])) or "true" for way in ways]

    def near(self, where: Area, miles: float) -> str:
        """Return the condition of a box around all that is so near, of what has a point."""
        tall = miles * sphere.METRES_A_MILE / DEGREE_M
        wide = tall / max(np.cos(np.radians(min(abs(where.lat) + tall, 89))), 0.01)
        corners = (where.lon - wide, where.lat - tall, where.lon + wide, where.lat + tall)
        return f"p.point && ST_MakeEnvelope({', '.join(map(self._value, corners))}, 4326)"

    def _each(self, asked: Asked, wished: Wished) -> Iterator[tuple[str, str]]:
        query = self._query
        if query.types:
            yield "types", self._having(map(vocabulary.kind, sorted(query.types)))
        if asked.wishes or asked.open_now:
            fitting = self._meeting(wished.condition)
            is_open = asked.open_now and not wished.is_need
            yield "words", f"({fitting} OR {has_opening(OPEN)})" if is_open else fitting
        if query.where:
            yield "where", self._having([vocabulary.county(query.where.county)])
            if query.within_miles is not None and query.where.kind != "county":
                yield WITHIN, self.near(query.where, query.within_miles)
        if query.open_at:
            yield OPEN_AT, has_opening(UNKNOWN if query.with_unknown else OPEN)
        if query.languages:
            spoken = {*query.languages, records.INTERPRETER}
            yield "languages", self._having(map(vocabulary.language, sorted(spoken)))
        for name in FLAGS:
            if getattr(query, name):
                yield name, self._having([vocabulary.flag(name)])

    def _having(self, words: Iterable[str]) -> str:
        """Return the condition that a place has any of some words."""
        return self._meeting(any_of(self._words, words))

    def _meeting(self, tokens: str) -> str:
        return f"p.tokens @@ {self._value(tokens)}::query_int" if tokens else "false"

    def _value(self, value: object) -> str:
        """Return the name by which the database is given a value."""
        name = f"value_{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"


def has_opening(least: int) -> str:
    """Return the condition that a place is open, or may be."""
    return f"NOT p.paused AND h.state >= {least}"
