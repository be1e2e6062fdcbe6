"""Files for people: a spreadsheet, a map; each read again by another reader than wrote it."""

import csv
import io
import json
from datetime import date
from xml.etree import ElementTree

import geopandas as gpd
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue import records
from geo.catalogue.keeper import Edition, load_catalogue
from geo.exchange import flat, geojson
from geo.settings import DATA
from tests.support import examples

EDITION = Edition(1, load_catalogue(DATA / "services.csv", date(2026, 11, 26)))
ENTRIES = EDITION.entries
HOSTILE = ["=1+1", "+cmd", "-2", "@SUM(A1)", "'quoted", '"', "a,b", "\ta", "=HYPERLINK(1)", "|x"]
# What a spreadsheet can hold: no signs that XML has none for, and no line ends of its own making.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=12)


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_is_a_formula_and_each_comes_back(cell):
    content = flat.as_csv(["a", "b"], [[cell, "Oak"]])
    shown = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1][0]
    assert not shown.startswith(("=", "+", "-", "@", "|", "\t"))
    assert flat.from_csv(content) == [["a", "b"], [cell, "Oak"]]
    sheet = openpyxl.load_workbook(io.BytesIO(flat.as_xlsx(["a"], [[cell]]))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == cell


@given(st.lists(st.lists(TEXT | st.sampled_from(HOSTILE), min_size=3, max_size=3), max_size=4))
def test_what_is_written_is_read(rows):
    header = ["a", "b", "c"]
    assert flat.from_csv(flat.as_csv(header, rows)) == [header, *rows]


def test_the_catalogue_comes_back_from_both():
    rows = list(flat.rows(ENTRIES))
    written = [[*flat.COLUMNS], *rows]
    assert flat.from_csv(flat.as_csv(flat.COLUMNS, rows)) == written
    assert flat.from_xlsx(flat.as_xlsx(flat.COLUMNS, rows)) == written
    assert flat.as_xlsx(flat.COLUMNS, rows) == flat.as_xlsx(flat.COLUMNS, rows)
    ids = [entry["id"] for entry in ENTRIES]
    assert [row[0] for row in rows] == ids


def test_codes_keep_their_leading_zeros_and_nothing_internal_is_told():
    assert {*records.COLUMNS} - {*flat.COLUMNS} == {"release_ref"}
    content = flat.as_xlsx(["zip"], [["01234"]])
    assert openpyxl.load_workbook(io.BytesIO(content)).active["A2"].value == "01234"


def test_a_map_reads_the_points_that_are_known_and_no_others(tmp_path):
    path = tmp_path / "places.geojson"
    path.write_bytes(geojson.as_geojson(ENTRIES))
    read = gpd.read_file(path)
    assert (len(read), str(read.crs)) == (len(ENTRIES), "EPSG:4326")
    for row, entry in zip(read.itertuples(), ENTRIES, strict=True):
        assert row.id == entry["id"]
        if entry["is_exact"]:
            assert (row.geometry.y, row.geometry.x) == pytest.approx((entry["lat"], entry["lon"]))
        else:
            assert row.geometry is None
    told = json.loads(path.read_text())
    assert told["features"][0]["properties"]["zip"] == ENTRIES[0]["zip"]


def test_another_map_reads_the_same_points():
    root = ElementTree.fromstring(geojson.as_kml(ENTRIES))
    marks = root.findall(".//{*}Placemark")
    exact = [entry for entry in ENTRIES if entry["is_exact"]]
    assert [mark.get("id") for mark in marks] == [f"place-{entry['id']}" for entry in exact]
    for mark, entry in zip(marks, exact, strict=True):
        lon, lat = map(float, mark.findtext(".//{*}coordinates").split(","))
        assert (lat, lon) == pytest.approx((entry["lat"], entry["lon"]), abs=1e-6)
        assert mark.findtext("{*}name") == entry["name"]


def test_a_private_place_is_on_no_map():
    private = {**examples.IN_TRACY, "location_policy": "area_only"}
    entries = examples.edition(private).entries
    told = json.loads(geojson.as_geojson(entries))
    assert told["features"][0]["geometry"] is None
    assert b"Placemark" not in geojson.as_kml(entries)
    for content in (geojson.as_geojson(entries), flat.as_csv(flat.COLUMNS, flat.rows(entries))):
        assert b"Example Street" not in content
        assert b"37.7397" not in content


def test_marks_of_a_language_of_marks_stay_text():
    entries = examples.edition({"name": "<b>&amp; ]]> Oak", **examples.IN_TRACY}).entries
    name = ElementTree.fromstring(geojson.as_kml(entries)).findtext(".//{*}Placemark/{*}name")
    assert name == "<b>&amp; ]]> Oak"
