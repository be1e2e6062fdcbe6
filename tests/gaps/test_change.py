"""Before and after a change are counted by who they are, and nobody is counted who is not known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import QuestionError
from geo.gaps import change

# Three areas, two sites; 100, 40 and 7 people, of whom the third area does not know its poor.
COST = [[5.0, 30.0], [30.0, 5.0], [np.nan, 12.0]]
PEOPLE = [100, 40, 7]
GROUPS = {"poverty": [10.0, 20.0, np.nan]}
NONE = np.nan
NOTHING = change.close(change.close(COST, 0), 1)


def compared(after, before=COST):
    return change.compare(before, after, PEOPLE, 10, GROUPS)


def test_a_new_site_gains_those_it_is_near_to():
    table = compared(change.add(COST, [NONE, NONE, 10.0]))
    assert table.loc["people", ["people", "within_before", "within_after"]].to_list() == [
        147,
        140,
        147,
    ]
    assert table.loc["people", ["gained", "lost"]].to_list() == [7, 0]


def test_a_closed_site_loses_those_who_have_no_other():
    table = compared(change.close(COST, 1))
    assert table.loc["people", ["gained", "lost"]].to_list() == [0, 40]
    assert table.loc["poverty", ["people", "gained", "lost"]].to_list() == [30, 0, 20]


def test_a_moved_site_gains_some_and_loses_others():
    table = compared(change.move(COST, 1, [40.0, 40.0, 2.0]))
    assert table.loc["people", ["gained", "lost"]].to_list() == [7, 40]


def test_opening_again_gains_what_closing_lost():
    table = compared(COST, before=NOTHING)
    assert table.loc["people", ["within_before", "gained", "lost"]].to_list() == [0, 140, 0]


def test_whose_figure_is_not_known_is_told_apart():
    assert compared(COST)["unknown"].to_list() == [0, 7]


def test_means_are_of_those_who_have_a_way_before_and_after():
    table = compared(change.close(COST, 1))  # the third area is left without any
    assert table.loc["people", "mean_before"] == pytest.approx((5 * 100 + 5 * 40) / 140)
    assert table.loc["people", "mean_after"] == pytest.approx((5 * 100 + 30 * 40) / 140)
    assert compared(NOTHING)[["mean_after"]].isna().all().all()


def test_the_table_of_before_stays_as_it_was():
    cost = np.array(COST)
    change.close(cost, 1)
    change.move(cost, 0, [1.0, 1.0, 1.0])
    assert np.array_equal(cost, np.array(COST), equal_nan=True)


cells = st.one_of(st.integers(0, 20).map(float), st.just(np.nan))
tables = st.lists(st.lists(cells, min_size=2, max_size=2), min_size=3, max_size=3)


@given(tables, tables)
def test_gained_less_lost_is_the_difference_and_back_is_the_opposite(before, after):
    there, back = compared(after, before), compared(before, after)
    difference = there["within_after"] - there["within_before"]
    assert ((there["gained"] - there["lost"]) == difference).all()
    assert there["gained"].to_list() == back["lost"].to_list()
    assert there["mean_before"].equals(back["mean_after"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda: change.close(COST, 2), "There is no site 2"),
        (lambda: change.move(COST, -1, [1, 1, 1]), "There is no site -1"),
        (lambda: change.add(COST, [1, 1]), "from 2 areas to the new place, wanted 3"),
        (lambda: change.nearest([1, 2]), "shape"),
        (
            lambda: change.compare(COST, COST, PEOPLE, 0),
            "Found 0, wanted minutes",
        ),
        (
            lambda: change.compare(COST, COST, PEOPLE, NONE),
            "Found nan, wanted minutes",
        ),
        (lambda: change.compare(COST, COST[:2], PEOPLE, 10), "3 before and 2 after"),
        (lambda: change.compare(COST, COST, [1], 10), "found 1 areas, wanted 3"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(change, sentence):
    with pytest.raises(QuestionError, match=sentence):
        change()


def test_without_any_site_nobody_is_within():
    table = compared(COST, before=np.empty((3, 0)))
    assert table.loc["people", ["within_before", "gained"]].to_list() == [0, 140]
