"""Geocoding fills in what is missing, asks where it is not sure, and leaves the rest alone."""

import csv as plain_csv
import io
import json
from datetime import date

import pytest
from werkzeug import Response

from geo.__main__ import main
from geo.addresses import fill_in
from geo.addresses.reading import Address, Answer
from geo.addresses.wrappers import Cache
from geo.catalogue import csv_file
from geo.catalogue.keeper import load_catalogue
from geo.settings import DATA, Settings
from tests.support import blocks, catalogues

TODAY = date(2026, 11, 22)
NEAR = Answer(32.9785, -115.53, "street", "somebody", 0.9, "860 Main St, 92227")


def answering(**changes):
    """Return the one provider that always gives the same answer."""
    return {"one": lambda _: Answer(**{**vars(NEAR), **changes})}


@pytest.fixture
def rows():
    return csv_file.read(DATA / "services.csv").frame


@pytest.fixture
def row(rows):
    """Return the shipped rows, cut to one that is public, with a street and without a point."""
    return rows[rows["id"].eq(missing(rows)["id"].iloc[0])].reset_index(drop=True)


def missing(rows):
    public = rows["location_policy"].eq("public") & rows["status"].ne("closed")
    return rows[public & rows["latitude"].eq("") & rows["street"].ne("")]


def one(row, providers, **options):
    (finding,) = fill_in.run(row, providers, **options)
    return finding


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "filled"),
        ({"precision": "exact"}, "filled"),
        ({"score": 0.8}, "filled"),
        ({"score": 0.79}, "proposed"),
        ({"precision": "zip", "score": 0.3}, "none"),
    ],
)
def test_a_sure_point_is_filled_in_an_unsure_one_proposed(row, changes, verdict):
    assert one(row, answering(**changes)).verdict == verdict


def test_what_is_filled_in_says_where_it_is_from_and_when(row):
    finding = one(row, answering())
    new = fill_in.changed(row, [finding], TODAY).iloc[0]
    assert new["latitude"] == "32.978500" and new["longitude"] == "-115.530000"
    assert new["location_precision"] == "street"
    assert new["location_source"] == "somebody, geocoded 2026-11-22"
    same = new.index.difference(["latitude", "longitude", "location_precision", "location_source"])
    assert new[same].equals(row.iloc[0][same])


def test_what_is_only_proposed_changes_nothing(row):
    finding = one(row, answering(score=0.5))
    assert fill_in.changed(row, [finding], TODAY).equals(row)


def test_a_row_without_any_place_gets_its_area(row):
    row = row.assign(location_precision="none", street="")
    finding = one(row, answering(precision="zip", score=0.3))
    assert finding.verdict == "area"
    new = fill_in.changed(row, [finding], TODAY).iloc[0]
    assert (new["location_precision"], new["latitude"], new["location_source"]) == ("zip", "", "")


# 0.00225 degrees of latitude are 250.2 m on the sphere of the mean radius.
@pytest.mark.parametrize(("north", "verdict"), [(0.0, "moved"), (0.0022, "moved"), (0.0023, "far")])
def test_a_pin_that_moves_more_than_250_m_asks(row, north, verdict):
    known = {"latitude": str(NEAR.lat - north), "longitude": str(NEAR.lon)}
    row = row.assign(location_precision="street", location_source="old", **known)
    finding = one(row, answering(), again=True)
    assert finding.verdict == verdict
    assert finding.moved_m == pytest.approx(north * 111_195, abs=0.1)
    assert fill_in.changed(row, [finding], TODAY).equals(row) == (verdict == "far")


def test_a_known_point_is_left_alone_unless_asked_and_an_exact_one_always(row):
    known = {"latitude": "32.9", "longitude": "-115.5", "location_source": "old"}
    for precision, again in (("street", False), ("exact", False), ("exact", True)):
        rows = row.assign(location_precision=precision, **known)
        assert list(fill_in.run(rows, answering(), again=again)) == []


@pytest.mark.parametrize("policy", ["area_only", "none", "", "Public"])
def test_a_row_that_is_not_public_is_never_looked_at(row, policy):
    def never(address):
        raise AssertionError(f"asked about {address}")

    hidden = row.assign(location_policy=policy, location_precision="exact")
    assert list(fill_in.run(hidden, {"one": never}, again=True)) == []
    assert fill_in.compare(hidden.assign(latitude="33"), never) == []


def test_of_all_rows_only_public_ones_without_a_point_are_asked_about(rows):
    asked = []
    list(fill_in.run(rows, {"one": asked.append}))
    public = rows[rows["location_policy"].eq("public") & rows["status"].ne("closed")]
    assert len(asked) == public["latitude"].eq("").sum()
    assert {address.line for address in asked} <= {*public["street"]}


