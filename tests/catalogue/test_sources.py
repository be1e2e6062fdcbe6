"""A fact has at most one source of its own, held against the catalogue it lies beside."""

import csv
import io
import threading
from datetime import date

import pytest

from geo.catalogue import csv_file, keeper, records, sources
from geo.catalogue.keeper import Keeper
from geo.files import whole
from geo.settings import DATA
from tests.support import examples

TODAY = date(2026, 11, 22)
HEADER = "id,field,source_name,source_ref,source_date,confidence\n"
PRIVATE = {
    "id": "bbbbbb",
    "name": "Morning House",
    "location_policy": "area_only",
    "service_types": "domestic_violence",
    "source_name": "List of services",
    "source_ref": "kept by the editors",
}
GOOD = "aaaaaa,hours,Own site,https://oak.example.org,2026-03,high\n"


def folder_of(folder, lines, *rows):
    """Write a catalogue of `rows` and its sources, and return where the catalogue is."""
    path = folder / "services.csv"
    frame = examples.frame(*(rows or ({"hours": "24/7"}, PRIVATE)))
    path.write_text(frame.to_csv(index=False), encoding="utf-8")
    if lines is not None:
        (folder / "sources.csv").write_text(HEADER + lines, encoding="utf-8")
    return path


def faults(path):
    return keeper.read_both(path, TODAY)[2]


def test_the_source_of_a_fact_comes_with_its_place(tmp_path):
    places = keeper.load_catalogue(folder_of(tmp_path, GOOD), TODAY)
    said = places.set_index("id")["sources"]
    own_site = sources.Source("Own site", "https://oak.example.org", "2026-03", "high")
    assert said["aaaaaa"] == {"hours": own_site}
    assert said["bbbbbb"] == {}


def test_a_catalogue_without_such_a_file_is_complete(tmp_path):
    assert faults(folder_of(tmp_path, None)) == []


@pytest.mark.parametrize(
    ("lines", "column", "told"),
    [
        ("zzzzzz,hours,Own site,ref,2026,high\n", "id", "not in the catalogue"),
        ("aaaaaa,opening,Own site,ref,2026,high\n", "field", "column of the catalogue"),
        ("aaaaaa,id,Own site,ref,2026,high\n", "field", "column of the catalogue"),
        ("aaaaaa,source_date,Own site,ref,2026,high\n", "field", "column of the catalogue"),
        ("aaaaaa,longitude,Own site,ref,2026,high\n", "field", "Write latitude"),
        ("aaaaaa,eligibility_es,Own site,ref,2026,high\n", "field", "Write eligibility"),
        ("aaaaaa,phone,Own site,ref,2026,high\n", "field", "phone, which is blank"),
        (GOOD + GOOD, "field", "hours of this entry again"),
        ("aaaaaa,hours,,ref,2026,high\n", "source_name", "Fill it in"),
        ("aaaaaa,hours,Own site,,2026,high\n", "source_ref", "Fill it in"),
        ("aaaaaa,hours,Own site,ref,2027,high\n", "source_date", "1990 to today"),
        ("aaaaaa,hours,Own site,ref,26-03,high\n", "source_date", "a real date"),
        ("aaaaaa,hours,Own site,ref,2026,sure\n", "confidence", "one of high"),
        ("aaaaaa,hours,=1+1,ref,2026,high\n", "source_name", "formula"),
        ("aaaaaa,hours,<b>Own,ref,2026,high\n", "source_name", "without HTML"),
        ("aaaaaa,hours,Own site,http://a:b@c.org,2026,high\n", "source_ref", "http or https"),
    ],
)
def test_a_line_that_cannot_be_is_told_with_where_it_stands(tmp_path, lines, column, told):
    (fault,) = faults(folder_of(tmp_path, lines))
    assert (fault.where, fault.column) == (f"sources.csv:{lines.count(chr(10)) + 1}", column)
    assert told in str(fault)


def test_a_line_never_tells_where_a_place_is_that_is_not_public(tmp_path):
    line = 'bbbbbb,name,"List of 4417 Zanzibar Street, Tracy",ref,2026,high\n'
    (fault,) = faults(folder_of(tmp_path, line))
    assert fault.column == "source_name"
    assert "4417" not in str(fault)
    assert "Zanzibar" not in str(fault)


