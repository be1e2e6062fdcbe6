"""Places are where they are known to be, and a bad file never replaces a good one."""

import csv
import os
import re
import threading
from math import pi, sqrt
from time import perf_counter

import numpy as np
import pytest
from shapely import Point

from geo import clock
from geo.catalogue import articles, records, wording
from geo.catalogue.keeper import (
    Edition,
    Keeper,
    keeper_of,
    load_catalogue,
    read_catalogue,
)
from geo.errors import CatalogueError
from geo.settings import DATA, ROOT
from tests.support import examples
from tests.support.catalogues import write

FIXTURES = ROOT / "tests/fixtures"
TODAY = clock.today()
SHIPPED = DATA / "services.csv"
PLACE_CELLS = ("street", "city", "zip", "latitude", "longitude")
# The rows whose places the founding facts call confidential.
CONFIDENTIAL = {"qck6vg", "44h2xj", "hw2snk", "8zhgdg", "6mxxvk", "vmgkrx"}
NEVER_SHOWN = re.compile(r"760\D{0,3}357\D{0,3}5095")


def area(file, column, name):
    """Return the middle and the radius in metres of an area, as its file has them."""
    with (DATA / "areas" / file).open(encoding="utf-8", newline="") as rows:
        found = next(row for row in csv.DictReader(rows) if row[column] == name)
    radius_m = sqrt(float(found["land_m2"]) / pi)
    return float(found["latitude"]), float(found["longitude"]), radius_m


# Where a place is.


@pytest.mark.parametrize(
    ("precision", "city", "zip_code", "disc"),
    [
        ("zip", "Stockton", "95202", ("zips.csv", "zip", "95202")),
        ("zip", "", "95376", ("zips.csv", "zip", "95376")),
        ("city", "Tracy", "", ("cities.csv", "name", "Tracy")),
        ("zip", "Brawley", "92227", ("cities.csv", "name", "Brawley")),  # its ZIP is far wider
    ],
)
def test_a_place_somewhere_in_an_area_is_a_disc_as_large_as_it(precision, city, zip_code, disc):
    row = {"location_precision": precision, "city": city, "zip": zip_code}
    place = examples.edition(row).entries[0]
    found = place["lat"], place["lon"], place["radius_m"]
    assert found == pytest.approx(area(*disc), rel=1e-9)


def test_a_place_with_a_point_is_that_point_with_longitude_first_in_its_geometry():
    place = examples.edition(examples.IN_TRACY)
    assert place.places.geometry[0] == Point(-121.4252, 37.7397)
    assert place.places.crs == "EPSG:4326"
    assert [place.entries[0][name] for name in ("lat", "lon", "radius_m")] == [
        37.7397,
        -121.4252,
        0,
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"location_precision": "none"},
        {"location_precision": "none", "city": "Tracy", "zip": "95376"},
        {"location_precision": "city", "city": "Modesto"},
        {"location_precision": "zip", "zip": "92232", "city": ""},  # post office boxes only
        {"location_precision": "none", "location_policy": "area_only"},
    ],
    ids=str,
)
def test_what_has_no_known_place_has_no_point(row):
    found = examples.edition(row)
    assert np.isnan(found.entries[0]["lat"])
    assert np.isnan(found.entries[0]["lon"])
    assert found.places.geometry[0] is None


def test_the_lists_in_the_cells_are_split_and_the_main_type_gives_the_mark():
    row = {
        "service_types": "hotline;food",
        "counties_served": "imperial; san_joaquin",
        "languages": "en;es",
    }
    place = examples.edition(row, {"service_types": "hotline"}).entries
    assert place[0]["types"] == ["hotline", "food"]
    assert place[0]["serves"] == ["imperial", "san_joaquin"]
    assert place[0]["spoken"] == ["en", "es"]
    assert records.GROUPS[place[0]["group"]].key == "basics"
    assert (place[0]["is_line"], place[1]["group"]) == (True, -1)


def test_closed_places_are_left_out_and_the_others_numbered_from_0(tmp_path):
    path = tmp_path / "services.csv"
    states = {"aaaaaa": "open", "bbbbbb": "closed", "cccccc": "paused", "dddddd": "open"}
    rows = [
        {"id": key, "name": f"Oak Pantry {key}", "phone": f"209-555-011{number}", "status": state}
        for number, (key, state) in enumerate(states.items())
    ]
    write(examples.frame(*rows), path)
    places = load_catalogue(path, TODAY)
    assert dict(zip(places.index, places["id"], strict=True)) == {
        0: "aaaaaa",
        1: "cccccc",
        2: "dddddd",
    }


