"""Hours are right at every minute, and what nobody knows is called unknown.

Truth comes from cases worked by hand with a calendar, from a clock that walks minute by minute
through a schedule that never was text, and, where it is right, from the library's own evaluation.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from geo.clock import TIMEZONE
from geo.errors import HoursError
from geo.hours.periods import easter
from geo.hours.rules import Reason, parse
from geo.hours.state import State, state_at, windows_on

LA = ZoneInfo("America/Los_Angeles")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
STEP = timedelta(minutes=15)

# Read from a wall calendar, for the weeks that are tested: Independence Day and the Friday on which
# it is observed, Thanksgiving and the day after, Christmas, New Year's, Martin Luther King Jr. Day.
HOLIDAYS_2026_27 = {
    *(date(2026, month, day) for month, day in [(7, 3), (7, 4), (11, 26), (11, 27), (12, 25)]),
    *(date(2027, 1, day) for day in (1, 18)),
}


def moment(text, fold=0):
    """Return the moment that a clock in California shows: '2026-11-24 10:00'."""
    return datetime.fromisoformat(text).replace(tzinfo=LA, fold=fold)


CASES = [
    # hours, at, kind, until, reason. 2026-11-24 is a Tuesday, the fourth of its month.
    ("24/7", "2026-11-24 03:00", "open", None, "always"),
    ("Mo-Su 00:00-24:00", "2026-11-24 03:00", "open", None, "always"),
    ("Mo-Fr 08:00-17:00", "2026-11-24 07:59", "closed", "2026-11-24 08:00", ""),
    ("Mo-Fr 08:00-17:00", "2026-11-24 08:00", "open", "2026-11-24 17:00", ""),
    ("Mo-Fr 08:00-17:00", "2026-11-24 16:59", "open", "2026-11-24 17:00", ""),
    ("Mo-Fr 08:00-17:00", "2026-11-24 17:00", "closed", "2026-11-25 08:00", ""),
    ("Mo-Fr 08:00-17:00", "2026-11-20 18:00", "closed", "2026-11-23 08:00", ""),
    ("Mo-Fr 08:00-12:00,13:00-17:00", "2026-11-24 12:30", "closed", "2026-11-24 13:00", ""),
    ("Mo-Fr 08:00-12:00, 13:00-17:00", "2026-11-28 12:30", "closed", "2026-11-30 08:00", ""),
    ("Mo-Fr 08:00-12:00,  13:00-17:00", "2026-11-28 13:30", "closed", "2026-11-30 08:00", ""),
    ("Mo-Fr 08:00-17:00; 12:00-13:00 off", "2026-11-24 12:30", "closed", "2026-11-24 13:00", ""),
    ("Mo-Fr 08:00-12:00,12:00-17:00", "2026-11-24 10:00", "open", "2026-11-24 17:00", ""),
    ("Mo-Fr 00:00-24:00", "2026-11-24 10:00", "open", "2026-11-28 00:00", ""),
    ("mo-fr 08:00 - 17:00", "2026-11-24 10:00", "open", "2026-11-24 17:00", ""),
    # Nights: they belong to the day on which they start.
    ("Fr 22:00-02:00", "2026-11-27 23:00", "open", "2026-11-28 02:00", ""),
    ("Fr 22:00-02:00", "2026-11-28 01:59", "open", "2026-11-28 02:00", ""),
    ("Fr 22:00-02:00", "2026-11-28 02:00", "closed", "2026-12-04 22:00", ""),
    ("Fr 22:00-26:00", "2026-11-28 01:00", "open", "2026-11-28 02:00", ""),
    ("Mo-Th 22:00-06:00; Fr 20:00-02:00", "2026-11-27 01:00", "open", "2026-11-27 06:00", ""),
    ("Th 22:00-06:00; Fr off", "2026-11-27 01:00", "open", "2026-11-27 06:00", ""),
    # Which week of the month.
    ("We 08:00-11:00; Tu[2,4] 08:00-11:00", "2026-11-24 10:00", "open", "2026-11-24 11:00", ""),
    ("We 08:00-11:00; Tu[2,4] 08:00-11:00", "2026-11-17 10:00", "closed", "2026-11-18 08:00", ""),
    ("Tu[2] 08:00-11:00", "2026-07-14 10:00", "open", "2026-07-14 11:00", ""),
    ("Tu[1-3] 08:00-11:00", "2026-11-24 10:00", "closed", "2026-12-01 08:00", ""),
    ("Tu[-1] 08:00-11:00", "2026-11-24 10:00", "open", "2026-11-24 11:00", ""),
    ("Tu[5] 08:00-11:00", "2026-11-24 10:00", "closed", "2026-12-29 08:00", ""),
    # Days without hours.
    ("Tu,We", "2026-11-24 10:00", "unknown", "2026-11-26 00:00", "days_only"),
    ("Tu,We", "2026-11-26 10:00", "closed", "2026-12-01 00:00", ""),
    ("Mo 09:00-12:00; We", "2026-11-25 10:00", "unknown", "2026-11-26 00:00", "days_only"),
    ("Tu; We 00:00-12:00 unknown", "2026-11-24 10:00", "unknown", "2026-11-25 12:00", "days_only"),
    # Open ends: unknown ten hours from the evening, eight from 22:00, else to midnight.
    ("Mo-Su 17:00+", "2026-11-24 10:00", "closed", "2026-11-24 17:00", ""),
    ("Mo-Su 17:00+", "2026-11-24 17:00", "unknown", "2026-11-25 03:00", "open_end"),
    ("Mo-Su 17:00+", "2026-11-25 01:00", "unknown", "2026-11-25 03:00", "open_end"),
    ("Tu 09:00+", "2026-11-24 10:00", "unknown", "2026-11-25 00:00", "open_end"),
    ("Tu 22:30+", "2026-11-24 23:00", "unknown", "2026-11-25 06:30", "open_end"),
    ("Tu 09:00-12:00+", "2026-11-24 10:00", "open", "2026-11-24 12:00", ""),
    ("Tu 09:00-12:00+", "2026-11-24 13:00", "unknown", "2026-11-25 00:00", "open_end"),
    ("Tu 17:00+; We 02:00-05:00", "2026-11-25 02:30", "open", "2026-11-25 05:00", ""),
    # Conditions: a note without `open`, or `unknown`.
    ('Tu 09:00-12:00 "call"', "2026-11-24 10:00", "unknown", "2026-11-24 12:00", "conditional"),
    ('Tu 09:00-12:00 open "ring"', "2026-11-24 10:00", "open", "2026-11-24 12:00", ""),
    ("Tu 09:00-12:00 unknown", "2026-11-24 10:00", "unknown", "2026-11-24 12:00", "conditional"),
    ('Tu 09:00-12:00 || "a; b"', "2026-11-24 10:00", "open", "2026-11-24 12:00", ""),
    ('Tu 09:00-12:00 || "a; b"', "2026-11-24 13:00", "unknown", "2026-12-01 09:00", "conditional"),
    # Rules that replace and rules that add.
    ("Mo-Fr 08:00-17:00; Tu 10:00-12:00", "2026-11-24 13:00", "closed", "2026-11-25 08:00", ""),
    ("Mo-Fr 08:00-12:00, Tu 13:00-15:00", "2026-11-24 11:00", "open", "2026-11-24 12:00", ""),
    ("Mo-Fr 08:00-12:00, Tu 13:00-15:00", "2026-11-24 12:30", "closed", "2026-11-24 13:00", ""),
    # Dates and seasons.
    ("Mo-Fr 08:00-17:00; Dec 25 off", "2026-12-25 10:00", "closed", "2026-12-28 08:00", ""),
    ("Sep-Jun Mo-Fr 08:00-15:00", "2026-07-06 10:00", "closed", "2026-09-01 08:00", ""),
    # Holidays: Saturday 4 July 2026 and the Friday on which it is observed.
    ("24/7; PH off", "2026-07-02 10:00", "open", "2026-07-03 00:00", ""),
    ("24/7; PH off", "2026-07-03 10:00", "closed", "2026-07-05 00:00", ""),
    ("24/7; PH off", "2026-07-04 10:00", "closed", "2026-07-05 00:00", ""),
    ("Mo-Su 09:00-17:00; PH 10:00-12:00", "2026-07-04 09:30", "closed", "2026-07-04 10:00", ""),
    ("Mo-Su 09:00-17:00; PH 10:00-12:00", "2026-07-04 10:30", "open", "2026-07-04 12:00", ""),
    ("Mo-Fr,PH 08:00-17:00", "2026-07-04 10:00", "open", "2026-07-04 17:00", ""),
    ("Mo-Fr 08:00-17:00; PH off", "2027-03-31 10:00", "closed", "2027-04-01 08:00", ""),
    ("Mo-Su 22:00-06:00; PH off", "2026-07-03 01:00", "open", "2026-07-03 06:00", ""),
    ("Mo-Su 22:00-06:00; PH off", "2026-07-05 01:00", "closed", "2026-07-05 22:00", ""),
    # Only told when it is closed: nobody said when it is open.
    ("PH off", "2026-07-02 10:00", "unknown", "2026-07-03 00:00", "not_listed"),
    ("PH off", "2026-07-03 10:00", "closed", "2026-07-05 00:00", ""),
    ("off", "2026-07-02 10:00", "closed", None, ""),
]


@pytest.mark.parametrize(("text", "at", "kind", "until", "reason"), CASES)
def test_a_state_worked_by_hand_is_found(text, at, kind, until, reason):
    found = state_at(text, moment(at))
    assert (found.kind, found.until, found.reason) == (kind, until and moment(until), reason)
    assert found.reason in get_args(Reason)


@pytest.mark.parametrize("blank", ["", " ", "\t\n"], ids=repr)
def test_no_hours_are_unknown_never_open_never_closed(blank):
    found = state_at(blank, moment("2026-07-04 10:00"))
    assert found == State("unknown", None, "not_listed", holiday=False)
    assert windows_on(blank, date(2026, 7, 4)) is None
    assert parse(blank) == ()


def test_hours_that_cannot_be_read_are_unknown():
    found = state_at("8am-5pm", moment("2026-11-24 10:00"))
    assert (found.kind, found.until, found.reason) == ("unknown", None, "unreadable")
    assert windows_on("8am-5pm", date(2026, 11, 24)) is None


REFUSED = [
    # the text, the character at which it is wrong (0: at its end), and what is said about it
    ("8am-5pm", 1, "use the clock of 24 hours"),
    ("Mo-Fr 8am-5pm", 7, "use the clock of 24 hours"),
    ("Mo-Fr 9-5", 7, "times are written as 08:00-17:00"),
    ("Mo-Fr 8:00-17:00", 7, "write 08:00"),
    ("Mo-Fr 08:00-9:30", 13, "write 09:30, or 21:30 after noon"),
    ("Mo-Fr 08:00-5:00", 13, "write 05:00, or 17:00 after noon"),
    ("Mo-Fr 08:00-12:00,1:00-5:00", 19, "write 01:00, or 13:00 after noon"),
    ("Mo-Fr: 08:00-17:00", 6, "leave the colon out"),
    ("Mo - Fr 08:00-17:00", 4, "without blanks"),
    ("Mo–Fr 08:00-17:00", 3, "write the hyphen -, not a dash"),
    ("Mo-Fr 08:00–17:00", 12, "write the hyphen -, not a dash"),
    ("Mo to Fr 08:00-17:00", 4, "stands a hyphen"),
    ("Mo-Fr 08:00 to 17:00", 13, "stands a hyphen"),
    ("Mo/We 08:00-17:00", 3, "join days by a comma"),
    ("Mo & We 08:00-17:00", 4, "join days by a comma"),
    ("Mo-Fr 08:00-12:00 and 13:00-17:00", 19, "join days by a comma"),
    ("Mo-Fr 08:00-17:00; holidays off", 20, "holidays are PH"),
    ("Mo-Fr 08:00-17:00, closed holidays", 27, "holidays are PH"),
    ("Mo-Fr 08:00-17:00; December 25 off", 20, "months are Jan Feb"),
    ("Mo-Fr 08:00-17:00 by appointment", 19, "a note stands in quotes"),
    ("Mo-Fr 08:00-17:00 (by appointment)", 19, "leave the brackets out"),
    ("Daily 08:00-17:00", 1, "every day is Mo-Su"),
    ("Weekends 08:00-17:00", 1, "the weekend is Sa,Su"),
    ("24 hours", 1, "every day, 24/7"),
    ("Cerrado", 1, "off behind it"),
    ("Mo-Fr 08:00-17:00, 12:00-13:00 off", 32, "it closes all these times"),
    ("Mar 9-12", 0, "say what holds then"),
    ("Nov-Mar; Mo-Fr 08:00-17:00", 8, "say what holds then"),
    ("Tu[3-1] 08:00-17:00", 1, "which of the month goes forwards"),
    ("Mo 08:00-17:00 €", 16, "this sign cannot be used"),
    ("Mo-Fr 08:00-12:00; Sa 9:00-11:00", 23, "write 09:00"),
    ("Mo-Fr 0800-1700", 7, "a time has a colon"),
    ("Mo-Fr 25:00-26:00", 7, "no such time of the clock"),
    ("Mo-Fr 08:00-12:60", 7, "no such time of the clock"),
    ("Mo-Fr 08:00-noon", 13, "noon is 12:00"),
    ("Xx 08:00", 1, "only Mo Tu We Th Fr Sa Su"),
    ("Mon-Fri 08:00-17:00", 1, "weekdays are Mo Tu We Th Fr Sa Su"),
    ("Mo-Fri 08:00-17:00", 4, "weekdays are Mo Tu We Th Fr Sa Su"),
    ("Lunes 08:00-17:00", 1, "weekdays are Mo Tu We Th Fr Sa Su"),
    ("Mo-Fr 08:00-17:00 Sa 09:00-12:00", 19, "put a ; before the next days"),
    ("Mo-Fr 08:00", 0, "it has no end"),
    ("Mo-Fr 08:00-17:00;", 0, "something is missing"),
    ("Mo-Fr 08:00-17:00,Sa 09:00-12:00", 18, "put a ; and a blank before the next days"),
    ("Mo, Th 10:00-12:00", 3, "joined by a comma without a blank"),
    ("We 10:00-12:00; Mo 08:00-08:00", 20, "it ends when it starts"),
    ("Mo-Mo 08:00-09:00", 1, "the whole week is Mo-Su"),
    ("Mo 08:00-09:00; SH off", 17, "school holidays are not known here"),
    ("sunrise-sunset", 1, "only times of the clock"),
    ("Mo 08:00-sunset", 10, "only times of the clock"),
    ("Mo 08:00-12:00/01:00", 15, "repeated times cannot be used"),
    ("Mo-Fr 08:00-17:00 (lunch)", 19, "leave the brackets out"),
    ('Mo 08:00-12:00 "call', 16, "this note does not end"),
    # What other readers take for something that nobody meant.
    ("Mo-Su,PH 11:00-22:00; Dec 25th off", 27, "a date has no ending"),
    ("Mo-Fr 09:00-17:00; Nov 11th off", 24, "a date has no ending"),
    ("Mo-Fr 09:00-17:00; Dec 25 th off", 27, "a date has no weekday"),
    ("Mo-Fr 09:00-17:00; Dec 25Th off", 24, "a date has no ending"),
    ("2000-2200", 1, "this says years"),
    ("Fr 09:00-12:00; 2030-2100 Sa", 17, "this says years"),
    ("Dec 26-24 off", 1, "it ends before it begins"),
    ("Dec 26-Dec 24 off", 1, "it ends before it begins"),
    ("Dec 24-2 off", 1, "name the month of its end too"),
    ("Nov Th[4],Dec Mo[1] off", 11, "only"),
    ("2026 Dec 25,Dec 31 off", 13, "each date names its year"),
    ("Mo 08:00-12:00; Feb 30 off", 17, "there is no such date"),
    ("Mo 08:00-12:00; 2027 Feb 29 off", 17, "there is no such date"),
    ("week 54 Mo 08:00-12:00", 1, "weeks go from 01 to 53"),
]


@pytest.mark.parametrize(("text", "character", "why"), REFUSED)
def test_a_text_that_is_not_opening_hours_is_refused_where_it_is_wrong(text, character, why):
    with pytest.raises(HoursError) as caught:
        parse(text)
    message = str(caught.value)
    place = (
        f"from {text[character - 1 :]!r} (character {character}) on" if character else "at the end"
    )
    assert message.startswith(f"The opening hours {text!r} cannot be read {place}: ")
    assert why in caught.value.why and caught.value.why in message
    assert caught.value.character == (character or len(text) + 1)
    assert "such as 'Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00; PH off'" in message


def test_the_example_in_the_message_can_be_read():
    assert len(parse("Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00; PH off")) == 3


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(HoursError, match="has no time zone"):
        state_at("24/7", datetime(2026, 11, 24, 10))


def test_the_zone_in_which_the_time_is_given_does_not_matter():
    here = moment("2026-11-24 16:30")
    for zone in (UTC, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")):
        assert state_at("Mo-Fr 08:00-17:00", here.astimezone(zone)) == state_at(
            "Mo-Fr 08:00-17:00", here
        )
    assert state_at("Mo-Fr 08:00-17:00", here).until.tzinfo == TIMEZONE


# The nights of the two clock changes, in absolute time.


def test_the_autumn_night_lasts_an_hour_longer():
    found = state_at("Sa 22:00-06:00", moment("2026-10-31 22:00"))
    assert found.until.astimezone(UTC) == datetime(2026, 11, 1, 14, tzinfo=UTC)
    assert found.minutes_left(moment("2026-10-31 22:00")) == 9 * 60


def test_what_ends_at_the_doubled_hour_ends_the_first_time_and_stays_closed():
    first, second = moment("2026-11-01 01:15"), moment("2026-11-01 01:15", fold=1)
    assert state_at("Sa 22:00-01:30", first).until.astimezone(UTC) == datetime(
        2026, 11, 1, 8, 30, tzinfo=UTC
    )
    assert state_at("Sa 22:00-01:30", second).kind == "closed"
    # Asked again, in the other order: the two are equal to Python, not to us.
    assert state_at("Sa 22:00-01:30", first).kind == "open"


def test_what_starts_in_the_doubled_hour_starts_the_first_time_and_stays_open():
    before = state_at("Su 01:30-03:00", moment("2026-11-01 01:00"))
    assert before.until.astimezone(UTC) == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    again = state_at("Su 01:30-03:00", moment("2026-11-01 01:00", fold=1))
    assert again.kind == "open"
    assert again.until.astimezone(UTC) == datetime(2026, 11, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at", "kind", "until_utc"),
    [
        ("Sa 22:00-06:00", "2027-03-13 22:00", "open", "2027-03-14 13:00"),
        ("Sa 22:00-02:30", "2027-03-14 01:59", "open", "2027-03-14 10:00"),
        ("Su 02:30-05:00", "2027-03-14 01:59", "closed", "2027-03-14 10:00"),
        ("Su 02:15-02:45", "2027-03-14 01:59", "closed", "2027-03-21 09:15"),
    ],
)
def test_in_spring_a_time_that_does_not_come_is_the_jump_of_the_clock(text, at, kind, until_utc):
    found = state_at(text, moment(at))
    until = datetime.fromisoformat(until_utc).replace(tzinfo=UTC)
    assert (found.kind, found.until.astimezone(UTC)) == (kind, until)


# Holidays.


@pytest.mark.parametrize(
    ("text", "day", "holiday"),
    [
        ("Mo-Fr 08:00-17:00", "2026-07-03", True),
        ("Mo-Fr 08:00-17:00", "2026-07-04", True),
        ("Mo-Fr 08:00-17:00", "2027-03-31", True),
        ("Mo-Fr 08:00-17:00", "2026-07-06", False),
        ("Mo-Fr 08:00-17:00; PH off", "2026-07-03", False),
        ("Mo-Fr 08:00-17:00; Dec 25 off", "2026-12-25", False),
        ("Mo-Fr 08:00-17:00; Dec 25 off", "2026-11-26", True),
        ("Tu,We", "2026-11-11", True),
        # A day of the nation that California does not keep, and one that nobody closes for.
        ("Mo-Fr 08:00-17:00", "2026-10-12", True),
        ("Mo-Su 08:00-17:00", "2026-02-15", False),
        ("24/7", "2026-07-04", False),
        # Rules that speak of that very day, by whatever name.
        ("Mo-Sa 08:00-22:00; Nov Th[4] 08:00-12:00", "2026-11-26", False),
        ("Mo-Fr 08:00-17:00; May Mo[-1] off", "2027-05-31", False),
        ("Mo-Fr 08:00-17:00; Dec 24-26 off", "2026-12-25", False),
        ("Mo-Fr 08:00-17:00; Dec 24-Jan 02 10:00-12:00", "2027-01-01", False),
        ("Mo-Fr 08:00-17:00; 2026 Dec 25 10:00-12:00", "2026-12-25", False),
        ("Mo-Fr 08:00-17:00; 2026 Dec 25 10:00-12:00", "2027-12-25", True),
        ("Mo-Fr 08:00-17:00; week 53 10:00-12:00", "2027-01-01", False),
        ("Mo-Fr 08:00-17:00; Jul off", "2026-07-03", False),
        ("Mo-Fr 08:00-17:00; Nov Th[4] off", "2026-11-27", True),
        # Seasons and days of each month do not.
        ("Nov-Mar Mo-Su 18:00-08:00", "2026-12-25", True),
        ("Nov-Mar Fr 18:00-20:00", "2026-12-25", True),
        ("Mo[3] 09:00-12:00", "2027-01-18", True),
        ("", "2026-07-04", False),
    ],
)
def test_a_holiday_the_hours_are_silent_about_is_told(text, day, holiday):
    assert state_at(text, moment(f"{day} 10:00")).holiday is holiday


# A clock that walks, over a schedule {weekday: [(start, end)]} in minutes from midnight.


def written(schedule):
    """Write the schedule as opening_hours; an end past midnight is on the next day."""
    rules = [
        f"{DAYS[day]} " + ",".join(f"{clock(start)}-{clock(end)}" for start, end in windows)
        for day, windows in schedule.items()
        if windows
    ]
    return "; ".join(rules) or "off"


def clock(minute):
    minute = minute if minute == 24 * 60 else minute % (24 * 60)
    return f"{minute // 60:02}:{minute % 60:02}"


def in_utc(until):
    """Return the moment in UTC: in the doubled hour Python calls no two zones equal."""
    return until and until.astimezone(UTC)


def is_open(schedule, at, closed_days=frozenset()):
    """Look at the wall clock; in the hour that comes again it still counts as nearly two."""
    wall = at.astimezone(LA)
    minute = 119 if wall.fold else wall.hour * 60 + wall.minute
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)
    own = [] if today in closed_days else schedule[today.weekday()]
    night = [] if yesterday in closed_days else schedule[yesterday.weekday()]
    return any(start <= minute < end for start, end in own) or any(
        start <= minute + 24 * 60 < end for start, end in night
    )


def next_change(schedule, at, closed_days=frozenset()):
    """Walk on in quarter hours until the door opens or closes; None after 22 days."""
    now = is_open(schedule, at, closed_days)
    ahead = datetime.fromtimestamp(at.timestamp() // 900 * 900, UTC)
    for _ in range(22 * 96):
        ahead += STEP
        if is_open(schedule, ahead, closed_days) != now:
            return ahead
    return None


@st.composite
def time_windows(draw):
    """Draw a window in quarter hours of at most 23 hours, past midnight or not."""
    start = draw(st.integers(0, 95))
    return start * 15, (start + draw(st.integers(1, 92))) * 15


schedules = st.fixed_dictionaries(
    {day: st.lists(time_windows(), max_size=2) for day in range(7)}
).filter(lambda schedule: any(schedule.values()))

ordinary = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
clock_changes = st.sampled_from(
    [datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 3, 14, tzinfo=UTC)]
).flatmap(lambda night: st.integers(-600, 1500).map(lambda n: night + timedelta(minutes=n)))


@pytest.mark.slow
@given(schedules, ordinary | clock_changes)
@example({day: [(22 * 60, 30 * 60)] for day in range(7)}, moment("2026-11-01 01:30", fold=1))
@example({day: [(22 * 60, 26 * 60 + 30)] for day in range(7)}, moment("2027-03-14 01:59"))
def test_state_agrees_with_a_clock_that_walks(schedule, at):
    found = state_at(written(schedule), at)
    assert found.kind == ("open" if is_open(schedule, at) else "closed")
    expected = next_change(schedule, at)
    assert in_utc(found.until) == expected, (written(schedule), at.astimezone(LA))
    assert found.reason == ("always" if expected is None else "")


@given(
    schedules,
    st.datetimes(datetime(2026, 6, 30), datetime(2026, 7, 7), timezones=st.just(UTC))
    | st.datetimes(datetime(2026, 11, 22), datetime(2026, 12, 31), timezones=st.just(UTC)),
)
def test_closed_on_holidays_agrees_with_a_clock_that_walks(schedule, at):
    found = state_at(f"{written(schedule)}; PH off", at)
    assert found.kind == ("open" if is_open(schedule, at, HOLIDAYS_2026_27) else "closed")
    expected = next_change(schedule, at, HOLIDAYS_2026_27)
    if expected:
        assert in_utc(found.until) == expected
    assert not found.holiday


@given(schedules, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
@example({day: [(0, 24 * 60)] for day in range(7)}, date(2026, 11, 1))
@example({day: [(60, 180)] for day in range(7)}, date(2027, 3, 14))
def test_windows_are_the_open_quarter_hours_of_the_day(schedule, day):
    midnight = datetime.combine(day, time(), LA).astimezone(UTC)
    tomorrow = datetime.combine(day + timedelta(days=1), time(), LA).astimezone(UTC)
    quarters = [midnight + n * STEP for n in range((tomorrow - midnight) // STEP)]
    found = windows_on(written(schedule), day)
    assert [at for at in quarters if is_open(schedule, at)] == [
        at for at in quarters if any(start <= at < end for start, end in found)
    ]
    assert found == sorted(found)
    assert all(start.tzinfo == end.tzinfo == TIMEZONE for start, end in found)


def test_windows_tell_closed_from_unknown():
    assert windows_on("Mo-Fr 08:00-12:00,13:00-17:00", date(2026, 11, 24)) == [
        (moment("2026-11-24 08:00"), moment("2026-11-24 12:00")),
        (moment("2026-11-24 13:00"), moment("2026-11-24 17:00")),
    ]
    assert windows_on("Mo-Fr 08:00-17:00", date(2026, 11, 28)) == []
    assert windows_on("Tu,We", date(2026, 11, 24)) is None
    assert windows_on("Mo-Su 17:00+", date(2026, 11, 24)) is None
    assert windows_on("Tu 09:00-12:00+", date(2026, 11, 24)) == [
        (moment("2026-11-24 09:00"), moment("2026-11-24 12:00"))
    ]
    assert windows_on("Su 02:15-02:45", date(2027, 3, 14)) == []
    assert windows_on("24/7", date(2026, 11, 1)) == [
        (moment("2026-11-01 00:00"), moment("2026-11-02 00:00"))
    ]


@given(
    st.sampled_from(
        [
            "Mo-Fr 08:00-17:00; We 09:00-12:00",
            "We 08:00-11:00; Tu[2,4] 08:00-11:00",
            "Fr-Mo 10:00-16:00",
            "Mo[1],Tu[-1],We[5],Th[-2] 09:00-12:00",
            "Sep-Jun Mo-Fr 08:00-15:00; Jul-Aug Tu 10:00-12:00",
            "week 01-53/2 Mo 08:00-10:00",
            "Mo-Fr 08:00-17:00; Dec 24-Jan 02 off; 12:00-13:00 off",
            "2027 Mo-Su 09:00-10:00; easter off",
        ]
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
)
def test_dates_agree_with_the_library_where_no_night_and_no_holiday_is_in_play(text, wall):
    kind = str(OpeningHours(text).state(wall)[0])
    assert state_at(text, wall.replace(tzinfo=LA)).kind == kind


TIMES = st.sampled_from(["08:00-12:00", "09:00-12:00,13:00-17:00", "22:00-06:00", "10:00+", ""])
SELECTORS = st.sampled_from(
    """Mo-Fr|Sa,Su|Tu[2,4]|PH|Fr-Mo|Nov-Mar|Dec 24-26|Dec 24-Jan 02|Dec 25|Nov Th[4]|2026 Dec 25|
    2026 Nov-Dec Mo|2027|week 10-20/2 Mo|easter -2 days|Jan-Mar,Oct-Dec Mo-Fr|Jul 04,Dec 25|
    2026-2027 Sa|Nov-Mar: Mo-We|""".replace("\n    ", "").split("|")
)
STATES = st.sampled_from(["", "off", "open", "unknown", '"call first"', 'open "ring"'])
RULE = st.tuples(SELECTORS, TIMES, STATES).filter(lambda parts: parts[1] or parts[2])
JOINED = st.lists(
    RULE.map(lambda parts: " ".join(filter(None, parts))), min_size=1, max_size=3
).map("; ".join)


@given(JOINED)
@example("Mo-Fr 08:00-12:00, Mo-Th 13:00-17:00")
@example('Mo-Fr 08:00-12:00 || "by appointment"')
@example("24/7; PH off")
def test_all_that_is_read_here_is_opening_hours_to_another_reader(text):
    assume(not re.search(r"\d off", text))  # a break is a rule of its own here
    assert parse(text)
    OpeningHours(text)


@given(st.text(alphabet="MoTuFrDec 0123456789:-,;[]+", min_size=1, max_size=24))
@example("Mo-Fr 08:00-17:00,")
@example("Mo,Th[6] 09:00-10:00")
def test_what_is_read_here_is_not_refused_by_another_reader(text):
    try:
        rules = parse(text)
    except HoursError:
        return
    if rules:
        OpeningHours(" ".join(text.split()))


@given(st.integers(2000, 2099))
def test_easter_is_that_of_the_other_reader(year):
    noon = datetime.combine(easter(year), time(12))
    assert OpeningHours("easter").is_open(noon)


@pytest.mark.parametrize("weekday", range(7), ids=DAYS)
def test_the_last_of_a_month_has_none_of_its_kind_in_the_week_after(weekday):
    days = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(2 * 365)]
    own = [day for day in days if day.weekday() == weekday]
    ends = [day for day in own if (day + timedelta(days=7)).month != day.month]
    text = f"{DAYS[weekday]}[-1] 08:00-12:00"
    assert [day for day in days if windows_on(text, day)] == ends


def test_hours_that_many_places_share_are_worked_out_once_a_minute(monkeypatch):
    texts = [text for text, *_ in CASES[:10]]
    at = moment("2026-11-24 10:00")
    first = [state_at(text, at) for text in texts]

    def parse(text):
        raise AssertionError(f"{text!r} is read once more.")

    monkeypatch.setattr("geo.hours.state.parse", parse)
    for later in (0, 1, 59):
        again = [state_at(text, at + timedelta(seconds=later)) for text in texts * 100]
        assert again == first * 100
    with pytest.raises(AssertionError, match="once more"):
        state_at(texts[0], at + timedelta(minutes=1))
