"""Holdings: which rows hold which words of the catalogue, and what each word weighs there."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.search.everyday_words import SPELLED
from geo.search.index import Bools, Ints
from geo.search.word_index import Texts
from geo.store import vocabulary
from geo.store.vocabulary import WEIGHTS


@dataclass(frozen=True)
class Word:
    """A word of the catalogue."""

    number: int
    most: int  # its greatest weight in any place
    spelled: str


@dataclass(frozen=True, eq=False)
class Holdings:
    """Word i is in `rows[starts[i]:starts[i + 1]]`, as well as `levels` says.

    `words` are sorted; the first `read` of them are words of texts, the others only of filters.
    """

    words: tuple[str, ...]
    read: int
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    levels: NDArray[np.int8]

    def having(self, word: str, size: int) -> Bools:
        """Return which of so many rows hold a word."""
        found = np.zeros(size, dtype=bool)
        if word in self.words:
            place = self.words.index(word)
            found[self.rows[self.starts[place] : self.starts[place + 1]]] = True
        return found

    def texts(
        self, size: int, known: Mapping[str, Word], candidates: tuple[str, ...] = ()
    ) -> Texts:
        """Return so many rows as texts; `candidates` are what a mistyped word may mean."""
        end = self.starts[self.read]
        return Texts(
            size,
            self.words[: self.read],
            self.starts[: self.read + 1],
            self.rows[:end],
            self.levels[:end],
            {word: one.spelled for word, one in known.items()} | dict(SPELLED),
            candidates,
        )


def holdings(known: Mapping[str, Word], tokens: NDArray[np.int64], rows: Ints) -> Holdings:
    """Return which of `rows` hold the `known` words; each row has the token beside it.

    >>> known = {"food": Word(3, 6, "food"), "@free": Word(1, 1, "@free")}
    >>> found = holdings(known, np.array([54, 17, 49, 80]), np.array([2, 0, 0, 1]))
    >>> found.having("food", 4).tolist(), found.texts(4, known).levels.tolist()
    ([True, False, True, False], [1, 6])
    """
    words = sorted(known, key=lambda word: (vocabulary.is_of_filters(word), word))
    numbers = np.array([known[word].number for word in words], dtype=np.int64)
    by_number = np.argsort(numbers)
    place = np.searchsorted(numbers, tokens // WEIGHTS, sorter=by_number)
    among = np.append(numbers[by_number], -1)[place] == tokens // WEIGHTS
    ranks, rows = by_number[place[among]], rows[among]
    order = np.lexsort((rows, ranks))
    return Holdings(
        tuple(words),
        sum(not vocabulary.is_of_filters(word) for word in words),
        np.searchsorted(ranks[order], np.arange(len(words) + 1)),
        rows[order].astype(np.int32),
        (tokens[among] % WEIGHTS)[order].astype(np.int8),
    )
