"""Opening hours are told in words as a person would list them, or else as they were written."""

import csv
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.clock import TIMEZONE
from geo.hours import timetable
from geo.hours.periods import Day, Period
from geo.hours.rules import is_holiday
from geo.hours.state import state_at
from geo.settings import DATA

ENGLISH = {
    "24/7": ["Open 24 hours, every day"],
    "Mo-Su 00:00-24:00": ["Open 24 hours, every day"],
    "Mo-Fr 08:00-17:00": ["Monday to Friday: 8:00 AM to 5:00 PM"],
    "Tu,We": ["Tuesday and Wednesday: hours not known"],
    "Mo-Su 08:30-16:30": ["Every day: 8:30 AM to 4:30 PM"],
    "We 08:00-11:00; Tu[2,4] 08:00-11:00": [
        "Wednesday: 8:00 AM to 11:00 AM",
        "Second and fourth Tuesday of the month: 8:00 AM to 11:00 AM",
    ],
    "Mo-Su 17:00+": ["Every day: from 5:00 PM, closing time not known"],
    "Tu-Th 12:30-15:00": ["Tuesday to Thursday: 12:30 PM to 3:00 PM"],
    "Mo,Th 08:00-12:00": ["Monday and Thursday: 8:00 AM to 12:00 PM"],
    "Tu-Fr 12:00-18:00": ["Tuesday to Friday: 12:00 PM to 6:00 PM"],
    "Mo,We,Fr 09:30-12:30": ["Monday, Wednesday, and Friday: 9:30 AM to 12:30 PM"],
    "Mo-Fr 08:30-16:00": ["Monday to Friday: 8:30 AM to 4:00 PM"],
    "Mo-Fr 08:00-12:00,13:00-17:00; Sa 00:00-24:00": [
        "Monday to Friday: 8:00 AM to 12:00 PM and 1:00 PM to 5:00 PM",
        "Saturday: open 24 hours",
    ],
    "Mo-Fr 08:00-17:00; We 09:00-12:00": [
        "Monday, Tuesday, Thursday, and Friday: 8:00 AM to 5:00 PM",
        "Wednesday: 9:00 AM to 12:00 PM",
    ],
    "Fr 22:00-02:00": ["Friday: 10:00 PM to 2:00 AM the next day"],
    "Sa-Su 18:00-24:00": ["Saturday and Sunday: 6:00 PM to midnight"],
    "Mo-Fr 08:00-17:00; PH 10:00-12:00": [
        "Monday to Friday: 8:00 AM to 5:00 PM",
        "Holidays: 10:00 AM to 12:00 PM",
    ],
    "Mo-Fr 08:00-17:00; PH off; Dec 24,Dec 31 off": [
        "Monday to Friday: 8:00 AM to 5:00 PM",
        "Holidays: closed",
        "December 24 and December 31: closed",
    ],
    "PH off": ["Every day: hours not known", "Holidays: closed"],
    "off": ["Every day: closed"],
    # Commas that share a day, breaks, what is not sure.
    "Mo-Fr 09:00-12:00, Mo-Th 13:00-17:00; PH off": [
        "Monday to Thursday: 9:00 AM to 12:00 PM and 1:00 PM to 5:00 PM",
        "Friday: 9:00 AM to 12:00 PM",
        "Holidays: closed",
    ],
    "Mo-Fr 08:00-12:00, Tu[2] 13:00-15:00": [
        "Monday to Friday: 8:00 AM to 12:00 PM",
        "Second Tuesday of the month: also 1:00 PM to 3:00 PM",
    ],
    "Tu[2] 08:00-11:00, Th[3] 09:00-12:00": [
        "Second Tuesday of the month: 8:00 AM to 11:00 AM",
        "Third Thursday of the month: 9:00 AM to 12:00 PM",
    ],
    "Mo-Fr 08:00-17:00; 12:00-13:00 off": [
        "Monday to Friday: 8:00 AM to 12:00 PM and 1:00 PM to 5:00 PM"
    ],
    "Mo-Fr 08:00-12:00,12:00-17:00": ["Monday to Friday: 8:00 AM to 5:00 PM"],
    "Tu 09:00-12:00+": ["Tuesday: 9:00 AM to 12:00 PM or later"],
    "Tu[-2] 08:00-11:00": ["Next to last Tuesday of the month: 8:00 AM to 11:00 AM"],
    "Mo-We 08:00-16:00; Th-Fr unknown": [
        "Monday to Wednesday: 8:00 AM to 4:00 PM",
        "Thursday and Friday: hours not known",
    ],
    "Mo 09:00-12:00 unknown": ["Monday: 9:00 AM to 12:00 PM, but not for sure"],
    # Notes.
    'Mo-Fr 09:00-17:00; Sa "by appointment"': [
        "Monday to Friday: 9:00 AM to 5:00 PM",
        "Saturday: by appointment",
    ],
    '"by appointment only"': ["Every day: by appointment only"],
    'Tu 09:00-12:00 || "By appointment."': [
        "Tuesday: 9:00 AM to 12:00 PM",
        "At other times: by appointment",
    ],
    "Tu 09:00-12:00 || Sa unknown": [
        "Tuesday: 9:00 AM to 12:00 PM",
        "Saturday, at other times: hours not known",
    ],
    'Tu 09:00-12:00 "bring {your} card"': ["Tuesday: 9:00 AM to 12:00 PM, “bring {your} card”"],
    'Mo 09:00-12:00 open "ring twice"': ["Monday: 9:00 AM to 12:00 PM, “ring twice”"],
    'Mo-Fr 08:00-17:00; Su off "staff day"': [
        "Monday to Friday: 8:00 AM to 5:00 PM",
        "Sunday: closed, “staff day”",
    ],
    # Seasons, spans of dates, years, weeks.
    "Nov-Mar Mo-Su 18:00-08:00": ["November to March, every day: 6:00 PM to 8:00 AM the next day"],
    "Mo-Fr 08:00-17:00; Jul off": [
        "Monday to Friday: 8:00 AM to 5:00 PM",
        "July: closed",
    ],
    "Sep-Jun Mo-Fr 08:00-15:00; Jul-Aug Tu 10:00-12:00": [
        "September to June, Monday to Friday: 8:00 AM to 3:00 PM",
        "July to August, Tuesday: 10:00 AM to 12:00 PM",
    ],
    "Sa 09:00-12:00, Nov-Mar Sa 13:00-15:00": [
        "Saturday: 9:00 AM to 12:00 PM",
        "November to March, Saturday: also 1:00 PM to 3:00 PM",
    ],
    "Mo 08:00-17:00; Jul-Aug 12:00-13:00 off": [
        "Monday: 8:00 AM to 5:00 PM",
        "July to August, every day: closed 12:00 PM to 1:00 PM",
    ],
    "Mo-Fr 08:00-17:00; Dec 24-26 off": [
        "Monday to Friday: 8:00 AM to 5:00 PM",
        "December 24 to 26: closed",
    ],
    "Mo-Fr 08:00-17:00; Dec 24-Jan 02 off": [
        "Monday to Friday: 8:00 AM to 5:00 PM",
        "December 24 to January 2: closed",
    ],
    "Mo-Fr 08:00-17:00; Dec 20-31 off; Dec 24 10:00-12:00": [
        "Monday to Friday: 8:00 AM to 5:00 PM",
        "December 20 to 31: closed",
        "December 24: 10:00 AM to 12:00 PM",
    ],
    "Mo-Fr 08:00-17:00; 2026 Dec 24-26 off": [
        "Monday to Friday: 8:00 AM to 5:00 PM",
        "December 24, 2026 to December 26, 2026: closed",
    ],
    "Mo-Sa 08:00-22:00; Nov Th[4] 08:00-12:00": [
        "Monday to Saturday: 8:00 AM to 10:00 PM",
        "November, fourth Thursday: 8:00 AM to 12:00 PM",
    ],
    "2027 Mo-Su 09:00-10:00; easter off; easter -2 days off; easter +3 days off": [
        "2027, every day: 9:00 AM to 10:00 AM",
        "Easter Sunday: closed",
        "Good Friday: closed",
        "3 days after Easter: closed",
    ],
    "week 10-20 Mo 08:00-10:00": ["Weeks 10 to 20 of the year, Monday: 8:00 AM to 10:00 AM"],
    "week 01-53/2 Mo 08:00-10:00": [
        "Every 2 weeks, weeks 1 to 53 of the year, Monday: 8:00 AM to 10:00 AM"
    ],
}


