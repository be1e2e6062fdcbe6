"""Columns: the search index as plain lists, for a browser that answers by itself.

Four files, made of an `Index` and of the tables of words: `places` is what a first answer needs,
`words` what is read of the places, `tables` everyday speech, names of areas and mistakes; and
`openings` what hours say of some weeks. A list of rising numbers is kept as gaps and one of sorted
words as what each does not share with the one before: so they pack well. No text of a place whose
words may not be told is in them: they hold the words of the index and no more.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise, takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo import areas, ordinary_words
from geo.addresses import area_names
from geo.hours import intervals
from geo.search import everyday_words, understanding
from geo.search.everyday_words import STOP_WORDS
from geo.search.index import Bools, Index
from geo.search.lines import LOCAL
from geo.search.word_index import Texts, is_known
from geo.spelling import most_mistakes, nearest

FIRST_SIGN = ord("#")
BATCH = 500  # ordinary words that are compared at once: all of them would take a gigabyte


def places(index: Index) -> bytes:
    """Return as JSON what is known of the places but their words.

    Numbers of places count from 0, in the order of the catalogue. `points` has lat and lon in
    degrees of each of `located`, `off_m` how far from it a place is on average, in metres.
    """
    told = {
        "size": len(index.by_name),
        "kinds": _held(index.kinds),
        "counties": _held(index.counties),
        "languages": _held(index.languages),
        "flags": _held(index.flags),
        "hours_of": index.hours_of.tolist(),
        "paused": _gaps(np.flatnonzero(index.paused)),
        "is_line": _gaps(np.flatnonzero(index.is_line)),
        "reached": _gaps(np.flatnonzero(index.reached)),
        "name_ranks": index.name_ranks.tolist(),
        "located": _gaps(index.located),
        "points": index.points.tolist(),
        "off_m": index.off_m.tolist(),
        "lines": index.lines.tolist(),
        "line_ranks": index.line_ranks.tolist(),
        "for_anything": _gaps(np.flatnonzero(index.for_anything)),
        "reports": _gaps(np.flatnonzero(index.reports)),
        "line_types": [index.main_types[line] for line in index.lines],
        "local": [LOCAL.start, LOCAL.stop],
        "areas": {area.key: _area(area) for area in areas.load().values()},
    }
    return _written(told)


def words(index: Index) -> bytes:
    """Return as JSON which words are read of which places, and what each weighs there, a digit."""
    texts = index.texts
    rows = [
        (word, texts.places[first:end], texts.levels[first:end])
        for word, first, end in zip(texts.words, texts.starts, texts.starts[1:], strict=False)
        if not word.startswith("=")
    ]
    spelled = {
        plain: word
        for plain, word in texts.spelled.items()
        if plain != word and everyday_words.SPELLED.get(plain) != word
    }
    return _written(
        {
            "words": _begun([word for word, *_ in rows]),
            "counts": [len(found) for _, found, _ in rows],
            "places": _signs(gap for _, found, _ in rows for gap in _gaps(found)),
            "levels": "".join(str(level) for *_, levels in rows for level in levels),
            "spelled": spelled,
        }
    )


def tables(index: Index) -> bytes:
    """Return as JSON the tables of words that are the same for every question.

    `right` are the ordinary words that a mistake must not be looked for in, though another word is
    near; of the others it makes no difference whether they are known.
    """
    return _written(
        {
            **everyday_words.blocks(),
            "open_now": [" ".join(phrase) for phrase in sorted(understanding.OPEN_NOW)],
            "names": [[" ".join(name), key] for name, key in area_names.names().items()],
            **area_names.blocks(),
            "right": _begun(_right(index.texts)),
        }
    )


def openings(index: Index, first: date, days: int) -> bytes:
    """Return as JSON what each text of hours says of so many days, as `intervals` has it.

    `first` and `end` are the minutes since 1970, in UTC, between which that holds.
    """
    starts = [
        intervals.of("24/7", day, 1).starts[0] for day in (first, first + timedelta(days=days))
    ]
    told = [intervals.of(text, first, days) for text in index.hours]
    texts = [[_gaps(one.starts), one.says, one.after] for one in told]
    return _written({"first": starts[0], "end": starts[1], "texts": texts})


def _right(texts: Texts) -> list[str]:
    """Return the ordinary words that would be taken for others if they were not known."""
    found: list[str] = []
    little = np.array([word in STOP_WORDS for word in texts.candidates])
    unknown: dict[int, list[str]] = {1: [], 2: []}
    for word in sorted(ordinary_words.load()):
        if most_mistakes(word) and not is_known(texts, word):
            unknown[most_mistakes(word)].append(word)
    for most, ordinary in unknown.items():
        for first in range(0, len(ordinary), BATCH):
            batch = ordinary[first : first + BATCH]
            far = process.cdist(
                batch, texts.candidates, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8
            )
            for word, near in zip(batch, far <= most, strict=True):
                is_little = near[little].any() and nearest(word, texts.candidates) in STOP_WORDS
                if near.any() and not is_little:
                    found.append(word)
    return sorted(found)


def _area(area: areas.Area) -> list[Any]:
    return [area.kind, area.name, area.county, area.lat, area.lon]


def _held(holding: Mapping[str, Bools]) -> dict[str, list[int]]:
    return {code: _gaps(np.flatnonzero(held)) for code, held in sorted(holding.items())}


def _gaps(rising: Sequence[int] | NDArray[np.integer[Any]]) -> list[int]:
    """Return the first of some rising numbers, then how much greater each is than the one before.

    >>> _gaps([3, 4, 9])
    [3, 1, 5]
    """
    return [int(gap) for gap in np.diff(rising, prepend=0)]


def _signs(numbers: Iterable[int]) -> str:
    """Return small numbers as letters, the first of which is FIRST_SIGN.

    >>> _signs([0, 1, 64])
    '#$c'
    """
    return "".join(chr(FIRST_SIGN + number) for number in numbers)


def _begun(words: Sequence[str]) -> tuple[str, str]:
    """Return how many letters each word shares with the one before, and the rest of each.

    >>> _begun(["cama", "camas", "casa"])
    ("#'%", 'cama s sa')
    """
    shared = [_shared(one, other) for one, other in pairwise(["", *words])]
    rests = [word[count:] for count, word in zip(shared, words, strict=True)]
    return _signs(shared), " ".join(rests)


def _shared(one: str, other: str) -> int:
    """Return with how many of the same letters two words begin."""
    letters = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))


def _written(told: Mapping[str, Any] | Iterable[Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
