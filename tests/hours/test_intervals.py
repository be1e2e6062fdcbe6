"""Intervals say of each minute what `state_at` says, and what comes after them."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.hours import intervals
from geo.hours.rules import Reason
from geo.hours.state import state_at

# Midnights in California, in UTC: the day after clocks go on (Mar 8, 2026) is at -7, not -8 hours.
NIGHTS = {
    date(2026, 3, 7): datetime(2026, 3, 7, 8, tzinfo=UTC),
    date(2026, 10, 31): datetime(2026, 10, 31, 7, tzinfo=UTC),
    date(2026, 11, 25): datetime(2026, 11, 25, 8, tzinfo=UTC),
    date(2026, 12, 23): datetime(2026, 12, 23, 8, tzinfo=UTC),
}
ODD = (
    "",
    "24/7",
    "no hours at all",
    "Mo-Su 17:00-08:00",
    "Sa 22:00-02:00",
    "Sa 22:00-06:00; Su 01:30-02:30",
    "Mo-Su 01:00-03:00",
    "Tu",
    "Mo-Fr 17:00+",
    "Mo-Fr 08:00-17:00; PH off",
    "We[1,3] 10:00-14:00",
    "Mo-Fr 09:00-12:00,13:00-18:00; Dec 24-Jan 02 off",
    "Nov-Mar Mo-Su 18:00-07:00",
    "Mo-Fr 00:00-24:00",
    'Mo-Fr 08:00-17:00 "by appointment"',
    "Mo-Su 08:00-20:00; Nov Th[4] off",
)


def said_at(told, minute):
    """Return (kind, until, reason, holiday) of a minute by walking along the intervals."""
    before = [k for k, start in enumerate(told.starts) if start <= minute]
    says = told.says[before[-1]]
    kind = says % 100 % 3
    later = [
        start
        for start, said in zip(told.starts, told.says, strict=True)
        if start > minute and said % 100 % 3 != kind
    ]
    until = later[0] if later else told.after
    return kind, until, says % 100 // 3, says >= 100


def expected_at(text, minute):
    state = state_at(text, datetime.fromtimestamp(minute * 60, UTC))
    until = int(state.until.timestamp() // 60) if state.until else None
    kind = ("closed", "unknown", "open").index(state.kind)
    return kind, until, get_args(Reason).index(state.reason), state.holiday


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("first", NIGHTS)
def test_each_minute_about_every_change_is_told(text, first):
    told = intervals.of(text, first, 4)
    begin = int(NIGHTS[first].timestamp() // 60)
    assert told.starts[0] == begin
    assert [*told.starts] == sorted({*told.starts})
    about = {minute + ahead for minute in told.starts for ahead in (-1, 0, 1)}
    every = range(begin, begin + 4 * 24 * 60 - 60, 15)  # the day on which clocks go on is shorter
    for minute in {*every, *about}:
        if begin <= minute < begin + 4 * 24 * 60 - 60:
            assert said_at(told, minute) == expected_at(text, minute)


@given(
    st.sampled_from(ODD), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 21 * 1440)
)
def test_three_weeks_are_told_as_one_asks_of_a_minute(text, first, ahead):
    told = intervals.of(text, first, 22)
    minute = told.starts[0] + ahead
    assert said_at(told, minute) == expected_at(text, minute)


def test_the_first_day_begins_at_its_midnight_and_days_follow_one_another():
    for first, midnight in NIGHTS.items():
        one = intervals.of("24/7", first, 1).starts[0]
        next_day = intervals.of("24/7", first + timedelta(days=1), 1).starts[0]
        assert one == midnight.timestamp() // 60
        assert next_day - one == 24 * 60  # none of these days is one of 23 or 25 hours


def test_days_of_23_and_of_25_hours_are_so_long():
    for day, hours in ((date(2026, 3, 8), 23), (date(2026, 11, 1), 25)):
        own, following = (
            intervals.of("24/7", one, 1).starts[0] for one in (day, day + timedelta(days=1))
        )
        assert following - own == hours * 60