def test_names_of_closed_places_are_known_but_of_none_whose_place_is_a_secret(tmp_path):
    path = tmp_path / "services.csv"
    secret = next(row for row in shipped() if row["location_policy"] != "public")
    rows = [
        {"id": "aaaaaa", "name": "Open Oak"},
        {"id": "bbbbbb", "name": "Closed Oak", "status": "closed"},
        secret | {"status": "closed"},
    ]
    write(examples.frame(*rows), path)
    assert Edition(1, load_catalogue(path, TODAY)).gone == ("Closed Oak",)


def test_a_service_that_asked_not_to_be_listed_is_not_told_of_as_closed_either(tmp_path):
    path = tmp_path / "services.csv"
    rows = [
        {"id": "aaaaaa", "name": "Open Oak"},
        {"id": "bbbbbb", "name": "Closed Oak", "status": "closed"},
        {"id": "cccccc", "name": "Silent Oak", "status": "closed"},
        {"id": "dddddd", "name": "Third Oak", "phone": "209-555-0119", "status": "closed"},
    ]
    write(examples.frame(*rows), path)
    asked = "name,phone,external_id,reason\nsilent  OAK,,,asked\n,(209) 555-0119,,asked\n"
    (tmp_path / "do_not_list.csv").write_text(asked, encoding="utf-8")
    assert Edition(1, load_catalogue(path, TODAY)).gone == ("Closed Oak",)


def test_a_file_with_faults_is_refused_with_all_of_them():
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(FIXTURES / "invalid_zips.csv", TODAY)
    assert [line.split(":")[:2] for line in str(caught.value).splitlines()] == [
        ["invalid_zips.csv", "2 zip"],
        ["invalid_zips.csv", "3 zip"],
    ]


@pytest.mark.parametrize(
    ("dates", "newest"),
    [
        ([("2026-06", ""), ("2020", "")], "2026-06"),
        ([("2026-09-09", ""), ("2026-09", "")], "2026-09-09"),
        ([("2019", "2026-11-02"), ("2026-06", "")], "2026-11-02"),
        ([("", "")], ""),
        ([], ""),
    ],
    ids=str,
)
def test_the_date_of_the_data_is_the_newest_of_any_source_or_check(dates, newest):
    rows = [{"source_date": source, "verified_on": checked} for source, checked in dates]
    assert examples.edition(*rows).data_date == newest


# The keeper.

GOOD = (FIXTURES / "valid_ids.csv").read_bytes()
OTHER = GOOD.replace(b"Oak Pantry", b"Elm Pantry")  # with fewer rows it would be held back
HEADER, _, ROWS = GOOD.partition(b"\n")

BAD = {
    "cut_off_in_a_row": (GOOD[: len(GOOD) - 60], "cells"),
    "cut_off_in_quotes": (GOOD + b'x7x7x7,"Elm Pantry', "quotation mark"),
    "not_utf_8": (GOOD.replace(b"Oak", b"O\xe1k"), "not UTF-8"),
    "column_twice": (
        HEADER + b",location_policy\n" + ROWS.replace(b"\n", b",public\n"),
        "location_policy: found 2 columns of this name",
    ),
    "empty": (b"", "wanted one or more"),
    "header_only": (HEADER + b"\n", "wanted one or more"),
    "missing": (None, "no file that can be read"),
    "lat_and_lon_swapped": ((FIXTURES / "invalid_points.csv").read_bytes(), "swapped"),
}


