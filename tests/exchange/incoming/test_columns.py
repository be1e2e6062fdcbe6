"""Any one table comes in by a map of its columns, as text or as a workbook."""

import openpyxl
import pytest

from geo.errors import CatalogueError
from geo.exchange.incoming import columns, intake
from tests.support import feeds

MAP = """ours,theirs,fixed
external_id,No.,
name,Agency,
service_types,Kind,
description_en,What,
street,Address,
city,Town,
zip,ZIP,
phone,Phone,
hours,Hours,
county,,imperial
fees,,free
"""
HEADER = "No.;Agency;Kind;What;Address;Town;ZIP;Phone;Hours"
ROW = "7;Casa Peña;food bank;Comidas;1 Main St;Brawley;92227;(760) 344-1000;Mo-Fr 08:00-12:00"
WANTED = {
    "external_id": "service/7",
    "name": "Casa Peña",
    "service_types": "food",
    "description_en": "Comidas",
    "street": "1 Main St",
    "city": "Brawley",
    "zip": "92227",
    "county": "imperial",
    "counties_served": "imperial",
    "location_precision": "zip",
    "phone": "760-344-1000",
    "hours": "Mo-Fr 08:00-12:00",
    "fees": "free",
    "confidence": "low",
    "source_name": feeds.NAME,
}


def read_map(tmp_path, text=MAP):
    path = tmp_path / "columns.csv"
    path.write_text(text)
    return columns.read_map(path)


def bring(tmp_path, feed, text=MAP):
    beside = feeds.catalogue(tmp_path / "data")
    found = columns.read(feed, read_map(tmp_path, text), feeds.rules(beside), [])
    report = intake.take(found, feeds.NAME, beside, feeds.TODAY, write=True)
    return report, feeds.kept(beside)


def test_a_table_of_a_spreadsheet_of_windows_is_read(tmp_path):
    feed = tmp_path / "list.csv"
    feed.write_bytes(f"{HEADER}\r\n{ROW}\r\n".encode("cp1252"))
    _, (row,) = bring(tmp_path, feed)
    assert {name: row[name] for name in WANTED} == WANTED


def test_a_workbook_is_read_with_numbers_as_they_are_shown(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(";"))
    book.active.append([7.0, *ROW.split(";")[1:6], 92227, *ROW.split(";")[7:]])
    book.save(tmp_path / "list.xlsx")
    _, (row,) = bring(tmp_path, tmp_path / "list.xlsx")
    assert {name: row[name] for name in WANTED} == WANTED


def test_hours_in_words_stay_words(tmp_path):
    feed = tmp_path / "list.csv"
    feed.write_text(f"{HEADER}\n{ROW.replace('Mo-Fr 08:00-12:00', 'mornings')}\n")
    _, (row,) = bring(tmp_path, feed)
    assert (row["hours"], row["hours_note"]) == ("", "mornings")


@pytest.mark.parametrize(
    ("kind", "where"), [("shelter, DV", "1 Canary Lane"), ("food", "Confidential")]
)
def test_a_private_place_of_a_table_is_kept_nowhere(tmp_path, kind, where):
    feed = tmp_path / "list.csv"
    cells = ["7", "Oak", kind, "Help", where, "Heber", "92249", "760-344-1000", ""]
    feed.write_text(f"{HEADER}\n{';'.join(cells)}\n")
    text = f"{MAP}counties_served,,imperial\n"
    _, (row,) = bring(tmp_path, feed, text)
    assert row["location_policy"] == "none"
    kept = "".join(
        path.read_text() for path in (tmp_path / "data").rglob("*.csv") if path.is_file()
    )
    assert "Heber" not in kept
    assert "Canary" not in kept


def test_rows_are_shown_as_they_would_become(tmp_path):
    feed = tmp_path / "list.csv"
    feed.write_text(f"{HEADER}\n{ROW}\n8;;food;;;;;;\n")
    beside = feeds.catalogue(tmp_path / "data")
    found = [*columns.read(feed, read_map(tmp_path), feeds.rules(beside), [])]
    told = [*columns.preview(found)]
    assert "  name: Casa Peña" in told
    assert told[-2:] == ["service/8:", "  not taken: it has no name"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a,b\n1,2\n", "wanted the columns ours, theirs and fixed"),
        (MAP.replace("fees,", "prices,"), "columns.csv:12: found 'prices', wanted one of"),
        (MAP + "verified_on,,2026-01-01\n", "found 'verified_on', wanted one of"),
        (MAP + "location_policy,,public\n", "found 'location_policy', wanted one of"),
        (MAP + "name,Other,\n", "each once"),
        (MAP.replace("county,,imperial", "county,,"), "wanted theirs or fixed"),
        (MAP.replace("external_id,No.,\n", ""), "wanted a line for external_id"),
    ],
)
def test_a_map_that_cannot_be_used_is_told(tmp_path, text, wanted):
    with pytest.raises(CatalogueError, match=wanted):
        read_map(tmp_path, text)


def test_a_column_that_the_table_does_not_have_is_told(tmp_path):
    feed = tmp_path / "list.csv"
    feed.write_text("No.;Agency\n1;Oak\n")
    with pytest.raises(CatalogueError, match="found no column 'Kind'"):
        bring(tmp_path, feed)


def test_what_is_no_workbook_is_told(tmp_path):
    (tmp_path / "list.xlsx").write_text("no workbook")
    with pytest.raises(CatalogueError, match="cannot be read as a workbook"):
        bring(tmp_path, tmp_path / "list.xlsx")
