"""Small index: an index as files have one, of the candidates of a question and all lines alone.

What a wish finds nowhere in the catalogue must be known too: for each word of the catalogue that is
asked for there is one more row, a witness, which is no place, and which no answer shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.catalogue import records
from geo.search.index import Bools, Index, Ints
from geo.search.query import CLOSED, OPEN, Query
from geo.store import vocabulary
from geo.store.candidates import Candidates
from geo.store.edition_lines import Lines
from geo.store.holdings import holdings
from geo.store.known_words import KnownWords
from geo.store.vocabulary import FLAGS


@dataclass(frozen=True, eq=False)
class SmallIndex:
    """An index, how open each of its rows is, and the number of each in the edition."""

    index: Index
    opening: NDArray[np.int8]
    numbers: Ints


def small_index(
    words: KnownWords,
    query: Query,
    candidates: Candidates,
    lines: Lines,
    witnesses: Sequence[Sequence[str]],
    *,
    any_open: bool,
    all_pass: bool,
) -> SmallIndex:
    """Return the index of candidates, lines and, for some words together, `witnesses`.

    `any_open`: some place of the catalogue is open. `all_pass`: all candidates are known to pass
    what filters ask of tokens; else the candidates hold those tokens.
    """
    places = candidates.places
    first_line, first_witness = len(places), len(places) + len(lines.numbers)
    together = [[word] for word in words.by_text] + [[*dict.fromkeys(some)] for some in witnesses]
    size = first_witness + len(together) + 1
    seen = [(words.by_text[word], row) for row, some in enumerate(together) for word in some]
    most = [vocabulary.token(word.number, word.most) for word, _ in seen]
    tokens = holdings(
        words.by_text,
        np.concatenate([candidates.tokens, lines.tokens, np.array(most, dtype=np.int64)]),
        np.concatenate(
            [
                candidates.rows,
                lines.rows + first_line,
                np.array([row for _, row in seen], dtype=np.intp) + first_witness,
            ]
        ),
    )
    opening = np.full(size, CLOSED, dtype=np.int8)
    opening[:first_line] = places["state"]
    opening[-1] = OPEN if any_open else CLOSED
    reached = np.ones(size, dtype=bool)
    reached[:first_line] = places["reached"]
    is_line = np.arange(size) >= first_line
    located = np.flatnonzero(~np.isnan(places["lat"]))
    points = np.column_stack([places["lat"][located], places["lon"][located]])
    own, others = lines.index, size - first_line

    def passing(word: str, of_lines: Bools | None = None) -> Bools:
        passes = ~is_line if all_pass else tokens.having(word, size)
        if of_lines is not None:
            passes[first_line:first_witness] |= of_lines
        return passes

    counties = {*own.counties, *([query.where.county] if query.where else [])}
    spoken = {*query.languages, records.INTERPRETER} if query.languages else set()
    index = Index(
        texts=tokens.texts(size, words.by_text, words.candidates),
        kinds={
            kind: passing(vocabulary.kind(kind), own.kinds.get(kind))
            for kind in {*query.types, *own.kinds}
        },
        counties={key: passing(vocabulary.county(key), own.counties.get(key)) for key in counties},
        languages={code: passing(vocabulary.language(code)) for code in spoken},
        flags={name: passing(vocabulary.flag(name)) for name in FLAGS},
        hours=(),
        hours_of=np.zeros(size, dtype=np.intp),
        paused=np.zeros(size, dtype=bool),
        is_line=is_line,
        reached=reached,
        lines=own.lines + first_line,
        line_ranks=own.line_ranks,
        for_anything=own.for_anything,
        reports=own.reports,
        main_types=("",) * first_line + own.main_types + ("",) * (size - first_witness),
        by_name=np.arange(size),
        name_ranks=np.concatenate([places["name_rank"], np.zeros(others, dtype=int)]),
        located=located,
        points=points.astype(float),
        off_m=places["off_m"][located].astype(float),
    )
    numbers = np.concatenate([places["number"], lines.numbers, np.full(size - first_witness, -1)])
    return SmallIndex(index, opening, numbers.astype(np.intp))
