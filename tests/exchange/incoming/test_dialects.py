"""Each dialect of HSDS is read by its headers, and the official examples too."""

import json
import os
import shutil
from pathlib import Path

import pytest

from geo.catalogue.imported import file_of
from geo.exchange.incoming import dialects, parcel, sheets
from geo.exchange.incoming.tables import Address, At, Attribute, Phone, Schedule, Term
from tests.support import feeds

OFFICIAL = Path(os.environ.get("HSDS_EXAMPLES", "not set"))  # a folder of the official ones
WANTED = {
    "name": "Oak Table",
    "organization": "Oak Church",
    "service_types": "food",
    "description_en": "Hot meals.",
    "street": "10 Example Street",
    "city": "Tracy",
    "zip": "95376",
    "county": "san_joaquin",
    "counties_served": "san_joaquin",
    "latitude": "37.7397",
    "longitude": "-121.4252",
    "location_precision": "street",
    "location_policy": "public",
    "phone": "209-836-5424",
    "hours": "Mo-Tu 08:00-12:00",
    "status": "open",
    "source_name": feeds.NAME,
    "confidence": "low",
    "verified_on": "",
}
ONE_X = {
    "organizations": [{"id": "12", "name": "Oak Church", "description": "A church."}],
    "services": [feeds.SERVICE],
    "locations": [feeds.LOCATION],
    "services_at_location": [{"id": "a", "service_id": "12", "location_id": "12"}],
    "physical_addresses": [
        {**feeds.ADDRESS, "address_1": "10 Example Street", "state_province": "CA "}
    ],
    "postal_addresses": [{**feeds.ADDRESS, "address_1": "P.O. Box 1", "city": "Lodi"}],
    "phones": [{"id": "p", "location_id": "12", "number": "209-836-5424 ", "type": "voice"}],
    "regular_schedules": [
        {"id": day, "service_id": "12", "weekday": day, "opens_at": "8:00am", "closes_at": "12pm"}
        for day in ("Monday", "tue")
    ],
    "holiday_schedules": [{"id": "1", "service_id": "12", "closed": "true"}],
    "taxonomy": [{"id": "t1", "name": "Food Bank", "parent_id": ""}],
    "services_taxonomy": [{"id": "1", "service_id": "12", "taxonomy_id": "t1"}],
    "eligibility": [{"id": "1", "service_id": "12", "eligibility": "Anyone"}],
    "payments_accepted": [{"id": "1", "service_id": "12", "payment": "cash"}],
    "accessibility_for_disabilities": [
        {"id": "1", "location_id": "12", "accessibility": "wheelchair"}
    ],
}
TWO = {
    **feeds.TABLES,
    "taxonomy_terms": [{"id": "t1", "term": "Food Bank", "taxonomy_id": "x"}],
    "service_attributes": [{"id": "1", "service_id": "12", "taxonomy_term_id": "t1"}],
    "other_attributes": [
        {"id": "2", "link_id": "12", "link_type": "organization", "taxonomy_term_id": "skip"}
    ],
    "attributes": [{"id": "", "link_id": "", "taxonomy_term_id": ""}],
}
OHANA = {
    "organizations": [{"id": "12", "name": "Oak Church"}],
    "locations": [{**feeds.LOCATION, "accessibility": "wheelchair", "virtual": "false"}],
    "addresses": [{**feeds.ADDRESS, "country_code": "US"}],
    "mail_addresses": [{**feeds.ADDRESS, "address_1": "P.O. Box 1"}],
    "services": [
        {
            "id": "12",
            "location_id": "12",
            "name": "Oak Table",
            "description": "Hot meals.",
            "how_to_apply": "Walk in.",
            "languages": "Spanish, Mixteco",
            "taxonomy_ids": "t1, t2",
            "service_areas": "San Joaquin County",
            "eligibility": "Anyone",
            "organization_id": "12",
        }
    ],
    "phones": [
        {"id": "1", "location_id": "12", "number": "209 555-0100", "number_type": "fax"},
        {"id": "2", "location_id": "12", "number": "209 836-5424", "number_type": "voice"},
    ],
    "regular_schedules": ONE_X["regular_schedules"],
    "taxonomy": [
        {"taxonomy_id": "t1", "name": "food bank"},
        {"taxonomy_id": "t2", "name": "skip"},
    ],
}


@pytest.mark.parametrize(
    ("tables", "more"),
    [
        (feeds.TABLES, {"phone_note": "Extension 4"}),
        (ONE_X, {"eligibility": "Anyone", "wheelchair": "yes"}),
        (TWO, {}),
        (OHANA, {"languages": "es", "wheelchair": "yes", "eligibility": "Anyone"}),
    ],
    ids=["3.x", "1.x", "2.0", "Ohana"],
)
def test_each_dialect_tells_the_same_service(tmp_path, tables, more):
    row = feeds.one(tmp_path, tables)
    if tables is OHANA:
        assert row["description_en"] == "Hot meals. How to apply: Walk in."
        row["description_en"] = "Hot meals."
    assert {name: row[name] for name in WANTED} == WANTED
    assert {name: row[name] for name in more} == more


