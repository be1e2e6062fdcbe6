"""Hours go out as rows of a schedule and come back the same; the rest is told in words."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import HoursError
from geo.exchange import schedules
from geo.hours.state import windows_on
from geo.settings import DATA
from tests.support import examples

YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
CATALOGUE = sorted({*examples.pd.read_csv(DATA / "services.csv", dtype=str)["hours"].dropna()})
SAYABLE = [
    "24/7",
    "Mo-Fr 08:00-17:00",
    "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00",
    "Tu[2,4] 08:00-11:00",
    "We 08:00-11:00; Tu[2,4] 09:30-11:00",
    "Fr[-1] 18:00-20:00",
    "Fr 22:00-02:00",
    "Mo-Su 17:00-24:00",
    "We 09:00-10:00, We[2] 12:00-13:00",
    "Mo-Fr 09:00-17:00; We off",
    "Mo-Fr 09:00-17:00; Tu 10:00-12:00",
    "Mo-Fr 08:00-17:00; PH off",
]
WORDS_ONLY = [
    "Mo-Su 17:00+",
    "Tu,We",
    "Nov-Mar Mo-Su 18:00-08:00",
    "Mo-Fr 09:00-17:00; Dec 24-26 off",
    "Mo-Fr 09:00-17:00; Tu[1] off",
    "Mo-Fr,PH 09:00-17:00",
    "PH off; Mo-Fr 09:00-17:00",
    'Mo-Fr 09:00-17:00 "by appointment"',
    "Mo-Fr 09:00-17:00; Mo-Fr 12:00-13:00 off",
    "Mo-We 08:00-16:00; Th-Fr unknown",
]


def by_rules(rows, day):
    """Return the times of a day that rows of a schedule say, by an implementation of RFC 5545."""
    start = datetime.combine(day - timedelta(days=1), time())
    found = []
    for row in rows:
        days = [
            getattr(rrule, part[-2:])(int(part[:-2])) if part[:-2] else getattr(rrule, part)
            for part in row["byday"].split(",")
        ]
        every = rrule.rrule(
            getattr(rrule, row["freq"]), byweekday=days, dtstart=start.replace(day=1)
        )
        opens, closes = (time.fromisoformat(row[name]) for name in ("opens_at", "closes_at"))
        for one in every.between(start, start + timedelta(days=1), inc=True):
            first = datetime.combine(one, opens)
            last = datetime.combine(one + timedelta(days=closes <= opens), closes)
            if closes == time(23, 59):
                last = datetime.combine(one + timedelta(days=1), time())
            first = max(first, start + timedelta(days=1))
            last = min(last, start + timedelta(days=2))
            if first < last:
                found.append((first, last))
    return joined(found)


def joined(spans):
    told = []
    for first, last in sorted(spans):
        if told and first <= told[-1][1]:
            told[-1] = (told[-1][0], max(last, told[-1][1]))
        else:
            told.append((first, last))
    return told


def by_ours(text, day):
    found = windows_on(text, day) or []
    return joined((a.replace(tzinfo=None), b.replace(tzinfo=None)) for a, b in found)


@pytest.mark.parametrize("text", [text for text in SAYABLE if "PH" not in text])
def test_rows_say_the_very_minutes_of_a_year(text):
    rows = schedules.of(text)
    assert not any(map(schedules.is_told_in_words, rows))
    dst = {date(2026, 3, 8), date(2026, 3, 7), date(2026, 11, 1)}  # the clock skips or repeats
    days = [day for day in YEAR if day not in dst]
    assert [by_rules(rows, day) for day in days] == [by_ours(text, day) for day in days]


@pytest.mark.parametrize("text", sorted({*SAYABLE, *WORDS_ONLY, *CATALOGUE}))
def test_what_goes_out_comes_back_with_the_same_meaning(text):
    back = schedules.hours(schedules.of(text))
    assert [windows_on(back, day) for day in YEAR] == [windows_on(text, day) for day in YEAR]


@pytest.mark.parametrize("text", WORDS_ONLY)
def test_what_no_row_can_say_is_told_in_words_and_as_it_is_written(text):
    (row,) = schedules.of(text, "Ring the bell.")
    assert schedules.is_told_in_words(row)
    assert row["description"].endswith("Ring the bell.")
    assert text in row["notes"]
    assert {*row} == {"description", "notes"}


def test_a_note_goes_with_the_rows_and_alone_if_there_are_none():
    row, *_ = schedules.of("Mo-Fr 08:00-12:00,13:00-17:00; PH off", "Food on Thursdays.")
    assert row["description"] == "Food on Thursdays. Closed on public holidays."
    (alone,) = schedules.of("", "By appointment.")
    assert alone["description"] == "By appointment."
    assert schedules.of("") == []
    assert schedules.hours([alone]) == ""


DAYS = st.lists(st.sampled_from(schedules.DAYS), min_size=1, max_size=4, unique=True)
NTH = st.sampled_from(["", "", "[1]", "[2,4]", "[-1]"])
HOUR = st.integers(0, 23)
MINUTE = st.sampled_from([0, 15, 30, 45])


@st.composite
def patterns(draw):
    rules = []
    for day in draw(DAYS):
        first, last = (f"{draw(HOUR):02d}:{draw(MINUTE):02d}" for _ in range(2))
        if first != last:
            rules.append(f"{day}{draw(NTH)} {first}-{last}")
    return draw(st.sampled_from(["; ", ", "])).join(rules)


@given(patterns(), st.sampled_from(["", "; PH off"]))
def test_any_weekly_or_monthly_hours_come_back_the_same(pattern, holidays):
    text = pattern + holidays if pattern else ""
    rows = schedules.of(text)
    assert not any(map(schedules.is_told_in_words, rows))
    back = schedules.hours(rows)
    some = [*YEAR[::5], date(2026, 7, 4), date(2026, 11, 26), date(2026, 12, 25)]
    assert [windows_on(back, day) for day in some] == [windows_on(text, day) for day in some]


@pytest.mark.parametrize(
    "row",
    [
        {"freq": "WEEKLY", "byday": "MO", "interval": "2"},
        {"freq": "DAILY", "byday": "MO"},
        {"freq": "WEEKLY", "byday": "2MO"},
        {"freq": "MONTHLY", "byday": "MO"},
        {"freq": "WEEKLY", "byday": "Monday"},
    ],
)
def test_rows_that_the_catalogue_cannot_hold_are_refused(row):
    with pytest.raises(HoursError):
        schedules.hours([{"opens_at": "08:00:00", "closes_at": "09:00:00", **row}])
