"""Row change: the faults that a change of one row brings, without asking all rules of all rows.

Most rules look at a row by itself, so they are asked of that row alone. Those that compare rows
(`checks.COMPARING`) do so by id and by name: they are asked of the row and of all that it may be
compared with, through whatever names lead from one to the other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from geo.catalogue import checks
from geo.catalogue.checks import COMPARING, RULES
from geo.catalogue.issue import Issue
from geo.catalogue.rows import known_as

ALONE = tuple(rule for rule in RULES if rule not in COMPARING)


def new_faults(
    before: pd.DataFrame,
    after: pd.DataFrame,
    number: int,
    lines: Sequence[int],
    today: date,
    zip_counties: Mapping[str, str],
    file_name: str,
) -> list[Issue]:
    """Return the faults that `after` has and `before` had not.

    Parameters
    ----------
    before, after : the rows of a catalogue, which differ in the row of this `number`, from 0
    lines, today, zip_counties, file_name : as of `checks.check`
    """
    found: list[Issue] = []
    for rules, asked in ((ALONE, [number]), (COMPARING, _compared(before, after, number))):
        own = [lines[one] for one in asked]
        now = checks.check(after.iloc[asked], own, today, zip_counties, file_name, rules)
        if now:
            was = checks.check(before.iloc[asked], own, today, zip_counties, file_name, rules)
            known = {(one.where, one.column, one.rule) for one in was}
            found += [one for one in now if (one.where, one.column, one.rule) not in known]
    return found


def _compared(before: pd.DataFrame, after: pd.DataFrame, number: int) -> list[int]:
    """Return the numbers of the rows that share a name with one, or with one that does, and so on.

    A rule joins the texts of all rows of a name, and a row has several: so a change reaches as far
    as there are names in common.
    """
    columns = ["name", "organization"]
    was, now = (frame[columns].iloc[number].tolist() for frame in (before, after))
    cells = zip(*(before[one].to_numpy().tolist() for one in columns), strict=True)
    names = [known_as(*pair) for pair in cells]
    having: dict[str, list[int]] = defaultdict(list)
    for other, known in enumerate(names):
        for name in known:
            having[name].append(other)
    found, reached = {number}, {*known_as(*was), *known_as(*now)}
    left = [*reached]
    while left:
        for other in having.get(left.pop(), ()):
            if other not in found:
                found.add(other)
                left += names[other] - reached
                reached |= names[other]
    same_id = before["id"].eq(before["id"].iloc[number]).to_numpy().nonzero()[0]
    return sorted({*found, *map(int, same_id)})
