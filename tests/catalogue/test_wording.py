"""A row tells what is known in plain words, what is not as "not known", and no secret place."""

import json
from datetime import datetime

import numpy as np
import pyproj
import pytest

from geo import areas, i18n
from geo.catalogue import wording
from geo.catalogue.wording import Moment
from geo.clock import TIMEZONE
from geo.hours.state import state_at
from tests.support import examples

EN, ES = i18n.words("en"), i18n.words("es")
NOON = datetime(2026, 11, 24, 12, tzinfo=TIMEZONE)  # a Tuesday
TODAY = NOON.date()


def place(**cells):
    """Return one made-up place as an edition of the catalogue has it."""
    return examples.edition(cells).entries[0]


def described(say=EN, at=NOON, **cells):
    return wording.describe(place(**cells), say, Moment(at))


def opening(text, at, chosen=False):
    told = wording.opening(state_at(text, at), EN, Moment(at, chosen))
    return told.replace("\u202f", " ")


def moment(text, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=TIMEZONE, fold=fold)


# Rows.


def test_rows_come_in_the_order_asked_with_their_numbers_and_ways():
    entries = examples.edition(
        {"name": "Oak"}, {"name": "Elm"} | examples.IN_TRACY, {"name": "Ash"}
    ).entries
    lodi = areas.load()["city:Lodi"]
    found = wording.rows(
        entries, np.array([2, 1]), EN, Moment(NOON), [np.nan, 1609.344], [np.nan, 90], lodi
    )
    assert [(row["i"], row["name"], row["distance"]) for row in found] == [
        (2, "Ash", ""),
        (1, "Elm", "1.0 miles east of Lodi, in Tracy"),
    ]


@pytest.mark.parametrize(
    ("place", "start", "metres", "told"),
    [
        ({"city": "Calexico"}, "city:Calexico", 1000, "In Calexico, 0.6 miles from its middle"),
        ({"city": "Calexico"}, "city:Calexico", 20_000, "In Calexico, 12 miles from its middle"),
        ({"city": "Calexico"}, "city:Calexico", 80, "In Calexico, close to its middle"),
        ({"zip": "92231"}, "zip:92231", 500, "In 92231, 0.3 miles from its middle"),
        ({"city": "Heber"}, "city:Calexico", 8000, "5.0 miles south of Calexico, in Heber"),
        ({}, "city:Calexico", 8000, "5.0 miles south of Calexico"),
        ({"city": "Calexico"}, "zip:92231", 8000, "5.0 miles south of 92231, in Calexico"),
        ({"city": "Calexico"}, "city:Calexico", np.nan, ""),
    ],
)
def test_a_place_in_the_readers_own_town_is_in_it_not_on_one_side_of_it(place, start, metres, told):
    entry = examples.edition(place | {"name": "A"}).entries[0] | {"radius_m": 0.0}
    assert wording.distance(entry, areas.load()[start], metres, 180.0, EN) == told


def test_of_a_place_somewhere_in_the_readers_own_town_only_the_town_is_told():
    entry = examples.edition({"name": "A", "city": "Tracy", "location_precision": "city"})
    place = entry.entries[0]
    assert place["radius_m"] > 0
    tracy = areas.load()["city:Tracy"]
    assert wording.distance(place, tracy, 3000.0, 0.0, EN) == "In Tracy"
    assert wording.distance(place, tracy, 3000.0, 0.0, ES) == "En Tracy"
    lodi = areas.load()["city:Lodi"]
    assert wording.distance(place, lodi, 1000.0, 0.0, EN) == ""  # it may be on any side


def test_a_row_is_plain_data():
    row = described(**examples.IN_TRACY, phone="209-555-0117", text_line="741741")
    assert json.loads(json.dumps(row)) == row


def test_the_description_and_the_notes_are_in_the_language_of_the_reader():
    cells = {"phone_note": "Ask for Ana.", "phone_note_es": "Pregunte por Ana."}
    english, spanish = described(EN, **cells), described(ES, **cells)
    assert [english["about"], english["phone_note"]] == ["Bags of food.", "Ask for Ana."]
    assert [spanish["about"], spanish["phone_note"]] == ["Bolsas de comida.", "Pregunte por Ana."]
    assert (english["kinds"], spanish["kinds"]) == (["Food"], ["Comida"])


def test_who_runs_it_is_not_said_twice():
    assert described(name="Oak Pantry", organization="Oak Pantry")["organization"] == ""
    assert described(name="Oak Pantry", organization="Oak Church")["organization"] == "Oak Church"


