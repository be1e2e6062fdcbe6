"""Teams are used evenly, or as few as can be, and no stop is given up for it."""

from dataclasses import replace
from itertools import permutations, product

import pytest

from geo.errors import QuestionError
from geo.i18n import words
from geo.rounds import itinerary, planner, timing
from geo.rounds.plan import Break, Question
from tests.support.outings import DAY, line, outing, stop, team


def plan(stops, teams, ways, share, **more):
    return planner.plan(Question(DAY, stops, teams, ways, share), seconds=60.0, **more)


def days(found):
    return sorted(round_.back_at - round_.leave_start for round_ in found.rounds)


def crew(many, **more):
    return [team(name=f"T{number}", **more) for number in range(many)]


@pytest.mark.parametrize("places", [(4, 9, 15, 22, 40), (-10, -7, 3, 12, 12), (1, 2, 3, 60, 61)])
def test_the_longest_day_is_the_shortest_of_all_ways_to_share_five_stops(places):
    stops = [stop(f"s{n}") for n in range(5)]
    teams, ways = crew(2), line(*places, 0, 0, 0, 0)
    parts = outing(stops, teams, ways)
    longest = [
        max(day([n for n in range(5) if who[n] == number], parts) for number in (0, 1))
        for who in product((0, 1), repeat=5)
    ]
    found = plan(stops, teams, ways, "even")
    assert not found.left_out
    assert days(found)[-1] == min(longest)


def day(numbers, parts):
    """Return the least time out for these stops, of all their orders."""
    rounds = (timing.schedule(parts, 0, order) for order in permutations(numbers))
    return min(one.back_at - one.leave_start for one in rounds)


def test_three_crews_all_work_where_the_least_driving_needs_one():
    stops, ways = [stop(f"s{n}") for n in range(11)], line(*range(5, 16), 0, 0, 0, 0, 0, 0)
    least, even = (plan(stops, crew(3), ways, share) for share in ("miles", "even"))
    assert [len(one.visits) for one in least.rounds].count(0) == 2
    assert all(len(one.visits) >= 3 for one in even.rounds)
    assert even.more_miles == pytest.approx(even.miles - least.miles)
    assert even.more_miles > 0
    assert f"{even.more_miles:.1f} miles more" in " ".join(itinerary.shared(even, words("en")))


def test_as_few_teams_go_as_can_see_all_stops():
    stops = [stop(f"s{n}", minutes=60) for n in range(6)]
    ways = line(-30, -29, -28, 28, 29, 30, *[0] * 8)
    found = plan(stops, crew(4, break_=Break(690, 780, 30)), ways, "teams")
    assert not found.left_out
    assert sum(bool(one.visits) for one in found.rounds) == 2  # 6 hours there, 2 of driving


def test_no_stop_is_given_up_to_be_even():
    """Only the nurse may go to three of them; the other team cannot take any off her."""
    nurse = replace(team(name="Nurse"), skills=frozenset({"nurse"}))
    stops = [stop(f"s{n}", needs=frozenset({"nurse"})) for n in range(3)] + [stop("x")]
    found = plan(stops, [nurse, team(name="Other")], line(5, 6, 7, 8, 0, 0, 0, 0), "even")
    assert not found.left_out
    assert [len(one.visits) for one in found.rounds] == [3, 1]


def test_the_same_seed_shares_the_same():
    stops, ways = [stop(f"s{n}") for n in range(9)], line(*range(3, 12), 0, 0, 0, 0)
    first, again = (plan(stops, crew(2), ways, "even", seed=3) for _ in range(2))
    assert first.rounds == again.rounds


def test_another_way_to_share_is_refused():
    with pytest.raises(QuestionError, match="Wanted one of even, miles, teams"):
        plan([stop("a")], crew(2), line(5, 0, 0, 0, 0), "fair")
