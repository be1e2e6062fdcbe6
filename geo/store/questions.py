"""Questions: a `Query` answered from the store: the same places in the same order as from files.

The database picks the places that can be in the answer, by its indexes; `search.query` puts them in
order, as it does with all places of a file. So nothing is ranked by rules of its own here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from psycopg import Connection

from geo.areas import Area
from geo.search.query import FAR_MILES, OPEN, Beyond, Found, Query, answer
from geo.search.understanding import Asked
from geo.sphere import METRES_A_MILE
from geo.store import candidates, connection, editions, known_words, opening, vocabulary
from geo.store.conditions import WITHIN, Conditions, Way, has_opening
from geo.store.edition_lines import Lines, lines
from geo.store.known_words import KnownWords
from geo.store.small_index import SmallIndex, small_index
from geo.store.wishes import Fit, fit

FEW = 500  # places are looked through whole for the nearest; of more only those around
WIDER = 2  # how many times as far the next look around goes


def ask(url: str, query: Query, now: datetime) -> Found:
    """Return the answer to `query`; its places and lines are numbers of the edition that is up.

    Raises
    ------
    StoreError : the store cannot be reached, has no edition, or did not answer in time
    """
    with connection.reading(url) as found:
        return answered(found, url, query, now)


def answered(found: Connection, url: str, query: Query, now: datetime) -> Found:
    """Return the answer to `query` by a connection to the store at `url`."""
    up = editions.state(found)
    words, asked = known_words.understood(found, query)
    query = replace(query, where=asked.where)
    fits = fit(found, words, asked)
    conditions = Conditions(words, asked, fits, query)
    hours, minute = opening.table(found, up, query.open_at or now)
    conditions.values.update(minute)
    asking = _Asking(
        found, query, words, asked, fits, conditions, hours, lines(found, url, up.number)
    )
    own, answer_ = asking.answer(conditions.passing(with_unknown=True), all_pass=True)
    beyond = None
    if conditions.names and not len(answer_.places):
        emptied_by, beyond = asking.emptied()
        answer_ = replace(answer_, emptied_by=emptied_by)
    return replace(
        answer_,
        places=own.numbers[answer_.places],
        lines=own.numbers[answer_.lines],
        beyond=beyond,
    )


@dataclass(frozen=True, eq=False)
class _Asking:
    """A question under way."""

    found: Connection
    query: Query
    words: KnownWords
    asked: Asked
    fit: Fit
    conditions: Conditions
    hours: str
    lines: Lines

    def answer(self, ways: Iterable[Way], all_pass: bool) -> tuple[SmallIndex, Found]:
        """Return the answer among the places that pass in one of some ways."""
        asked_for = [word for word in self.words.by_text if not vocabulary.is_of_filters(word)]
        if not all_pass:
            asked_for += known_words.marks(self.query)
        held = sorted({*self.words.tokens(asked_for)})
        told = candidates.fetch(self.found, self.hours, ways, self.conditions.values, held)
        own = small_index(
            self.words,
            self.query,
            told,
            self.lines,
            self.fit.witnesses,
            any_open=self.asked.open_now and self._is_any_open(),
            all_pass=all_pass,
        )
        return own, answer(own.index, self.query, self.asked, own.opening)

    def emptied(self) -> tuple[tuple[tuple[str, int], ...], Beyond | None]:
        """Return how many there would be without each filter, and the nearest beyond."""
        names, where, miles = self.conditions.names, self.query.where, self.query.within_miles
        looked = [name for name in names if name != WITHIN]
        counted, homes = candidates.count(
            self.found,
            self.hours,
            [self.conditions.passing(name) for name in looked],
            self.conditions.values,
            where,
            np.inf if miles is None else miles * METRES_A_MILE,
        )
        counts = dict(zip(looked, counted, strict=True))
        if WITHIN in names:
            counts[WITHIN] = homes[looked.index("where")]
        counts = {name: counts[name] for name in names}
        emptied_by = tuple(sorted(counts.items(), key=lambda count: -count[1]))
        beyond = where and counts["where"] and self._beyond(where, counts["where"])
        return emptied_by, beyond or None

    def _beyond(self, where: Area, count: int) -> Beyond | None:
        """Return the nearest place that fits but for where it is, if it is not too far.

        What has been seen within a ring around is nearer than all outside of it.
        """
        if where.kind == "county":
            return None
        ways, miles = self.conditions.passing("where"), float(FAR_MILES)
        if count > FEW:
            miles = max(self.query.within_miles or 0.0, 1.0)
        while True:
            around = ways
            if count > FEW:
                ring = self.conditions.near(where, miles)
                around = [Way(f"{ring} AND {way.condition}") for way in ways]
            own, answer_ = self.answer(around, all_pass=False)
            beyond = answer_.beyond
            is_home = beyond and own.index.counties[where.county][beyond.place]
            is_seen = beyond and beyond.distance_m <= miles * METRES_A_MILE
            if miles >= FAR_MILES or (is_home and is_seen):
                return beyond and replace(beyond, place=int(own.numbers[beyond.place]))
            miles = min(miles * WIDER, FAR_MILES)

    def _is_any_open(self) -> bool:
        query = f"""SELECT EXISTS (
          SELECT FROM map.places p JOIN {self.hours} h ON h.number = p.hours
          WHERE {has_opening(OPEN)})"""
        row = self.found.execute(query.encode(), self.conditions.values).fetchone()
        return bool(row and row[0])
