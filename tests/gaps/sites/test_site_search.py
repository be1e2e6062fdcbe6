"""The best sites are the best, however many are tried, and what is not proved is told."""

import importlib
import pickle
import sys
import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import i18n, jobs
from geo.errors import QuestionError
from geo.gaps.sites import exact, greedy, site_search
from geo.gaps.sites.site_search import Question

pytestmark = pytest.mark.slow
LIMIT = 10.0

dice = st.integers(0, 10**9).map(np.random.default_rng)  # what hypothesis draws itself is too tame


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """Load the solver before any test has to keep to a time: on a busy machine that takes long."""
    importlib.import_module("spopt.locate")


def costs(random, shape):
    """Return costs, one in ten of them no way."""
    table = random.integers(5, 16, shape).astype(float)
    table[random.random(shape) < 0.05] = np.inf
    table[random.random(shape) < 0.05] = np.nan
    return table


@st.composite
def questions(draw):
    """Draw costs, existing, people and k for up to 9 areas and 10 candidates.

    At least one candidate brings somebody within the limit: a question without an answer has tests
    of its own.
    """
    random = draw(dice)
    areas, candidates = random.integers(1, 10), random.integers(1, 11)
    people = random.integers(0, 3000, areas) * (random.random(areas) < 0.9)
    table, existing = costs(random, (areas, candidates)), costs(random, areas)
    far = random.integers(areas)
    people[far] += 1
    existing[far] = random.choice([LIMIT + 1, LIMIT + 5, np.inf, np.nan])
    table[far, random.integers(candidates)] = random.integers(5, LIMIT + 1)
    k = int(random.integers(1, min(5, candidates + 1)))
    return table, existing, people.astype(float), k


@st.composite
def tables(draw, spare=0):
    """Draw costs from up to 10 areas to up to 10 candidates, all with a way; and k up to 4.

    `spare` candidates at least are not among the k.
    """
    random = draw(dice)
    areas, candidates = random.integers(1, 11), random.integers(1 + spare, 11)
    k = int(random.integers(1, min(4, candidates - spare) + 1))
    return random.integers(0, 26, (areas, candidates)).astype(float), k


@pytest.fixture
def town():
    """Return costs, existing and people of 40 areas and 12 candidates on a plain."""
    random = np.random.default_rng(7)
    areas, places = random.random((40, 2)) * 60, random.random((12, 2)) * 60
    table = np.hypot(*(areas[:, None] - places).transpose(2, 0, 1))
    return table, np.full(40, 45.0), random.integers(1, 2000, 40).astype(float)


def nearest(cost, existing, chosen):
    """Return the least of a row in plain Python; None where there is no way."""
    rows = zip(existing, cost, strict=True)
    ways = [[has, *(row[site] for site in chosen)] for has, row in rows]
    return [min((way for way in row if np.isfinite(way)), default=None) for row in ways]


def within(cost, existing, people, chosen):
    found = nearest(cost, existing, chosen)
    return sum(p for p, way in zip(people, found, strict=True) if way is not None and way <= LIMIT)


def longest(cost, existing, people, chosen):
    known = nearest(cost, existing, range(cost.shape[1]))
    found = nearest(cost, existing, chosen)
    rows = zip(people, known, found, strict=True)
    ways = [np.inf if way is None else way for p, any_, way in rows if p and any_ is not None]
    return max(ways)


def mean(cost, existing, people, chosen):
    every = [way for way in (*cost.ravel(), *existing, LIMIT) if np.isfinite(way)]
    known = nearest(cost, existing, range(cost.shape[1]))
    found = nearest(cost, existing, chosen)
    rows = [(p, way) for p, a, way in zip(people, known, found, strict=True) if a is not None]
    total = sum(p * (2 * max(every) if way is None else way) for p, way in rows)
    return total / sum(p for p, _ in rows)


def choices(cost, most):
    """Yield every choice of up to `most` candidates."""
    for k in range(most + 1):
        yield from combinations(range(cost.shape[1]), k)


def ask(question, model):
    return site_search.best(Question(*question, model, LIMIT))