@pytest.mark.parametrize(
    "text",
    ["", "id,field\n", HEADER, HEADER + "aaaaaa,hours\n", HEADER + '"aaaaaa,hours', "\0\xff"],
)
def test_a_file_that_is_damaged_is_refused_and_the_last_good_edition_stays_up(tmp_path, text):
    path = folder_of(tmp_path, GOOD)
    kept = Keeper(path)
    good = kept.current()
    (tmp_path / "sources.csv").write_text(text, encoding="utf-8")
    assert kept.current() is good
    assert {fault.where.partition(":")[0] for fault in kept.faults} == {"sources.csv"}


def test_a_new_file_of_sources_is_a_new_edition_with_a_date_of_its_own(tmp_path):
    path = folder_of(tmp_path, None)
    kept = Keeper(path)
    assert kept.current().data_date == "2026-06"
    (tmp_path / "sources.csv").write_text(HEADER + GOOD.replace("2026-03", "2026-11"))
    assert kept.current().data_date == "2026-11"


def test_whoever_reads_while_both_are_changed_sees_both_old_or_both_new(tmp_path):
    path = folder_of(tmp_path, GOOD)
    seen, done = set(), threading.Event()

    def change():
        for number in range(40):
            hours, day = ("24/7", "2026-03") if number % 2 else ("Mo-Fr 08:00-17:00", "2026-09")
            before = csv_file.read(path)
            after = before.frame.assign(hours=[hours, ""])
            other = HEADER + GOOD.replace("2026-03", day)
            beside = {sources.beside(path): other.encode()}
            csv_file.amend(before, after, path, others=beside)
        done.set()

    writer = threading.Thread(target=change)
    writer.start()
    while not done.is_set():
        place = keeper.load_catalogue(path, TODAY).iloc[0]
        seen.add((place["hours"], place["sources"]["hours"].date))
    writer.join()
    assert seen <= {("24/7", "2026-03"), ("Mo-Fr 08:00-17:00", "2026-09")}
    assert seen


def test_a_change_that_a_crash_cut_off_is_finished_by_whoever_reads_next(tmp_path):
    path = folder_of(tmp_path, GOOD)
    new = tmp_path / ".services.csv.new"
    new.write_bytes(path.read_bytes().replace(b"24/7", b"Mo 08:00-17:00"))
    whole.journal(path).write_text(f'[["{new}", "{path}"]]')
    assert keeper.load_catalogue(path, TODAY)["hours"][0] == "Mo 08:00-17:00"
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        ".services.csv.lock",
        "services.csv",
        "sources.csv",
    ]


def test_a_change_that_cannot_be_finished_here_is_told(tmp_path, monkeypatch):
    path = folder_of(tmp_path, GOOD)

    def refused(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(whole, "finish", refused)
    (fault,) = faults(path)
    assert "cut off (Permission denied)" in str(fault)


def test_lines_are_written_as_they_are_read():
    for told in (GOOD, 'aaaaaa,hours,"Oak, Inc. ""The Pantry""",ref,,low\n'):
        cells = list(csv.reader(io.StringIO(HEADER + told)))
        frame = examples.pd.DataFrame(cells[1:], columns=cells[0], dtype=str)
        assert sources.content(frame).decode() == HEADER + told
        assert list(sources.without(frame, ["aaaaaa"], "hours")["id"]) == []
        assert list(sources.without(frame, ["aaaaaa"], "phone")["id"]) == ["aaaaaa"]


def test_the_shipped_lines_are_in_order_and_written_as_we_write_them():
    path = DATA / "sources.csv"
    lines = sources.read(path)
    assert sources.content(lines.frame) == path.read_bytes()
    rows = list(csv_file.read(DATA / "services.csv").frame["id"])
    columns = list(records.COLUMNS)
    keys = [
        (rows.index(entry), columns.index(field))
        for entry, field in zip(lines.frame["id"], lines.frame["field"], strict=True)
    ]
    assert keys == sorted(keys)