def test_providers_are_asked_in_order_until_one_is_sure():
    asked = []

    def provider(name, *answer):
        def ask(_):
            asked.append(name)
            return answer[0] if answer else None

        return ask

    unsure, surer = (Answer(**{**vars(NEAR), "score": score}) for score in (0.5, 0.7))
    area = Answer(**{**vars(NEAR), "precision": "zip", "score": 0.3})
    order = {"a": provider("a"), "b": provider("b", unsure), "c": provider("c", surer)}
    address = Address("1 A St")
    assert fill_in.solve(address, order | {"d": provider("d", NEAR), "e": provider("e")}) == NEAR
    assert asked == ["a", "b", "c", "d"]
    assert fill_in.solve(address, order | {"z": provider("z", area)}) == surer
    assert fill_in.solve(address, {"z": provider("z", area)}) == area
    assert fill_in.solve(address, {}) is None


def test_without_streets_their_provider_knows_nothing(tmp_path):
    providers = fill_in.build(
        ["streets", "gazetteer"], Settings(), None, Cache(tmp_path / "none"), print
    )
    address = Address("860 Main St", city="Brawley", county="imperial")
    assert providers["streets"](address) is None
    assert providers["gazetteer"](address).precision == "city"


def amended(path, column, text):
    """Change one cell of the third row as the command does; return the bytes before and after."""
    before = path.read_bytes()
    table = csv_file.read(path)
    new = table.frame.copy()
    new.loc[2, column] = text
    csv_file.amend(table, new, path)
    return before, path.read_bytes()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [plain_csv.QUOTE_ALL, plain_csv.QUOTE_MINIMAL])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "cut"])
def test_every_other_byte_of_the_file_stays(tmp_path, rows, end, quoting, mark, last):
    rows = rows.head(5).copy()
    rows.loc[1, "name"] = 'A "quoted",\r\nbroken\nname'
    rows.loc[2, "name"] = 'Another, "one",\nof these'
    rows.loc[2, "location_source"] = "cell before"
    text = io.StringIO(newline="")
    writer = plain_csv.writer(text, quoting=quoting, lineterminator=end)
    writer.writerows([csv_file.COLUMNS, *rows.to_numpy().tolist()])
    whole = mark + (text.getvalue().removesuffix(end) if last else text.getvalue())
    path = tmp_path / "services.csv"
    path.write_bytes(whole.encode())
    before, after = amended(path, "location_source", 'a new, "one"')
    cell = b'"cell before"' if quoting == plain_csv.QUOTE_ALL else b"cell before"
    assert before.count(cell) == 1
    assert after == before.replace(cell, b'"a new, ""one"""')
    assert csv_file.read(path).frame["location_source"].tolist()[2] == 'a new, "one"'


def test_a_file_that_changed_meanwhile_is_not_written(tmp_path, rows):
    path = tmp_path / "services.csv"
    catalogues.write(rows, path)
    table = csv_file.read(path)
    catalogues.write(rows.assign(name=rows["name"] + "."), path)
    before = path.read_bytes()
    with pytest.raises(csv_file.CatalogueError, match="changed meanwhile"):
        csv_file.amend(table, table.frame.assign(phone=""), path)
    assert path.read_bytes() == before


@pytest.fixture
def town(served, tmp_path, monkeypatch):
    """Serve a catalogue with one made-up row at a made-up street, and import that street."""
    homes = blocks.lay(tmp_path / "streets")
    home = next(home for home in homes if home.city and home.zip)
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))
    table = csv_file.read(served)
    number = missing(table.frame).index[0]
    new = table.frame.copy()
    where = {"street": home.line, "city": home.city, "zip": home.zip, "county": home.county}
    for column, text in where.items():
        new.loc[number, column] = text
    csv_file.amend(table, new, served)
    return served, number, home


def geocoded(capsys, tmp_path, *arguments):
    """Return the exit code of `python -m geo geocode`, what it printed, and its complaint."""
    try:
        code = main(["geocode", "--cache", str(tmp_path / "cache.jsonl"), *map(str, arguments)])
    except SystemExit as stop:
        code = stop.code
    return code, *capsys.readouterr()


def test_a_dry_run_tells_and_changes_nothing(capsys, tmp_path, town):
    path, _, home = town
    before = path.read_bytes()
    code, out, err = geocoded(capsys, tmp_path)
    assert (code, err) == (0, "")
    assert "To fill in (1):" in out and home.line in out
    assert "Nothing was written. To write" in out
    assert path.read_bytes() == before
    assert not (tmp_path / "cache.jsonl").exists()


def test_written_is_one_row_and_the_file_has_no_faults(capsys, tmp_path, town):
    path, number, home = town
    before = path.read_bytes().splitlines()
    code, out, err = geocoded(capsys, tmp_path, path, "--write")
    assert (code, err) == (0, "")
    assert "services.csv: 1 row written; no faults." in out
    after = path.read_bytes().splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    row = csv_file.read(path).frame.iloc[number]
    assert home.distance_m(float(row["latitude"]), float(row["longitude"])) < 0.2
    assert row["location_precision"] == "street"
    assert "TIGER/Line 2025" in row["location_source"]
    assert len(load_catalogue(path, TODAY))
    assert "Nothing to write." in geocoded(capsys, tmp_path, path, "--write")[1]


