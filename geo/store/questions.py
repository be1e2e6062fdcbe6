"""Questions: a `Query` answered from the store: the same places in the same order as from files.

The database picks the places that can be in the answer, by its indexes; `search.query` puts them in
order, as it does with all places of a file. So nothing is ranked by rules of its own here. What a
wish finds nowhere in the catalogue must be known too: for each word of the catalogue that is asked
for there is one more row, which is no place, and which no answer shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray
from psycopg import Connection

from geo import sphere
from geo.areas import Area
from geo.catalogue import records
from geo.hours.state import state_at
from geo.search import understanding, word_index
from geo.search.everyday_words import NEXT_TO, SPELLED, forms, same_as
from geo.search.index import Bools, Index, Ints, build_index
from geo.search.query import CLOSED, KINDS, OPEN, UNKNOWN, Found, Query, answer
from geo.search.understanding import NEED, Asked, Wish
from geo.search.word_index import PREFIX_LETTERS, Texts
from geo.spelling import fold, most_mistakes, nearest, spoken_words
from geo.store import connection, editions, vocabulary
from geo.store.editions import State
from geo.store.vocabulary import FLAGS, WEIGHTS

COLUMNS = (
    ("number", ">i4"),
    ("name_rank", ">i4"),
    ("lon", ">f8"),
    ("lat", ">f8"),
    ("off_m", ">f8"),
    ("state", ">i2"),
    ("reached", "?"),
    ("token", ">i4"),
)
HEAD, FOOT = 19, 2  # bytes around the rows of a binary COPY
# What PostgreSQL sends of a row: how many fields, and before each how many bytes it has.
ROW = np.dtype(
    [("fields", ">i2")]
    + [part for name, kind in COLUMNS for part in ((f"{name}_size", ">i4"), (name, kind))]
)
CANDIDATES = """
COPY (
  SELECT p.number, p.name_rank, coalesce(ST_X(p.point), 'NaN'::float8),
    coalesce(ST_Y(p.point), 'NaN'::float8), p.off_m,
    CASE WHEN p.paused THEN 0::int2 ELSE h.state END, p.reached, coalesce(t.token, 0)
  FROM map.places p JOIN {hours} h ON h.number = p.hours
  LEFT JOIN LATERAL unnest(p.tokens & %(mask)s::integer[]) AS t (token) ON true
  WHERE NOT p.is_line AND ({condition})
) TO STDOUT (FORMAT binary)
"""
HOURS = """(
  SELECT number, CASE WHEN open @> %(minute)s::integer THEN 2::int2
    WHEN unknown @> %(minute)s::integer THEN 1::int2 ELSE 0::int2 END AS state FROM map.hours
)"""
HOURS_TOLD = (
    "(SELECT * FROM unnest(%(hours)s::integer[], %(states)s::int2[]) AS told (number, state))"
)
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
DEGREE_M = 111_000  # a little less than any degree of latitude has: what is drawn by it is larger

_known_lines: LRUCache[tuple[str, int], "Lines"] = LRUCache(4)
_turn = Lock()


@dataclass(frozen=True)
class Word:
    """A word of the catalogue."""

    number: int
    most: int  # its greatest weight in any place
    spelled: str


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of an edition: their own index, their numbers, and the tokens of each."""

    index: Index
    numbers: Ints
    tokens: Sequence[NDArray[np.int32]]


def ask(url: str, query: Query, now: datetime) -> Found:
    """Return the answer to `query`; its places and lines are numbers of the edition that is up.

    Raises
    ------
    StoreError : the store cannot be reached, has no edition, or did not answer in time
    """
    with connection.reading(url) as found:
        return answered(found, url, query, now)