def ask_badly(question, model):
    """Ask with first answers that are poor: the bounds and the exact models have to mend them."""
    pick = greedy.pick
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            greedy, "pick", lambda *given: pick(*given) if given[3] == 1 else list(range(given[3]))
        )
        patch.setattr(greedy, "cover", lambda reached: np.flatnonzero(reached.any(axis=0)).tolist())
        return ask(question, model)


asked = st.sampled_from([ask, ask_badly])


@given(questions(), asked)
def test_mclp_brings_as_many_people_within_the_limit_as_any_choice(question, ask):
    cost, existing, people, k = question
    found = ask(question, "mclp")
    assert found.exact
    most = max(within(cost, existing, people, chosen) for chosen in choices(cost, k))
    assert found.objective == within(cost, existing, people, found.chosen) == most
    assert len(found.chosen) <= k


@given(questions(), asked)
def test_lscp_takes_as_few_sites_as_any_choice_that_leaves_nobody_out(question, ask):
    cost, existing, people, _ = question
    found = ask(question, "lscp")
    assert found.exact
    all_sites = within(cost, existing, people, range(cost.shape[1]))
    enough = (
        len(chosen)
        for chosen in choices(cost, cost.shape[1])
        if within(cost, existing, people, chosen) == all_sites
    )
    assert within(cost, existing, people, found.chosen) == all_sites
    assert found.objective == len(found.chosen) == next(enough)


@given(questions(), asked)
def test_p_median_makes_trips_as_short_on_average_as_any_choice(question, ask):
    cost, existing, people, k = question
    found = ask(question, "p_median")
    assert found.exact
    least = min(mean(cost, existing, people, chosen) for chosen in choices(cost, k))
    assert found.objective == pytest.approx(least, rel=1e-6)
    assert found.objective == pytest.approx(mean(cost, existing, people, found.chosen))


@given(questions(), asked)
def test_p_center_makes_the_longest_trip_as_short_as_any_choice(question, ask):
    cost, existing, people, k = question
    found = ask(question, "p_center")
    assert found.exact
    least = min(longest(cost, existing, people, chosen) for chosen in choices(cost, k))
    assert found.objective == longest(cost, existing, people, found.chosen) == least
    assert len(found.chosen) <= k


@given(tables())
def test_the_exact_model_of_coverage_agrees_with_every_choice(table):
    reached, k = table[0] >= 20, table[1]
    people = np.arange(1.0, len(reached) + 1)
    found = exact.cover_most(reached, people, k, time.monotonic() + 20)
    most = max(people[reached[:, chosen].any(axis=1)].sum() for chosen in choices(reached, k))
    assert found.proved
    assert people[reached[:, found.chosen].any(axis=1)].sum() == most
    assert found.bound == pytest.approx(most)


@given(tables())
def test_the_exact_model_of_covering_all_agrees_with_every_choice(table):
    reached = table[0] >= np.minimum(table[0].max(axis=1, keepdims=True), 20)
    found = exact.cover_all(reached, time.monotonic() + 20)
    every = choices(reached, reached.shape[1])
    fewest = next(chosen for chosen in every if reached[:, chosen].any(axis=1).all())
    assert found.proved
    assert reached[:, found.chosen].any(axis=1).all()
    assert len(found.chosen) == len(fewest) == pytest.approx(found.bound)


@given(tables(spare=1))
def test_the_exact_model_of_the_p_median_agrees_with_every_choice(table):
    cost, k = table
    people = np.arange(1.0, len(cost) + 1)
    found = exact.cost_least(cost, people, k, time.monotonic() + 20)
    wanted = combinations(range(1, cost.shape[1]), k)
    least = min(people @ cost[:, (0, *chosen)].min(axis=1) for chosen in wanted)
    assert found.proved
    assert people @ cost[:, (0, *found.chosen)].min(axis=1) == pytest.approx(least)
    assert found.bound == pytest.approx(least)


