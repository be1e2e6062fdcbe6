"""Query: a question -> the places and lines that answer it, in the order to show them.

Blank means unknown, and what is not known never passes a filter. Lines to call are no places:
they are listed by themselves, whatever else is asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geo import sphere
from geo.areas import Area
from geo.catalogue import records
from geo.hours.state import state_at
from geo.search import word_index
from geo.search.index import NEARNESS, Bools, Index, Ints
from geo.search.word_index import Match
from geo.sphere import Floats

LOCAL = range(NEARNESS.index("both"))
KINDS = ("closed", "unknown", "open")
CLOSED, UNKNOWN, OPEN = range(3)


@dataclass(frozen=True)
class Query:
    """A question. As it is made, it asks for everything in both counties."""

    types: frozenset[str] = frozenset()  # any of them
    words: str = ""  # every one of them
    where: Area | None = None
    within_miles: float | None = None  # of a city or ZIP code; with a county it says nothing
    open_at: datetime | None = None
    with_unknown: bool = False  # with `open_at`: also places whose hours are not known
    languages: frozenset[str] = frozenset()  # any of them; an interpreter is all of them
    free: bool = False
    walk_in: bool = False
    no_documents: bool = False
    wheelchair: bool = False


@dataclass(frozen=True)
class Beyond:
    """The nearest place that fits if it may be anywhere; NaN where no distance may be told."""

    place: int
    distance_m: float
    bearing_deg: float


@dataclass(frozen=True, eq=False)
class Found:
    """The answer. Places and lines are positions in the catalogue, in the order to show them.

    `distance_m` and `bearing_deg` go with `places`; they are NaN unless a city or ZIP code was
    chosen and the place has a public point or area. `open` counts the places known to be open,
    `unknown` those left out only because their hours are not known. If there are no places,
    `emptied_by` tells for each filter how many there would be without it, most first.
    """

    places: Ints
    distance_m: Floats
    bearing_deg: Floats
    lines: Ints
    open: int
    unknown: int
    emptied_by: tuple[tuple[str, int], ...]
    beyond: Beyond | None
    understood: str  # the words after correction; "" if there was nothing to correct


def search(index: Index, query: Query, now: datetime) -> Found:
    """Return the places and lines that answer `query`, for a reader who asks at `now`."""
    match = word_index.match(index.texts, query.words)
    opening = _opening(index, query.open_at or now)
    distance = _distance(index, query.where)
    filters = dict(_filters(index, query, match, opening, distance))
    kept = _all_but(index, filters)
    places = _in_order(index, query.where, match, distance, np.flatnonzero(kept))
    emptied_by: tuple[tuple[str, int], ...] = ()
    beyond = None
    if not len(places):
        without = {name: _all_but(index, filters, *_tied(name)) for name in filters}
        counts = [(name, int(kept.sum())) for name, kept in without.items()]
        emptied_by = tuple(sorted(counts, key=lambda count: -count[1]))
        beyond = _beyond(index, query.where, without["where"]) if query.where else None
    unknown = 0
    if query.open_at and not query.with_unknown:
        unknown = int((_all_but(index, filters, "open_at") & (opening == UNKNOWN)).sum())
    return Found(
        places=places,
        distance_m=distance[places],
        bearing_deg=_bearing(index, query.where, distance, places),
        lines=_lines(index, query, match),
        open=int((opening[places] == OPEN).sum()),
        unknown=unknown,
        emptied_by=emptied_by,
        beyond=beyond,
        understood=match.understood,
    )


def _opening(index: Index, at: datetime) -> NDArray[np.int8]:
    """Return for each place whether it is open at that time; a paused one is closed."""
    states = _states(index.hours, at.replace(second=0, microsecond=0))
    opening: NDArray[np.int8] = np.where(index.paused, np.int8(CLOSED), states[index.hours_of])
    return opening


@lru_cache(maxsize=128)
def _states(different: tuple[str, ...], at: datetime) -> NDArray[np.int8]:
    """Return for each text of opening hours what it says of that minute."""
    kinds = [KINDS.index(state_at(text, at).kind) for text in different]
    return np.array(kinds, dtype=np.int8)


def _distance(index: Index, where: Area | None) -> Floats:
    """Return how far each place is from a chosen city or ZIP code, NaN where it is not told."""
    metres = np.full(len(index.by_name), np.nan)
    if where and where.kind != "county":
        away = sphere.great_circle_m((where.lat, where.lon), index.points)
        metres[index.located] = np.maximum(away, index.off_m)
    return metres


def _filters(
    index: Index, query: Query, match: Match, opening: NDArray[np.int8], distance: Floats
) -> Iterator[tuple[str, Bools]]:
    """Yield each filter that is in use, with the places that pass it."""
    if query.types:
        yield "types", _any_of(index, index.kinds, query.types)
    if match.score is not None:
        yield "words", match.score > 0
    if query.where:
        yield "where", _any_of(index, index.counties, [query.where.county])
        if query.within_miles is not None and query.where.kind != "county":
            beyond = distance > query.within_miles * sphere.METRES_A_MILE
            yield "within_miles", ~beyond
    if query.open_at:
        yield "open_at", (opening >= UNKNOWN) if query.with_unknown else (opening == OPEN)
    if query.languages:
        spoken = [*query.languages, records.INTERPRETER]
        yield "languages", _any_of(index, index.languages, spoken)
    for name, passing in index.flags.items():
        if getattr(query, name):
            yield name, passing


def _any_of(index: Index, holding: Mapping[str, Bools], codes: Iterable[str]) -> Bools:
    """Return which places hold any of `codes`."""
    found = np.zeros(len(index.by_name), dtype=bool)
    for code in codes:
        if code in holding:
            found |= holding[code]
    return found


def _all_but(index: Index, filters: Mapping[str, Bools], *left_out: str) -> Bools:
    """Return the places that pass all filters but those left out."""
    kept = ~index.is_line
    for name, passing in filters.items():
        if name not in left_out:
            kept &= passing
    return kept


def _tied(name: str) -> tuple[str, ...]:
    """Return the filters that go when `name` goes: without a town there are no miles from it."""
    return ("where", "within_miles") if name == "where" else (name,)


def _in_order(
    index: Index, where: Area | None, match: Match, distance: Floats, places: Ints
) -> Ints:
    """Return `places` nearest first; without a city or ZIP code best first, then by name."""
    names = index.name_ranks[places]
    if where and where.kind != "county":
        return places[np.lexsort((names, distance[places]))]  # NaN come last
    if match.score is not None:
        return places[np.lexsort((names, -match.score[places]))]
    return places[np.argsort(names)]


def _bearing(index: Index, where: Area | None, distance: Floats, places: Ints) -> Floats:
    """Return in which direction each of `places` is, NaN where the distance is."""
    degrees = np.full(len(places), np.nan)
    told = ~np.isnan(distance[places])
    if where and told.any():
        rows = np.searchsorted(index.located, places[told])
        degrees[told] = sphere.bearing_deg((where.lat, where.lon), index.points[rows])
    return degrees


def _beyond(index: Index, where: Area, fitting: Bools) -> Beyond | None:
    """Return the one nearest to `where` of the places `fitting`; if none can be told, by name."""
    if not fitting.any():
        return None
    rows = np.flatnonzero(fitting[index.located])
    if not len(rows):
        return Beyond(int(index.by_name[fitting[index.by_name]][0]), np.nan, np.nan)
    middle, points = (where.lat, where.lon), index.points[rows]
    metres = np.maximum(sphere.great_circle_m(middle, points), index.off_m[rows])
    near = int(np.argmin(metres))
    place = int(index.located[rows[near]])
    if where.kind == "county":
        return Beyond(place, np.nan, np.nan)
    bearing = sphere.bearing_deg(middle, points[near])
    return Beyond(place, float(metres[near]), float(bearing[0]))


def _lines(index: Index, query: Query, match: Match) -> Ints:
    """Return the lines for a county and types, urgent first, then local; never filtered further.

    With nothing narrower to go by, the line that knows help of every kind comes first. Without a
    county those of a single one come last: they may not be the reader's. If no line is
    for the types, a line for something else may still know: then all are given.
    """
    narrow = bool(match.types)
    serving = np.ones(len(index.lines), dtype=bool)
    if query.where:
        serving = _any_of(index, index.counties, [query.where.county])[index.lines]
    if query.types:
        fitting = serving & _any_of(index, index.kinds, query.types)[index.lines]
        narrow = narrow or bool(fitting.any())
        serving = fitting if fitting.any() else serving
    lines, ranks = index.lines[serving], index.line_ranks[serving]
    meant = query.types | match.types
    off_words = np.where(_any_of(index, index.kinds, match.types)[lines], 1, 2)
    if match.score is not None:
        off_words[match.score[lines] > 0] = 0
    off_main = np.array([index.main_types[line] not in meant for line in lines], dtype=bool)
    general = index.for_anything[serving] & (not narrow)
    elsewhere = np.array([query.where is None and place in LOCAL for place in ranks[:, 1]], bool)
    return lines[np.lexsort((off_main, ranks[:, 1], ranks[:, 0], elsewhere, off_words, ~general))]
