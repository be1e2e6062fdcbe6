"""Known words: those of the catalogue that a question has to do with, looked up in the store."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from psycopg import Connection

from geo.catalogue import records
from geo.search import understanding, word_index
from geo.search.everyday_words import NEXT_TO, SPELLED, forms, same_as
from geo.search.query import Query
from geo.search.understanding import Asked
from geo.search.word_index import PREFIX_LETTERS, Texts
from geo.spelling import fold, most_mistakes, nearest, spoken_words
from geo.store import vocabulary
from geo.store.holdings import Word, holdings
from geo.store.vocabulary import FLAGS

WORDS = "SELECT word, number, most, spelled FROM map.words WHERE word = ANY(%s)"
BEGUN = """
SELECT w.word, w.number, w.most, w.spelled FROM unnest(%s::text[]) AS typed (word)
JOIN map.words w ON w.word >= typed.word AND w.word < typed.word || U&'\\+10FFFF'
WHERE w.word !~ '^[=@]'
"""
ALIKE = """
SELECT word FROM map.words WHERE likelihood IS NOT NULL AND word %% %s
AND char_length(word) BETWEEN %s AND %s ORDER BY likelihood
"""


class KnownWords:
    """Words by how they are written, and what a mistyped one may mean."""

    def __init__(self, found: Connection) -> None:
        self.by_text: dict[str, Word] = {}
        self.candidates: tuple[str, ...] = ()
        self._found = found
        self._asked: set[str] = set()

    def learn(self, words: Iterable[str], marks: Iterable[str] = ()) -> None:
        """Look up words in all their forms, and marks as they are."""
        asked = {form for word in words for form in forms(word)} | {*marks}
        if new := sorted(asked - self._asked):
            self._asked |= asked
            self._add(self._found.execute(WORDS, [new]).fetchall())

    def learn_begun(self, words: Iterable[str]) -> None:
        """Look up what words are the beginning of, where none of their forms is known."""
        begun = [
            word
            for word in dict.fromkeys(words)
            if len(word) >= PREFIX_LETTERS and word not in SPELLED
            if not any(form in self.by_text for form in forms(word))
        ]
        if begun:
            self._add(self._found.execute(BEGUN, [begun]).fetchall())

    def learn_alike(self, words: Sequence[str]) -> None:
        """Look up what mistyped words may mean, and remember it in the order of likelihood."""
        often: dict[str, None] = {}
        for word in words:
            often |= dict.fromkeys(_alike(self._found, word))
        self.candidates = word_index.candidates(often)

    def texts(self) -> Texts:
        """Return the words as the texts of as many places, each with one word at its most."""
        tokens = [vocabulary.token(one.number, one.most) for one in self.by_text.values()]
        rows = np.arange(len(tokens))
        own = holdings(self.by_text, np.array(tokens, dtype=np.int64), rows)
        return own.texts(len(tokens), self.by_text, self.candidates)

    def tokens(self, words: Iterable[str]) -> list[int]:
        """Return each token that stands for one of some words in a place."""
        known = [self.by_text[word] for word in words if word in self.by_text]
        return [
            vocabulary.token(one.number, weight)
            for one in known
            for weight in range(1, one.most + 1)
        ]

    def _add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.by_text |= {word: Word(*told) for word, *told in rows}


def understood(found: Connection, query: Query) -> tuple[KnownWords, Asked]:
    """Return the words that a question has to do with, and what is understood of its own."""
    words = KnownWords(found)
    typed = [fold(word) for word in spoken_words(query.words[:1000])[: understanding.MOST_WORDS]]
    words.learn(typed, marks(query))
    words.learn_begun(typed)
    strange = [word for word in dict.fromkeys(typed) if _is_strange(words.texts(), word)]
    if strange:
        words.learn_alike(strange)
        right = [nearest(word, words.candidates) for word in strange]
        words.learn(right)
        words.learn_begun(filter(None, right))
    asked = understanding.read(words.texts(), query.words, query.where)
    meant = {word for wish in asked.wishes for other in same_as(wish.phrase) for word in other}
    kinds = {kind for wish in asked.wishes for kind in with_next(wish.types)}
    words.learn(meant, [*map(vocabulary.kind, kinds), *marks(replace(query, where=asked.where))])
    return words, asked


def marks(query: Query) -> list[str]:
    """Return the words that the filters of a question ask for."""
    asked = [vocabulary.kind(one) for one in query.types]
    if query.where:
        asked.append(vocabulary.county(query.where.county))
    if query.languages:
        asked += map(vocabulary.language, {*query.languages, records.INTERPRETER})
    return asked + [vocabulary.flag(name) for name in FLAGS if getattr(query, name)]


def with_next(types: Iterable[str]) -> set[str]:
    """Return types, and those whose places may do the same."""
    return {*types}.union(*(NEXT_TO.get(kind, ()) for kind in types))


def _is_strange(texts: Texts, word: str) -> bool:
    return bool(most_mistakes(word)) and understanding.is_strange(texts, word)


def _alike(found: Connection, word: str) -> list[str]:
    """Return the likely words that share as many trigrams with `word` as one has that it may mean.

    A word of n letters has n + 1 trigrams. A mistake, two letters swapped among them, spoils at
    most four. So those that are near enough are all among those returned, in their order.
    """
    most = most_mistakes(word)
    padded = f"  {word} "
    own = len({padded[start : start + 3] for start in range(len(padded) - 2)})
    shared = max(own - 4 * most, 1)
    least = shared / (own + len(word) + most + 1 - shared)
    found.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [f"{least:.4f}"])
    between = [len(word) - most, len(word) + most]
    return [other for (other,) in found.execute(ALIKE, [word, *between]).fetchall()]