@given(tables(spare=1), st.integers(0, 20))
def test_the_bound_of_the_p_median_is_below_every_choice_and_its_columns_hold_the_best(
    table, spare
):
    cost, k = table
    existing, people = cost[:, 0], np.arange(1.0, len(cost) + 1)
    totals = {
        chosen: people @ np.minimum(existing, cost[:, chosen].min(axis=1))
        for chosen in combinations(range(cost.shape[1]), k)
    }
    least = min(totals.values())
    bound, possible = greedy.least_cost(cost, existing, people, k, least + spare, np.inf)
    assert bound <= least * (1 + 1e-9)
    assert [c for c, total in totals.items() if total == least and possible[list(c)].all()]


@given(questions(), st.sampled_from(list(site_search.MODELS)))
def test_people_gained_in_turn_add_up_to_all_who_are_gained(question, model):
    cost, existing, people, _ = question
    found = ask(question, model)
    before = within(cost, existing, people, ())
    for n in range(len(found.chosen) + 1):
        after = within(cost, existing, people, found.chosen[:n])
        assert sum(found.people_gained[:n]) == after - before
    assert found.people_left == people.sum() - after
    if model == "mclp":
        assert list(found.people_gained) == sorted(found.people_gained, reverse=True)


@given(questions(), st.sampled_from(list(site_search.MODELS)))
def test_without_a_solver_the_answer_is_no_better_than_its_bound(question, model):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "spopt.locate", None)
        first = ask(question, model)
    assert first.status in ("optimal", "no_solver")
    best = ask(question, model)
    better = abs(best.objective - first.objective)
    if np.isfinite(first.objective):
        assert better <= first.gap * max(first.objective, best.objective) + 1e-6
    if first.exact:
        assert first.objective == pytest.approx(best.objective)


@pytest.mark.parametrize("model", site_search.MODELS)
def test_one_site_is_found_without_a_solver(town, model, monkeypatch):
    monkeypatch.setitem(sys.modules, "spopt.locate", None)
    found = site_search.best(Question(*town, 1, model, LIMIT))
    assert found.exact or model == "lscp"


def test_a_module_missing_elsewhere_is_no_missing_solver(town, monkeypatch):
    monkeypatch.setitem(sys.modules, "spopt.locate", None)
    question = Question(*town, 3, "mclp", LIMIT)
    assert site_search.best(question).status == "no_solver"

    def miss(*_):
        raise ModuleNotFoundError("No module named 'scipy.sparse'", name="scipy.sparse")

    monkeypatch.setattr(exact, "cover_most", miss)
    with pytest.raises(ModuleNotFoundError, match="scipy"):
        site_search.best(question)


def test_the_same_question_has_the_same_answer(town):
    question = Question(*town, 3, "p_median", LIMIT)
    assert site_search.best(question) == site_search.best(question)


@pytest.mark.parametrize("model", ["mclp", "p_median", "p_center"])
def test_when_there_is_no_time_the_quick_answer_stands_and_says_so(model):
    random = np.random.default_rng(3)
    table, existing = random.random((300, 80)) * 60, np.full(300, 60.0)
    people = random.integers(1, 2000, 300).astype(float)
    began = time.monotonic()
    found = site_search.best(Question(table, existing, people, 8, model, LIMIT / 10), seconds=0.05)
    assert time.monotonic() - began < 5
    assert found.status == "time_limit"
    assert 0 < found.gap < 1
    assert "better by at most" in found.told(i18n.words("en"))


@pytest.mark.parametrize("ask", [ask, ask_badly])
def test_who_is_just_at_the_limit_is_within(ask):
    table = np.array([[LIMIT, 50, 50], [50, 50, LIMIT], [50, LIMIT, 50]])
    question = table, np.full(3, 50.0), np.array([1.0, 3, 5]), 2
    assert ask(question, "mclp").objective == 8
    assert ask(question, "lscp").objective == 3


def test_a_site_that_does_no_good_is_not_chosen():
    table = [[5.0, 6.0, 50.0], [5.0, 6.0, 50.0]]
    found = site_search.best(Question(table, [np.inf] * 2, [10, 20], 3, "mclp", LIMIT))
    assert (found.chosen, found.people_gained) == ((0,), (30.0,))


def test_the_best_so_far_is_told_on_the_way(town):
    told = []
    found = site_search.best(Question(*town, 3, "p_center", LIMIT), tell=told.append)
    assert told[0].status == "quick"
    assert found.objective <= told[0].objective
    assert [each.gap for each in told] == sorted((each.gap for each in told), reverse=True)