# Where.


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (examples.IN_TRACY, "10 Example Street, Tracy 95376"),
        ({"street": "10 Example Street"}, "10 Example Street"),
        ({"city": "Tracy", "zip": "95376"}, "Somewhere in Tracy 95376. No street is listed."),
        ({"city": "Tracy"}, "Somewhere in Tracy. No street is listed."),
        ({"county": "imperial"}, "Imperial County"),
        (
            {"location_policy": "none", "counties_served": "imperial;san_joaquin"},
            "By phone or online. Serves Imperial County, San Joaquin County.",
        ),
        (
            {"location_policy": "area_only"},
            "San Joaquin County. The address is kept private for safety: call.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_where_it_is_is_told_as_surely_as_it_is_known(cells, told):
    assert wording.where(place(**cells), EN) == told


@pytest.mark.parametrize("policy", ["area_only", "none"])
@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
def test_a_place_that_is_not_public_is_never_told_even_where_the_record_has_it(say, policy):
    row = described(say, **examples.IN_TRACY | {"location_policy": policy})
    assert (row["directions"], row["on_map"]) == ("", False)
    written = json.dumps(row)
    assert [
        cell for name, cell in examples.IN_TRACY.items() if name != "county" and cell in written
    ] == []


def test_directions_go_only_to_a_known_point():
    assert wording.directions(place(**examples.IN_TRACY)) == (
        "https://www.openstreetmap.org/directions?to=37.73970%2C-121.42520"
    )
    assert wording.directions(place(city="Tracy", zip="95376", location_precision="zip")) == ""
    assert wording.directions(place()) == ""


# How far.


@pytest.mark.parametrize(
    ("distance_m", "bearing_deg", "radius_m", "told"),
    [
        (np.nan, np.nan, 0, ""),
        (0, 0, 0, "close to the middle"),
        (160, 90, 0, "close to the middle"),
        (162, 90, 0, "0.1 miles east"),
        (1609.344, 200, 0, "1.0 miles south"),
        (16_000, 315, 0, "9.9 miles north-west"),
        (16_093.44, 45, 0, "10 miles north-east"),
        (900, 45, 935, ""),  # somewhere in a circle that holds the reader's spot
        (1000, 45, 935, "about 0.6 miles north-east"),
    ],
)
def test_how_far_and_in_which_direction_is_told_in_words(distance_m, bearing_deg, radius_m, told):
    assert wording.way(distance_m, bearing_deg, radius_m, EN) == told


def test_the_direction_is_the_one_to_walk_in():
    middle, ellipsoid = (37.7274, -121.4522), pyproj.Geod(ellps="WGS84")
    for degrees, word in enumerate(wording.DIRECTIONS.values()):
        lon, lat, _ = ellipsoid.fwd(middle[1], middle[0], 45 * degrees, 8046.72)
        bearing, _, metres = ellipsoid.inv(middle[1], middle[0], lon, lat)
        assert wording.way(metres, bearing % 360, 0, EN) == f"5.0 miles {word}"


# Open or not.


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("24/7", "2026-11-24 12:00", "Open 24 hours, every day"),
        ("Mo-Fr 08:00-17:00", "2026-11-24 15:59", "Open until 5:00 PM"),
        ("Mo-Fr 08:00-17:00", "2026-11-24 16:00", "Open, closes in 60 minutes, at 5:00 PM"),
        ("Mo-Fr 08:00-17:00", "2026-11-24 16:59", "Open, closes in 1 minute, at 5:00 PM"),
        ("Mo-Su 18:00-24:00", "2026-11-24 23:30", "Open, closes in 30 minutes, at midnight"),
        ("Mo-Su 18:00-02:00", "2026-11-24 20:00", "Open until 2:00 AM at night"),
        ("Mo-Fr 08:00-17:00", "2026-11-24 07:00", "Closed, opens at 8:00 AM"),
        ("Mo-Fr 08:00-17:00", "2026-11-24 18:00", "Closed, opens the next day at 8:00 AM"),
        ("Mo-Fr 08:00-17:00", "2026-11-20 18:00", "Closed, opens Monday at 8:00 AM"),
        ("Tu 08:00-17:00", "2026-11-24 18:00", "Closed, opens December 1, 2026 at 8:00 AM"),
        ("off", "2026-11-24 12:00", "Closed"),
        ("Tu,We", "2026-11-24 12:00", "Open that day, but the hours are not known."),
        (
            "Mo-Su 10:00+",
            "2026-11-24 12:00",
            "Opened earlier that day. The closing time is not known.",
        ),
        ("", "2026-11-24 12:00", "Hours not known."),
        ("8am to 5pm", "2026-11-24 12:00", "Hours not known."),
        (
            "Mo-Fr 08:00-17:00",
            "2026-07-03 12:00",  # the day on which Saturday 4 July is observed
            "Open until 5:00 PM · Today is a holiday: hours may differ.",
        ),
        ("Mo-Fr 08:00-17:00; PH off", "2026-07-03 12:00", "Closed, opens Monday at 8:00 AM"),
        (
            "Mo-Fr 09:00-17:00",
            "2026-11-26 18:00",  # Thanksgiving, and the day after it
            "Closed, opens the next day at 9:00 AM · November 26 is a holiday: hours may differ.",
        ),
        (
            "Mo-Sa 08:00-22:00; Nov Th[4] 08:00-12:00",
            "2026-11-26 09:00",
            "Open until 12:00 PM",
        ),
        (
            "Mo-Fr 08:00-17:00; May Mo[-1] off",
            "2027-05-31 10:00",
            "Closed, opens the next day at 8:00 AM",
        ),
    ],
)
def test_open_closed_or_unknown_is_told_with_until_when_or_why(text, at, told):
    assert opening(text, moment(at)) == told


