"""Two answers side by side say who comes within the limit and who falls out of it."""

import pytest

from geo import i18n
from geo.errors import QuestionError
from geo.gaps import compare
from geo.gaps.answer import work_out
from geo.gaps.question import Question
from tests.gaps.test_answer import EAST, FOUR, PLACES, TUESDAY, WEST, located, miles

EN = i18n.words("en")
BOTH, ONE = (work_out(located(*rows), FOUR, miles(5)) for rows in ((WEST, EAST), (WEST,)))


def test_a_closure_is_counted_by_group_and_shaded():
    table = compare.by_group(BOTH, ONE)
    assert table.loc["everyone", ["people", "first_best", "second_worst"]].tolist() == [
        1234,
        204,
        234,
    ]
    assert table.loc["everyone", ["change_least", "change_most"]].tolist() == [30, 30]
    assert table.loc["poverty", "change_most"] == 0
    shades = compare.shade(BOTH, ONE, EN)
    assert shades.kinds.tolist() == [1, 2, 3, 2]
    assert shades.people == [0, 1000, 204, 30]
    assert compare.shade(ONE, BOTH, EN).people == [30, 1000, 204, 0]


def test_what_is_not_known_in_either_is_undecided():
    unknown = work_out(located(WEST | {"hours": "24/7"}, EAST), FOUR, miles(5, hour=TUESDAY))
    shades = compare.shade(ONE, unknown, EN)
    assert shades.undecided.tolist() == [False, False, True, False]
    table = compare.by_group(ONE, unknown)
    assert table.loc["everyone", ["change_least", "change_most"]].tolist() == [-30, 0]


def test_two_counties_are_not_compared():
    other = work_out(PLACES, FOUR, Question("clinic", measure="miles", threshold=5))
    with pytest.raises(QuestionError, match="same county"):
        compare.by_group(BOTH, other)
