"""Vocabulary: the words of all places by number, and tokens: a word together with its weight.

What a filter asks for is a word too, with a mark that no typed word has: "=food", "@free".
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import floor
from typing import Any

from geo.search import word_index
from geo.search.word_index import Cells, Reader
from geo.spelling import most_mistakes

Box = tuple[float, float, float, float]  # south, west, north, east, in degrees
WEIGHTS = 16  # a token is so many times the number of its word, plus the weight
MARKED = ("=", "@")
NOWHERE = "@nowhere"  # no point of it may be told, so it is as near as any other
CELLS_DEG = (0.0125, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8)  # sides of the squares of the map
MOST_CELLS = 25  # of one size, around a point: of more each answer takes longer
FLAGS = ("free", "walk_in", "no_documents", "wheelchair")


def is_of_filters(word: str) -> bool:
    """Return whether only filters ask for a word: it is in no text, nor a type."""
    return word.startswith("@")


def county(key: str) -> str:
    """Return the word of the places that are in a county or serve it."""
    return f"@county:{key}"


def language(code: str) -> str:
    """Return the word of the places where a language is spoken."""
    return f"@language:{code}"


def flag(name: str) -> str:
    """Return the word of the places that are known to pass a filter, such as "free"."""
    return f"@{name}"


def cell(size: float, south: int, west: int) -> str:
    """Return the word of the places in a square of the map, so many of its size off 0, 0."""
    return f"@cell:{size}:{south}:{west}"


def cells(box: Box) -> list[str]:
    """Return the words of squares that cover a box: of the finest size of which few do.

    >>> cells((37.62, -121.26, 37.66, -121.24))[:2], len(cells((37.6, -121.3, 37.9, -121.2)))
    (['@cell:0.0125:3009:-9701', '@cell:0.0125:3009:-9700'], 18)
    """
    south, west, north, east = box
    for size in CELLS_DEG:
        rows = range(floor(south / size), floor(north / size) + 1)
        columns = range(floor(west / size), floor(east / size) + 1)
        if len(rows) * len(columns) <= MOST_CELLS or size == CELLS_DEG[-1]:
            break
    return [cell(size, *corner) for corner in product(rows, columns)]


def kind(name: str) -> str:
    """Return the word of the places of a type; it is one of `word_index` as well."""
    return f"={name}"


def token(number: int, weight: int) -> int:
    """Return the token of a word and its weight.

    >>> token(3, 6), divmod(54, WEIGHTS)
    (54, (3, 6))
    """
    return number * WEIGHTS + weight


class Learner:
    """Numbers words while places go by, and learns how often and how weighty each is."""

    def __init__(self) -> None:
        self._reader = Reader()
        self._numbers: dict[str, int] = {}
        self._places: list[int] = []
        self._most: list[int] = []

    def tokens(self, cells: Cells, marks: Iterable[str]) -> list[int]:
        """Return the tokens of a place, rising."""
        weights = self._reader.weights(cells) | dict.fromkeys(marks, 1)
        return sorted(token(self._number(word, level), level) for word, level in weights.items())

    def _number(self, word: str, level: int) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._numbers) + 1
            self._places.append(0)
            self._most.append(0)
        self._places[number - 1] += 1
        self._most[number - 1] = max(self._most[number - 1], level)
        return number

    def rows(self) -> Iterator[tuple[int, str, int, str, int | None]]:
        """Yield each word: number, word, most weight, how it is written, how likely it is meant."""
        likely = [
            (-self._places[number - 1], word)
            for word, number in self._numbers.items()
            if word_index.is_likely(self._places[number - 1], self._most[number - 1])
            and not word.startswith(MARKED)
            and most_mistakes(word)
        ]
        ranks: Mapping[str, int] = {word: rank for rank, (_, word) in enumerate(sorted(likely))}
        for word, number in self._numbers.items():
            spelled = self._reader.spelled.get(word, word)
            yield number, word, self._most[number - 1], spelled, ranks.get(word)


def marks(row: Any) -> Iterator[str]:
    """Yield the words that filters ask a place for, but its types; `row` is a located place."""
    yield from map(county, {*row.serves, row.county})
    yield from map(language, set(row.spoken))
    if row.has_point:
        yield from (cell(size, floor(row.lat / size), floor(row.lon / size)) for size in CELLS_DEG)
    else:
        yield NOWHERE
    passing = (
        row.fees == "free",
        row.walk_in == "yes",
        row.required_documents == "none",
        row.wheelchair == "yes",
    )
    yield from (flag(name) for name, passes in zip(FLAGS, passing, strict=True) if passes)
