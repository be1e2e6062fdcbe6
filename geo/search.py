"""Search: a question -> the places and lines that answer it, in the order to show them.

Blank means unknown, and what is not known never passes a filter. Lines to call are no places:
they are listed by themselves, whatever else is asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
import pandas as pd
from babel import Locale
from numpy.typing import NDArray

from geo import hours, records, texts, travel
from geo.areas import Area
from geo.i18n import LANGUAGES, words
from geo.texts import Match, Texts
from geo.vocabulary import fold, spoken_words

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

# The main types of lines that cannot wait, first what most often ends a life; "" is a line for
# anything. Other types come after.
URGENCY = (
    "mental_health",
    "domestic_violence",
    "trafficking",
    "harm_reduction",
    "substance_use",
    "youth",
    "lgbtq",
    "",
)
NEARNESS = ("imperial", "san_joaquin", "outside", "both", "statewide", "national")
# A place somewhere in a circle is two thirds of its radius from the middle, on average.
MEAN_RADIUS = 2 / 3
LOCAL = range(NEARNESS.index("both"))
FOR_ANYTHING = "211"
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


@dataclass(frozen=True, eq=False)
class Index:
    """A catalogue made ready to be asked. Never changed, so that all sessions share one."""

    texts: Texts
    kinds: Mapping[str, Bools]  # by type: the places of it
    counties: Mapping[str, Bools]  # by county: the places that are there or serve it
    languages: Mapping[str, Bools]
    flags: Mapping[str, Bools]  # by filter: the places known to pass it
    hours: tuple[str, ...]  # the different texts
    hours_of: Ints  # by place: the number of its text
    paused: Bools
    is_line: Bools
    lines: Ints  # as they come when nothing is asked
    line_ranks: NDArray[np.int64]  # of each of `lines`: how urgent, how near
    for_anything: Bools  # of each of `lines`: whether it knows help of every kind
    main_types: tuple[str, ...]
    by_name: Ints
    name_ranks: Ints
    located: Ints  # the places whose distance may be told
    points: Floats  # of each of `located`: lat, lon
    off_m: Floats  # of each of `located`: how far it is, on average, from its point


def index(places: pd.DataFrame) -> Index:
    """Return the index of a catalogue, as `catalogue.load` gives it.

    A line without any number to call or write to is kept among the places, not lost.
    """
    reached = places["phone"].ne("") | places["text_line"].ne("")
    is_line = (places["is_line"].astype(bool) & reached).to_numpy()
    names = [" ".join(map(fold, spoken_words(name))) for name in places["name"]]
    by_name = np.array(sorted(range(len(names)), key=lambda n: (names[n], n)), dtype=np.intp)
    main = tuple(next((t for t in row if t != "hotline"), "") for row in places["types"])
    ranks = _line_ranks(main, places["county"], places["hours"])
    lines = by_name[is_line[by_name]]
    lines = lines[np.lexsort(ranks[lines].T[::-1])]
    hours_of, different = pd.factorize(places["hours"])
    points = places[["lat", "lon"]].to_numpy(float)
    may_tell = places["location_policy"].eq("public").to_numpy()
    located = np.flatnonzero(may_tell & ~np.isnan(points).any(axis=1))
    return Index(
        texts=texts.index(_texts(places)),
        kinds=_holding(places["types"]),
        counties=_holding(
            {*serves, county}
            for serves, county in zip(places["serves"], places["county"], strict=True)
        ),
        languages=_holding(places["spoken"]),
        flags={
            "free": places["fees"].eq("free").to_numpy(),
            "walk_in": places["walk_in"].eq("yes").to_numpy(),
            "no_documents": places["required_documents"].eq("none").to_numpy(),
            "wheelchair": places["wheelchair"].eq("yes").to_numpy(),
        },
        hours=tuple(different),
        hours_of=hours_of,
        paused=places["status"].eq("paused").to_numpy(),
        is_line=is_line,
        lines=lines,
        line_ranks=ranks[lines, :2],
        for_anything=places["phone"].eq(FOR_ANYTHING).to_numpy()[lines],
        main_types=main,
        by_name=by_name,
        name_ranks=np.argsort(by_name),
        located=located,
        points=points[located],
        off_m=places["radius_m"].to_numpy(float)[located] * MEAN_RADIUS,
    )


def run(index: Index, query: Query, now: datetime) -> Found:
    """Return the places and lines that answer `query`, for a reader who asks at `now`."""
    match = texts.match(index.texts, query.words)
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


def _texts(places: pd.DataFrame) -> Iterator[texts.Cells]:
    """Yield what there is to read of each place, from its name down to details."""
    tongues = [(words(language), Locale.parse(language).languages) for language in LANGUAGES]
    for row in places.itertuples():
        kinds = [say(records.TYPES[kind]) for kind in row.types for say, _ in tongues]
        details = [
            say(label)
            for label in (records.COUNTIES.get(row.county), records.FEES.get(row.fees))
            for say, _ in tongues
            if label
        ]
        spoken = [names.get(code, code) for code in row.spoken for _, names in tongues]
        described = [row.description_en, row.description_es, row.eligibility, row.eligibility_es]
        yield texts.Cells(
            name=[row.name, row.organization],
            kind=[row.city, row.zip, *kinds],
            detail=[*described, *details, *spoken],
            types=row.types,
        )


def _holding(rows: Iterable[Iterable[str]]) -> dict[str, Bools]:
    """Return for each code in `rows` which of them hold it."""
    rows = [set(row) for row in rows]
    return {code: np.array([code in row for row in rows]) for code in set().union(*rows)}


def _line_ranks(main: Iterable[str], county: Iterable[str], opening: Iterable[str]) -> Ints:
    """Return for each service, were it a line: how urgent, how near, which urgent matter.

    Urgent is what ends lives and is answered at any hour; next, the same at some hours.
    """
    ranks = [
        (
            (2 if kind not in URGENCY else 1 - (text == "24/7")),
            NEARNESS.index(place) if place in NEARNESS else len(NEARNESS),
            URGENCY.index(kind) if kind in URGENCY else len(URGENCY),
        )
        for kind, place, text in zip(main, county, opening, strict=True)
    ]
    return np.array(ranks, dtype=np.intp).reshape(-1, 3)


def _opening(index: Index, at: datetime) -> NDArray[np.int8]:
    """Return for each place whether it is open at that time; a paused one is closed."""
    states = _states(index.hours, at.replace(second=0, microsecond=0))
    opening: NDArray[np.int8] = np.where(index.paused, np.int8(CLOSED), states[index.hours_of])
    return opening


@lru_cache(maxsize=128)
def _states(different: tuple[str, ...], at: datetime) -> NDArray[np.int8]:
    """Return for each text of opening hours what it says of that minute."""
    kinds = [KINDS.index(hours.state(text, at).kind) for text in different]
    return np.array(kinds, dtype=np.int8)


def _distance(index: Index, where: Area | None) -> Floats:
    """Return how far each place is from a chosen city or ZIP code, NaN where it is not told."""
    metres = np.full(len(index.by_name), np.nan)
    if where and where.kind != "county":
        away = travel.great_circle_m((where.lat, where.lon), index.points)
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
            beyond = distance > query.within_miles * travel.METRES_A_MILE
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
        degrees[told] = travel.bearing_deg((where.lat, where.lon), index.points[rows])
    return degrees


def _beyond(index: Index, where: Area, fitting: Bools) -> Beyond | None:
    """Return the one nearest to `where` of the places `fitting`; if none can be told, by name."""
    if not fitting.any():
        return None
    rows = np.flatnonzero(fitting[index.located])
    if not len(rows):
        return Beyond(int(index.by_name[fitting[index.by_name]][0]), np.nan, np.nan)
    middle, points = (where.lat, where.lon), index.points[rows]
    metres = np.maximum(travel.great_circle_m(middle, points), index.off_m[rows])
    near = int(np.argmin(metres))
    place = int(index.located[rows[near]])
    if where.kind == "county":
        return Beyond(place, np.nan, np.nan)
    bearing = travel.bearing_deg(middle, points[near])
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
