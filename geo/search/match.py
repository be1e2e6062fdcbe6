"""Match: all wishes together -> which places are an answer, which come first, what was left out.

No word is ever reason to show nothing: what fits no place is left out and told. A place is an
answer if it fits one need, or, where none is asked for, one quality. Each wish that a place does
not fit puts it back by so many miles; so fit and distance make one order (docs/search.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.search.understanding import NEED, QUALITY, Wish, types_of
from geo.search.word_index import DETAIL, NAME, SAME_KIND, SAYS, Levels, Texts, fitting

Bools = NDArray[np.bool_]
# How many miles a place is put back that is of the kind that may do it, that does not do it, or
# that lacks a quality. Our own judgement.
MAY_MILES, NOT_MILES, LACK_MILES = 10, 20, 5


@dataclass(frozen=True, eq=False)
class Match:
    """What wishes fit. Each array has a value for each place.

    `shown` are the answers; `says` those that say they do what is needed; `off_miles` how far
    each is put back; `score` how well its text fits, `named` how many needs are in it. `types` are
    those asked for; the words in `left_out` fit no place.
    """

    shown: Bools
    says: Bools
    off_miles: NDArray[np.int16]
    score: NDArray[np.int16]
    named: NDArray[np.int16]
    types: frozenset[str]
    left_out: tuple[str, ...]
    fits: tuple[tuple[Wish, Levels], ...]  # each wish that fits some place


def match(texts: Texts, wishes: Sequence[Wish], open_now: Levels | None = None) -> Match | None:
    """Return what `wishes` fit, None if there are none: then every place is an answer.

    `open_now`, if that is wished for, is how each place fits it.
    """
    if not wishes and open_now is None:
        return None
    fits, score = [], np.zeros(texts.size, dtype=np.int16)
    named, called = np.zeros(texts.size, dtype=np.int16), []
    for wish in wishes:
        levels, in_text, weights = fitting(texts, wish.phrase, wish.types, wish.general)
        fits.append((wish, levels))
        score += weights
        if wish.role == NEED and wish.types:
            named += in_text > (DETAIL if wish.general else 0)
        elif wish.role == NEED:
            called.append(in_text >= NAME)
    if called:
        named += np.logical_and.reduce(called) * len(called)
    if open_now is not None:
        fits.append((Wish((), "", QUALITY), open_now))
    left_out = tuple(wish.told for wish, levels in fits if not levels.any())
    fits = [(wish, levels) for wish, levels in fits if levels.any()]
    needs = [levels for wish, levels in fits if wish.role == NEED]
    deciding = needs or [levels for _, levels in fits]
    none = np.zeros(texts.size, dtype=np.int8)
    best = np.maximum.reduce([none, *deciding])
    off = np.zeros(texts.size, dtype=np.int16)
    for wish, levels in fits:
        may, lacks = (MAY_MILES, NOT_MILES) if wish.role == NEED else (0, LACK_MILES)
        off += np.array([lacks, may, 0], dtype=np.int16)[levels]
    return Match(
        shown=best >= SAME_KIND,
        says=best == SAYS,
        off_miles=off,
        score=score,
        named=named,
        types=types_of(wishes),
        left_out=tuple(filter(None, left_out)),
        fits=tuple(fits),
    )


def unsaid(found: Match, places: NDArray[np.intp]) -> tuple[str, ...]:
    """Return the needs that none of `places` says it answers; some are of the same kind."""
    return tuple(
        wish.told
        for wish, levels in found.fits
        if wish.role == NEED and not (levels[places] == SAYS).any()
    )
