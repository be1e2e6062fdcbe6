"""Shifts and breaks are what the clock on the wall says, over midnight and in a night of change."""

from datetime import date

import pytest

from geo.errors import QuestionError
from geo.i18n import words
from geo.rounds import duty, itinerary, planner, timing
from geo.rounds.plan import Break, Question
from tests.support.outings import DAY, line, outing, stop, team


def plan(stops, teams, ways, day=DAY):
    return planner.plan(Question(day, stops, teams, ways), seconds=60.0)


def test_asking_for_a_break_never_moves_the_start_of_the_day():
    stops = [stop(f"s{n}", minutes=30) for n in range(10)]
    ways = line(*range(10), 0, 0)
    (without,) = plan(stops, [team()], ways).rounds
    (with_one,) = plan(stops, [team(break_=Break(690, 780, 30))], ways).rounds
    assert with_one.leave_start == without.leave_start == 540
    assert 690 <= with_one.break_at <= 780
    assert with_one.back_at == without.back_at + 30


def test_a_wait_for_the_break_is_no_reason_to_sleep_in():
    """A break at noon sharp costs ten minutes of waiting; leaving at 12:30 would cost none."""
    order = [stop("a", minutes=60), stop("b", minutes=95), stop("c", minutes=60)]
    parts = outing(order, [team(break_=Break(720, 720, 30))], line(5, 10, 15, 0, 0))
    round_ = timing.schedule(parts, 0, [0, 1, 2])
    assert (round_.leave_start, round_.break_at) == (540, 720)


def test_a_team_whose_stops_open_late_leaves_late_and_needs_no_break_on_the_way():
    (round_,) = plan(
        [stop("a", (840, 900))], [team(break_=Break(690, 780, 30))], line(10, 0, 0)
    ).rounds
    assert (round_.leave_start, round_.break_at) == (830, None)
    say = words("en")
    assert itinerary.pause(round_, say) == "No break on the way: the team sets out after it."


def test_a_short_morning_says_that_there_is_no_break_on_the_way():
    (round_,) = plan([stop("a")], [team(break_=Break(690, 780, 30))], line(10, 0, 0)).rounds
    say = words("en")
    assert itinerary.pause(round_, say).startswith("No break on the way: the team is back before")
    assert itinerary.before(round_) == 1


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ((540, 1020), (540, 1020)),
        ((1320, 120), (1320, 1560)),
        ((1320, 1800), (1320, 1800)),
        ((1020, 300), (1020, 1740)),
    ],
)
def test_an_end_before_the_start_is_on_the_next_day(asked, wanted):
    assert duty.shift(*asked) == wanted


@pytest.mark.parametrize("asked", [(1020, 540), (540, 540), (540, 539)])
def test_a_shift_of_more_than_a_night_is_asked_back_and_taken_if_meant(asked):
    with pytest.raises(QuestionError, match="hours long, through the night"):
        duty.shift(*asked)
    assert duty.shift(*asked, sure=True) == (asked[0], asked[1] + 1440)


@pytest.mark.parametrize(
    ("shift", "typed", "wanted"),
    [
        ((1320, 1800), (60, 120, 30), Break(1500, 1560, 30)),
        ((1320, 1800), (1410, 30, 30), Break(1410, 1470, 30)),
        ((1320, 1800), (1500, 1560, 30), Break(1500, 1560, 30)),
        ((540, 1020), (690, 780, 30), Break(690, 780, 30)),
    ],
)
def test_a_break_after_midnight_is_in_the_shift(shift, typed, wanted):
    assert duty.pause(shift, *typed) == wanted


@pytest.mark.parametrize("typed", [(60, 120, 30), (1030, 1080, 30), (1000, 1010, 30)])
def test_a_break_outside_the_shift_is_refused(typed):
    with pytest.raises(QuestionError, match="is outside the shift"):
        duty.pause((540, 1020), *typed)


@pytest.mark.parametrize(
    ("day", "shift", "refused"),
    [
        (date(2027, 3, 13), (1320, 1800), True),  # 2:00 to 3:00 AM is on no clock
        (date(2027, 3, 13), (1320, 1560), False),
        (date(2027, 3, 14), (60, 600), True),
        (date(2027, 3, 14), (180, 600), False),
        (date(2026, 10, 31), (1320, 1800), True),  # 1:00 to 2:00 AM is on it twice
        (date(2026, 10, 31), (1320, 1500), False),
        (date(2026, 11, 1), (540, 1020), False),
        (date(2026, 11, 24), (1320, 1800), False),
    ],
)
def test_no_round_goes_over_the_hour_in_which_the_clocks_change(day, shift, refused):
    asked = [stop("a")], [team(*shift)], line(10, 0, 0)
    if refused:
        with pytest.raises(QuestionError, match="The clocks change that night"):
            plan(*asked, day=day)
    else:
        assert plan(*asked, day=day).rounds[0].visits