BAD = {
    "k is 0": ({"k": 0}, "Found 0 as the number of sites"),
    "k is not a number": ({"k": np.nan}, "Found nan as the number of sites"),
    "k above candidates": ({"k": 13}, r"fewer candidate sites \(12\) than sites to choose \(13\)"),
    "no candidate": ({"cost_candidates": np.empty((40, 0))}, "There is no candidate site"),
    "candidates nobody reaches": ({"cost_candidates": np.full((40, 2), np.nan)}, "No candidate"),
    "other areas": ({"cost_existing": np.ones(3)}, "do not fit together"),
    "one candidate as a row": ({"cost_candidates": np.ones(40)}, "do not fit together"),
    "limit 0": ({"threshold": 0}, "Found 0, wanted minutes or miles above 0"),
    "no limit": ({"threshold": np.nan}, "Found nan, wanted minutes or miles above 0"),
    "limit without end": ({"threshold": np.inf}, "Found inf, wanted minutes or miles above 0"),
    "people unknown": ({"people": np.r_[np.ones(39), np.nan]}, "Found nan people"),
    "people below 0": ({"people": np.r_[np.ones(39), -4]}, "Found -4.0 people"),
    "nobody": ({"people": np.zeros(40)}, "Nobody lives"),
    "no areas": (
        {"cost_candidates": np.empty((0, 12)), "cost_existing": [], "people": []},
        "Nobody lives",
    ),
    "trip below 0": ({"cost_existing": np.full(40, -1.0)}, "Found a trip of -1.0"),
    "nobody out of reach": (
        {"cost_existing": np.ones(40)},
        "All people are within the limit",
    ),
    "candidates all too far": ({"threshold": 1e-9}, "No candidate site is within the limit"),
    "model": ({"model": "best"}, "There is no model best"),
    "no better site": ({"cost_existing": np.zeros(40), "model": "p_median"}, "nearer to anybody"),
}


@pytest.mark.parametrize(("change", "sentence"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("ask", [site_search.best, site_search.start], ids=["best", "start"])
def test_a_question_without_an_answer_is_refused_in_a_sentence(town, change, sentence, ask):
    names = ("cost_candidates", "cost_existing", "people")
    usual = dict(zip(names, town, strict=True)) | {"k": 2, "model": "mclp", "threshold": LIMIT}
    with pytest.raises(QuestionError, match=sentence) as refused:
        ask(Question(**{**usual, **change}))
    assert refused.value.told(i18n.words("en")) == str(refused.value)
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)


def test_too_large_a_table_is_refused(town, monkeypatch):
    monkeypatch.setattr(site_search, "MOST_CELLS", 80)
    with pytest.raises(QuestionError, match="Choose at most 2"):
        site_search.best(Question(*town, 2, "mclp", LIMIT))


def test_a_search_in_a_process_of_its_own_finds_the_same_and_tells_on_the_way():
    random = np.random.default_rng(3)
    table, people = random.random((60, 30)) * 60, random.integers(1, 2000, 60).astype(float)
    question = Question(table, np.full(60, 60.0), people, 5, "mclp", 3.0)
    job = site_search.start(question, seconds=60)
    assert job.running
    assert job.found() is None
    found = job.wait(120)
    assert found == site_search.best(question)
    assert found.exact
    assert (job.told.status, job.running) == ("quick", False)
    job.cancel()
    assert job.found() == found


def test_a_cancelled_search_is_gone_at_once(town):
    job = site_search.start(Question(*town, 3, "p_median", LIMIT))
    job.cancel()
    assert not job.running
    with pytest.raises(jobs.JobError, match="stopped before"):
        job.found()


def test_only_so_many_searches_run_at_once(town):
    question = Question(*town, 3, "mclp", LIMIT)
    searches = [site_search.start(question) for _ in range(site_search.SLOTS.most)]
    with pytest.raises(QuestionError, match="Other searches"):
        site_search.start(question)
    for job in searches:
        job.cancel()
    site_search.start(question).cancel()
