"""Hours that can be read but were hardly meant are doubted; hours that people have are not."""

import pytest

from geo.hours.doubts import doubts

DOUBTED = [
    # hours, kind, character, part, what the way to mend it must name
    (
        "Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00",
        "dead_rule",
        1,
        "Mo-Fr 09:00-12:00",
        "09:00-12:00,13:00-17:00",
    ),
    (
        "Mo-Fr 09:00-12:00; 13:00-17:00",
        "dead_rule",
        1,
        "Mo-Fr 09:00-12:00",
        "09:00-12:00,13:00-17:00",
    ),
    (
        "Sa 10:00-12:00; Mo-Fr 13:00-17:00; Mo-Fr 09:00-12:00",
        "dead_rule",
        17,
        "Mo-Fr 13:00-17:00",
        "character 36",
    ),
    (
        "Mo-Fr 09:00-12:00; Mo-We 13:00-17:00; Th-Fr 14:00-16:00",
        "dead_rule",
        1,
        "Mo-Fr 09:00-12:00",
        "character 20",
    ),
    (
        "Tu[2] 08:00-11:00; Tu 12:00-14:00",
        "dead_rule",
        1,
        "Tu[2] 08:00-11:00",
        "08:00-11:00,12:00-14:00",
    ),
    ("Dec 24 08:00-12:00; Mo-Su 09:00-17:00", "dead_rule", 1, "Dec 24 08:00-12:00", "comma"),
    ("PH off; Mo-Fr 08:00-17:00", "dead_rule", 1, "PH off", "Put it behind"),
    (
        "Nov-Mar Mo-Fr 18:00-22:00; Mo-Su 10:00-12:00",
        "dead_rule",
        1,
        "Nov-Mar Mo-Fr 18:00-22:00",
        "10:00-12:00,18:00-22:00",
    ),
    (
        "Mo-Fr 09:00-12:00; Mo-Fr 09:00-17:00",
        "dead_rule",
        1,
        "Mo-Fr 09:00-12:00",
        "join the two with a comma",
    ),
    ("Mo-Fr 09:00-05:00", "ends_in_the_morning", 1, "Mo-Fr 09:00-05:00", "09:00-17:00"),
    (
        "Mo-Fr 08:00-12:00,13:00-05:00",
        "ends_in_the_morning",
        1,
        "Mo-Fr 08:00-12:00,13:00-05:00",
        "13:00-17:00",
    ),
    ("Mo 09:00-12:00; Tu 12:00-04:30", "ends_in_the_morning", 17, "Tu 12:00-04:30", "12:00-16:30"),
    ("Sa 10:00-02:00", "ends_in_the_morning", 1, "Sa 10:00-02:00", "If 2 in the afternoon"),
    ("Mo-Fr 07:00-06:30", "ends_in_the_morning", 1, "Mo-Fr 07:00-06:30", "6:30 in the evening"),
    ("Mo-Fr 12:00-08:00", "ends_in_the_morning", 1, "Mo-Fr 12:00-08:00", "12:00-20:00"),
    ("Mo-Fr 02:00-05:00", "opens_at_night", 1, "Mo-Fr 02:00-05:00", "14:00-17:00"),
    ("Mo-Fr 01:00-17:00", "opens_at_night", 1, "Mo-Fr 01:00-17:00", "13:00-17:00"),
    ("Mo-Su 06:00-22:00", "long_day", 1, "Mo-Su 06:00-22:00", "16 hours"),
    ("Mo-Su 05:00-12:00,12:30-22:00", "long_day", 1, "Mo-Su 05:00-12:00,12:30-22:00", "16.5 hours"),
    ("Mo 09:00-09:10", "short_window", 1, "Mo 09:00-09:10", "10 minutes"),
    ("Mo 08:00-12:00,11:00-17:00", "overlap", 1, "Mo 08:00-12:00,11:00-17:00", "overlap"),
    ("Su 09:00-12:00; PH off", "sunday_only", 1, "Su 09:00-12:00", "Sundays only"),
    ("Mo-Fr 08:00-17:00; off", "dead_rule", 1, "Mo-Fr 08:00-17:00", "character 20"),
    ("Mo-Fr 08:00-17:00, closed", "dead_rule", 1, "Mo-Fr 08:00-17:00", "character 20"),
    ("Mo-Fr 08:00-17:00 off", "never_open", 1, "Mo-Fr 08:00-17:00 off", "take off out"),
    (
        'Mo 09:00-12:00; Tu 09:00-12:00 "ring twice"',
        "note_is_condition",
        17,
        'Tu 09:00-12:00 "ring twice"',
        "write open before the note",
    ),
]


@pytest.mark.parametrize(("hours", "kind", "character", "part", "named"), DOUBTED)
def test_hours_that_were_hardly_meant_are_doubted(hours, kind, character, part, named):
    found = doubts(hours)
    assert [(one.kind, one.character, one.found) for one in found] == [(kind, character, part)]
    assert named in found[0].fix


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "24/7",
        "24/7; PH off",
        "Sa 00:00-24:00",
        "Mo-Fr 22:00-06:00",
        "Mo-Su 17:00-08:00",
        "Fr-Sa 18:00-02:00",
        "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00; PH off",
        "Mo-Fr 08:00-17:00; Tu 10:00-12:00",
        "Mo-Fr 08:00-17:00; 12:00-13:00 off",
        "Mo-Fr 08:00-12:00, Mo-Th 13:00-17:00; PH off",
        "Mo-Fr 09:00-17:00; Sa,Su off",
        "Mo-Fr 09:00-17:00; Dec 25 off; Feb 29 off",
        "Mo-Su 09:00-17:00; 2026 Dec 24 off; easter off; week 53 off",
        "Nov-Mar Mo-Su 18:00-08:00; Apr-Oct Mo-Fr 20:00-06:00",
        "Mo-Su 17:00+",
        "Tu,We",
        'Mo-Fr 09:00-17:00; Sa "by appointment" || "call first"',
        "Su 10:00-12:00; We 18:00-19:00",
        "PH off",
        "off",
        'Mo 09:00-12:00 open "ring twice"',
        'Nov-Mar Mo-Su 18:00-08:00 "if below 40 F"',
        "8am-5pm",
        "Mo-Fr 00:00-08:00",
    ],
)
def test_hours_that_people_have_are_not_doubted(hours):
    assert doubts(hours) == ()


def test_what_a_doubt_shows_to_write_can_be_read_and_is_not_doubted():
    for hours, *_ in DOUBTED:
        for doubt in doubts(hours):
            for times in [word.strip(".:,") for word in doubt.fix.split() if "-" in word]:
                assert doubts(f"Mo {times}") == ()