@pytest.mark.parametrize("text", ENGLISH)
def test_hours_are_told_in_plain_english(text):
    lines = [line.replace("\u202f", " ") for line in timetable.describe(text, "en")]
    assert lines == ENGLISH[text]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mo-Fr 08:00-17:00", ["lunes", "viernes", "8:00", "5:00"]),
        ("Tu,We", ["martes y miércoles"]),
        ("Mo,We,Fr 09:30-12:30", ["lunes, miércoles y viernes", "9:30", "12:30"]),
        ("Tu[2,4] 08:00-11:00", ["martes", "8:00", "11:00"]),
        ("Mo-Fr 08:00-17:00; Dec 25 off", ["25 de diciembre"]),
    ],
)
def test_days_and_dates_are_told_in_spanish(text, told):
    lines = " ".join(timetable.describe(text, "es")).lower()
    assert [part for part in told if part not in lines] == []
    assert "day" not in lines.replace("every day", "")


@pytest.mark.parametrize(
    "text",
    [
        "PH off; Mo-Fr 08:00-17:00",  # as written, Monday to Friday wins over the holiday
        "Nov-Mar Mo-Fr 08:00-12:00, Mo-Fr 13:00-17:00",  # so all winter the afternoons come too
        "Dec 24 08:00-12:00; Dec 20-31 off",
        "Tu[2] 09:00-12:00; Tu 13:00-15:00",
        "Mo 10:00-48:00",
        "8am to 5pm",
    ],
)
def test_hours_that_lines_cannot_tell_are_shown_as_written(text):
    assert timetable.describe(text, "en") == [f"As written: {text}"]