def test_hours_of_another_place_of_the_service_are_not_taken(tmp_path):
    hours = [{**one, "location_id": "99"} for one in ONE_X["regular_schedules"]]
    assert feeds.one(tmp_path, ONE_X | {"regular_schedules": hours})["hours"] == ""


@pytest.mark.parametrize(
    ("name", "header", "table"),
    [
        ("Services_At_Location", [], At),
        ("export-2024", ["id", "location_id", "Address 1", "City", "Postal Code"], Address),
        ("hours", ["service_id", "weekday", "opens_at", "closes_at"], Schedule),
        ("numbers", ["id", "service_id", "number"], Phone),
        ("taxonomy", ["id", "name"], Term),
        ("services_taxonomy", [], Attribute),
        ("contacts", ["id", "service_id", "name", "number"], None),
        ("readme", ["hello"], None),
    ],
)
def test_a_table_is_known_by_its_name_or_its_header(name, header, table):
    assert dialects.table_of(name, header) is table


NESTED = {
    "id": "12",
    "name": "Oak Table",
    "description": "Hot meals.",
    "status": "active",
    "organization": {"id": "12", "name": "Oak Church"},
    "phones": [{"id": "p", "number": "209-836-5424", "languages": [{"code": "es"}]}],
    "attributes": [{"id": "x", "taxonomy_term": {"id": "t1", "name": "Food Bank"}}],
    "service_at_locations": [
        {
            "id": "a",
            "location": {
                "id": "12",
                "latitude": 37.7397,
                "longitude": -121.4252,
                "addresses": [{k: v for k, v in feeds.ADDRESS.items() if k != "location_id"}],
            },
            "schedules": feeds.TABLES["schedules"],
        }
    ],
}
ORGANIZATION = {
    "id": "12",
    "name": "Oak Church",
    "services": [{k: v for k, v in NESTED.items() if k != "organization"}],
}
AT = {
    "id": "a",
    "location": NESTED["service_at_locations"][0]["location"],
    "schedules": feeds.TABLES["schedules"],
    "service": {k: v for k, v in NESTED.items() if k != "service_at_locations"},
}
PAGE = {"total_items": 1, "first_page": True, "contents": [NESTED]}
NEWER = NESTED | {
    "service_at_locations": [
        {
            "id": "a",
            "location": AT["location"],
            "operating_hours": feeds.TABLES["schedules"],
        }
    ]
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.json", json.dumps([NESTED], indent=1)),
        ("page.json", json.dumps(PAGE)),
        ("one.json", json.dumps(NESTED, indent=2)),
        ("mark.json", "\ufeff" + json.dumps([NESTED])),
        ("lines.ndjson", json.dumps(NESTED) + "\r\n\r\n"),
        ("organizations.json", json.dumps([ORGANIZATION])),
        ("at.json", json.dumps([AT])),
        ("newer.json", json.dumps([NEWER])),
    ],
)
def test_nested_objects_tell_the_same_service_as_tables(tmp_path, name, content):
    beside = feeds.catalogue(tmp_path / "data")
    feed = tmp_path / name
    feed.write_text(content, encoding="utf-8")
    feeds.take(feed, beside)
    (row,) = feeds.kept(beside)
    assert {name: row[name] for name in WANTED} == WANTED
    assert row["external_id"] == "service/12/location/12"


@pytest.mark.skipif(not OFFICIAL.exists(), reason="HSDS_EXAMPLES names no folder")
@pytest.mark.parametrize(
    "name", ["csv", "service_full.json", "organization_full.json", "service_at_location_full.json"]
)
def test_the_official_examples_are_read(tmp_path, name):
    feed = tmp_path / Path(name).name
    if name == "csv":
        shutil.copytree(OFFICIAL / name, feed)
    else:
        shutil.copy(OFFICIAL / name, feed)
    beside = feeds.catalogue(tmp_path / "data")
    report = feeds.take(feed, beside, types="term,service_types\ncode,mental_health\n")
    # The one example is in a county that is none of ours, at a point that is none on earth.
    assert report.read >= 1
    assert sum(len(ids) for ids in report.refused.values()) == report.read
    assert not file_of(beside, feeds.NAME).exists()


def test_every_cell_of_the_official_tables_that_we_use_is_found():
    folder = OFFICIAL / "csv"
    if not folder.exists():
        pytest.skip("HSDS_EXAMPLES names no folder")
    found = {}
    with parcel.files(folder) as files:
        for file in files:
            sheet = sheets.read(file)
            table = dialects.table_of(file.name.removesuffix(".csv"), sheet.header)
            if table and file.ending == ".csv":
                make = dialects.maker(table, sheet.header)
                found[table.__name__] = [make(cells) for cells in sheet.rows]
    assert found["Service"][0].eligibility_description.startswith("This service is intended")
    assert found["Schedule"][0].byday == "TH,FR"
    assert found["Address"][0].postal_code == "ABC 1234"
    assert found["Phone"][0].extension == "100"
    assert found["Attribute"][0].link_entity == "link_entity"
    assert len(found) == 13
