"""A feed lies in its own file: all or nothing, the same again, nothing lost, nothing private."""

import re
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue import do_not_list, imported, records
from geo.errors import CatalogueError, QuestionError
from geo.exchange import hsds, nested, package
from geo.exchange.incoming import intake, rows
from tests.support import examples, feeds

TABLES = feeds.TABLES
PLACE = {
    "address_1": "77 Canary Lane",
    "address_2": "Unit Wren",
    "city": "Ripon",
    "postal_code": "95366",
}
POINT = {"latitude": "37.74159", "longitude": "-121.12589", "name": "Canary Cottage"}
TOLD = re.compile(r"canary|wren|ripon|95366|37\.7415|121\.1258", re.IGNORECASE)


def brought(tmp_path, tables, **more):
    beside = tmp_path / "data" / "services.csv"
    if not beside.exists():
        feeds.catalogue(tmp_path / "data")
    feed = tmp_path / "feed"
    for file in feed.glob("*"):
        file.unlink()
    return feeds.take(feeds.folder(feed, tables), beside, **more), beside


def services(*told):
    """Return the usual feed with these services, each of them food."""
    said = [
        {"id": one["id"], "link_id": one["id"], "link_entity": "service", "taxonomy_term_id": "t1"}
        for one in told
    ]
    at = [{"id": one["id"], "service_id": one["id"], "location_id": "12"} for one in told]
    all_of_them = [{**feeds.SERVICE, **one} for one in told]
    return {**TABLES, "services": all_of_them, "attributes": said, "service_at_location": at}


def test_the_same_feed_again_changes_not_a_byte_in_whatever_order_it_comes(tmp_path):
    told = [{"id": str(number), "name": f"Oak Table {number}"} for number in range(5)]
    first, beside = brought(tmp_path, services(*told))
    path = imported.file_of(beside, feeds.NAME)
    before, stat = path.read_bytes(), path.stat()
    again, _ = brought(tmp_path, services(*reversed(told)))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stat.st_mtime_ns)
    assert (len(first.came), len(again.same), again.changed, again.came) == (5, 5, [], [])


def test_what_is_gone_is_closed_and_kept_and_comes_back_under_its_id(tmp_path):
    both = services({"id": "1", "name": "Oak"}, {"id": "2", "name": "Elm"})
    _, beside = brought(tmp_path, both)
    before = feeds.kept(beside)
    report, _ = brought(tmp_path, services({"id": "1", "name": "Oak"}))
    assert report.gone == ["service/2/location/12"]
    assert [row["status"] for row in feeds.kept(beside)] == ["open", "closed"]
    again, _ = brought(tmp_path, services({"id": "1", "name": "Oak"}))
    assert again.gone == []  # told once
    back, _ = brought(tmp_path, both)
    assert back.changed == ["service/2/location/12"]
    assert feeds.kept(beside) == before


def test_a_change_is_told_and_keeps_the_id(tmp_path):
    _, beside = brought(tmp_path, services({"id": "1"}))
    (before,) = feeds.kept(beside)
    report, _ = brought(tmp_path, services({"id": "1", "name": "Oak Tables"}))
    (after,) = feeds.kept(beside)
    assert report.changed == ["service/1/location/12"]
    assert after == before | {"name": "Oak Tables"}


def test_an_id_that_comes_twice_counts_once(tmp_path):
    report, beside = brought(tmp_path, services({"id": "1"}, {"id": "1", "name": "Elm"}))
    assert report.refused == {rows.TWICE: ["service/1/location/12"]}
    assert [row["name"] for row in feeds.kept(beside)] == ["Oak Table"]


def test_ids_are_stable_and_nobody_elses(tmp_path):
    _, beside = brought(tmp_path, services({"id": "1"}))
    (own,) = feeds.kept(beside)
    assert re.fullmatch("[a-z0-9]{6}", own["id"])
    elsewhere = tmp_path / "elsewhere"
    feeds.catalogue(elsewhere / "data", {"id": own["id"]})  # one of ours has it there
    _, there = brought(elsewhere, services({"id": "1"}))
    assert feeds.kept(there)[0]["id"] != own["id"]
    others = [next(intake._ids(name, "service/1/location/12")) for name in (feeds.NAME, "Other")]
    assert others[0] == own["id"] != others[1]


def test_a_dry_run_writes_nothing_at_all(tmp_path):
    feeds.catalogue(tmp_path / "data")
    before = sorted((tmp_path / "data").rglob("*"))
    report, beside = brought(tmp_path, TABLES, write=False)
    assert report.came == ["service/12/location/12"]
    assert {*(tmp_path / "data").rglob("*")} - {*before} == {beside.with_name("types.csv")}
    _, _ = brought(tmp_path, TABLES)
    kept = feeds.kept(beside)
    report, _ = brought(tmp_path, services({"id": "99"}), write=False)
    assert (len(report.came), len(report.gone)) == (1, 1)
    assert feeds.kept(beside) == kept


