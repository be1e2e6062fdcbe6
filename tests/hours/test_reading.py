"""Hours as people write them are read, asked back or not understood, never guessed.

The table `tests/fixtures/hours/written.csv` was worked out by hand from how pantries, clinics,
libraries and shelters write their hours: as written, the field, what is asked back, and what is not
understood (pieces parted by " / ").
"""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.hours import timetable
from geo.hours.lexicon import marks
from geo.hours.reading import LONGEST_TEXT, understand
from geo.hours.rules import read
from tests.hours.test_timetable import ENGLISH, HOURS

TABLE = Path(__file__).parents[1] / "fixtures/hours/written.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    WRITTEN = list(csv.DictReader(file))


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row["written"])
def test_hours_as_people_write_them_are_read(row):
    reading = understand(row["written"])
    assert reading.hours == row["hours"]
    assert " / ".join(piece.found for piece in reading.asked) == row["asked"]
    assert " / ".join(piece.found for piece in reading.not_understood) == row["not_understood"]
    assert reading.is_complete is not bool(row["asked"] or row["not_understood"])
    for piece in (*reading.asked, *reading.not_understood):
        assert row["written"][piece.character - 1 :].startswith(piece.found)


def test_the_table_is_large_and_in_both_languages():
    written = [row["written"].lower() for row in WRITTEN]
    assert len({*written}) >= 150
    spanish = [
        text for text in written if re.search(r"lunes|l-v|martes|horas|cita|s[áa]bado", text)
    ]
    assert len(spanish) >= 30


READ_IN_TWO_WAYS = [
    # written, what is asked about, each way to read it
    ("Tue 6-8", "6-8", ("06:00-08:00", "06:00-20:00", "18:00-20:00")),
    ("Tue 5:30-7", "5:30-7", ("05:30-07:00", "05:30-19:00", "17:30-19:00")),
    ("Thu 8-10", "8-10", ("08:00-10:00", "08:00-22:00", "20:00-22:00")),
    ("Daily 6pm-8", "6pm-8", ("18:00-08:00", "18:00-20:00")),
    ("Fri 8-midnight", "8-midnight", ("08:00-24:00", "20:00-24:00")),
    ("S 9-12", "S", ("Sa", "Su")),
    ("T 9-12", "T", ("Tu", "Th")),
    ("M-S 9-5", "M-S", ("Mo-Sa", "Mo-Su", "Tu-Sa", "Tu-Su", "We-Sa", "We-Su")),
    ("M-F 9-5; closed 5/6", "5/6", ("May 06", "Jun 05")),
    ("M-F 8-5, closed major holidays", "major holidays", ("PH off",)),
    (
        "M-F 8-12, W 1-5",
        "1-5",
        ("Mo-Fr 08:00-12:00; We 13:00-17:00", "Mo-Fr 08:00-12:00, We 13:00-17:00"),
    ),
    ("2nd & 4th Tue & Thu 9-11", "2nd & 4th Tue & Thu", ("Th,Tu[2,4]", "Tu[2,4],Th[2,4]")),
    ("Mon-Wed-Fri 9-12", "Mon-Wed-Fri", ("Mo,We,Fr",)),
    ("weekdays, Mon-Thu 9-5", "weekdays, Mon-Thu", ("Mo-Fr", "Mo-Th")),
    ("M-F 8-5, open holidays", "holidays", ("PH off",)),
    ("Mon 8-5 Tue-Fri", "Tue-Fri", ()),
    ("Saturdays at 7 a.m.", "7 a.m.", ("07:00+",)),
    ("Nov-Mar: M-F 8-5\nSat 9-12", "9-12", ()),
    ("Mon 8-5, Sat 8-2, closed 12-1", "12-1", ()),
    ("9am-5pm", "9am-5pm", ()),
]


@pytest.mark.parametrize(("written", "found", "ways"), READ_IN_TWO_WAYS)
def test_what_can_be_read_in_two_ways_is_asked_back_with_both(written, found, ways):
    reading = understand(written)
    assert not reading.is_complete
    assert [piece.found for piece in reading.asked] == [found]
    assert reading.asked[0].readings == ways


@pytest.mark.parametrize("text", sorted({*ENGLISH, *HOURS}))
def test_the_text_of_the_field_comes_back_as_it_is(text):
    assert understand(f" {text} ").hours == text
    assert understand(text).is_complete


# Notes of one's own, and forms that people do not write.
UNREAD = ("“", " or later", "not for sure", "eeks ", "after Easter", "2027, every")
TOLD = [
    text
    for text in sorted({*ENGLISH, *HOURS})
    if not any(piece in line for line in timetable.describe(text, "en") for piece in UNREAD)
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", TOLD)
def test_what_the_timetable_tells_is_read_as_the_same_hours(text, language):
    told = timetable.describe(text, language)
    reading = understand("\n".join(told))
    assert reading.is_complete, (told, reading)
    assert timetable.describe(reading.hours, language) == told


OWN_WORDS = [
    "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00; PH off",
    "Mo,We,Fr 09:30-12:30",
    "We 08:00-11:00; Tu[2,4] 08:00-11:00",
    "Mo-Fr 08:00-12:00, Tu[2] 13:00-15:00",
    'Mo-Fr 09:00-17:00; Sa "by appointment"',
    'Tu 09:00-12:00 || "by appointment only"',
    "Nov-Mar Mo-Su 18:00-08:00",
    "Mo-Fr 08:00-17:00; Dec 24-26 off",
    "Mo-Fr 08:00-17:00; 2026 Dec 24-26 off",
    "Mo-Fr 08:00-17:00; Dec 24-Jan 02 off",
    "Mo-Sa 08:00-22:00; Nov Th[4] 08:00-12:00",
    "Mo-Su 17:00+",
    "Tu[-2] 08:00-11:00",
    "24/7; PH off",
    "Fr 22:00-02:00",
    "Sa,Su 18:00-24:00",
    "Mo 08:00-17:00; Jul-Aug Mo-Su 12:00-13:00 off",
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", OWN_WORDS)
def test_there_and_back_is_the_same_text(text, language):
    assert understand("\n".join(timetable.describe(text, language))).hours == text


COMPLETE = [row["written"] for row in WRITTEN if row["hours"] and not row["asked"]]


@given(st.sampled_from(COMPLETE), st.data())
def test_a_word_that_is_not_known_is_never_passed_over(text, data):
    starts = [mark.start for mark in marks(text)]
    at = data.draw(st.sampled_from([*starts, len(text)]))
    written = f"{text[:at]} xyzzy {text[at:]}"
    assert not understand(written).is_complete


@given(st.lists(st.sampled_from([word for row in WRITTEN for word in row["written"].split()])))
def test_any_words_give_a_field_that_can_be_read_or_none(words):
    reading = understand(" ".join(words))
    assert reading.hours == "" or read(reading.hours)
    if reading.is_complete:
        assert understand(reading.hours).hours == reading.hours


@given(st.text(max_size=60))
def test_no_text_breaks_it(text):
    reading = understand(text)
    assert reading.hours or reading.asked or reading.not_understood or not reading.is_complete


def test_a_text_that_is_far_too_long_is_not_gone_through():
    assert not understand("Mo " * LONGEST_TEXT).is_complete


@pytest.mark.parametrize("blank", ["", " ", "\n"], ids=repr)
def test_nothing_written_is_nothing_understood(blank):
    reading = understand(blank)
    assert (reading.hours, reading.is_complete) == ("", False)
