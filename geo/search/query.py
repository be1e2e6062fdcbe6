"""Query: a question -> the places and lines that answer it, in the order to show them.

Blank means unknown, and what is not known never passes a filter. Lines to call are no places:
they are listed by themselves, whatever else is asked. The order is told in docs/search.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geo import sphere
from geo.areas import Area
from geo.catalogue import records
from geo.hours.state import state_at
from geo.search import lines, understanding
from geo.search.index import Bools, Index, Ints, any_of
from geo.search.match import Match, match, unsaid
from geo.search.understanding import Asked
from geo.search.word_index import NO, SAYS
from geo.sphere import Floats

KINDS = ("closed", "unknown", "open")
CLOSED, UNKNOWN, OPEN = range(3)
FAR_MILES = 60  # farther than this nobody is sent


@dataclass(frozen=True)
class Query:
    """A question. As it is made, it asks for everything in both counties."""

    types: frozenset[str] = frozenset()  # any of them
    words: str = ""  # what fits more of them comes first; a place among them is a place
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
    """The nearest place that fits outside of what was asked, at most 60 miles away."""

    place: int
    distance_m: float
    bearing_deg: float


@dataclass(frozen=True, eq=False)
class Found:
    """The answer. Places and lines are positions in the catalogue, in the order to show them.

    `distance_m` and `bearing_deg` go with `places`; they are NaN unless a city or ZIP code was
    meant and the place has a public point or area. The first `say_so` places say that they do what
    is asked; the others are of the same kind, or far. The first `fitting_lines` lines are for what
    is asked. `open` counts the places known to be open, `unknown` those left out only because their
    hours are not known. If there are no places, `emptied_by` tells for each filter how many there
    would be without it, most first.
    """

    places: Ints
    distance_m: Floats
    bearing_deg: Floats
    say_so: int
    lines: Ints
    fitting_lines: int
    open: int
    unknown: int
    emptied_by: tuple[tuple[str, int], ...]
    beyond: Beyond | None
    where: Area | None  # the place that was meant, chosen or in the words
    where_said: bool  # whether it was in the words
    understood: str  # the words after correction; "" if there was nothing to correct
    left_out: tuple[str, ...]  # words that fit nothing on the list
    fitted: bool  # whether any word fits something
    unsaid: tuple[str, ...]  # needs that none of the places says it answers
    partly: bool  # no place fits all of it


def search(index: Index, query: Query, now: datetime) -> Found:
    """Return the places and lines that answer `query`, for a reader who asks at `now`."""
    opening = _opening(index, query.open_at or now)
    asked = understanding.read(index.texts, query.words, query.where)
    return answer(index, query, asked, opening)


def answer(index: Index, query: Query, asked: Asked, opening: NDArray[np.int8]) -> Found:
    """Return the places and lines that answer `query`, of whose words `asked` was understood.

    `opening` has for each place CLOSED, UNKNOWN or OPEN.
    """
    query = replace(query, where=asked.where)
    open_now = np.where(opening == OPEN, SAYS, NO) if asked.open_now else None
    wanted = match(index.texts, asked.wishes, open_now)
    distance = _distance(index, query.where)
    filters = dict(_filters(index, query, wanted, opening, distance))
    fitting = np.flatnonzero(_all_but(index, filters))
    places, say_so = _in_order(index, query.where, wanted, distance, fitting)
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
    called, fitting_lines = lines.called(index, query.where, query.types, wanted)
    return Found(
        places=places,
        distance_m=distance[places],
        bearing_deg=_bearing(index, query.where, distance, places),
        say_so=say_so,
        lines=called,
        fitting_lines=fitting_lines,
        open=int((opening[places] == OPEN).sum()),
        unknown=unknown,
        emptied_by=emptied_by,
        beyond=beyond,
        where=asked.where,
        where_said=asked.where_said,
        understood=asked.understood,
        left_out=wanted.left_out if wanted else (),
        fitted=bool(wanted and wanted.fits),
        unsaid=unsaid(wanted, places) if wanted and len(places) else (),
        partly=bool(wanted and len(places) and wanted.off_miles[places].min() > 0),
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
    index: Index, query: Query, wanted: Match | None, opening: NDArray[np.int8], distance: Floats
) -> Iterator[tuple[str, Bools]]:
    """Yield each filter that is in use, with the places that pass it."""
    if query.types:
        yield "types", any_of(index, index.kinds, query.types)
    if wanted:
        yield "words", wanted.shown
    if query.where:
        yield "where", any_of(index, index.counties, [query.where.county])
        if query.within_miles is not None and query.where.kind != "county":
            beyond = distance > query.within_miles * sphere.METRES_A_MILE
            yield "within_miles", ~beyond
    if query.open_at:
        yield "open_at", (opening >= UNKNOWN) if query.with_unknown else (opening == OPEN)
    if query.languages:
        spoken = [*query.languages, records.INTERPRETER]
        yield "languages", any_of(index, index.languages, spoken)
    for name, passing in index.flags.items():
        if getattr(query, name):
            yield name, passing


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
    index: Index, where: Area | None, wanted: Match | None, distance: Floats, places: Ints
) -> tuple[Ints, int]:
    """Return `places` in order, and how many of them say that they do what is asked.

    Nearest first; without a town or ZIP code by name. With words, those that say it come before
    the others and before those too far to go to; in both parts fit and distance make one order: a
    place comes as if it were farther by the miles it is put back. One that nobody can call is put
    back by a mile. Without a distance what fits best comes first.
    """
    names, far = index.name_ranks[places], distance[places]
    if wanted is None:
        return places[np.lexsort((names, far))], len(places)  # NaN come last
    off = wanted.off_miles[places] + (~index.reached[places]).astype(np.int16)
    second = ~wanted.says[places] | (far > FAR_MILES * sphere.METRES_A_MILE)
    metres = far + off * sphere.METRES_A_MILE
    order = np.lexsort((names, ~index.reached[places], -wanted.score[places], off, metres, second))
    if where is None or where.kind == "county":
        off = wanted.off_miles[places]
        order = np.lexsort((names, ~index.reached[places], -wanted.score[places], off, second))
    return places[order], int((~second).sum())


def _bearing(index: Index, where: Area | None, distance: Floats, places: Ints) -> Floats:
    """Return in which direction each of `places` is, NaN where the distance is."""
    degrees = np.full(len(places), np.nan)
    told = ~np.isnan(distance[places])
    if where and told.any():
        rows = np.searchsorted(index.located, places[told])
        degrees[told] = sphere.bearing_deg((where.lat, where.lon), index.points[rows])
    return degrees


def _beyond(index: Index, where: Area, fitting: Bools) -> Beyond | None:
    """Return the one nearest to `where` of the places `fitting`, those of its county first.

    None if a whole county is meant, or if all are too far to go to.
    """
    if where.kind == "county":
        return None
    rows = np.flatnonzero(fitting[index.located])
    middle, points = (where.lat, where.lon), index.points[rows]
    metres = np.maximum(sphere.great_circle_m(middle, points), index.off_m[rows])
    near = np.flatnonzero(metres <= FAR_MILES * sphere.METRES_A_MILE)
    if not len(near):
        return None
    home = any_of(index, index.counties, [where.county])[index.located[rows[near]]]
    best = int(near[np.lexsort((metres[near], ~home))[0]])
    bearing = sphere.bearing_deg(middle, points[best])
    return Beyond(int(index.located[rows[best]]), float(metres[best]), float(bearing[0]))
