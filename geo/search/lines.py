"""Lines: which lines to call answer a question, in the order to show them.

All lines of the reader's county are given, whatever is asked; those for something else come last,
and the caller is told how many are for what is asked: a line for abused children is no answer to
a deportation.
"""

import numpy as np

from geo.areas import Area
from geo.search.everyday_words import NEXT_TO
from geo.search.index import NEARNESS, Bools, Index, Ints, any_of
from geo.search.match import Match

LOCAL = range(NEARNESS.index("both"))


def called(
    index: Index, where: Area | None, types: frozenset[str], wanted: Match | None
) -> tuple[Ints, int]:
    """Return the lines for a question, and how many of them, the first, are for what is asked.

    Where `types` are chosen, only lines for them are given, if there are any.
    Of those that fit, first what the words name, then urgent before local. The nearest line that
    knows help of every kind comes first if one of its like fits or if no line does, else right
    after those that do. A line that takes reports of abuse fits only who names that: to others it
    is a threat. Without a county those of a single one come last: they may not be the reader's.
    """
    serving = np.ones(len(index.lines), dtype=bool)
    if where:
        serving = any_of(index, index.counties, [where.county])[index.lines]
    if types:
        for_types = serving & any_of(index, index.kinds, types)[index.lines]
        serving = for_types if for_types.any() else serving
    numbers, ranks = index.lines[serving], index.line_ranks[serving]
    anything = index.for_anything[serving]
    asked = types or (wanted.types if wanted else frozenset())
    if asked > {"hotline"}:
        asked -= {"hotline"}  # "suicide hotline" is not just any line
    meant = asked.union(*(NEXT_TO.get(kind, ()) for kind in asked))
    named = wanted.named[numbers] if wanted else np.zeros(len(numbers), dtype=np.int16)
    by_name = (named > 0) & (named == named.max(initial=0)) & (not types)
    fits = any_of(index, index.kinds, meant)[numbers] | by_name
    if not types:
        fits &= ~index.reports[serving] | by_name
    narrow = bool(types or wanted)
    off_main = np.array([index.main_types[line] not in asked for line in numbers], dtype=bool)
    elsewhere = np.array([where is None and place in LOCAL for place in ranks[:, 1]], bool)
    leads = anything & ((anything & fits).any() | (not fits.any()) | (not narrow))
    leads &= np.arange(len(numbers)) == _first(leads, ranks[:, 1] + 100 * elsewhere)
    fits &= ~anything
    group = np.select([leads, fits, anything], [0, 1, 2], 3) if narrow else ~leads
    order = np.lexsort((off_main, ranks[:, 1], ranks[:, 0], elsewhere, -named, group))
    fitting = int((fits | leads).sum()) if narrow else len(numbers)
    return numbers[order], fitting


def _first(among: Bools, rank: Ints) -> int:
    """Return which of those `among` has the lowest rank, -1 if there are none."""
    return int(np.argmin(np.where(among, rank, np.iinfo(rank.dtype).max))) if among.any() else -1
