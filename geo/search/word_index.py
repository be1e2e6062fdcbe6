"""Word index: which places fit a wish, and how well.

A word fits a place whose text has it; an unfinished one, from four letters on, a text with a word
that begins with it. An everyday word or phrase fits also the places of the types it asks for.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from geo.addresses import area_names
from geo.search import everyday_words
from geo.search.everyday_words import MODEST_WORDS, NEXT_TO, SPELLED, STOP_WORDS, Phrase
from geo.spelling import LEAST_LETTERS, fold, most_mistakes, spoken_words

# What a word weighs that is in the name, in the town, in the details, or that asks for the type in
# everyday speech. The first outweighs all the others together.
NAME, TOWN, DETAIL, MEANT = 6, 2, 1, 2
CELLS_KEPT = 100_000  # whose words are known without reading them again
PREFIX_LETTERS = LEAST_LETTERS  # a shorter word fits whole words only
# How well a place fits: it says it does this; it is of the kind that may; neither.
NO, SAME_KIND, SAYS = range(3)

Levels = NDArray[np.int8]
Span = tuple[int, int]  # of `Texts.words`: from here on, up to but without


@dataclass(frozen=True)
class Cells:
    """What there is to read of one place, by weight."""

    name: Sequence[str] = ()
    town: Sequence[str] = ()
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


class Reader:
    """Reads the cells of one place after the other; `spelled` has each word with its accents."""

    def __init__(self) -> None:
        self.spelled: dict[str, str] = {}
        self._learnt: LRUCache[str, tuple[str, ...]] = LRUCache(CELLS_KEPT)

    def weights(self, cells: Cells) -> dict[str, int]:
        """Return what each word of a place weighs there.

        >>> Reader().weights(Cells(["Hope House"], ["Hope"], [], ["food"]))
        {'=food': 2, 'hope': 8, 'house': 6}
        """
        found = {f"={kind}": MEANT for kind in cells.types}
        for level, group in ((NAME, cells.name), (TOWN, cells.town), (DETAIL, cells.detail)):
            for word in dict.fromkeys(word for cell in group for word in self._words(cell)):
                found[word] = found.get(word, 0) + level
        return found

    def _words(self, cell: str) -> tuple[str, ...]:
        """Return the folded words of a cell; note how they are written."""
        known = self._learnt.get(cell)
        if known is None:
            pairs = [(fold(word), word) for word in spoken_words(cell)]
            for plain, word in pairs:
                self.spelled.setdefault(plain, word)
            known = self._learnt[cell] = tuple(dict.fromkeys(plain for plain, _ in pairs))
        return known


def index(places: Iterable[Cells]) -> Texts:
    """Return the words of `places`.

    >>> places = [Cells(["Hope House"], [], ["Beds"], ["shelter"]), Cells(["House of Law"])]
    >>> texts = index(places)
    >>> [levels.tolist() for levels in fitting(texts, ("beds",), ["shelter"])]
    [[2, 0], [1, 0], [3, 0]]
    """
    rows: dict[str, dict[int, int]] = {}
    reader = Reader()
    size = 0
    for number, cells in enumerate(places):
        size += 1
        for word, level in reader.weights(cells).items():
            rows.setdefault(word, {})[number] = level
    words = tuple(sorted(rows))
    likely = [word for word, row in rows.items() if is_likely(len(row), max(row.values()))]
    often = sorted(likely, key=lambda word: (-len(rows[word]), word))
    return Texts(
        size,
        words,
        np.cumsum([0, *(len(rows[word]) for word in words)]),
        np.array([place for word in words for place in rows[word]], dtype=np.int32),
        np.array([level for word in words for level in rows[word].values()], dtype=np.int8),
        {**reader.spelled, **SPELLED},
        candidates(often),
    )


def is_likely(places: int, level: int) -> bool:
    """Return whether a mistyped word may mean one that so many places have, at most so weighty."""
    return places > 1 or level >= NAME


def candidates(often: Iterable[str]) -> tuple[str, ...]:
    """Return what a mistyped word may mean, first the likelier; `often` are the places' words."""
    towns = sorted(area_names.words() - area_names.ELSEWHERE)
    likely = dict.fromkeys((*SPELLED, *towns, *often, *sorted(STOP_WORDS)))
    return tuple(word for word in likely if most_mistakes(word))


