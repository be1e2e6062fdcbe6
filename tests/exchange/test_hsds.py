"""The catalogue goes out as HSDS that others can read, with nothing of a place kept private."""

import csv
import io
import json
import zipfile
from collections import Counter
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from frictionless import Package

from geo.catalogue import records
from geo.catalogue.keeper import Edition, load_catalogue
from geo.catalogue.places import locate
from geo.catalogue.sources import Source
from geo.exchange import hsds, nested, open_eligibility, package, schedules
from geo.settings import DATA
from tests.support import examples, hsds_shapes

EDITION = Edition(1, load_catalogue(DATA / "services.csv", date(2026, 11, 26)))
TABLES = hsds.tables(EDITION.entries, EDITION.data_date)
NESTED = json.loads(nested.as_json(TABLES))
PRIVATE = [entry for entry in EDITION.entries if not entry["is_public"]]


def tables(*rows, said=None):
    places = locate(examples.frame(*rows), {"aaaaaa": said or {}})
    return hsds.tables(places.drop(columns="geometry").to_dict("records"), "2026-11-20")


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    path = tmp_path_factory.mktemp("hsds") / "out.zip"
    path.write_bytes(package.archive(TABLES))
    return path


def test_an_independent_reader_finds_nothing_wrong(packed):
    report = Package(str(packed)).validate()
    assert report.flatten(["type", "note"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_every_object_is_as_the_specification_allows():
    shape = hsds_shapes.validator("service")
    faults = [error.json_path for service in NESTED for error in shape.iter_errors(service)]
    assert faults == []
    assert len(NESTED) == len(EDITION.entries)


def test_the_judge_of_shapes_can_find_a_fault():
    shape = hsds_shapes.validator("service")
    for broken in ({"status": "open"}, {"last_modified": "today"}, {"id": "x"}, {"fees": "1"}):
        assert list(shape.iter_errors(NESTED[0] | broken)), broken


def test_every_key_leads_somewhere_and_no_id_comes_twice():
    ids = {name: [row["id"] for row in rows] for name, rows in TABLES.items()}
    known = Counter(one for rows in ids.values() for one in rows)
    assert known.most_common(1)[0][1] == 1
    for table in hsds.TABLES:
        for column in table.columns:
            for row in TABLES.get(table.name, ()) if column.table else ():
                assert row.get(column.name, ids[column.table][0]) in ids[column.table]
    linked = {row["link_id"] for row in TABLES["attribute"]}
    assert linked <= {*ids["service"]}


def test_each_entry_is_one_service_with_what_is_said_of_it():
    by_id = {service["id"]: service for service in NESTED}
    for entry in EDITION.entries:
        told = by_id[str(uuid5(hsds.NAMESPACE, f"service/{entry['id']}"))]
        assert (told["name"], told["description"]) == (entry["name"], entry["description_en"])
        spanish = {
            one["label"]: one["value"]
            for one in told["attributes"]
            if one["taxonomy_term"]["code"] == "es"
        }
        assert spanish["description"] == entry["description_es"]
        numbers = {phone["number"] for phone in told.get("phones", [])}
        assert numbers == {entry["phone"], entry["text_line"]} - {""}
        kinds = [one["taxonomy_term"]["code"] for one in told["attributes"]]
        assert {*entry["types"]} <= {*kinds}
        said = json.dumps(told, ensure_ascii=False)
        assert entry["source_name"].replace('"', '\\"') in said


def test_hours_come_back_as_they_are_in_the_catalogue():
    told = {
        schedule["service_id"]: schedule.get("schedules", [])
        for schedule in (at for one in NESTED for at in one.get("service_at_locations", []))
    }
    compared = 0
    for entry in EDITION.entries:
        rows = told.get(hsds.key("service", entry["id"]), [])
        if entry["hours"] and rows:
            back = schedules.of(schedules.hours(rows))
            assert back == schedules.of(entry["hours"])
            compared += 1
    assert compared > 20


def test_nothing_tells_where_a_place_is_that_is_kept_private():
    assert len(PRIVATE) > 5
    for entry in PRIVATE:
        told = next(one for one in NESTED if one["id"] == hsds.key("service", entry["id"]))
        for at in told.get("service_at_locations", []):
            assert at["location"]["location_type"] == "virtual"
            assert {*at["location"]} & {"latitude", "addresses", "accessibility"} == set()
    private = {"location_policy": "area_only", "wheelchair": "yes", "street": "4417 Zanzibar St"}
    found = tables(private | {"city": "Tracy", "zip": "95376", "latitude": "37.7"})
    assert found.keys() & {"location", "service_at_location", "address", "accessibility"} == set()
    said = package.archive(found) + nested.as_json(found)
    assert b"Zanzibar" not in said
    assert b"Tracy" not in said


def test_only_a_whole_address_is_an_address_and_only_a_known_point_a_point():
    (whole,) = tables(examples.IN_TRACY)["address"]
    assert (whole["address_1"], whole["postal_code"]) == ("10 Example Street", "95376")
    about = {"city": "Tracy", "zip": "95376", "location_precision": "zip"}
    found = tables(about)
    assert "address" not in found
    assert found["location"][0]["description"] == "In Tracy 95376."
    assert "latitude" not in found["location"][0]
    assert "description" not in tables(examples.IN_TRACY)["location"][0]


def test_a_line_is_reached_not_visited():
    found = tables({"service_types": "hotline", "phone": "988", "text_line": "988"})
    (place,) = found["location"]
    assert place["location_type"] == "virtual"
    assert sorted(phone["type"] for phone in found["phone"]) == ["text", "voice"]


def test_the_source_of_a_fact_goes_with_it_and_no_source_is_called_a_check():
    own = Source("Own site", "https://oak.example.org", "2026-03", "high")
    found = tables({"hours": "24/7"}, said={"hours": own})
    labels = {row["label"]: row["url"] for row in found["url"]}
    assert labels == {
        "Source: State list, 2026-06": "https://data.example.gov/food",
        "Source: hours: Own site, 2026-03": "https://oak.example.org",
    }
    assert "assured_date" not in found["service"][0]
    checked = tables({"verified_on": "2026-10-01", "verified_by_role": "211"})
    assert checked["service"][0]["assured_date"] == "2026-10-01"


def test_ids_hang_on_nothing_but_what_they_are_of():
    one, other = {"id": "aaaaaa"}, {"id": "bbbbbb", "name": "Elm", "organization": "Elm Inc."}
    alone, both = tables(other), tables(one, other | {"description_en": "Other words."})
    for name in ("service", "organization", "location"):
        assert {row["id"] for row in alone[name]} <= {row["id"] for row in both[name]}
    assert UUID(hsds.key("service", "aaaaaa")).version == 5
    assert hsds.key("service", "aaaaaa") != str(uuid5(NAMESPACE_URL, "service/aaaaaa"))


def test_the_same_catalogue_gives_the_same_bytes():
    again = hsds.tables(tuple(reversed(EDITION.entries)), EDITION.data_date)
    assert package.archive(again) == package.archive(TABLES)
    assert nested.as_json(again) == nested.as_json(TABLES)
    assert nested.as_lines(again) == nested.as_lines(TABLES)


def test_the_two_forms_hold_the_same(packed):
    with zipfile.ZipFile(packed) as files:
        text = files.read("services.csv").decode()
        assert "\ufeff" not in text
        rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in rows] == [service["id"] for service in NESTED]
    lines = nested.as_lines(TABLES).decode().splitlines()
    assert [json.loads(line) for line in lines] == NESTED
    assert not any(value in ("", None) for service in NESTED for value in service.values())


def test_terms_of_another_taxonomy_go_along_only_when_asked_for(tmp_path):
    assert "Open Eligibility" not in json.dumps(NESTED)
    assert {*open_eligibility.load()} <= {*records.TYPES}
    found = hsds.tables(EDITION.entries, EDITION.data_date, open_eligibility.load())
    path = tmp_path / "out.zip"
    path.write_bytes(package.archive(found))
    assert Package(str(path)).validate().flatten(["type", "note"]) == []
    (taxonomy,) = [one for one in found["taxonomy"] if one["name"] == "Open Eligibility"]
    assert "CC BY-SA 3.0" in taxonomy["description"]
    said = json.loads(nested.as_json(found))
    kinds = hsds.key("taxonomy_term", "types", "food")
    for service in said:
        terms = {one["taxonomy_term"]["name"] for one in service["attributes"]}
        ours = {one["taxonomy_term_id"] for one in service["attributes"]}
        assert ("Emergency Food" in terms) == (kinds in ours)


def test_who_runs_many_services_is_told_by_some_of_them():
    rows = [
        {"id": f"aaaa{n:02}", "name": f"Pantry {n:02}", "organization": "Oak"} for n in range(23)
    ]
    (oak,) = tables(*rows)["organization"]
    assert oak["description"].startswith(
        "Runs 23 services in this catalogue: Pantry 00; Pantry 01;"
    )
    assert oak["description"].endswith("Pantry 19; and 3 more.")