def test_a_file_with_faults_is_refused_before_anybody_is_asked(capsys, tmp_path, served):
    text = served.read_text(encoding="utf-8")
    served.write_text(text.replace(",imperial,imperial,", ",imperial,moon,", 1), encoding="utf-8")
    before = served.read_bytes()
    code, out, err = geocoded(capsys, tmp_path, "--write")
    assert (code, out) == (1, "")
    assert "counties_served: found 'moon'" in err and "Nothing was written" in err
    assert served.read_bytes() == before


def test_an_answer_that_would_be_a_fault_is_never_written(capsys, tmp_path, town, monkeypatch):
    path, *_ = town
    before = path.read_bytes()
    wrong = Answer(0.0, 0.0, "street", "", 1.0, "")
    monkeypatch.setattr(fill_in, "build", lambda *_: {"one": lambda _: wrong})
    code, _, err = geocoded(capsys, tmp_path, "--write")
    assert code == 1 and "wanted a point in" in err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--providers", "google"], "--providers: found 'google', wanted some of streets, "),
        (["--providers", ""], "--providers: found ''"),
        (["--threshold", "2"], "--threshold: found 2.0, wanted more than 0"),
        (["--threshold", "nan"], "--threshold: found nan"),
        (["none.csv"], "found no file that can be read"),
    ],
)
def test_what_cannot_be_asked_is_told(capsys, tmp_path, served, arguments, told):
    code, out, err = geocoded(capsys, tmp_path, *arguments)
    assert (code, out) == (1, "") and told in err


def test_how_far_a_provider_lands_from_known_points_is_told(capsys, tmp_path, town):
    path, number, _ = town
    geocoded(capsys, tmp_path, "--write")
    table = csv_file.read(path)
    new = table.frame.assign(
        location_precision=table.frame["location_precision"].replace("street", "exact")
    )
    new = new.assign(street=new["street"].where(new.index == number, ""))
    csv_file.amend(table, new, path)
    code, out, err = geocoded(capsys, tmp_path, "--compare")
    assert (code, err) == (0, "")
    assert "streets: 1 answers to 1 rows with an exact point and a street." in out
    assert "metres off: median 0, p90 0, max 0; within 250 m 100%" in out


def census_server(httpserver, monkeypatch, batch_status=200):
    """Let a server of ours be the Census geocoder: it finds every address in the middle of town."""
    single = {"result": {"addressMatches": []}}
    httpserver.expect_request("/locations/onelineaddress").respond_with_json(single)
    heard = []

    def answer(request):
        sent = list(plain_csv.reader(io.StringIO(request.files["addressFile"].read().decode())))
        heard.extend(sent)
        told = io.StringIO()
        plain_csv.writer(told).writerows([row[0], "", "No_Match"] for row in sent)
        return Response(told.getvalue(), batch_status)

    httpserver.expect_request("/locations/addressbatch").respond_with_handler(answer)
    monkeypatch.setenv("CENSUS_URL", httpserver.url_for("/"))
    monkeypatch.setattr(fill_in, "CENSUS_APART_S", 0.0)
    return heard


def test_census_is_asked_once_in_a_batch_and_only_about_public_streets(
    capsys, tmp_path, served, rows, httpserver, monkeypatch
):
    heard = census_server(httpserver, monkeypatch)
    code, _, err = geocoded(capsys, tmp_path, "--providers", "census,gazetteer")
    assert (code, err) == (0, "")
    assert len(heard) == len({(row[1], row[2], row[4]) for row in heard})
    assert {row[1] for row in heard} == {s.partition(",")[0] for s in missing(rows)["street"]}
    assert len(httpserver.log) == 1
    geocoded(capsys, tmp_path, "--providers", "census,gazetteer")
    assert len(httpserver.log) == 1
    kept = [
        json.loads(line)
        for line in (tmp_path / "cache.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(kept) == len(heard)


def test_when_the_batch_fails_census_is_asked_one_by_one(
    capsys, tmp_path, served, rows, httpserver, monkeypatch
):
    heard = census_server(httpserver, monkeypatch, batch_status=500)
    code, out, _ = geocoded(capsys, tmp_path, "--providers", "census")
    assert code == 0 and "the batch failed (status 500). Asking one by one." in out
    assert len(httpserver.log) == 1 + len(heard)


def test_a_server_that_is_gone_is_told_and_the_rest_goes_on(
    capsys, tmp_path, served, httpserver, monkeypatch
):
    httpserver.expect_request("/search").respond_with_data("<html>", 404)
    monkeypatch.setenv("NOMINATIM_URL", httpserver.url_for("/"))
    code, out, _ = geocoded(capsys, tmp_path, "--providers", "nominatim,gazetteer")
    assert code == 0
    assert out.count("nominatim: It did not answer") == 1
    assert "Nothing to write." in out
