"""Each measure agrees with a naive second version or a case worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array

from geo import measures
from geo.errors import QuestionError

NONE = math.nan
costs = st.one_of(st.just(NONE), st.floats(0, 99))
tables = st.tuples(st.integers(1, 6), st.integers(1, 5)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape, elements=costs),
        arrays(np.int64, shape[0], elements=st.integers(1, 50)),
    )
)


@given(tables, st.integers(1, 4))
def test_nearest_is_what_sorting_each_row_by_hand_gives(table, k):
    cost, _ = table
    for found, row in zip(measures.nearest(cost, k), cost.tolist(), strict=True):
        known = sorted(c for c in row if not math.isnan(c))
        assert found == pytest.approx((known + [NONE] * k)[:k], nan_ok=True)


def test_what_is_infinitely_far_is_not_reached():
    assert measures.nearest([[math.inf, 3]], 2) == pytest.approx(np.array([[3, NONE]]), nan_ok=True)


def test_without_any_service_nobody_reaches_any():
    assert np.isnan(measures.nearest(np.empty((2, 0)))).all()


@given(tables, st.floats(1, 99))
def test_beyond_counts_person_by_person(table, threshold):
    cost, people = table
    persons = [c for c, n in zip(cost[:, 0].tolist(), people, strict=True) for _ in range(n)]
    within = sum(1 for c in persons if c <= threshold)
    found = measures.beyond(cost[:, 0], people, threshold)
    assert found.people_within == within
    assert found.people_beyond == len(persons) - within
    assert found.share_beyond == pytest.approx(1 - within / len(persons))


def test_at_the_threshold_is_within_it():
    assert measures.beyond([30.0], [1], 30).people_within == 1


@given(tables)
def test_steps_count_whoever_has_so_many_so_near(table):
    cost, people = table
    near, limits = measures.nearest(cost), [10, 20, 30, 60]
    found = measures.steps(near, people, limits)
    for limit, row in zip(limits, found.tolist(), strict=True):
        have = [sum(1 for c in line if c <= limit) for line in cost.tolist()]
        for rank, counted in enumerate(row, start=1):
            wanted = sum(n for n, h in zip(people.tolist(), have, strict=True) if h >= rank)
            assert counted == wanted


@given(tables)
def test_spread_is_that_of_all_people_in_one_line(table):
    cost, people = table[0][:, 0], table[1]
    persons = sorted(
        (math.inf if math.isnan(c) else c)
        for c, n in zip(cost.tolist(), people.tolist(), strict=True)
        for _ in range(n)
    )
    reached = [c for c in persons if c < math.inf]
    found = measures.spread(cost, people)
    assert found.mean == pytest.approx(np.mean(reached) if reached else NONE, nan_ok=True)
    assert found.people_unreached == len(persons) - len(reached)
    for value, q in ((found.median, 0.5), (found.p90, 0.9)):
        wanted = persons[math.ceil(round(q * len(persons), 9)) - 1]
        assert value == pytest.approx(NONE if wanted == math.inf else wanted, nan_ok=True)


def naive_e2sfca(minutes, people, supply, breaks, weights):
    """Return the score from the two formulas, loop by loop."""

    def weigh(t):
        return next((w for b, w in zip(breaks, weights, strict=True) if t <= b), 0)

    areas, services = range(len(minutes)), range(len(supply))
    scores = [0.0 for _ in areas]
    for j in services:
        demand = sum(people[i] * weigh(minutes[i][j]) for i in areas)
        for i in areas:
            if demand:
                scores[i] += supply[j] / demand * weigh(minutes[i][j])
    return scores


def sparse_e2sfca(minutes, people, supply, breaks, weights):
    """Return the score by two products with a sparse table of weights: for whole nations."""
    zone = np.searchsorted(breaks, minutes)  # NaN sorts past the end
    weight = csr_array(np.append(weights, 0)[zone])
    demand = weight.T @ people
    ratio = np.divide(supply, demand, out=np.zeros(len(supply)), where=demand > 0)
    return weight @ ratio


SETS = [((10, 20, 30), (1, 0.68, 0.22)), ((15,), (1,)), ((5, 60), (1, 0.1))]


@given(tables, st.sampled_from(SETS))
def test_e2sfca_is_what_two_other_versions_give(table, chosen):
    cost, people = table
    supply = np.arange(1.0, cost.shape[1] + 1)
    found = measures.e2sfca(cost, people, supply, *chosen)
    naive = naive_e2sfca(cost.tolist(), people.tolist(), supply.tolist(), *chosen)
    assert found == pytest.approx(np.array(naive))
    assert found == pytest.approx(sparse_e2sfca(cost, people, supply, *chosen))


@given(tables)
def test_e2sfca_conserves_the_supply_that_anyone_reaches(table):
    cost, people = table
    supply = np.arange(1.0, cost.shape[1] + 1)
    reached = (cost <= 30).any(axis=0)
    assert measures.e2sfca(cost, people, supply) @ people == pytest.approx(supply[reached].sum())


def test_e2sfca_of_a_case_worked_by_hand():
    # One doctor each. The first has 100 people at 5 min and 100 at 15: 100 + 68 = 168 weighted;
    # the second 100 at 25 min: 22 weighted; the third nobody within half an hour.
    minutes = [[5, 25, 40], [15, 31, NONE]]
    found = measures.e2sfca(minutes, [100, 100], [1, 1, 1])
    assert found == pytest.approx([1 / 168 + 0.22 / 22, 0.68 / 168])


def test_a_service_that_only_reaches_where_nobody_lives_gives_nobody_anything():
    found = measures.e2sfca([[5, 50], [50, 5]], [0, 10], [1, 1])
    assert found == pytest.approx([0, 0.1])


values = arrays(float, 5, elements=st.floats(0.1, 9))
counts = arrays(np.int64, 5, elements=st.integers(1, 20))


@given(values, counts)
def test_gini_is_the_mean_difference_between_any_two_people(value, people):
    persons = np.repeat(value, people)
    differences = np.abs(persons[:, None] - persons[None]).mean()
    assert measures.gini(value, people) == pytest.approx(differences / (2 * persons.mean()))


@given(values, counts)
def test_the_lorenz_curve_goes_from_nothing_to_all_below_the_diagonal(value, people):
    curve = measures.lorenz(value, people)
    assert curve[0].tolist() == [0, 0] and curve[-1] == pytest.approx([1, 1])
    assert (np.diff(curve, axis=0) >= 0).all()
    assert (curve[:, 1] <= curve[:, 0] + 1e-9).all()


def test_gini_is_0_where_all_have_as_much_and_1_less_a_share_where_few_have_all():
    assert measures.gini([3, 3], [10, 70]) == pytest.approx(0)
    assert measures.gini([0, 1], [99, 1]) == pytest.approx(0.99)


@pytest.mark.parametrize("threshold", [0, -1, NONE, math.inf])
def test_a_threshold_that_is_not_above_0_is_refused(threshold):
    with pytest.raises(QuestionError, match="wanted minutes or miles above 0, such as 30"):
        measures.beyond([1.0], [1], threshold)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([5, NONE], "Area 2 of 2: found nan people, wanted 0 or more"),
        ([-1, 5], "Area 1 of 2: found -1.0 people"),
        ([0, 0], "Nobody lives in these areas"),
        ([], "Nobody lives in these areas"),
    ],
    ids=str,
)
def test_areas_without_people_are_refused_with_their_number(people, told):
    for measure in (measures.spread, measures.gini):
        with pytest.raises(QuestionError, match=told):
            measure(np.ones(len(people)), people)
    with pytest.raises(QuestionError, match=told):
        measures.beyond(np.ones(len(people)), people, 30)


def test_nothing_to_share_out_is_said():
    with pytest.raises(QuestionError, match="nothing to share out"):
        measures.gini([0, 0], [1, 1])
