"""An entry is a stop only where it can be visited; what most needs a visit comes first."""

from datetime import date

import pytest

from geo.catalogue.keeper import Edition, load_catalogue
from geo.errors import QuestionError
from geo.i18n import words
from geo.rounds import overdue, stops
from geo.settings import DATA

TUESDAY, THANKSGIVING = date(2026, 11, 24), date(2026, 11, 26)
SAY = words("en")
ENTRY = {
    "id": "aaaaaa",
    "name": "Pantry",
    "is_line": False,
    "status": "open",
    "is_public": True,
    "is_exact": True,
    "lat": 37.7,
    "lon": -121.4,
    "hours": "Tu,Th 09:00-12:00,13:00-15:00",
    "phone": "209-555-0100",
    "city": "Tracy",
    "county": "san_joaquin",
    "verified_on": "2026-11-14",
    "source_name": "State list",
    "source_ref": "ref",
    "source_date": "2020",
    "confidence": "high",
    "sources": {},
    "checks": {},
}


VAGUE = {"is_exact": False}
PRIVATE = {"is_public": False, "is_exact": False, "lat": float("nan"), "lon": float("nan")}


def entry(**changes):
    return {**ENTRY, **changes}


def test_the_hours_of_the_day_are_its_windows():
    found = stops.of(ENTRY, TUESDAY)
    assert found.windows == ((540, 720), (780, 900))
    assert (found.key, found.lat, found.lon, found.minutes) == ("aaaaaa", 37.7, -121.4, 20)
    assert stops.of(ENTRY, date(2026, 11, 25)).windows == ()
    assert stops.of(entry(hours=""), TUESDAY).windows is None
    assert stops.of(entry(hours="Tu"), TUESDAY).windows is None
    assert stops.of(entry(hours="Tu 20:00-02:00"), TUESDAY).windows == ((1200, 1560),)
    assert stops.of(entry(hours="24/7"), TUESDAY).windows == ((0, 2880),)


def test_a_holiday_that_the_hours_do_not_speak_of_is_marked():
    assert stops.of(ENTRY, THANKSGIVING).holiday
    assert not stops.of(ENTRY, TUESDAY).holiday
    assert stops.of(entry(hours="Mo-Fr 09:00-17:00; PH off"), THANKSGIVING).windows[:1] != (
        (540, 1020),
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"is_line": True}, "is a line to call"),
        ({"status": "paused"}, "is paused"),
        (PRIVATE, "is not public"),
        (VAGUE, "only about known where Pantry is"),
        (VAGUE | {"lat": float("nan"), "lon": float("nan")}, "only about known where Pantry is"),
    ],
)
def test_what_cannot_be_visited_is_refused(changes, told):
    with pytest.raises(QuestionError, match=told):
        stops.of(entry(**changes), TUESDAY)
    assert not stops.can_be_one(entry(**changes))


@pytest.mark.parametrize("changes", [VAGUE, PRIVATE])
def test_a_public_meeting_point_makes_it_a_stop_that_is_marked(changes):
    found = stops.of(entry(**changes), TUESDAY, meeting_point=(37.8, -121.3))
    assert (found.lat, found.lon, found.approximate) == (37.8, -121.3, True)


def test_what_is_missing_or_old_comes_first_with_the_reasons():
    entries = [
        entry(id="fresh"),
        entry(id="old", verified_on="", source_date="2019-11"),
        entry(id="bare", hours="", phone=""),
        entry(id="vague", **VAGUE),
        entry(id="dateless", verified_on="", source_date=""),
        entry(id="line", is_line=True),
        entry(id="private", **PRIVATE),
        entry(id="elsewhere", city="Lodi"),
    ]
    found = overdue.most_due(entries, 9, TUESDAY, city="Tracy")
    assert [one.key for one in found] == ["old", "dateless", "bare", "vague", "fresh"]
    told = {one.key: [reason.told(SAY) for reason in one.reasons] for one in found}
    assert told["bare"] == ["Last checked 10 days ago.", "No hours known.", "No phone known."]
    assert told["old"] == ["Never checked by us; what we have is from 2019-11."]
    assert told["vague"][-1] == "It is only about known where it is."
    assert [one.key for one in overdue.most_due(entries, 1, TUESDAY, county="san_joaquin")] == [
        "old"
    ]
    kept = overdue.most_due(entries, 9, TUESDAY, city="Tracy", only_stops=True)
    assert "vague" not in [one.key for one in kept]


def test_every_entry_of_the_catalogue_is_a_stop_or_says_why_not():
    places = load_catalogue(DATA / "services.csv", TUESDAY)
    for one in Edition(1, places).entries:
        if stops.can_be_one(one):
            assert stops.of(one, TUESDAY).name == one["name"]
        else:
            with pytest.raises(QuestionError):
                stops.of(one, TUESDAY)
