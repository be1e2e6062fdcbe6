"""What is taken away is what was found, says what it answers, and can be opened elsewhere."""

import csv
import io
import json
import sqlite3
from contextlib import closing

import pyogrio

from geo.gaps import demand, export
from geo.gaps.answer import work_out
from geo.gaps.question import Question
from geo.settings import ROOT
from tests.gaps.test_answer import FOUR, PLACES, TUESDAY, WEST, located, miles, place

SILENT = place("silent", 33.0, -115.2, name="Silent clinic")
ANSWER = work_out(located(WEST | {"hours": "24/7"}, SILENT), FOUR, miles(5, hour=TUESDAY))


def rows():
    return list(csv.DictReader(io.StringIO(export.as_csv(ANSWER).decode("utf-8-sig"))))


def test_each_row_says_what_is_not_decided_who_is_nearest_and_what_was_asked():
    assert [row["within"] for row in rows()] == ["yes", "no", "no", "undecided"]
    assert {row["nearest_id"] for row in rows()} == {"westaa"}
    assert {row["nearest_name"] for row in rows()} == {"A clinic"}
    assert {row["standard_met"] for row in rows()} == {"yes"}
    assert {row["question"] for row in rows()} == {
        "clinic, imperial, 5 miles, driving, open at 2026-11-24T10:00:00-08:00"
    }
    assert [row["poverty"] for row in rows()] == ["100.0", "50.0", "", ""]


def test_a_tract_is_the_first_eleven_digits_and_keeps_its_zero():
    for row in rows():
        assert row["tract"] == "1400000US" + row["geo_id"].removeprefix("1500000US")[:11]
        assert row["tract"].startswith("1400000US06025")


def test_access_is_told_for_100_000_people():
    told = [float(row["access"]) for row in rows()]
    assert told == [round(score * 100_000, 3) for score in ANSWER.access.tolist()]
    assert sum(a * int(row["people"]) for a, row in zip(told, rows(), strict=True)) > 99_000


def test_the_map_says_that_its_outlines_are_not_true():
    told = json.loads(export.as_geojson(ANSWER))
    assert "not the true outlines" in told["note"]
    assert told["question"]["threshold"] == 5
    assert {one["properties"]["outline"] for one in told["features"]} == {"not the true outline"}


def test_a_geopackage_has_the_rows_of_the_table_and_zeros_in_front(tmp_path):
    answer = work_out(PLACES, demand.load(), Question("food", "imperial", "miles", 2))
    (tmp_path / "a.gpkg").write_bytes(export.as_geopackage(answer))
    layer = pyogrio.read_dataframe(tmp_path / "a.gpkg")
    table = export.as_table(answer)
    assert layer["geoid"].tolist() == table["geoid"].tolist()
    assert layer["geoid"].str.startswith("06025").all()
    assert layer["within"].tolist() == table["within"].tolist()
    assert layer.crs.to_epsg() == 4326
    assert layer.geometry.is_valid.all()


def test_the_same_answer_is_the_same_geopackage_with_no_time_of_its_making(tmp_path):
    answer = work_out(PLACES, demand.load(), Question("food", "imperial", "miles", 2))
    made = export.as_geopackage(answer)
    assert export.as_geopackage(answer) == made
    (tmp_path / "a.gpkg").write_bytes(made)
    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as opened:
        told = opened.execute("SELECT last_change FROM gpkg_contents").fetchall()
    assert told == [("2000-01-01T00:00:00.000Z",)]


def test_the_names_of_files_say_service_county_and_limit():
    names = {
        Question("food", "", "miles", 2).file_name: "service-gaps-food-both-2-miles",
        ANSWER.question.file_name: "service-gaps-clinic-imperial-5-miles-tue-1000",
    }
    assert [*names] == [*names.values()]


def test_the_documents_tell_every_field_and_column():
    told = (ROOT / "docs/gaps.md").read_text(encoding="utf-8")
    for field in export.as_json(ANSWER):
        assert f"`{field}`" in told, field
    named = [name for name in rows()[0] if not name.startswith(("minutes_", "miles_"))]
    for column in [*named, "outline"]:
        assert f"`{column}`" in told, column


def test_an_overview_of_both_ends_and_of_what_has_no_answer():
    asked = dict(zip(export.OVERVIEW, export.as_overview(ANSWER.question, ANSWER), strict=True))
    assert (asked["people_beyond_least"], asked["people_beyond_most"]) == (230, 234)
    assert (asked["hours_unknown"], asked["law_met_least"], asked["law_met_most"]) == (1, 1.0, 1.0)
    blank = export.as_overview(ANSWER.question, None)
    assert len(blank) == len(export.OVERVIEW) and blank[-1] is None
