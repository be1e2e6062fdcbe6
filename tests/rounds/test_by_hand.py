"""By hand the times move at once; what is not kept is said in words and not forbidden."""

import pytest

from geo.errors import QuestionError
from geo.i18n import words
from geo.rounds import audit, by_hand, planner, timing
from geo.rounds.plan import Break, Question
from tests.support.outings import DAY, line, outing, stop, team, travel

SAY = words("en")


@pytest.fixture
def plan():
    stops = [stop("a", (540, 600)), stop("b", (540, 630)), stop("c", (540, 650)), stop("d")]
    return planner.plan(
        Question(DAY, stops, [team(540, 800)], line(10, 20, 30, 40, 0, 0)), seconds=60.0
    )


def keys(plan):
    return [visit.stop.key for visit in plan.rounds[0].visits]


def breaches(plan):
    found = [b for round_ in plan.rounds for b in round_.breaches]
    found += [b for round_ in plan.rounds for visit in round_.visits for b in visit.breaches]
    return [breach.told(SAY).replace("\u202f", " ") for breach in found]


def test_a_stop_moved_changes_the_times_of_all_after_it(plan):
    moved = by_hand.move(plan, "a", +3)
    assert keys(plan) == ["a", "b", "c", "d"]
    assert keys(moved) == ["b", "c", "d", "a"]
    assert moved.status == "by_hand"
    first, *_, last = moved.rounds[0].visits
    assert (first.arrive, last.arrive) == (560, 560 + 3 * 20 + 10 + 10 + 30)
    assert breaches(moved) == [
        "Closed when the team gets there at 11:10 AM. It closes at 10:00 AM."
    ]
    assert by_hand.move(moved, "a", -9).rounds == plan.rounds


def test_a_visit_that_closing_cuts_short_is_named(plan):
    moved = by_hand.move(plan, "a", +2)
    assert breaches(moved) == [
        "Closed when the team gets there at 10:30 AM. It closes at 10:00 AM."
    ]
    assert breaches(by_hand.move(plan, "a", +1)) == [
        "Closes at 10:00 AM, before the visit ends at 10:10 AM."
    ]


def test_a_stop_that_is_pinned_stays_there_when_others_move(plan):
    pinned = by_hand.pin(plan, "c", by_hand.FIRST)
    assert keys(pinned) == ["c", "a", "b", "d"]
    assert keys(by_hand.move(pinned, "b", -5)) == ["c", "b", "a", "d"]
    assert keys(by_hand.pin(pinned, "a", by_hand.LAST)) == ["c", "b", "d", "a"]
    assert keys(by_hand.pin(pinned, "b", by_hand.FIRST))[0] == "b"
    let_go = by_hand.pin(pinned, "c", "")
    assert keys(by_hand.move(let_go, "c", +1)) == ["a", "c", "b", "d"]


def test_a_stop_can_be_dropped_and_added_again(plan):
    dropped = by_hand.drop(plan, "b")
    assert keys(dropped) == ["a", "c", "d"]
    assert [(left.kind, left.reason.told(SAY)) for left in dropped.left_out] == [
        ("dropped", "You took it out.")
    ]
    assert keys(by_hand.add(dropped, "b")) == ["a", "b", "c", "d"]
    assert keys(by_hand.add(dropped, "b", team=0, place=3)) == ["a", "c", "d", "b"]


def test_a_new_stop_can_be_added(plan):
    ways = line(10, 20, 30, 40, 25, 0, 0)
    more = by_hand.grown(plan, stop("e", (540, 640)), ways)
    assert [left.stop.key for left in more.left_out] == ["e"]
    assert keys(by_hand.add(more, "e")) == ["a", "b", "e", "c", "d"]


def test_the_end_of_the_shift_a_long_drive_and_a_lost_break_are_named():
    stops = [stop("a", minutes=100), stop("b", minutes=100)]
    crew = team(540, 760, break_=Break(600, 620, 30), longest_leg_minutes=15)
    found = planner.plan(Question(DAY, stops, [crew], line(10, 20, 0, 0)), seconds=60.0)
    (left,) = found.left_out
    both = by_hand.add(found, left.stop.key, team=0, place=1)
    assert "The shift ends at 12:40 PM. The team is back at 1:00 PM." in breaches(both)
    assert any("There is no time for the break between 10:00" in one for one in breaches(both))
    assert any("takes 20 minutes. The longest allowed is 15." in one for one in breaches(both))
    assert audit.check(both) is both


def test_what_is_not_in_the_plan_cannot_be_moved(plan):
    with pytest.raises(QuestionError, match="There is no stop z"):
        by_hand.move(plan, "z", 1)
    with pytest.raises(QuestionError, match="B is in no round"):
        by_hand.move(by_hand.drop(plan, "b"), "b", 1)
    with pytest.raises(QuestionError, match="B is in the plan already"):
        by_hand.add(plan, "b")


def test_a_place_without_a_way_there_is_named():
    never = float("nan")
    ways = travel([[0, 5, 5, 5], [never, 0, 5, 5], [never, 5, 0, 0], [never, 5, 0, 0]])
    found = planner.plan(Question(DAY, [stop("a"), stop("b")], [team()], ways), seconds=60.0)
    assert "No way there was found." in breaches(by_hand.add(found, "a"))


@pytest.mark.parametrize(
    ("back", "told"),
    [
        (40, "The drive back takes 40 minutes. The longest allowed is 30."),
        (float("nan"), "No way back was found."),
    ],
)
def test_a_way_back_that_cannot_be_is_told(back, told):
    ways = [[0, 10, back], [10, 0, 10], [back, 10, 0]]
    known = outing([stop("a")], [team(longest_leg_minutes=30)], travel(ways))
    round_ = timing.schedule(known, 0, [0])
    assert told in [breach.told(SAY) for breach in round_.breaches]
