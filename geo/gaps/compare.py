"""Compare: two answers side by side: who is beyond the limit in each, by group and on the map."""

import numpy as np
import pandas as pd

from geo.errors import QuestionError
from geo.gaps.answer import Answer
from geo.gaps.classes import Shading, shading
from geo.i18n import Words, mark

ENDS = ("_best", "_worst")
COMES, STAYS, REMAINS, FALLS = range(4)  # the classes of areas, from light to dark


def by_group(first: Answer, second: Answer) -> pd.DataFrame:
    """Return a row a group: `people`, who is beyond the limit of each answer, and the change.

    `first_best`, `first_worst`, `second_best`, `second_worst` are the ends of the two ranges;
    `change_least` and `change_most` the change at one end and at the other, in order.

    Raises QuestionError if they are about different areas.
    """
    _check(first, second)
    before, after = (answer.tables["group"] for answer in (first, second))
    ends = {end: (before[f"people_beyond{end}"], after[f"people_beyond{end}"]) for end in ENDS}
    changes = np.sort(np.column_stack([then - was for was, then in ends.values()]), axis=1)
    return pd.DataFrame(
        {
            "people": before["people"],
            **{f"first{end}": was for end, (was, _) in ends.items()},
            **{f"second{end}": then for end, (_, then) in ends.items()},
            "change_least": changes[:, 0],
            "change_most": changes[:, 1],
        }
    )


def shade(first: Answer, second: Answer, say: Words) -> Shading:
    """Return which areas come within the limit and which fall out of it, as classes for a map.

    An area that is undecided in either is undecided. Raises QuestionError as `by_group`.
    """
    _check(first, second)
    was, then = (answer.areas["within_worst"].to_numpy(bool) for answer in (first, second))
    kinds = np.select([then & ~was, then & was, ~then & ~was], [COMES, STAYS, REMAINS], FALLS)
    labels = [
        say("comes within the limit"),
        say("within it both times"),
        say("beyond it both times"),
        say("falls out of the limit"),
    ]
    undecided = first.undecided | second.undecided
    return shading(second, kinds.astype(float), undecided, labels, say("First question and now"))


def _check(first: Answer, second: Answer) -> None:
    if first.question.county != second.question.county:
        raise QuestionError(mark("To compare two questions, ask both about the same county."))
    if first.own.people != second.own.people:
        raise QuestionError(mark("To compare two questions, ask both about the same people."))
