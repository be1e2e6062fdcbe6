"""What fits into an order is what timing the whole order anew says, and so are all reasons."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.i18n import words
from geo.rounds import by_hand, left_out, planner, timing
from geo.rounds.insertion import Slack
from geo.rounds.plan import Break, Plan
from tests.support import naive_reasons
from tests.support.outings import DAY, line, outing, random_one, stop, team

SAY = words("en")
seeds = st.integers(0, 2**32 - 1)


def thrown(seed, most=9):
    """Return a random question and random orders, few of which can be kept."""
    stops, teams, ways = random_one(seed, most)
    dice = random.Random(seed + 1)
    numbers = dice.sample(range(len(stops)), len(stops))
    orders = [[] for _ in teams]
    for number in numbers[1:]:
        where = dice.randrange(len(teams) + 1)
        if where < len(teams):
            orders[where].append(number)
    return outing(stops, teams, ways), orders, numbers[0]


def kept(known, orders):
    """Return the orders without what stands in the way, so that some can be kept."""
    return [
        [n for k, n in enumerate(order) if known.fits(team, order[: k + 1])]
        for team, order in enumerate(orders)
    ]


@pytest.mark.slow
@settings(max_examples=4 * settings.default.max_examples)
@given(seeds, st.booleans())
def test_a_stop_fits_where_timing_the_whole_order_says_so(seed, sound):
    known, orders, newcomer = thrown(seed)
    for number, order in enumerate(kept(known, orders) if sound else orders):
        crew = known.teams[number]
        slack = Slack(known, number, order, crew)
        for place in range(len(order) + 1):
            whole = [*order[:place], newcomer, *order[place:]]
            first = timing.earliest(crew, known.visited(whole), known.legs(number, whole))
            assert first == naive_reasons.back(known, number, whole)
            assert slack.fits(newcomer, place) == known.fits(number, whole) == (first is not None)
            assert slack.back(newcomer, place, 10_000) == first
            if first is not None:
                assert slack.back(newcomer, place, first) is None
                assert slack.back(newcomer, place, first + 1) == first
        for place in range(len(order)):
            other = [*order[:place], newcomer, *order[place + 1 :]]
            assert slack.fits(newcomer, place, without=1) == known.fits(number, other)


def test_a_question_of_slack_is_often_answered_with_yes_and_often_with_no():
    said = []
    for seed in range(200):
        known, orders, newcomer = thrown(seed)
        for number, order in enumerate(kept(known, orders)):
            slack = Slack(known, number, order, known.teams[number])
            said += [slack.fits(newcomer, place) for place in range(len(order) + 1)]
    assert 0.15 < sum(said) / len(said) < 0.85


@settings(max_examples=4 * settings.default.max_examples)
@given(seeds, st.booleans())
def test_the_reasons_are_true_and_the_least_and_each_way_out_leads_out(seed, sound):
    known, orders, _ = thrown(seed)
    if sound:
        orders = kept(known, orders)
    inside = {number for order in orders for number in order}
    left = [number for number in range(len(known.stops)) if number not in inside]
    found = left_out.why(known, orders, left)
    assert [one.stop for one in found] == [known.stops[number] for number in left]
    for one in found:
        naive_reasons.judge(known, orders, one)


def test_the_kinds_of_reasons_that_were_judged_are_many():
    kinds, remedies = set(), set()
    for seed in range(300):
        known, orders, newcomer = thrown(seed)
        for tried in (orders, kept(known, orders)):
            (found,) = left_out.why(known, tried, [newcomer])
            kinds.add(found.kind)
            remedies |= {sentence.message for sentence in found.remedies}
    assert kinds >= {"closed", "room", "skill", "hours", "other_stop", "shift", "leg", "drive"}
    assert len(remedies) >= 8


@pytest.mark.parametrize("seed", range(25))
def test_a_change_by_hand_gives_what_working_it_out_anew_gives(seed):
    known, orders, newcomer = thrown(seed)
    stops, _, ways = random_one(seed, 9)
    plan = planner.explained(planned(known, orders, ways), "by_hand")
    changed = by_hand.add(plan, stops[newcomer].key)
    assert planner.numbers(changed) == cheapest(known, orders, newcomer)
    for left in changed.left_out:
        naive_reasons.judge(known, planner.numbers(changed), left)


def planned(known, orders, ways):
    """Return a plan of these orders as they are."""
    inside = {number for order in orders for number in order}
    rounds = tuple(timing.schedule(known, team, order) for team, order in enumerate(orders))
    left = left_out.why(known, orders, [n for n in range(len(known.stops)) if n not in inside])
    return Plan(DAY, tuple(known.stops), tuple(known.teams), ways, rounds, left, "by_hand")


def cheapest(known, orders, newcomer):
    """Return the orders with the stop where it fits, if it does, and costs least, by trying all."""
    tried = []
    for number, order in enumerate(orders):
        before = timing.schedule(known, number, order).cost
        for place in range(len(order) + 1):
            whole = [*order[:place], newcomer, *order[place:]]
            more = timing.schedule(known, number, whole).cost - before
            tried.append((not known.fits(number, whole), more, number, whole))
    *_, number, whole = min(tried)
    return [whole if n == number else order for n, order in enumerate(orders)]


def test_a_round_with_a_stop_that_needs_what_the_team_has_not_has_no_place_for_others():
    stops = [stop("a", needs=frozenset({"nurse"})), stop("b")]
    (left,) = left_out.why(outing(stops, [team()], line(5, 5, 0, 0)), [[0]], [1])
    assert left.reason.told(SAY) == (
        "A is in that round and needs a nurse, which the team does not have."
    )


def test_a_round_with_a_stop_that_is_never_open_long_enough_says_which_one_that_is():
    stops = [stop("a", (600, 610)), stop("b", (600, 700), minutes=5)]
    (left,) = left_out.why(outing(stops, [team()], line(5, 5, 0, 0)), [[0]], [1])
    assert left.kind == "other_stop"
    assert left.reason.told(SAY) == (
        "A is in that round and is never open for 20 minutes at a time that day."
    )


def test_a_break_is_found_its_place_beside_the_newcomer():
    pause = Break(560, 590, 30)
    known = outing([stop("a", (540, 700)), stop("b")], [team(break_=pause)], line(10, 20, 0, 0))
    slack = Slack(known, 0, [0], known.teams[0])
    assert [slack.fits(1, place) for place in (0, 1)] == [True, True]
    assert slack.back(1, 1, 10_000) == 540 + 10 + 20 + 30 + 10 + 20 + 20