def fitting(
    texts: Texts, phrase: Phrase, types: Iterable[str] = (), general: bool = False
) -> tuple[Levels, Levels, Levels]:
    """Return for each place how a phrase fits it, what its text weighs, and text and type together.

    It fits as NO, SAME_KIND or SAYS. A place says it by its text, or the like of it. Who asks for a
    type as such (`general`) is answered by each place of it, and not by one that only mentions it.
    """
    in_text = np.maximum.reduce(
        [np.minimum.reduce([_level(texts, spans) for spans in way]) for way in ways(texts, phrase)]
        or [np.zeros(texts.size, dtype=np.int8)]
    )
    by_type = _of_types(texts, types)
    near = _of_types(texts, {kind for asked in types for kind in NEXT_TO.get(asked, ())})
    says = (in_text > DETAIL) | (by_type > 0) if general else in_text > 0
    may = (in_text > 0) | (by_type > 0) | (near > 0)
    fits = np.where(says, SAYS, np.where(may, SAME_KIND, NO)).astype(np.int8)
    return fits, in_text, in_text + by_type


def ways(texts: Texts, phrase: Phrase) -> list[list[list[Span]]]:
    """Return how a text may say a phrase: in each way each word by one of the words in its spans.

    A way with a word that no place has is left out.
    """
    found = [[_spans(texts, word) for word in phrase]]
    for other in everyday_words.same_as(phrase):
        found.append([_whole(texts, everyday_words.forms(word)) for word in other])
    return [way for way in found if all(way)]


def is_name(texts: Texts, phrase: Phrase) -> bool:
    """Return whether each word of a phrase is in the name of some place."""
    return all(bool((_level(texts, _spans(texts, word)) >= NAME).any()) for word in phrase)


def is_known(texts: Texts, word: str) -> bool:
    """Return whether a word is a right one: of everyday speech, of a place, of a town."""
    return (
        word in STOP_WORDS
        or word in MODEST_WORDS
        or word in SPELLED
        or word in area_names.words()
        or everyday_words.is_known((word,))
        or bool(_spans(texts, word))
    )


def _of_types(texts: Texts, types: Iterable[str]) -> Levels:
    """Return for each place what its types weigh that are asked for."""
    return sum(
        (_level(texts, _whole(texts, [f"={kind}"])) for kind in sorted(types)),
        start=np.zeros(texts.size, dtype=np.int8),
    )


def _level(texts: Texts, spans: Iterable[Span]) -> Levels:
    """Return for each place the best level of the words in `spans`."""
    level = np.zeros(texts.size, dtype=np.int8)
    for first, end in spans:
        rows = slice(texts.starts[first], texts.starts[end])
        np.maximum.at(level, texts.places[rows], texts.levels[rows])
    return level


def _spans(texts: Texts, word: str) -> list[Span]:
    """Return where in `texts.words` the words are that a typed one fits.

    Only a word that is none by itself may be the beginning of one: "cama" is no "Camarena".
    """
    whole = _whole(texts, everyday_words.forms(word))
    if whole or len(word) < PREFIX_LETTERS or word in SPELLED:
        return whole
    first = bisect_left(texts.words, word)
    end = bisect_left(texts.words, word + "\U0010ffff")
    return whole + [(first, end)] * (first < end)


def _whole(texts: Texts, forms: Iterable[str]) -> list[Span]:
    spans = []
    for form in forms:
        place = bisect_left(texts.words, form)
        if place < len(texts.words) and texts.words[place] == form:
            spans.append((place, place + 1))
    return spans
