"""Streets come in whole or not at all, from a server or a file, and say what was wrong."""

import io
import random
import resource
import zipfile
from datetime import datetime

import geopandas as gpd
import pyproj
import pytest
import shapely

from geo.__main__ import main
from geo.clock import TIMEZONE
from geo.errors import StreetsError
from geo.streets import download, parquet, store, tiger
from geo.travel import roads
from tests.support.census import serving
from tests.support.towns import edges, grid, pack

YEAR = datetime.now(TIMEZONE).year
ELLIPSOID = pyproj.Geod(ellps="WGS84")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))
    return tmp_path / "streets"


@pytest.fixture
def census(monkeypatch):
    with serving() as census:
        monkeypatch.setenv("STREETS_SOURCE", f"{census.url}/tiger")
        yield census


def path_of(county, year):
    return f"/tiger/TIGER{year}/EDGES/tl_{year}_{county}_edges.zip"


def packed(folder, county="06077", year=YEAR, rows=None):
    return pack(folder, edges(rows or grid(county=county)), county, year)


def offer(census, tmp_path, county="06077", year=YEAR, rows=None):
    path = packed(tmp_path / "there", county, year, rows)
    census.files[path_of(county, year)] = path.read_bytes()
    return census.files[path_of(county, year)]


def told(capsys, *arguments):
    code = main(["streets", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def left(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def test_a_zip_gives_each_street_once_and_nothing_else(folder, tmp_path, capsys):
    code, out, _ = told(capsys, "--from", packed(tmp_path))
    assert code == 0
    assert out.startswith(f"06077: 24 pieces of street of {YEAR}, 5 km; 24 for cars, 24 on foot, ")
    assert "12 with house numbers" in out
    found = store.load(folder)
    assert (found.counties, found.year, len(found.frame)) == (("06077",), YEAR, 24)
    assert tuple(found.frame.columns) == parquet.COLUMNS
    assert found.frame.crs == "EPSG:4326"
    first = found.frame.set_index("tlid").loc[600]
    assert (first["name"], first["mtfcc"], first["from_node"], first["to_node"]) == (
        "E 1th St",
        "S1400",
        1000,
        1001,
    )
    assert (first["left_from"], first["left_to"], first["right_zip"]) == ("101", "199", "95376")
    assert found.frame.set_index("tlid").loc[601, "left_from"] == ""


def test_the_length_is_that_on_the_ellipsoid_along_the_line(folder, tmp_path, capsys):
    line = [(-121.43, 37.73), (-121.42, 37.74), (-121.42, 37.75)]
    told(capsys, "--from", packed(tmp_path, rows=[{"line": line}]))
    frame = store.load(folder).frame
    assert frame.loc[0, "length_m"] == pytest.approx(
        ELLIPSOID.geometry_length(shapely.LineString(line)), rel=1e-6
    )


@pytest.mark.parametrize(
    ("mtfcc", "drive", "walk"),
    [
        ("S1100", True, False),
        ("S1200", True, True),
        ("S1400", True, True),
        ("S1500", False, True),
        ("S1630", True, False),
        ("S1710", False, True),
        ("S1720", False, True),
        ("S1740", False, False),
        ("S1820", False, True),
        ("S2000", False, False),
    ],
)
def test_a_class_is_open_to_cars_or_to_feet(mtfcc, drive, walk, tmp_path):
    rows = [{"line": [(-121.4, 37.7), (-121.3, 37.7)], "MTFCC": mtfcc}]
    _, frame = tiger.read(packed(tmp_path, rows=rows))
    assert (frame.loc[0, "drive"], frame.loc[0, "walk"]) == (drive, walk)


def test_every_class_that_is_open_to_cars_has_a_speed():
    assert {*roads.SPEEDS_MPH} == tiger.DRIVE


def test_two_counties_share_the_edges_and_nodes_of_their_border(folder, tmp_path, capsys):
    border = {"line": [(-121.4, 37.7), (-121.4, 37.8)], "TLID": 7, "TNIDF": 1, "TNIDT": 2}
    west = {"line": [(-121.5, 37.7), (-121.4, 37.7)], "TLID": 8, "TNIDF": 3, "TNIDT": 1}
    east = {"line": [(-121.4, 37.7), (-121.3, 37.7)], "TLID": 9, "TNIDF": 1, "TNIDT": 4}
    one = packed(tmp_path, rows=[border, west])
    other = packed(
        tmp_path, "06099", YEAR - 1, [row | {"COUNTYFP": "099"} for row in (border, east)]
    )
    assert told(capsys, "06077", "06099", "--from", one, other)[0] == 0
    found = store.load(folder)
    assert (found.counties, found.year) == (("06077", "06099"), YEAR - 1)
    assert sorted(found.frame["tlid"]) == [7, 8, 9]


def test_the_newest_year_there_is_is_fetched_with_progress(folder, census, tmp_path, capsys):
    offer(census, tmp_path, year=YEAR - 1)
    offer(census, tmp_path, year=YEAR - 3)
    code, out, err = told(capsys, "06077")
    assert (code, out.startswith(f"06077: 24 pieces of street of {YEAR - 1}")) == (0, True)
    assert "100 %" in err
    assert [path for path, _ in census.asked] == [path_of("06077", YEAR - n) for n in (0, 1)]
    assert left(folder) == ["06077.parquet"]


def test_without_a_county_those_of_the_app_are_fetched(folder, census, tmp_path, capsys):
    for county in ("06025", "06077"):
        offer(census, tmp_path, county)
    assert told(capsys)[0] == 0
    assert store.load(folder).counties == ("06025", "06077")


def test_a_file_cut_off_is_gone_on_with_where_it_ended(folder, census, tmp_path, capsys):
    body = offer(census, tmp_path)
    census.cut = [1_000, 500]
    assert told(capsys, "06077")[0] == 0
    assert [asked for _, asked in census.asked] == ["", "bytes=1000-", "bytes=1500-"]
    assert len(body) > 1_500
    assert len(store.load(folder).frame) == 24


def test_a_file_cut_off_again_and_again_is_gone_on_with_the_next_time(
    folder, census, tmp_path, capsys
):
    offer(census, tmp_path)
    census.cut = [100] * download.TRIES
    code, _, err = told(capsys, "06077")
    assert code == 1
    assert "cut off 4 times, 400 bytes came. Run the command again" in err
    assert store.load(folder) is None
    assert told(capsys, "06077")[0] == 0
    assert census.asked[-1][1] == "bytes=400-"
    assert left(folder) == ["06077.parquet"]


@pytest.mark.parametrize("server", ["another edition", "no ranges", "no edition told"])
def test_what_cannot_be_gone_on_with_is_begun_again(server, folder, census, tmp_path, capsys):
    offer(census, tmp_path)
    census.cut = [500] * download.TRIES
    census.edition = "" if server == "no edition told" else census.edition
    assert told(capsys, "06077")[0] == 1
    offer(census, tmp_path, rows=grid(size=5))
    census.edition = '"two"' if server == "another edition" else census.edition
    census.ranges = server != "no ranges"
    assert told(capsys, "06077")[0] == 0
    assert len(store.load(folder).frame) == 40


def test_a_page_instead_of_a_file_is_refused(folder, census, tmp_path, capsys):
    census.files[path_of("06077", YEAR)] = b"<html>Please sign in"
    census.kind = "text/html"
    code, _, err = told(capsys, "06077")
    assert (code, left(folder)) == (1, [])
    assert "sent something else than a zip file (text/html). Check STREETS_SOURCE" in err


@pytest.mark.parametrize("status", [403, 500, 503])
def test_a_server_that_fails_is_told(status, folder, census, capsys):
    census.status = status
    code, _, err = told(capsys, "06077")
    assert (code, left(folder)) == (1, [])
    assert f"the server answered {status}. Try later." in err


def test_a_county_that_is_not_there_is_told(folder, census, capsys):
    code, _, err = told(capsys, "06999")
    assert (code, left(folder)) == (1, [])
    assert f"06999: found no file for {YEAR - 5} to {YEAR}" in err


def test_no_connection_is_told_with_what_to_do_without(folder, monkeypatch, capsys):
    monkeypatch.setenv("STREETS_SOURCE", "http://127.0.0.1:9/tiger")
    code, _, err = told(capsys, "06077")
    assert (code, left(folder)) == (1, [])
    assert "not reached (ConnectionError)" in err
    assert "--from FILE.zip" in err


def test_a_disk_that_is_full_leaves_nothing_half_written(folder, census, tmp_path, capsys):
    offer(census, tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
    try:
        code, _, err = told(capsys, "06077")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (code, left(folder)) == (1, [])
    assert "cannot be kept (File too large). Make room" in err


def test_more_than_the_disk_has_room_for_is_not_begun(
    folder, census, tmp_path, capsys, monkeypatch
):
    offer(census, tmp_path)
    usage = type("Usage", (), {"free": 10})
    monkeypatch.setattr(download.shutil, "disk_usage", lambda _: usage)
    code, _, err = told(capsys, "06077")
    assert (code, left(folder)) == (1, [])
    assert "bytes are to come, 10 are free" in err


def test_a_folder_that_cannot_be_is_told(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("STREETS", str(tmp_path / "file" / "streets"))
    code, _, err = told(capsys, "--from", packed(tmp_path))
    assert code == 1
    assert "cannot be written (Not a directory). Make room or name another folder" in err


def test_streets_that_cannot_be_written_leave_the_old_file(folder, tmp_path, capsys):
    told(capsys, "--from", packed(tmp_path))
    before = (folder / "06077.parquet").read_bytes()
    dense = packed(tmp_path / "new", rows=grid(size=30))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        code, _, err = told(capsys, "--from", dense)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (code, "cannot be written" in err) == (1, True)
    assert left(folder) == ["06077.parquet"]
    assert (folder / "06077.parquet").read_bytes() == before


def half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scramble(path):
    body = bytearray(path.read_bytes())
    middle = len(body) // 2
    body[middle : middle + 40] = random.Random(1).randbytes(40)
    path.write_bytes(body)


def rename_inside(path):
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("_edges", "_roads"), old.read(name))


def drop_index(path):
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if not name.endswith(".shx"):
                new.writestr(name, old.read(name))


def call_it_another(path):
    path.rename(path.with_name(f"tl_{YEAR}_06025_edges.zip"))


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (half, "found no zip file that can be read"),
        (scramble, "found "),
        (rename_inside, "_roads in it, wanted one shapefile tl_YEAR_COUNTY_edges"),
        (drop_index, "found no .shx, wanted a whole shapefile"),
        (call_it_another, "wanted one shapefile tl_YEAR_COUNTY_edges"),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_a_zip_that_is_not_sound_is_refused(break_it, message, folder, tmp_path, capsys):
    packed(tmp_path)
    break_it(tmp_path / f"tl_{YEAR}_06077_edges.zip")
    (path,) = tmp_path.glob("*.zip")
    code, _, err = told(capsys, "--from", path)
    assert (code, folder.exists()) == (1, False)
    assert err.startswith(f"{path.name}: found ")
    assert message in err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns=["TNIDF", "ZIPL"]), "found no column TNIDF, ZIPL"),
        (lambda table: table.assign(COUNTYFP="025"), "found edges of 06025, wanted only those"),
        (lambda table: table.assign(ROADFLG="N"), "found not one street"),
        (lambda table: table.assign(TLID=5), "found an edge twice"),
    ],
    ids=["columns", "county", "no street", "twice"],
)
def test_a_table_of_another_kind_is_refused(change, message, tmp_path):
    path = pack(tmp_path, change(edges(grid())), year=YEAR)
    with pytest.raises(StreetsError, match=message):
        tiger.read(path)


