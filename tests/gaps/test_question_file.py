"""A file of questions is read as it was written; one of a stranger is refused in a sentence."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue import records
from geo.clock import TIMEZONE
from geo.errors import GeoError, QuestionError
from geo.gaps import export, question_file
from geo.gaps.answer import work_out
from geo.gaps.question import MEASURES, TRUSTS, Question
from tests.gaps.test_answer import FOUR, WEST, located, miles

hours = st.datetimes(datetime(2001, 1, 1), datetime(2098, 1, 1), timezones=st.just(TIMEZONE))
questions = st.builds(
    Question,
    type=st.sampled_from(records.PLACE_TYPES),
    county=st.sampled_from(["", *records.COUNTIES]),
    measure=st.sampled_from(MEASURES),
    threshold=st.floats(0.01, 600),
    hour=st.none() | hours.filter(lambda hour: hour.fold == 0),
    trust=st.frozensets(st.sampled_from([*TRUSTS])),
    speed=st.floats(0.1, 10),
    mode=st.sampled_from(["driving", "walking"]),
)


@given(st.lists(questions, min_size=1, max_size=4))
def test_what_was_written_is_read_again(asked):
    again = question_file.read(question_file.write(asked))
    assert [one.as_json() for one in again] == [one.as_json() for one in asked]


def test_toml_is_read_and_what_is_not_said_is_as_usual():
    content = b"""
    [[questions]]
    type = "food"
    county = "imperial"
    measure = "miles"
    threshold = 2
    at = 2026-11-24T10:00:00
    [[questions]]
    type = "clinic"
    """
    food, clinic = question_file.read(content)
    hour = datetime(2026, 11, 24, 10, tzinfo=TIMEZONE)
    assert food == Question("food", "imperial", "miles", 2, hour=hour)
    assert clinic == Question("clinic")


@pytest.mark.parametrize("told", [export.as_geojson, lambda a: json.dumps(export.as_json(a))])
def test_the_file_of_an_answer_holds_its_question(told):
    answer = work_out(located(WEST), FOUR, miles(5, trust=frozenset({"placed"})))
    assert question_file.read(told(answer).encode()) == [answer.question]


def one(**fields):
    return json.dumps({"questions": [{"type": "food", **fields}]}).encode()


BAD = {
    "nothing": (b"", "Wanted a list named questions"),
    "no text": (b"\xff\xfe\x00", "cannot be read as a file of questions"),
    "deep": (b'{"questions": ' + b"[" * 100_000, "cannot be read"),
    "deep in TOML": (b"questions = " + b"[" * 100_000, "cannot be read"),
    "a list": (b"[]", "cannot be read"),
    "no questions": (b'{"questions": []}', "with 1 to 200"),
    "too many": (b'{"questions": [' + b",".join([b"{}"] * 201) + b"]}", "with 1 to 200"),
    "another schema": (b'{"schema": 2, "questions": [{}]}', "schema 2, wanted 1"),
    "no question": (b'{"questions": [7]}', "Question 1, -: found 7"),
    "no type": (b'{"questions": [{}]}', "Question 1, type: found None, wanted food"),
    "an unknown field": (one(limit=3), "Question 1, 'limit': found 'limit', wanted type, county"),
    "a number as text": (one(threshold="30"), "Question 1, threshold: found '30', wanted 30"),
    "true": (one(threshold=True), "Question 1, threshold: found True"),
    "a huge number": (
        b'{"questions": [{"type": "food", "threshold": 1' + b"0" * 400 + b"}]}",
        "thr",
    ),
    "no number": (
        b'{"questions": [{"type": "food", "threshold": NaN}]}',
        "Question 1: .*Found nan",
    ),
    "no hour": (one(at="noon"), "Question 1, at: found 'noon', wanted 2026-11-24T10:00"),
    "a day long ago": (one(at="0001-01-01T00:00Z"), "Question 1, at: found '0001"),
    "no such type": (one(type="spa"), "Question 1: type: found 'spa', wanted one of clinic"),
    "no such trust": (one(only=["hope"]), "Question 1: only: found 'hope'"),
    "trust of numbers": (one(only=[1]), "Question 1, only: found"),
    "too large": (b" " * 1_000_001, "1000001 bytes, wanted at most 1000000"),
}


@pytest.mark.parametrize(("content", "told"), BAD.values(), ids=BAD)
def test_a_file_that_is_none_is_refused_in_a_sentence(content, told):
    with pytest.raises(QuestionError, match=told):
        question_file.read(content)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_at_all_raise_anything_but_a_sentence(content):
    try:
        question_file.read(content)
    except GeoError as error:
        assert str(error)
