"""Word index: which places fit the words that someone types, and how well.

Every word must fit. A word fits a place whose text has it or, from four letters on, has a word
that begins with it; an everyday word or phrase (see `vocabulary`) fits also the places of the
types it asks for. A word that fits nothing is taken for the nearest known one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.search import everyday_words
from geo.search.everyday_words import MODEST_WORDS, SPELLED, STOP_WORDS, Phrase, fold, spoken_words

# What a word weighs that is in the name, in the type or town, in the details, or that asks for the
# type in everyday speech. The first outweighs all the others together.
NAME, KIND, DETAIL, MEANT = 6, 2, 1, 2
MOST_WORDS = 16  # those after it are not read
MOST_LETTERS = 30  # a longer word is not corrected
PREFIX_LETTERS = 4  # a shorter word fits whole words only
LONG_LETTERS = 8  # a shorter word has one mistake at most: "kicking" is not "killing"

Levels = NDArray[np.int8]


@dataclass(frozen=True)
class Cells:
    """What there is to read of one place, by weight."""

    name: Sequence[str] = ()
    kind: Sequence[str] = ()  # what and in which town it is
    detail: Sequence[str] = ()
    types: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Texts:
    """The words of all places. Never changed once made, so many threads may read it.

    `words` are sorted; word i is in `places[starts[i]:starts[i + 1]]`, as well as `levels` says.
    A type is kept as a word too, with a mark that no typed word has: "=food".
    """

    size: int
    words: tuple[str, ...]
    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    levels: Levels
    spelled: Mapping[str, str]  # each word with its accents
    candidates: tuple[str, ...]  # for a mistyped word, first the likelier


@dataclass(frozen=True, eq=False)
class Match:
    """What the words fit: `score` is 0 for a place they do not fit, higher the better.

    `types` are those that the words ask for; `understood` are the words after correction, ""
    if there was nothing to correct. `score` is None if no word counts: then all places fit.
    """

    score: NDArray[np.int16] | None
    types: frozenset[str]
    understood: str


def index(places: Iterable[Cells]) -> Texts:
    """Return the words of `places`.

    >>> places = [Cells(["Hope House"], [], ["Beds"], ["shelter"]), Cells(["House of Law"])]
    >>> texts = index(places)
    >>> match(texts, "hosue").score.tolist(), match(texts, "a place to sleep").score.tolist()
    ([6, 6], [2, 0])
    """
    rows: dict[str, dict[int, int]] = {}
    spelled: dict[str, str] = {}
    learnt: dict[str, tuple[str, ...]] = {}
    size = 0
    for number, cells in enumerate(places):
        size += 1
        for kind in cells.types:
            rows.setdefault(f"={kind}", {})[number] = MEANT
        for level, group in ((NAME, cells.name), (KIND, cells.kind), (DETAIL, cells.detail)):
            for cell in group:
                if cell not in learnt:
                    learnt[cell] = _learn(cell, spelled)
            for word in dict.fromkeys(word for cell in group for word in learnt[cell]):
                found = rows.setdefault(word, {})
                found[number] = found.get(number, 0) + level
    words = tuple(sorted(rows))
    often = sorted(rows, key=lambda word: -len(rows[word]))
    return Texts(
        size,
        words,
        np.cumsum([0, *(len(rows[word]) for word in words)]),
        np.array([place for word in words for place in rows[word]], dtype=np.int32),
        np.array([level for word in words for level in rows[word].values()], dtype=np.int8),
        {**spelled, **SPELLED},
        tuple(
            word for word in dict.fromkeys((*SPELLED, *often, *STOP_WORDS)) if _correctable(word)
        ),
    )


def match(texts: Texts, typed: str) -> Match:
    """Return which places fit the words `typed`, and how well."""
    spoken = spoken_words(typed[:1000])[:MOST_WORDS]
    folded = [fold(word) for word in spoken]
    meant = [_corrected(texts, word) for word in folded]
    understood = ""
    if meant != folded:
        pairs = zip(spoken, folded, meant, strict=True)
        understood = " ".join(
            word if right == plain else texts.spelled.get(right, right)
            for word, plain, right in pairs
        )
    asked = list(_asked([word for word in meant if word not in STOP_WORDS]))
    if not asked:
        return Match(None, frozenset(), understood)
    levels = [_fitting(texts, phrase) for phrase in asked]
    fits = np.logical_and.reduce([level > 0 for level in levels])
    score = np.where(fits, np.sum(levels, axis=0, dtype=np.int16), np.int16(0))
    types = frozenset().union(*map(everyday_words.types_meant, asked))
    return Match(score, types, understood)


def _learn(cell: str, spelled: dict[str, str]) -> tuple[str, ...]:
    """Return the folded words of a cell; note in `spelled` how they are written."""
    pairs = [(fold(word), word) for word in spoken_words(cell)]
    for plain, word in pairs:
        spelled.setdefault(plain, word)
    return tuple(dict.fromkeys(plain for plain, _ in pairs))


def _asked(words: Sequence[str]) -> Iterator[Phrase]:
    """Yield the longest everyday phrases in `words`, and each other word by itself."""
    loud = any(word not in MODEST_WORDS for word in words)
    first = 0
    while first < len(words):
        for length in range(min(everyday_words.LONGEST, len(words) - first), 0, -1):
            phrase = tuple(words[first : first + length])
            if length == 1 or everyday_words.is_known(phrase):
                break
        if length > 1 or not loud or phrase[0] not in MODEST_WORDS:
            yield phrase
        first += length


def _fitting(texts: Texts, phrase: Phrase) -> Levels:
    """Return how well a phrase fits each place: by its text, or the like of it, and its types."""
    ways = [[_spans(texts, word) for word in phrase]]
    for other in everyday_words.same_as(phrase):
        ways.append([_whole(texts, everyday_words.forms(word)) for word in other])
    in_text = [np.minimum.reduce([_level(texts, spans) for spans in way]) for way in ways]
    by_type = _level(
        texts, _whole(texts, [f"={kind}" for kind in everyday_words.types_meant(phrase)])
    )
    fitting: Levels = np.maximum.reduce(in_text) + by_type
    return fitting


def _level(texts: Texts, spans: Iterable[tuple[int, int]]) -> Levels:
    """Return for each place the best level of the words in `spans`."""
    level = np.zeros(texts.size, dtype=np.int8)
    for first, end in spans:
        rows = slice(texts.starts[first], texts.starts[end])
        np.maximum.at(level, texts.places[rows], texts.levels[rows])
    return level


def _spans(texts: Texts, word: str) -> list[tuple[int, int]]:
    """Return where in `texts.words` the words are that a typed one fits."""
    whole = _whole(texts, everyday_words.forms(word))
    if len(word) < PREFIX_LETTERS:
        return whole
    first = bisect_left(texts.words, word)
    end = bisect_left(texts.words, word + "\U0010ffff")
    return whole + [(first, end)] * (first < end)


def _whole(texts: Texts, forms: Iterable[str]) -> list[tuple[int, int]]:
    spans = []
    for form in forms:
        place = bisect_left(texts.words, form)
        if place < len(texts.words) and texts.words[place] == form:
            spans.append((place, place + 1))
    return spans


def _corrected(texts: Texts, word: str) -> str:
    """Return the known word nearest to `word`: itself if it fits, or if there is none."""
    known = word in STOP_WORDS or word in MODEST_WORDS or word in SPELLED
    if known or not _correctable(word) or _spans(texts, word) or everyday_words.is_known((word,)):
        return word
    mistakes = 1 if len(word) < LONG_LETTERS else 2
    near = process.extract(
        word, texts.candidates, scorer=OSA.distance, score_cutoff=mistakes, limit=10
    )
    # Few mistakes first; people seldom mistype the first letter.
    best = min(near, key=lambda hit: (hit[1], hit[0][0] != word[0], hit[2]), default=None)
    return best[0] if best else word


def _correctable(word: str) -> bool:
    return PREFIX_LETTERS <= len(word) <= MOST_LETTERS and word.isalpha()