def test_a_bad_file_that_was_fetched_is_fetched_anew_the_next_time(
    folder, census, tmp_path, capsys
):
    good = offer(census, tmp_path)
    census.files[path_of("06077", YEAR)] = good[:-30] + bytes(30)
    assert told(capsys, "06077")[0] == 1
    assert left(folder) == []
    census.files[path_of("06077", YEAR)] = good
    assert told(capsys, "06077")[0] == 0


def test_files_of_other_counties_than_named_or_of_one_twice_are_refused(folder, tmp_path, capsys):
    path = packed(tmp_path)
    assert "found 06077, wanted 06025" in told(capsys, "06025", "--from", path)[2]
    assert "found a county twice (06077, 06077)" in told(capsys, "--from", path, path)[2]
    assert "COUNTY: found '6077', wanted five digits" in told(capsys, "6077")[2]
    assert not folder.exists()


def test_without_a_file_there_are_no_streets(folder):
    assert store.load(folder) is None
    assert store.current() is None


def test_a_file_that_changes_is_read_again(folder, tmp_path, capsys):
    told(capsys, "--from", packed(tmp_path))
    first = store.load(folder)
    assert store.load(folder) is first
    told(capsys, "--from", packed(tmp_path, rows=grid(size=5)))
    second = store.load(folder)
    assert len(second.frame) == 40
    assert second.mark != first.mark


def other_schema(path):
    frame = gpd.read_parquet(path)
    frame.attrs["schema"] = 0
    frame.to_parquet(path)


def fewer_columns(path):
    gpd.read_parquet(path).drop(columns="walk").to_parquet(path)


def no_table(path):
    path.write_bytes(b"PAR1 and no more")


@pytest.mark.parametrize("damage", [half, other_schema, fewer_columns, no_table])
def test_a_damaged_file_is_told_once_and_the_app_goes_on_without(
    damage, folder, tmp_path, capsys, caplog
):
    told(capsys, "--from", packed(tmp_path))
    damage(folder / "06077.parquet")
    for _ in range(2):
        assert store.current() is None
        with pytest.raises(StreetsError, match="Import it again: `python -m geo streets 06077`"):
            store.load(folder)
    assert len([one for one in caplog.records if one.levelname == "ERROR"]) == 1