def answered(found: Connection, url: str, query: Query, now: datetime) -> Found:
    """Return the answer to `query` by a connection to the store at `url`."""
    up = editions.state(found)
    lines = _lines(found, url, up.number)
    words, asked = _understood(found, query)
    plan = _Plan(found, up, words, asked, replace(query, where=asked.where), query.open_at or now)
    for nearly in (False, True):
        rows = plan.rows(nearly)
        index, opening, numbers = _index(plan, rows, lines, nearly)
        answer_ = answer(index, query, asked, opening)
        if len(answer_.places) or not plan.filters:
            break
    beyond = answer_.beyond
    return replace(
        answer_,
        places=numbers[answer_.places],
        lines=numbers[answer_.lines],
        beyond=beyond and replace(beyond, place=int(numbers[beyond.place])),
    )


class _Words:
    """The words of the catalogue that a question has to do with."""

    def __init__(self, found: Connection) -> None:
        self._found = found
        self.known: dict[str, Word] = {}
        self._asked: set[str] = set()
        self.candidates: tuple[str, ...] = ()

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
            if not any(form in self.known for form in forms(word))
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
        held = {word: {row: one.most} for row, (word, one) in enumerate(self.rows())}
        return _texts(held, self, len(held))

    def rows(self) -> list[tuple[str, Word]]:
        """Return the words in order."""
        return sorted(self.known.items())

    def _add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.known |= {word: Word(number, most, spelled) for word, number, most, spelled in rows}


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


def _understood(found: Connection, query: Query) -> tuple[_Words, Asked]:
    """Return what is understood of the words of a question, and the words it has to do with."""
    words = _Words(found)
    typed = [fold(word) for word in spoken_words(query.words[:1000])[: understanding.MOST_WORDS]]
    words.learn(typed, _marks(query))
    words.learn_begun(typed)
    strange = [word for word in dict.fromkeys(typed) if _is_strange(words.texts(), word)]
    if strange:
        words.learn_alike(strange)
        right = [nearest(word, words.candidates) for word in strange]
        words.learn(right)
        words.learn_begun(filter(None, right))
    asked = understanding.read(words.texts(), query.words, query.where)
    meant = {word for wish in asked.wishes for other in same_as(wish.phrase) for word in other}
    kinds = {kind for wish in asked.wishes for kind in _with_next(wish.types)}
    words.learn(meant, [*map(vocabulary.kind, kinds), *_marks(replace(query, where=asked.where))])
    return words, asked


def _marks(query: Query) -> list[str]:
    """Return the words that the filters of a question ask for."""
    asked = [vocabulary.kind(one) for one in query.types]
    if query.where:
        asked.append(vocabulary.county(query.where.county))
    if query.languages:
        asked += map(vocabulary.language, {*query.languages, records.INTERPRETER})
    return asked + [vocabulary.flag(name) for name in FLAGS if getattr(query, name)]


def _is_strange(texts: Texts, word: str) -> bool:
    return bool(most_mistakes(word)) and understanding.is_strange(texts, word)


def _with_next(types: Iterable[str]) -> set[str]:
    return {*types}.union(*(NEXT_TO.get(kind, ()) for kind in types))


