"""Conditions: the filters of a question, each as the database tests it, by one index if it can.

All that is asked of tokens is met by one index on its way through them, squares of the map too:
they are tokens like others. A place that keeps its whereabouts to itself is as near as any
other: so what is near is asked for in two ways, by squares of the map and by a mark.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from geo.store.wishes import Fit

DEGREE_M = 111_000  # a little less than any degree of latitude has: what is drawn by it is larger
WITHIN, OPEN_AT = "within_miles", "open_at"
METRES = "greatest(ST_DistanceSphere(p.point, ST_SetSRID(ST_MakePoint({}, {}), 4326)), p.off_m)"


@dataclass(frozen=True)
class Way:
    """A way to pass: a condition that finds who does so.

    Who passes near a place is `metres` away from it; who passes anywhere may be in its county,
    `home`. Both are in SQL.
    """

    condition: str
    metres: str = ""
    home: str = ""


class Conditions:
    """The filters in use, in the order of `search.query`; `values` are those they name.

    `query` has the place that counts, chosen or in the words.
    """

    def __init__(self, words: KnownWords, asked: Asked, fit: Fit, query: Query) -> None:
        self.values: dict[str, Any] = {}
        self._words, self._query = words, query
        self._filters = dict(self._each(asked, fit))

    @property
    def names(self) -> list[str]:
        """Return which filters are in use."""
        return [*self._filters]

    def passing(self, *gone: str, with_unknown: bool = False) -> list[Way]:
        """Return the ways to pass all filters but those `gone`; each place passes in one at most.

        Of what is near more is found than is so near. Without a town there are no miles from it.
        `with_unknown`: whose hours are not known passes.
        """
        kept = {name: told for name, told in self._filters.items() if name not in gone}
        if with_unknown and OPEN_AT in kept:
            kept[OPEN_AT] = has_opening(UNKNOWN)
        near, where = kept.pop(WITHIN, ""), self._query.where
        if "where" in gone:
            return [Way(_all(kept.values()), home=self._filters["where"])]
        if not near or not where:
            return [Way(_all(kept.values()))]
        nowhere = _all([self._having([vocabulary.NOWHERE]), *kept.values()])
        metres = METRES.format(self._value(where.lon), self._value(where.lat))
        return [Way(_all([near, *kept.values()]), metres), Way(nowhere)]

    def near(self, where: Area, miles: float) -> str:
        """Return the condition of a box around all that is so near, of what has a point."""
        tall = miles * sphere.METRES_A_MILE / DEGREE_M
        wide = tall / max(np.cos(np.radians(min(abs(where.lat) + tall, 89))), 0.01)
        south, west, north, east = (
            float(edge)
            for edge in (where.lat - tall, where.lon - wide, where.lat + tall, where.lon + wide)
        )
        cells = vocabulary.cells((south, west, north, east))
        self._words.learn((), [*cells, vocabulary.NOWHERE])
        corners = ", ".join(map(self._value, (west, south, east, north)))
        box = f"(p.point && ST_MakeEnvelope({corners}, 4326)) IS TRUE"
        return _all([self._having(cells), box])

    def _each(self, asked: Asked, fit: Fit) -> Iterator[tuple[str, str]]:
        query = self._query
        if query.types:
            yield "types", self._having(map(vocabulary.kind, sorted(query.types)))
        if asked.wishes or asked.open_now:
            fitting = self._fitting(fit.condition)
            is_open = asked.open_now and not fit.is_need
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
        return f"p.tokens && {self._value(self._words.tokens(words))}::integer[]"

    def _fitting(self, condition: str) -> str:
        return f"p.tokens @@ {self._value(condition)}::query_int" if condition else "false"

    def _value(self, value: object) -> str:
        """Return the name by which the database is given a value."""
        name = f"value_{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"


def has_opening(least: int) -> str:
    """Return the condition that a place is open, or may be."""
    return f"NOT p.paused AND h.state >= {least}"


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(conditions) or "true"