def test_nothing_to_take_leaves_what_is_there(tmp_path):
    _, beside = brought(tmp_path, TABLES)
    kept = feeds.kept(beside)
    report, _ = brought(tmp_path, {**TABLES, "attributes": []})
    assert report.taken == 0
    assert feeds.kept(beside) == kept


def test_likenesses_are_told_by_phone_name_and_place_and_not_joined(tmp_path):
    feeds.catalogue(
        tmp_path / "data",
        {"id": "phone1", "name": "Elm Kitchen", "phone": "209-836-5424"},
        {"id": "name01", "name": "The Table: Oak"},
        {"id": "name02", "name": "TABLE, Oak"},
        {"id": "place1", "name": "Ash", **examples.IN_TRACY, "street": "10 example street."},
        {"id": "other1", "name": "Pine Clinic", "phone": "209-836-5425"},
        {"id": "hidden", "name": "Fir", "location_policy": "none", "county": "san_joaquin"},
    )
    report, beside = brought(tmp_path, TABLES)
    assert [(one.id, one.by) for one in report.alike] == [
        ("name02", "name"),
        ("phone1", "phone"),
        ("place1", "place"),
    ]
    assert len(feeds.kept(beside)) == 1


@pytest.mark.parametrize(
    "line",
    ["OAK  table,,,asked", ",(209) 836-5424,,asked", ",,service/12,asked", ",,12,asked",
     ",,service/12/location/12,asked"],
)  # fmt: skip
def test_what_asked_not_to_be_listed_stays_out_and_goes_if_it_was_in(tmp_path, line):
    told = services({"id": "12"}, {"id": "13", "name": "Elm"})
    told["phones"] = TABLES["phones"]
    _, beside = brought(tmp_path, told)
    listed = do_not_list.beside(beside)
    listed.write_text(f"name,phone,external_id,reason\n{line}\n")
    report, _ = brought(tmp_path, told)
    assert report.refused == {rows.BANNED: ["service/12/location/12"]}
    assert report.removed == ["service/12/location/12"]
    assert [row["name"] for row in feeds.kept(beside)] == ["Elm"]


@pytest.mark.parametrize(
    ("row", "stays_out"),
    [
        ({"street": "10 Example St."}, True),
        ({"street": "", "latitude": "37.73972", "longitude": "-121.42519"}, True),
        ({"street": "12 Example Street", "latitude": "", "longitude": ""}, False),
        ({"service_types": "clinic"}, False),
        ({"status": "open"}, False),
    ],
    ids=["address", "point", "next door", "another kind", "open"],
)
def test_what_stood_where_one_on_the_do_not_list_was_stays_out(tmp_path, row, stays_out):
    gone = examples.IN_TRACY | {"name": "Birch", "status": "closed", "phone": "209-555-0100"} | row
    beside = feeds.catalogue(tmp_path / "data", gone)
    do_not_list.beside(beside).write_text("name,phone,external_id,reason\nBirch,,,asked\n")
    report, _ = brought(tmp_path, services({"id": "12"}))
    assert report.refused == ({rows.BANNED: ["service/12/location/12"]} if stays_out else {})


def test_a_do_not_list_that_cannot_be_read_stops_the_import(tmp_path):
    feeds.catalogue(tmp_path / "data")
    (tmp_path / "data" / do_not_list.NAME).write_text("name;phone\n")
    with pytest.raises(CatalogueError, match=r"do_not_list\.csv"):
        brought(tmp_path, TABLES)


# Places that are to be kept private.

HIDDEN = {
    "address": {**TABLES, "addresses": [feeds.ADDRESS | PLACE | {"address_1": "CONFIDENTIAL"}]},
    "second line": {**TABLES, "addresses": [feeds.ADDRESS | PLACE | {"address_2": "Undisclosed"}]},
    "zip": {**TABLES, "addresses": [feeds.ADDRESS | PLACE | {"postal_code": "00000"}]},
    "note": {
        **TABLES,
        "addresses": [feeds.ADDRESS | PLACE],
        "locations": [feeds.LOCATION | POINT | {"description": "Location is confidential."}],
    },
    "types": {
        **TABLES,
        "addresses": [feeds.ADDRESS | PLACE],
        "taxonomy_terms": [{"id": "t1", "name": "DV"}, {"id": "t2", "name": "Shelters"}],
        "attributes": [
            {**TABLES["attributes"][0], "id": name, "taxonomy_term_id": name}
            for name in ("t1", "t2")
        ],
    },
    "words": {
        **TABLES,
        "addresses": [feeds.ADDRESS | PLACE],
        "services": [feeds.SERVICE | {"name": "Women's Refuge", "description": "Fled violence?"}],
        "taxonomy_terms": [{"id": "t1", "name": "Shelters"}],
    },
    "said": {
        **TABLES,
        "addresses": [feeds.ADDRESS | PLACE],
        "services": [feeds.SERVICE | {"description": "Meals at a confidential site."}],
    },
}
AREA = [{"id": "1", "service_id": "12", "name": "San Joaquin County"}]