class _Plan:
    """What a question asks of the database: its filters, each as a condition in SQL."""

    def __init__(
        self,
        found: Connection,
        up: State,
        words: _Words,
        asked: Asked,
        query: Query,
        at: datetime,
    ) -> None:
        self._found = found
        self.words, self.asked, self.query = words, asked, query
        self.marks = _marks(query)
        self.values: dict[str, Any] = {}
        self._hours = self._opening(up, at)
        self.witnesses = self._witnesses()
        self.filters = self._filters()

    def rows(self, nearly: bool) -> NDArray[Any]:
        """Return the places that pass all filters; `nearly`: or all but one."""
        conditions = dict(self.filters)
        if nearly:
            ways = [
                " AND ".join(f"({told})" for other, told in conditions.items() if other not in gone)
                for gone in ({name} | self._tied(name) for name in conditions)
            ]
            condition = " OR ".join(f"({way or 'true'})" for way in ways)
        else:
            near = {"open_at": self._some_opening(UNKNOWN)} if "open_at" in conditions else {}
            condition = " AND ".join(f"({told})" for told in (conditions | near).values())
        mask = {number for one in self.wished() for number in self._tokens([one])}
        if nearly:
            mask |= {number for mark in self.marks for number in self._tokens([mark])}
        self.values["mask"] = sorted(mask)
        query = CANDIDATES.format(hours=self._hours, condition=condition or "true")
        with self._found.cursor().copy(query.encode(), self.values) as copy:
            told = b"".join(bytes(part) for part in copy)
        return np.frombuffer(told[HEAD:-FOOT], dtype=ROW)

    def wished(self) -> list[str]:
        """Return the words of the catalogue that wishes ask for, and the types as words."""
        return [word for word in self.words.known if not word.startswith("@")]

    def _opening(self, up: State, at: datetime) -> str:
        """Return the table of what hours say of a minute; worked out here where it is not kept."""
        minute = int(at.replace(second=0, microsecond=0).timestamp() // 60)
        self.values["minute"] = minute
        if up.first_minute <= minute < up.end_minute:
            return HOURS
        rows = self._found.execute("SELECT number, text FROM map.hours").fetchall()
        self.values["hours"] = [number for number, _ in rows]
        moment = at.replace(second=0, microsecond=0)
        self.values["states"] = [KINDS.index(state_at(text, moment).kind) for _, text in rows]
        return HOURS_TOLD

    def _some_opening(self, least: int) -> str:
        return f"NOT p.paused AND h.state >= {least}"

    def _filters(self) -> dict[str, str]:
        query, found = self.query, {}
        if query.types:
            found["types"] = self._having(map(vocabulary.kind, sorted(query.types)))
        if self.asked.wishes or self.asked.open_now:
            found["words"] = self._fitting()
        if query.where:
            found["where"] = self._having([vocabulary.county(query.where.county)])
            if query.within_miles is not None and query.where.kind != "county":
                found["within_miles"] = self._near(query.where, query.within_miles)
        if query.open_at:
            found["open_at"] = self._some_opening(UNKNOWN if query.with_unknown else OPEN)
        if query.languages:
            spoken = {*query.languages, records.INTERPRETER}
            found["languages"] = self._having(map(vocabulary.language, sorted(spoken)))
        for name in FLAGS:
            if getattr(query, name):
                found[name] = self._having([vocabulary.flag(name)])
        return found

    def _tied(self, name: str) -> set[str]:
        return {"within_miles"} if name == "where" else set()

    def _near(self, where: Area, miles: float) -> str:
        """Return the condition of a box around all that is so near; without a point is near too."""
        tall = miles * sphere.METRES_A_MILE / DEGREE_M
        wide = tall / max(np.cos(np.radians(min(abs(where.lat) + tall, 89))), 0.01)
        self.values |= {"west": where.lon - wide, "east": where.lon + wide}
        self.values |= {"south": where.lat - tall, "north": where.lat + tall}
        box = "ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)"
        return f"p.point IS NULL OR p.point && {box}"

    def _having(self, words: Iterable[str]) -> str:
        """Return the condition that a place has any of some words."""
        return self._asking(self._any(words))

    def _asking(self, tokens: str) -> str:
        if not tokens:
            return "false"
        name = f"tokens_{len(self.values)}"
        self.values[name] = tokens
        return f"p.tokens @@ %({name})s::query_int"

    def _any(self, words: Iterable[str]) -> str:
        """Return, as the database asks for it, any of the tokens of some words; '' for none."""
        return "|".join(map(str, self._tokens(words)))

    def _tokens(self, words: Iterable[str]) -> list[int]:
        known = [self.words.known[word] for word in words if word in self.words.known]
        return [one.number * WEIGHTS + level for one in known for level in range(1, one.most + 1)]

    def _ways(self, wish: Wish) -> list[list[list[str]]]:
        """Return how a text may say a wish: in each way each word by one of some words."""
        texts = self.words.texts()
        return [
            [[word for first, end in spans for word in texts.words[first:end]] for spans in way]
            for way in word_index.ways(texts, wish.phrase)
        ]

    def _said(self, way: list[list[str]]) -> str:
        return "&".join(f"({self._any(words)})" for words in way)

    def _witnesses(self) -> list[list[str]]:
        """Return the ways of several words that some place has, each as one word of each."""
        longer = [way for wish in self.asked.wishes for way in self._ways(wish) if len(way) > 1]
        if not longer:
            return []
        one = "EXISTS (SELECT FROM map.places WHERE tokens @@ %s::query_int)"
        query = f"SELECT {', '.join([one] * len(longer))}"
        row = self._found.execute(query.encode(), [self._said(way) for way in longer]).fetchone()
        assert row is not None
        return [
            [words[0] for words in way] for way, there in zip(longer, row, strict=True) if there
        ]

    def _fitting(self) -> str:
        """Return the condition that a place fits one of the wishes that decide, as `match` has it.

        Those decide that some place of the catalogue fits: needs or, without any, all.
        """
        there = {tuple(words) for words in self.witnesses}
        fits: list[tuple[Wish, str]] = []
        for wish in self.asked.wishes:
            ways = [
                self._said(way)
                for way in self._ways(wish)
                if len(way) == 1 or tuple(words[0] for words in way) in there
            ]
            kinds = self._any(map(vocabulary.kind, sorted(_with_next(wish.types))))
            told = "|".join(f"({part})" for part in (*ways, kinds) if part)
            if told:
                fits.append((wish, told))
        needs = [told for wish, told in fits if wish.role == NEED]
        conditions = [self._asking("|".join(needs or [told for _, told in fits]))]
        if self.asked.open_now and not needs:
            conditions.append(self._some_opening(OPEN))
        return " OR ".join(f"({told})" for told in conditions)

    def is_any_open(self) -> bool:
        """Return whether any place or line is open."""
        condition = self._some_opening(OPEN)
        query = f"""SELECT EXISTS (
          SELECT FROM map.places p JOIN {self._hours} h ON h.number = p.hours WHERE {condition})"""
        row = self._found.execute(query.encode(), self.values).fetchone()
        return bool(row and row[0])


def _index(
    plan: _Plan, rows: NDArray[Any], lines: Lines, nearly: bool
) -> tuple[Index, NDArray[np.int8], Ints]:
    """Return an index of places, lines and witnesses, how open each is, and the number of each."""
    order = np.argsort(rows["number"], kind="stable")
    rows = rows[order]
    numbers, first, row_of = np.unique(rows["number"], return_index=True, return_inverse=True)
    places = rows[first]
    known = plan.words.rows()
    witnesses = [[word] for word, _ in known] + plan.witnesses
    size = len(places) + len(lines.numbers) + len(witnesses) + 1
    held = _held(plan, rows["token"].astype(np.int64), row_of, lines, len(places), witnesses)
    opening = np.full(size, CLOSED, dtype=np.int8)
    opening[: len(places)] = places["state"]
    if plan.asked.open_now and plan.is_any_open():
        opening[-1] = OPEN
    is_line = np.arange(size) >= len(places)
    reached = np.ones(size, dtype=bool)
    reached[: len(places)] = places["reached"]
    located = np.flatnonzero(~np.isnan(places["lat"]))
    points = np.column_stack([places["lat"][located], places["lon"][located]]).astype(float)
    ranks = np.concatenate([places["name_rank"], np.zeros(size - len(places), dtype=int)])
    own = lines.index
    main = [""] * len(places) + list(own.main_types) + [""] * (len(witnesses) + 1)

    def asked(word: str) -> Bools:
        if nearly:
            return _holding(held.get(word, {}), size)
        return ~is_line

    def with_lines(mine: Bools, theirs: Bools | None) -> Bools:
        if theirs is not None:
            mine = mine.copy()
            mine[len(places) : len(places) + len(lines.numbers)] |= theirs
        return mine

    query = plan.query
    kinds = {
        kind: with_lines(
            asked(vocabulary.kind(kind)) if kind in query.types else np.zeros(size, dtype=bool),
            own.kinds.get(kind),
        )
        for kind in {*query.types, *own.kinds}
    }
    counties = {
        key: with_lines(
            asked(vocabulary.county(key))
            if query.where and key == query.where.county
            else np.zeros(size, dtype=bool),
            own.counties.get(key),
        )
        for key in {*own.counties, *([query.where.county] if query.where else [])}
    }
    spoken = {*query.languages, records.INTERPRETER} if query.languages else set()
    index = Index(
        texts=_texts(held, plan.words, size),
        kinds=kinds,
        counties=counties,
        languages={code: asked(vocabulary.language(code)) for code in spoken},
        flags={name: asked(vocabulary.flag(name)) for name in FLAGS},
        hours=(),
        hours_of=np.zeros(size, dtype=np.intp),
        paused=np.zeros(size, dtype=bool),
        is_line=is_line,
        reached=reached,
        lines=own.lines + len(places),
        line_ranks=own.line_ranks,
        for_anything=own.for_anything,
        reports=own.reports,
        main_types=tuple(main),
        by_name=np.arange(size),
        name_ranks=ranks,
        located=located,
        points=points,
        off_m=places["off_m"][located].astype(float),
    )
    told = np.concatenate([numbers, lines.numbers, np.full(len(witnesses) + 1, -1)])
    return index, opening, told.astype(np.intp)


def _held(
    plan: _Plan,
    tokens: NDArray[np.int64],
    row_of: Ints,
    lines: Lines,
    places: int,
    witnesses: list[list[str]],
) -> dict[str, dict[int, int]]:
    """Return for each word which rows have it, and what it weighs there."""
    words = {one.number: word for word, one in plan.words.known.items()}
    held: dict[str, dict[int, int]] = {word: {} for word in plan.words.known}
    for row, token in zip(row_of.tolist(), tokens.tolist(), strict=True):
        if token:
            held[words[token // WEIGHTS]][row] = token % WEIGHTS
    numbers = np.array(sorted(words), dtype=np.int64)
    for row, own in enumerate(lines.tokens, places):
        for token in own[np.isin(own // WEIGHTS, numbers)].tolist():
            held[words[token // WEIGHTS]][row] = token % WEIGHTS
    for row, together in enumerate(witnesses, places + len(lines.tokens)):
        for word in together:
            held[word][row] = plan.words.known[word].most
    return held


def _holding(rows: Mapping[int, int], size: int) -> Bools:
    found = np.zeros(size, dtype=bool)
    found[[*rows]] = True
    return found


def _texts(held: Mapping[str, Mapping[int, int]], words: _Words, size: int) -> Texts:
    """Return texts that have these words, each of its rows with what it weighs there."""
    order = sorted(word for word in held if not word.startswith("@"))
    return Texts(
        size,
        tuple(order),
        np.cumsum([0, *(len(held[word]) for word in order)]),
        np.array([row for word in order for row in held[word]], dtype=np.int32),
        np.array([level for word in order for level in held[word].values()], dtype=np.int8),
        {word: one.spelled for word, one in words.known.items()} | dict(SPELLED),
        words.candidates,
    )


def _lines(found: Connection, url: str, number: int) -> Lines:
    """Return the lines of an edition; they are read once, however many ask."""
    with _turn:
        if (url, number) not in _known_lines:
            _known_lines[url, number] = _read_lines(found)
        return _known_lines[url, number]


def _read_lines(found: Connection) -> Lines:
    rows = found.execute("SELECT number FROM map.lines ORDER BY number").fetchall()
    numbers = [own for (own,) in rows]
    query = "SELECT tokens FROM map.places WHERE number = ANY(%s) ORDER BY number"
    tokens = [np.array(own, np.int32) for (own,) in found.execute(query, [numbers]).fetchall()]
    index = build_index(editions.entries(found, numbers))
    return Lines(index, np.array(numbers, dtype=np.intp), tokens)
