"""What search engines read of an entry is what its page says: no more, and nothing wrong."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import clock, i18n
from geo.catalogue.keeper import load_catalogue
from geo.exchange import schedules
from geo.settings import DATA
from geo.web.plain import linked_data
from tests.support import made_up

# What schema.org (release 30) says of the types we use: which properties each may have.
SHAPES = {
    "Service": {
        "name",
        "description",
        "serviceType",
        "url",
        "provider",
        "areaServed",
        "availableChannel",
        "hoursAvailable",
    },
    "Organization": {"name", "url"},
    "AdministrativeArea": {"name"},
    "ServiceChannel": {"servicePhone", "availableLanguage", "serviceLocation"},
    "ContactPoint": {"telephone"},
    "Place": {"name", "address", "geo", "isAccessibleForFree"},
    "PostalAddress": {
        "streetAddress",
        "addressLocality",
        "postalCode",
        "addressRegion",
        "addressCountry",
    },
    "GeoCoordinates": {"latitude", "longitude"},
    "OpeningHoursSpecification": {"dayOfWeek", "opens", "closes"},
}
DAY = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}


@pytest.fixture(scope="module")
def entries():
    places = load_catalogue(DATA / "services.csv", clock.today())
    return places.drop(columns="geometry").to_dict("records")


def of(entry, language="en", url=""):
    """Return the data of an entry, as whoever parses them has them."""
    return json.loads(json.dumps(linked_data.of(entry, i18n.words(language), url)))


def nodes(node):
    """Yield every object in the data; there is none in those of a private entry."""
    if node and isinstance(node, dict):
        yield node
        node = [*node.values()]
    if isinstance(node, list):
        for part in node:
            yield from nodes(part)


def place_of(data):
    return data.get("availableChannel", {}).get("serviceLocation")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_entry_has_only_types_and_properties_that_go_together(entries, language):
    for entry in entries:
        for node in nodes(of(entry, language)):
            types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
            assert {*types[1:]} <= {"MedicalClinic", "Hospital"}
            assert {*node} - {"@type", "@context"} <= SHAPES[types[0]], entry["id"]
            assert "" not in node.values()


def test_the_hours_are_those_of_the_schedules(entries):
    told = 0
    for entry in entries:
        rows = [row for row in schedules.of(entry["hours"]) if row.get("freq") == "WEEKLY"]
        expected = [] if entry["status"] == "paused" or entry["is_private"] else rows
        found = of(entry).get("hoursAvailable", [])
        assert [
            ([day.rpartition("/")[2] for day in span["dayOfWeek"]], span["opens"], span["closes"])
            for span in found
        ] == [
            (
                [DAY[day] for day in row["byday"].split(",")],
                row["opens_at"][:5],
                row["closes_at"][:5],
            )
            for row in expected
        ]
        told += len(found)
    assert told > 50


def one(**cells):
    """Return a made-up entry."""
    return made_up.edition(**cells).entries[0]


@pytest.mark.parametrize(
    ("hours", "spans"),
    [
        ("24/7", [(7, "00:00", "23:59")]),
        ("Mo-Fr 08:00-12:00,13:00-17:00", [(5, "08:00", "12:00"), (5, "13:00", "17:00")]),
        ("Fr 22:00-02:00", [(1, "22:00", "02:00")]),
        ("We 08:00-11:00; Tu[2] 09:30-11:00", [(1, "08:00", "11:00")]),  # not by month
        ("Nov-Mar Mo-Su 18:00-08:00", []),
        ("Mo-Su 17:00+", []),
        ("whenever", []),
        ("", []),
    ],
)
def test_hours_are_told_as_far_as_schema_org_can_tell_them(hours, spans):
    found = of(one(hours=hours)).get("hoursAvailable", [])
    assert [(len(s["dayOfWeek"]), s["opens"], s["closes"]) for s in found] == spans


def test_a_paused_service_tells_no_hours():
    assert "hoursAvailable" in of(one(hours="24/7"))
    assert "hoursAvailable" not in of(one(hours="24/7", status="paused"))


def test_only_what_is_free_is_said_to_be_free_and_only_a_known_point_is_a_point():
    free = place_of(of(one()))
    assert (free["isAccessibleForFree"], free["geo"]["latitude"]) == (True, 37.7)
    for fees in ("", "paid", "sliding_scale"):
        assert "isAccessibleForFree" not in place_of(of(one(fees=fees)))
    assert "geo" in place_of(of(one(location_precision="street")))
    for precision in ("zip", "city", "none"):
        unsure = one(location_precision=precision, city="Tracy", zip="95376", latitude="")
        assert "geo" not in place_of(of(unsure))


def test_a_clinic_and_a_hospital_are_also_what_schema_org_calls_them():
    assert place_of(of(one(service_types="clinic")))["@type"] == ["Place", "MedicalClinic"]
    assert place_of(of(one(service_types="food;hospital")))["@type"] == ["Place", "Hospital"]
    assert place_of(of(one()))["@type"] == "Place"


@given(st.sampled_from(["area_only", "none"]), st.sampled_from(["exact", "city"]), st.booleans())
def test_what_is_not_public_has_no_place_whatever_is_in_its_cells(policy, precision, is_line):
    cells = {"street": "12 Secret Street", "city": "Tracy", "zip": "95376"}
    entry = one(
        **cells,
        location_policy=policy,
        location_precision=precision,
        service_types="hotline" if is_line else "shelter",
    )
    data = of(entry, url="https://help.example/text/en/place/aaaaaa")
    assert place_of(data) is None
    assert not re.search(r"Secret|Tracy|95376|37\.7|121\.4", json.dumps(data))
    assert (data == {}) == (policy == "area_only")


def test_a_line_has_no_place_even_where_its_office_is_public():
    assert place_of(of(one(service_types="hotline;food"))) is None


def test_phones_and_links_are_those_that_work(entries):
    numbers = [node["telephone"] for e in entries for node in nodes(of(e)) if "telephone" in node]
    assert [n for n in numbers if not re.fullmatch(r"\+1\d{10}|\d{3}", n)] == []
    links = [node["url"] for e in entries for node in nodes(of(e)) if "url" in node]
    assert [link for link in links if not re.match(r"https?://\w", link)] == []
    assert len(numbers) > 200
    assert "url" not in of(one(website="javascript:alert(1)"))["provider"]
