"""What is said of a stop is what its visit keeps, and what is assumed is shown as assumed."""

from datetime import date

import pytest

from geo.errors import QuestionError
from geo.i18n import words
from geo.rounds import choice, itinerary, planner, stop_list
from geo.rounds.choice import Choice, Usual
from geo.rounds.plan import ALWAYS, Question
from tests.support import examples
from tests.support.outings import line, team

TUESDAY = date(2026, 11, 24)
USUAL = Usual(TUESDAY, 20, (540, 1020))
PARK = (37.751, -121.425)


def entry(hours=""):
    rows = {"id": "r00001", "name": "Pantry", "hours": hours} | examples.IN_TRACY
    (one,) = examples.edition(rows).entries
    return one


def told(stop):
    return itinerary.open_that_day(stop, words("en")).replace("\u202f", " ")


def test_unknown_hours_are_assumed_and_shown_as_assumed():
    stop = choice.stop(Choice("r00001"), entry(), USUAL)
    assert stop.hours_unknown
    assert stop.windows == ((540, 1020), (1980, 2460))
    assert told(stop) == "Hours not known: call first. Planned as if open 9:00 AM to 5:00 PM."


def test_no_door_is_knocked_at_in_the_night_because_nobody_knows_its_hours():
    stop = choice.stop(Choice("r00001"), entry(), USUAL)
    found = planner.plan(Question(TUESDAY, [stop], [team(1320, 1740)], line(10, 0, 0)), 60.0)
    assert not found.rounds[0].visits
    (left,) = found.left_out
    assert str(left.remedies[0]).startswith("Its hours are not known. The plan assumes 9:00")


def test_at_any_time_is_what_a_team_may_say():
    stop = choice.stop(Choice("r00001"), entry(), Usual(TUESDAY, 20, None))
    assert (stop.windows, stop.hours_unknown) == (None, True)


def test_hours_learnt_by_phone_are_kept():
    stop = choice.stop(Choice("r00001", hours=(600, 720)), entry(), USUAL)
    assert not stop.hours_unknown
    assert told(stop) == "10:00 AM to 12:00 PM"
    found = planner.plan(Question(TUESDAY, [stop], [team()], line(10, 0, 0)), 60.0)
    assert found.rounds[0].visits[0].start == 600


def test_an_appointment_is_within_the_hours_and_both_are_told():
    stop = choice.stop(Choice("r00001", between=(690, 750)), entry("Tu 09:00-12:00"), USUAL)
    assert stop.windows == ((690, 720),)
    assert told(stop) == "9:00 AM to 12:00 PM · Be there between 11:30 AM and 12:30 PM."


def test_an_appointment_when_it_is_closed_is_refused():
    with pytest.raises(QuestionError, match="Pantry is closed that day between"):
        choice.stop(Choice("r00001", between=(900, 960)), entry("Tu 09:00-12:00"), USUAL)


def test_an_appointment_goes_before_assumed_hours():
    stop = choice.stop(Choice("r00001", between=(420, 480)), entry(), USUAL)
    assert stop.windows == ((420, 480), (1860, 1920))
    assert told(stop).startswith("Hours not known: call first.")


def test_a_place_of_ones_own_has_no_hours_to_call_for():
    stop = choice.stop(Choice("typed-1", "Park", PARK), None, USUAL)
    assert (stop.windows, stop.hours_unknown) == (ALWAYS, False)
    assert told(stop) == "At any time"
    breakfast = choice.stop(Choice("typed-1", "Park", PARK, between=(420, 480)), None, USUAL)
    assert told(breakfast) == "At any time · Be there between 7:00 AM and 8:00 AM."


def test_after_midnight_is_the_next_day():
    stop = choice.stop(Choice("typed-1", "Park", PARK, between=(60, 120)), None, USUAL)
    found = planner.plan(Question(TUESDAY, [stop], [team(1320, 1740)], line(10, 0, 0)), 60.0)
    assert 1500 <= found.rounds[0].visits[0].start <= 1540


HEAD = "id,name,lat,lon,minutes,must,priority,needs,hours,between\n"


def test_stops_come_from_a_table():
    text = (
        f"\ufeff{HEAD}365g99,,,,35,yes,2,nurse;lift,10:00-12:00,\n"
        ",Park by the levee,37.751,-121.425,,,,,,07:00-08:00\n"
    )
    assert stop_list.read(text.encode(), {"365g99"}) == [
        Choice("365g99", "", None, 35, True, 2, ("nurse", "lift"), hours=(600, 720)),
        Choice("typed-3", "Park by the levee", PARK, between=(420, 480)),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not a list of stops"),
        ("id\n", "not a list of stops"),
        ('id\n"a', "not a list of stops"),
        ("\udcff", "not a list of stops"),
        ("key\na\n", "number 1.. Wanted some of: id"),
        ("id\na,b\n", "number 2"),
        ("id\nnobody\n", "Line 2, column id: wanted the id of an entry"),
        ("id\na\na\n", "Line 3, column id: wanted each stop once"),
        ("name\nPark\n", "Line 2, column name: wanted an id, or a name with lat and lon"),
        ("name,lat,lon\nPark,99,0\n", "column lat: wanted degrees"),
        ("name,lat,lon\nPark,nan,0\n", "column lat: wanted degrees"),
        ("id,minutes\na,0\n", "column minutes: wanted a whole number from 1 to 480"),
        ("id,priority\na,4\n", "column priority"),
        ("id,must\na,perhaps\n", "column must: wanted yes or no"),
        ("id,needs\na,wings\n", "column needs: wanted nurse"),
        ("id,hours\na,noon\n", "column hours: wanted two times"),
        ("id\n" + "a\n" * 251, "Found 251 stops"),
    ],
)
def test_a_table_with_a_fault_is_refused_with_its_line_and_column(text, told):
    with pytest.raises(QuestionError, match=told):
        stop_list.read(text.encode(errors="surrogateescape"), {"a"})