def put(path, content):
    """Replace the file as an editor does: whole, under the same name; None takes it away."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def names(edition):
    return edition.places["name"].tolist()


def test_an_edited_file_is_seen_and_an_unchanged_one_is_not_read_again(tmp_path):
    path = tmp_path / "services.csv"
    put(path, GOOD)
    keeper = Keeper(path)
    first = keeper.current()
    assert (first.number, names(first)) == (1, ["Palm Health Clinic", "Oak Pantry"])
    assert keeper.current() is first
    put(path, OTHER)
    second = keeper.current()
    assert (second.number, names(second)) == (2, ["Palm Health Clinic", "Elm Pantry"])


def test_a_change_that_leaves_size_and_time_as_they_were_is_seen(tmp_path):
    path = tmp_path / "services.csv"
    put(path, GOOD)
    keeper, stamp = Keeper(path), path.stat().st_mtime_ns
    put(path, GOOD.replace(b"Oak Pantry", b"Elm Pantry"))
    os.utime(path, ns=(stamp, stamp))
    assert names(keeper.current()) == ["Palm Health Clinic", "Elm Pantry"]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_never_replaces_a_good_one_and_a_mended_one_does(tmp_path, caplog, bad):
    content, why = BAD[bad]
    path = tmp_path / "services.csv"
    put(path, GOOD)
    keeper = Keeper(path)
    good = keeper.current()
    put(path, content)
    assert keeper.current() is good
    assert any(why in str(fault) for fault in keeper.faults)
    assert "the last good 2 places stay up" in caplog.text
    assert all(str(fault) in caplog.text for fault in keeper.faults)
    put(path, OTHER)
    assert keeper.current().number == 2
    assert keeper.faults == []


@pytest.mark.parametrize("bad", BAD)
def test_without_any_good_file_no_list_is_up_and_its_number_is_0(tmp_path, caplog, bad):
    content, why = BAD[bad]
    path = tmp_path / "services.csv"
    put(path, content)
    keeper = Keeper(path)
    assert (keeper.current().number, len(keeper.current().entries)) == (0, 0)
    assert any(why in str(fault) for fault in keeper.faults)
    assert "no list is up" in caplog.text


def test_readers_never_see_a_half_while_the_file_is_replaced(tmp_path):
    path = tmp_path / "services.csv"
    put(path, GOOD)
    keeper, over, reads, seen = Keeper(path), threading.Event(), [], {}

    def read():
        while not over.is_set():
            edition = keeper.current()
            reads.append(edition.number)
            seen.setdefault(edition.number, set()).add(tuple(names(edition)))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    end = perf_counter() + 10
    while (len(reads) < 3000 or keeper.current().number < 6) and perf_counter() < end:
        for content in (OTHER, BAD["cut_off_in_a_row"][0], GOOD, None):
            put(path, content)
    over.set()
    for reader in readers:
        reader.join()
    assert len(reads) >= 3000
    assert len(seen) > 1
    assert all(len(found) == 1 for found in seen.values())
    assert set().union(*seen.values()) <= {
        ("Palm Health Clinic", "Oak Pantry"),
        ("Palm Health Clinic", "Elm Pantry"),
    }


def test_while_one_reads_a_changed_file_another_has_the_last_good_one(tmp_path, monkeypatch):
    path = tmp_path / "services.csv"
    put(path, GOOD)
    keeper, read, begun, go_on = Keeper(path), read_catalogue, threading.Event(), threading.Event()

    def slowly(*arguments):
        begun.set()
        go_on.wait(10)
        return read(*arguments)

    monkeypatch.setattr("geo.catalogue.keeper.read_catalogue", slowly)
    put(path, OTHER)
    first = threading.Thread(target=keeper.current)
    first.start()
    begun.wait(10)
    assert keeper.current().number == 1
    go_on.set()
    first.join()
    assert keeper.current().number == 2


def test_there_is_one_keeper_of_a_file_in_a_process(served):
    assert keeper_of(served) is keeper_of(served)
    assert len(keeper_of(served).current().places) == len(load_catalogue(SHIPPED, TODAY))


# The catalogue that is shipped.


def shipped():
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_shipped_catalogue_has_no_fault_and_no_row_is_lost():
    places, faults = read_catalogue(SHIPPED, TODAY)
    assert faults == []
    assert len(places) + sum(row["status"] == "closed" for row in shipped()) == len(shipped())
    assert len(shipped()) >= 230


def test_confidential_rows_of_the_shipped_catalogue_say_nothing_of_a_place():
    rows = [row for row in shipped() if row["location_policy"] != "public"]
    assert {row["id"] for row in rows} >= CONFIDENTIAL
    assert [row["id"] for row in rows if any(row[cell] for cell in PLACE_CELLS)] == []


def test_the_number_that_must_never_be_shown_is_in_no_file():
    reports = DATA / "reports"  # a database that is never in the project
    files = [one for one in DATA.rglob("*") if one.is_file() and reports.name not in one.name]
    assert SHIPPED in files
    assert [path for path in files if NEVER_SHOWN.search(path.read_text(encoding="utf-8"))] == []


def test_every_entry_that_the_named_organisations_point_to_is_on_the_list():
    known = {row["id"] for row in shipped() if row["status"] != "closed"}
    assert {one["see_id"] for one in articles.load() if one["see_id"]} <= known
    assert {one["answer"] for one in articles.load()} <= {*articles.ANSWERS}
    assert all(one["see_id"] for one in articles.load() if one["answer"] != "not_listed")


def test_the_numbers_for_danger_are_in_the_catalogue_but_911():
    phones = {row["phone"] for row in shipped()}
    assert [number for _, number, _ in wording.DANGER if number not in phones] == ["911"]
