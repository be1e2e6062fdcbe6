"""Index: the catalogue made ready to be asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from babel import Locale
from numpy.typing import NDArray

from geo.catalogue import records
from geo.i18n import LANGUAGES, words
from geo.search import word_index
from geo.search.word_index import Texts
from geo.spelling import fold, spoken_words
from geo.sphere import Floats

Bools = NDArray[np.bool_]
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
FOR_ANYTHING = "211"
REPORTS = frozenset(("abuse", "neglect", "protective"))  # in the name of a line that takes reports


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
    reached: Bools  # by a call or a text message
    lines: Ints  # as they come when nothing is asked
    line_ranks: NDArray[np.int64]  # of each of `lines`: how urgent, how near
    for_anything: Bools  # of each of `lines`: whether it knows help of every kind
    reports: Bools  # of each of `lines`: whether it takes reports of abuse
    main_types: tuple[str, ...]
    by_name: Ints
    name_ranks: Ints
    located: Ints  # the places whose distance may be told
    points: Floats  # of each of `located`: lat, lon
    off_m: Floats  # of each of `located`: how far it is, on average, from its point


def build_index(places: pd.DataFrame) -> Index:
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
    located = np.flatnonzero(places["has_point"])
    return Index(
        texts=word_index.index(texts_of(places)),
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
        reached=reached.to_numpy(),
        lines=lines,
        line_ranks=ranks[lines, :2],
        for_anything=places["phone"].eq(FOR_ANYTHING).to_numpy()[lines],
        reports=np.array([bool(REPORTS & {*names[line].split()}) for line in lines], dtype=bool),
        main_types=main,
        by_name=by_name,
        name_ranks=np.argsort(by_name),
        located=located,
        points=points[located],
        off_m=places["radius_m"].to_numpy(float)[located] * MEAN_RADIUS,
    )


def any_of(index: Index, holding: Mapping[str, Bools], codes: Iterable[str]) -> Bools:
    """Return which places hold any of `codes`, such as types or counties."""
    found = np.zeros(len(index.by_name), dtype=bool)
    for code in codes:
        if code in holding:
            found |= holding[code]
    return found


def texts_of(places: pd.DataFrame) -> Iterator[word_index.Cells]:
    """Yield what there is to read of each place, from its name down to details."""
    tongues = [(words(language), Locale.parse(language).languages) for language in LANGUAGES]
    for row in places.itertuples():
        details = [
            say(label)
            for label in (
                records.COUNTIES.get(row.county),
                records.FEES.get(row.fees),
                records.DOCUMENTS["none"] if row.required_documents == "none" else "",
            )
            for say, _ in tongues
            if label
        ]
        spoken = [names.get(code, code) for code in row.spoken for _, names in tongues]
        described = [row.description_en, row.description_es, row.eligibility, row.eligibility_es]
        yield word_index.Cells(
            name=[row.name, row.organization],
            town=[row.city, row.zip] if row.is_public else [],
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
