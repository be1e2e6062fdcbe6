"""Wishes: what words ask for, as the database is asked which places fit it."""

from collections.abc import Iterable
from dataclasses import dataclass

from psycopg import Connection

from geo.search import word_index
from geo.search.understanding import NEED, Asked, Wish
from geo.store import vocabulary
from geo.store.known_words import KnownWords, with_next

Way = list[list[str]]  # of saying a phrase: for each of its words those that will do


@dataclass(frozen=True)
class Fit:
    """`condition` is a `query_int` that places meet that fit one of the wishes that decide.

    It is "" if none fits. `is_need`: needs decide. `witnesses` are the ways of several words that
    some place has, each as one word of each.
    """

    condition: str
    is_need: bool
    witnesses: list[list[str]]


def fit(found: Connection, words: KnownWords, asked: Asked) -> Fit:
    """Return how the database is asked for what fits, as `search.match` has it.

    Those wishes decide that some place of the catalogue fits: needs or, without any, all.
    """
    said = {wish: _ways(words, wish) for wish in asked.wishes}
    witnesses = _witnesses(found, words, [way for ways in said.values() for way in ways])
    fits: list[tuple[Wish, str]] = []
    for wish, ways in said.items():
        there = [_said(words, way) for way in ways if len(way) == 1 or _first(way) in witnesses]
        kinds = _any_of(words, map(vocabulary.kind, sorted(with_next(wish.types))))
        if ways_told := "|".join(f"({part})" for part in (*there, kinds) if part):
            fits.append((wish, ways_told))
    needs = [ways for wish, ways in fits if wish.role == NEED]
    return Fit("|".join(needs or [ways for _, ways in fits]), bool(needs), witnesses)


def _ways(words: KnownWords, wish: Wish) -> list[Way]:
    texts = words.texts()
    return [
        [[word for first, end in spans for word in texts.words[first:end]] for spans in way]
        for way in word_index.ways(texts, wish.phrase)
    ]


def _said(words: KnownWords, way: Way) -> str:
    return "&".join(f"({_any_of(words, some)})" for some in way)


def _any_of(words: KnownWords, asked: Iterable[str]) -> str:
    """Return, as the database asks for it, any of the tokens of some words; '' for none."""
    return "|".join(map(str, words.tokens(asked)))


def _first(way: Way) -> list[str]:
    return [some[0] for some in way]


def _witnesses(found: Connection, words: KnownWords, ways: Iterable[Way]) -> list[list[str]]:
    longer = [way for way in ways if len(way) > 1]
    if not longer:
        return []
    one = "EXISTS (SELECT FROM map.places WHERE tokens @@ %s::query_int)"
    query = f"SELECT {', '.join([one] * len(longer))}"
    row = found.execute(query.encode(), [_said(words, way) for way in longer]).fetchone()
    assert row is not None
    return [_first(way) for way, there in zip(longer, row, strict=True) if there]