def test_the_week_is_free_of_any_language():
    window = timetable.Window
    christmas_eve = Period(Day(0, 12, 24), Day(0, 12, 24))
    assert timetable.weekly("Mo,Tu 08:00-24:00; Sa; Tu[-1] 17:00+; PH off; Dec 24 08:00-12:00") == [
        timetable.Line(days=(0, 1), times=(window(time(8), time(0)),)),
        timetable.Line(days=(5,), times=None),
        timetable.Line(days=(1,), nth=(-1,), times=(window(time(17), None),)),
        timetable.Line(holidays=True),
        timetable.Line(
            timetable.WEEK, periods=(christmas_eve,), times=(window(time(8), time(12)),)
        ),
    ]


ROWS = csv.DictReader((DATA / "services.csv").read_text(encoding="utf-8").splitlines())
HOURS = {row["hours"] for row in ROWS if row["hours"]}


@pytest.mark.parametrize("text", sorted(HOURS))
def test_all_hours_of_the_catalogue_are_told_in_words(text):
    for language in ("en", "es"):
        told = timetable.describe(text, language)
        assert told
        assert [line for line in told if text in line] == []


@pytest.mark.parametrize("blank", ["", " ", "\t\n"], ids=repr)
def test_no_hours_have_no_lines(blank):
    assert timetable.weekly(blank) == timetable.describe(blank, "en") == []


# A second reader of the lines, as a person would take them: the more special line holds.


def holds(line, day):
    """Tell whether a line speaks of a day."""
    if line.periods and not any(period.covers(day) for period in line.periods):
        return False
    if line.holidays:
        return is_holiday(day)
    if not line.days:
        return True
    first = (day.day - 1) // 7 + 1
    last = -1 - sum((day + timedelta(weeks=n)).month == day.month for n in range(1, 5))
    return day.weekday() in line.days and bool(not line.nth or {first, last} & {*line.nth})


def special(line):
    """Return how special a line is: weekdays, seasons and days of a month, holidays, dates."""
    few = (
        line.periods and sum(holds(line, date(2027, 1, 1) + timedelta(n)) for n in range(730)) < 60
    )
    return 3 if few else 2 if line.holidays else bool(line.periods or line.nth)


def told(lines, minute):
    """Return what a person reads in the lines of a day, the most special last, about a minute."""
    clock = time(minute // 60, minute % 60)
    told = "closed"
    for line in lines:
        breaks = line.times and line.times[0].closed
        if not (line.also or breaks):
            told = "closed" if line.times is not None else "unknown"
        for window in line.times or ():
            if window.start <= clock and (window.end == time() or clock < window.end):
                told = "closed" if breaks else "open" if window.sure else "unknown"
    return told


TIMES = st.sampled_from(["08:00-12:00", "09:00-12:00,13:00-17:00", "10:00-16:00", "12:00-13:00"])
SAID = TIMES | st.sampled_from(["off", "12:00-13:00 off", "08:00-24:00", '09:00-11:00 "call"'])
WEEKLY = ["Mo-Fr", "Sa,Su", "Mo-Th", "Tu[2]", "Tu[2,4]", "Fr[-1]", "PH", "We,PH"]
DATED = ["Nov-Mar", "Nov-Mar Mo-Fr", "Jul-Aug Tu", "Dec 24-26", "Dec 25", "Nov Th[4]"]
DAYS = st.sampled_from([*WEEKLY, *DATED, "Dec 20-Jan 05"])
RULES = st.tuples(st.sampled_from(["; ", "; ", ", "]), DAYS, SAID)


@given(st.lists(RULES, min_size=1, max_size=4), st.dates(date(2027, 1, 1), date(2028, 12, 31)))
@example([("; ", "Mo-Fr", "09:00-12:00"), (", ", "Mo-Th", "13:00-17:00")], date(2027, 3, 4))
@example([("; ", "Mo-Fr", "09:00-17:00"), ("; ", "Dec 24-26", "off")], date(2027, 12, 24))
@example([("; ", "Tu[2]", "08:00-12:00"), (", ", "Nov-Mar", "off")], date(2027, 3, 9))
def test_who_reads_the_lines_knows_what_the_hours_say(rules, day):
    text = "".join(join + f"{days} {said}" for join, days, said in rules)[2:]
    lines = timetable.weekly(text)
    if lines is None:
        return
    lines = sorted((line for line in lines if holds(line, day)), key=special)
    for minute in range(5, 24 * 60, 30):
        at = datetime(day.year, day.month, day.day, tzinfo=TIMEZONE) + timedelta(minutes=minute)
        state = state_at(text, at)
        if state.reason != "not_listed":
            assert told(lines, minute) == state.kind, (text, at, lines)