def test_at_a_chosen_moment_no_minutes_are_counted_down():
    at = moment("2026-11-24 16:30")
    assert opening("Mo-Fr 08:00-17:00", at, chosen=True) == "Open until 5:00 PM"


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        # 1:30 comes twice on the night to 2026-11-01: from the first it is 90 minutes to 2:00.
        ("Sa 22:00-02:00", moment("2026-11-01 01:30"), "Open until 2:00 AM"),
        (
            "Sa 22:00-02:00",
            moment("2026-11-01 01:30", fold=1),
            "Open, closes in 30 minutes, at 2:00 AM",
        ),
        # 2:00 to 3:00 does not come on 2027-03-14: from 1:30 it is 60 minutes to 3:30.
        ("Sa 22:00-03:30", moment("2027-03-14 01:30"), "Open, closes in 60 minutes, at 3:30 AM"),
    ],
    ids=["autumn, first 1:30", "autumn, second 1:30", "spring"],
)
def test_minutes_are_counted_right_when_the_clocks_change(text, at, told):
    assert opening(text, at) == told


# Calls and texts.


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("209-836-5424", "tel:+12098365424"),
        ("800-799-7233", "tel:+18007997233"),
        ("988", "tel:988"),
        ("211", "tel:211"),
        ("", ""),
    ],
)
def test_a_phone_number_can_be_dialled(phone, address):
    assert wording.dial(phone) == address


@pytest.mark.parametrize(
    ("cells", "say", "label", "href"),
    [
        ({"text_line": "741741"}, EN, "Text 741741", "sms:741741"),
        (
            {"text_line": "741741", "text_word": "HOME"},
            EN,
            "Text HOME to 741741",
            "sms:741741?body=HOME",
        ),
        (
            {"text_line": "741741", "text_word": "HOME", "text_word_es": "AYUDA"},
            ES,
            "Mande AYUDA por mensaje de texto al 741741",
            "sms:741741?body=AYUDA",
        ),
        (
            {"text_line": "898211", "text_word": "ZIP"},
            EN,
            "Text your ZIP code to 898211",
            "sms:898211",
        ),
        ({"text_line": "209-555-0117"}, EN, "Text 209-555-0117", "sms:+12095550117"),
    ],
)
def test_a_text_line_says_what_to_send_where(cells, say, label, href):
    assert wording.text_line(place(**cells), say) == {"label": label, "href": href}


def test_a_place_without_a_text_line_has_none():
    assert wording.text_line(place(), EN) is None


def test_the_numbers_for_danger_can_be_dialled():
    for _, number, href in wording.DANGER:
        assert href == wording.dial(number)


def test_call_first_names_a_number_that_is_there():
    old = {"source_date": "2019"}
    assert described(**old, phone="988")["call_first"] == "Call first: this may have changed."
    assert described(**old)["call_first"] == "This may have changed. Call 211 and ask first."
    assert described(source_date="2026-06")["call_first"] == ""


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, ""),
        ({"status": "paused"}, "Paused for now: call first."),
        ({"status_note": "It moves in May."}, "It moves in May."),
        (
            {"status": "paused", "status_note": "It burned in 2023."},
            "Paused for now: call first. It burned in 2023.",
        ),
    ],
)
def test_what_changes_there_is_told_before_anyone_goes(cells, told):
    assert described(**cells)["notice"] == told


# What is known, and what is not.


def test_what_is_not_known_is_said_to_be_unknown_never_left_out_and_never_no():
    facts = wording.facts(place(), EN)
    assert {fact["text"] for fact in facts} == {"Not known"}
    assert [fact["label"] for fact in facts if fact["known"]] == []
    assert len(facts) == 7


def test_what_is_known_is_told():
    facts = wording.facts(
        place(
            hours="Mo-Fr 08:00-17:00; PH off",
            hours_note="Food on third Thursdays",
            eligibility="Adults",
            for_survivors="no",
            fees="free",
            fees_note="Gifts are welcome",
            required_documents="photo_id;referral",
            walk_in="no",
            languages="en;es;interpreter",
            wheelchair="limited",
        ),
        EN,
    )
    assert [(fact["label"], fact["text"].replace("\u202f", " ")) for fact in facts] == [
        (
            "Hours",
            "Monday to Friday: 8:00 AM to 5:00 PM · Holidays: closed · Food on third Thursdays",
        ),
        ("Who may come", "Adults. Not a special place for people who fled violence"),
        ("Cost", "Free. Gifts are welcome"),
        ("Papers to bring", "Photo ID, A referral"),
        ("Without an appointment", "Call or book first"),
        ("Languages", "English, Spanish, Other languages with an interpreter"),
        ("Wheelchair", "Some wheelchair access"),
    ]
    assert all(fact["known"] for fact in facts)
