"""Opening hours are told in words as a person would list them, or else as they were written."""

from datetime import date, time

import pytest

from geo.hours import timetable

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
        "Sep-Jun Mo-Fr 08:00-15:00",
        'Tu 09:00-12:00 "by {appointment}"',
        "Tu 09:00-12:00 || unknown",
        "PH off; Mo-Fr 08:00-17:00",  # as written, Monday to Friday wins over the holiday
        "Mo-Fr 08:00-12:00, Tu[2] 13:00-15:00",
        "Mo-Fr 08:00-17:00; 12:00-13:00 off",
        "Tu[-2] 08:00-11:00",
        "Mo 10:00-48:00",
        "8am to 5pm",
    ],
)
def test_hours_that_lines_cannot_tell_are_shown_as_written(text):
    assert timetable.describe(text, "en") == [f"Hours as written: {text}"]


def test_the_week_is_free_of_any_language():
    assert timetable.weekly("Mo,Tu 08:00-24:00; Sa; Tu[-1] 17:00+; PH off; Dec 24 08:00-12:00") == [
        timetable.Line(days=(0, 1), times=((time(8), time(0)),)),
        timetable.Line(days=(5,), times=None),
        timetable.Line(days=(1,), nth=(-1,), times=((time(17), None),)),
        timetable.Line(holidays=True),
        timetable.Line(dates=(date(2028, 12, 24),), times=((time(8), time(12)),)),
    ]


@pytest.mark.parametrize("blank", ["", " ", "\t\n"], ids=repr)
def test_no_hours_have_no_lines(blank):
    assert timetable.weekly(blank) == timetable.describe(blank, "en") == []