def secret(tables):
    told = {**tables, "service_areas": AREA}
    if told["locations"] == TABLES["locations"]:
        told["locations"] = [feeds.LOCATION | POINT]
    return told


def everything(folder):
    return "".join(
        path.read_bytes().decode(errors="replace") + path.name
        for path in folder.rglob("*")
        if path.is_file()
    )


@pytest.mark.parametrize("how", HIDDEN)
def test_a_place_that_is_to_be_private_is_found_nowhere(tmp_path, how):
    report, beside = brought(tmp_path, secret(HIDDEN[how]))
    told = "\n".join(report.lines()) + repr([*report.listed()])
    assert not TOLD.search(told)
    assert not TOLD.search(everything(tmp_path / "data"))
    (row,) = feeds.kept(beside)
    assert (row["location_policy"], row["location_precision"]) == ("none", "none")
    assert row["external_id"] == "service/12"


def test_a_place_that_becomes_private_is_taken_out_of_what_was_kept(tmp_path):
    _, beside = brought(
        tmp_path,
        {**TABLES, "addresses": [feeds.ADDRESS | PLACE], "locations": [feeds.LOCATION | POINT]},
    )
    assert TOLD.search(everything(tmp_path / "data"))
    report, _ = brought(tmp_path, secret(HIDDEN["address"]))
    assert report.removed == ["service/12/location/12"]
    assert not TOLD.search(everything(tmp_path / "data"))
    assert len(feeds.kept(beside)) == 1


def test_a_private_service_has_no_county_but_by_whom_it_serves(tmp_path):
    told = secret(HIDDEN["address"])
    report, beside = brought(tmp_path, {**told, "service_areas": []})
    assert (report.refused, feeds.kept(beside)) == ({rows.NO_COUNTY: ["service/12"]}, [])


def test_a_text_that_tells_a_private_place_is_refused_by_its_rule_and_never_shown(tmp_path):
    told = secret(HIDDEN["address"])
    told["services"] = [feeds.SERVICE | {"description": "Come to 77 Canary Lane in Ripon."}]
    report, beside = brought(tmp_path, told)
    (reason,) = report.refused
    assert "confidential (description_en)" in reason
    assert not TOLD.search("\n".join(report.lines()))
    assert feeds.kept(beside) == []


def test_an_id_that_tells_a_private_place_is_not_shown_either(tmp_path):
    told = secret(HIDDEN["address"])
    outer = "77 Canary Lane"
    for name, column in (
        ("services", "id"),
        ("service_at_location", "service_id"),
        ("attributes", "link_id"),
        ("service_areas", "service_id"),
    ):
        told[name] = [{**row, column: outer} for row in told[name]]
    report, beside = brought(tmp_path, told)
    assert (len(report.refused), feeds.kept(beside)) == (1, [])
    assert not TOLD.search("\n".join(report.lines()) + repr([*report.listed()]))


@pytest.mark.parametrize(
    "cells",
    [
        {"description": "Call 760-357-5095."},
        {"description": "{{ 7*7 }}"},
        {"name": "javascript:alert(1)"},
        {"description": "![x](http://example.org/x.png)"},
    ],
)
def test_a_text_that_breaks_a_rule_of_the_catalogue_is_refused_with_the_rule(tmp_path, cells):
    report, beside = brought(tmp_path, services({"id": "1", **cells}))
    (reason,) = report.refused
    assert reason.startswith("against the rules of the catalogue: ")
    assert next(iter(cells.values())) not in "\n".join(report.lines())
    assert feeds.kept(beside) == []


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "x\n", "x.", "ñ", "a..b", "x" * 99])
def test_a_name_of_a_feed_leads_nowhere(name):
    with pytest.raises(QuestionError, match="--source"):
        intake.named(name)


# Out and in again.

