"""The catalogue that comes with the program keeps what its readers are told of it."""

import re
from itertools import groupby

import pytest

from geo.catalogue import csv_file, records, sources
from geo.settings import DATA

SERVICES = csv_file.read(DATA / "services.csv").frame.to_dict("records")
LINES = sources.read(DATA / "sources.csv").frame.to_dict("records")
README = (DATA / "README.md").read_text(encoding="utf-8")


def test_the_readme_of_the_data_counts_as_the_file_does():
    (rows,) = re.findall(r"`services\.csv` \| (\d+) services", README)
    (streets,) = re.findall(r"(\d+) streets have none", README)
    assert int(rows) == len(SERVICES)
    assert int(streets) == sum(bool(row["street"]) and not row["latitude"] for row in SERVICES)


@pytest.mark.parametrize("county", records.COUNTIES)
def test_the_order_of_the_rows_tells_no_town_of_a_place_kept_private(county):
    places = [row["city"] for row in SERVICES if row["county"] == county]
    assert [bool(city) for city, _ in groupby(places)] == [True] * len({*places} - {""}) + [False]
    assert not any(row["city"] for row in SERVICES if row["location_policy"] != "public")


def test_a_shelter_with_a_street_says_that_it_is_not_one_of_survivors():
    shown = [row for row in SERVICES if "shelter" in records.split(row["service_types"])]
    assert {row["for_survivors"] for row in shown if row["street"]} == {"no"}


def test_a_source_of_a_place_kept_private_names_no_town():
    towns = {row["city"].casefold() for row in SERVICES} - {"", "imperial"}
    private = {row["id"]: row for row in SERVICES if row["location_policy"] == "area_only"}
    said = [*private.values(), *(line for line in LINES if line["id"] in private)]
    for one in said:
        words = re.sub(r"[\W_]+", " ", f"{one['source_name']} {one['source_ref']}").casefold()
        assert not {town for town in towns if f" {town} " in f" {words} "}


def test_unsure_hours_come_with_a_word_about_them():
    hours = {
        line["id"] for line in LINES if line["field"] == "hours" and line["confidence"] == "low"
    }
    assert hours
    assert all(row["hours_note"] for row in SERVICES if row["id"] in hours)


CLOSED = [row for row in SERVICES if row["status"] == "closed"]


@pytest.mark.parametrize("row", CLOSED, ids=lambda row: row["id"])
def test_what_closed_says_why(row):
    assert row["status_note"]