CELLS = {
    "name": st.sampled_from(["Oak Pantry", "Casa Peña", 'The "Elm", Inc.']),
    "phone": st.sampled_from(["", "209-836-5424", "211"]),
    "hours": st.sampled_from(
        ["", "24/7", "Mo-Fr 08:00-12:00,13:00-17:00", "Tu[2,4] 08:00-11:00", "Mo 20:00-02:00",
         "Mo-Fr 09:00-17:00; PH off", "Sa 10:00+", "Mo-Fr 08:00-17:00; Jul 04 off"]
    ),
    "service_types": st.lists(st.sampled_from([*records.TYPES][:6]), min_size=1, unique=True).map(
        ";".join
    ),
    "languages": st.sampled_from(["", "en;es", "es;interpreter"]),
    "eligibility": st.sampled_from(["", "Anyone in need"]),
    "fees": st.sampled_from(["", *records.FEES]),
    "walk_in": st.sampled_from(["", "yes", "no"]),
    "description_es": st.just("Bolsas de comida."),
    "status": st.sampled_from(["open", "paused"]),
}  # fmt: skip
SPOTS = st.sampled_from([{}, examples.IN_TRACY, examples.IN_TRACY | {"latitude": "37.7400"}])
SAME = ("name", "phone", "hours", "description_en", "description_es", "fees", "walk_in", "status")


@given(st.lists(st.tuples(st.fixed_dictionaries(CELLS), SPOTS), min_size=1, max_size=4))
def test_what_goes_out_comes_in_as_it_was(tmp_path_factory, drawn):
    ours = [{**cells, **spot, "id": f"aaaaa{n}"} for n, (cells, spot) in enumerate(drawn)]
    tables = hsds.tables(examples.edition(*ours).entries, "2026-11-20")
    folder = tmp_path_factory.mktemp("round")
    contents = {}
    for ending, content in (
        ("zip", package.archive(tables)),
        ("json", nested.as_json(tables)),
        ("ndjson", nested.as_lines(tables)),
    ):
        beside = feeds.catalogue(folder / ending)
        (folder / f"out.{ending}").write_bytes(content)
        feeds.take(folder / f"out.{ending}", beside)
        contents[ending] = imported.file_of(beside, feeds.NAME).read_bytes()
    assert contents["zip"] == contents["json"] == contents["ndjson"]
    by_id = {f"service/{hsds.key('service', row['id'])}": row for row in ours}
    kept = feeds.kept(folder / "zip" / "services.csv")
    assert len(kept) == len(ours)
    for row in kept:
        own = examples.USUAL | by_id[row["external_id"].partition("/location/")[0]]
        assert {name: row[name] for name in SAME} == {name: own[name] for name in SAME}
        types = Counter(records.split(row["service_types"]))
        assert types == Counter(records.split(own["service_types"]))
        assert [float(row[name] or 0) for name in ("latitude", "longitude")] == [
            float(own[name] or 0) for name in ("latitude", "longitude")
        ]


ENDLESS = """
import sys
from pathlib import Path
from tests.support import feeds
beside, one, two = map(Path, sys.argv[1:])
print("ready", flush=True)
while True:
    feeds.take(one, beside)
    feeds.take(two, beside)
"""


def test_an_import_that_is_killed_leaves_one_of_the_two_whole(tmp_path):
    beside = feeds.catalogue(tmp_path / "data")
    told = [{"id": str(number), "name": f"Oak {number}"} for number in range(30)]
    one = feeds.folder(tmp_path / "one", services(*told))
    two = feeds.folder(tmp_path / "two", services(*told[:10]))
    allowed = set()
    for feed in (one, two, one):
        feeds.take(feed, beside)
        allowed.add(imported.file_of(beside, feeds.NAME).read_bytes())
    for wait_s in (0.05, 0.3):
        killed = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(beside), str(one), str(two)],
            stdout=subprocess.PIPE,
        )
        assert killed.stdout.readline() == b"ready\n"
        with suppress(subprocess.TimeoutExpired):
            killed.wait(wait_s)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        killed.stdout.close()
        assert imported.file_of(beside, feeds.NAME).read_bytes() in allowed
    feeds.take(one, beside)
    left = [path.name for path in beside.with_name("imported").iterdir()]
    assert [name for name in left if name.endswith(".csv")] == [f"{feeds.NAME}.csv"]
    assert [name for name in left if re.search(r"\.csv\.[0-9a-f]{32}$", name)] == []


def test_a_private_service_that_nobody_approved_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("APPROVED", str(tmp_path))
    report, beside = brought(tmp_path, secret(HIDDEN["address"]))
    (reason,) = report.refused
    assert "confidential (name)" in reason
    assert feeds.kept(beside) == []
