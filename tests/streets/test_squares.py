"""Squares of streets hold what lies in them, at the place where it lies, in both levels."""

import gzip
import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from app import app as server
from geo import settings
from geo.__main__ import main
from geo.streets import squares, store
from geo.web import about
from tests.support.asking import ask
from tests.support.towns import edges, grid, pack

WHERE = (37.73, -121.43)


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Return a function that imports streets and returns them."""
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))

    def take(rows=None, county="06077"):
        path = pack(tmp_path / "zips", edges(rows or grid(county=county)), county)
        assert main(["streets", "--from", str(path)]) == 0
        return store.load(tmp_path / "streets")

    return take


def square_of(lat, lon, zoom):
    """Return the square that holds a point, by the formula of the OpenStreetMap wiki."""
    x = int((lon + 180) / 360 * 2**zoom)
    turn = np.radians(lat)
    y = int((1 - np.log(np.tan(turn) + 1 / np.cos(turn)) / np.pi) / 2 * 2**zoom)
    return zoom, x, y


def placed(zoom, x, y, units):
    """Return (lat, lon) of a point in a square, by the inverse of that formula."""
    east, south = x + units[0] / squares.UNITS, y + units[1] / squares.UNITS
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * south / 2**zoom))))
    return lat, east / 2**zoom * 360 - 180


def drawn(found, *square):
    """Return kind, name and points (lat, lon) of every line of a square."""
    told = json.loads(squares.cut(found, *square))
    lines = []
    for kind, name, *steps in told["lines"]:
        points = np.reshape(steps, (-1, 2)).cumsum(axis=0)
        where = [placed(*square, point) for point in points]
        lines.append((kind, told["names"][name] if name >= 0 else "", where))
    return lines


def test_the_blocks_of_a_street_are_one_line_at_its_place(imported):
    found = imported()
    lines = drawn(found, *square_of(*WHERE, squares.NEAR))
    names = [name for _, name, _ in lines]
    assert sorted(names) == sorted(
        [f"E {n}th St" for n in (1, 2, 3, 4)] + [f"{letter} Ave" for letter in "ABCD"]
    )
    _, _, points = lines[names.index("E 2th St")]
    assert len(points) == 2
    np.testing.assert_allclose(
        sorted(points), [(37.732, -121.43), (37.732, -121.424)], atol=0.00001
    )


@given(st.floats(32.6, 38.4), st.floats(-122.3, -114.4))
def test_a_point_is_placed_within_half_a_metre(lat, lon):
    row = {"line": [(lon, lat), (lon + 0.0003, lat + 0.0003)], "FULLNAME": "Here St"}
    table = edges([row]).rename(columns={"MTFCC": "mtfcc", "FULLNAME": "name"})
    found = store.Streets(table, {"06077": 2025}, "mark")
    _, _, points = drawn(found, *square_of(lat, lon, squares.NEAR))[0]
    assert points[0] == pytest.approx((lat, lon), abs=0.000005) or points[-1] == pytest.approx(
        (lat, lon), abs=0.000005
    )


def test_from_afar_only_main_roads_are_drawn_and_without_names(imported):
    line = [(-121.43, 37.73), (-121.33, 37.73)]
    kinds = ("S1100", "S1200", "S1400", "S1710", "S2000")
    rows = [{"line": line, "MTFCC": kind, "FULLNAME": f"{kind} Rd"} for kind in kinds]
    found = imported(rows)
    far = drawn(found, *square_of(*WHERE, squares.FAR))
    near = drawn(found, *square_of(*WHERE, squares.NEAR))
    assert [(kind, name) for kind, name, _ in far] == [(0, ""), (1, "")]
    assert [(kind, name) for kind, name, _ in near] == [
        (0, "S1100 Rd"),
        (1, "S1200 Rd"),
        (2, "S1400 Rd"),
        (3, "S1710 Rd"),
    ]


def test_a_street_through_two_squares_is_in_both_and_meets_itself_at_the_edge(imported):
    found = imported([{"line": [(-121.43, 37.73), (-121.33, 37.73)], "FULLNAME": "Long Rd"}])
    zoom, x, y = square_of(*WHERE, squares.NEAR)
    for square in ((zoom, x, y), (zoom, x + 1, y)):
        ((_, _, points),) = drawn(found, *square)
        longitudes = [lon for _, lon in points]
        edge = (x + 1) / 2**zoom * 360 - 180
        assert min(longitudes) < edge < max(longitudes)
    assert drawn(found, zoom, x - 1, y) == []


@given(st.integers(0, 2**32 - 1))
def test_a_square_holds_as_much_street_as_lies_in_it(seed):
    dice = np.random.default_rng(seed)
    rows = [
        {"line": (np.array(WHERE[::-1]) + dice.uniform(-0.03, 0.03, (3, 2))).tolist()}
        for _ in range(8)
    ]
    table = edges(rows).rename(columns={"MTFCC": "mtfcc", "FULLNAME": "name"}).fillna({"name": ""})
    found = store.Streets(table, {"06077": 2025}, "mark")
    square = square_of(*WHERE, squares.NEAR)
    (south, west), (north, east) = (
        placed(*square, (-squares.MARGIN, squares.UNITS + squares.MARGIN)),
        placed(*square, (squares.UNITS + squares.MARGIN, -squares.MARGIN)),
    )
    inside = shapely.clip_by_rect(table.geometry.to_numpy(), west, south, east, north)
    lines = [shapely.LineString([p[::-1] for p in line]) for *_, line in drawn(found, *square)]
    assert shapely.length(lines).sum() == pytest.approx(
        shapely.length(inside).sum(), rel=0.001, abs=0.00005
    )


@pytest.mark.parametrize(
    "square", [(12, 0, 0), (13, -1, 0), (13, 0, 2**13), (8, 256, 0), (10**6, 0, 0)], ids=str
)
def test_there_is_no_square_of_another_level_or_off_the_world(square, imported):
    assert squares.cut(imported(), *square) is None


def test_the_server_tells_where_the_squares_are_and_hands_them_out_for_ever(imported):
    found = imported()
    told = json.loads(ask(server, "/streets").text)
    assert told["address"] == f"/streets/{found.mark}"
    assert {*told} == {"address", "bounds"}
    np.testing.assert_allclose(told["bounds"], [[37.73, -121.43], [37.736, -121.424]], atol=1e-6)
    zoom, x, y = square_of(*WHERE, squares.NEAR)
    address = f"{told['address']}/{zoom}/{x}/{y}"
    plain, packed = ask(server, address), ask(server, address, accept_encoding="gzip")
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["content-type"] == "application/json"
    assert gzip.decompress(packed.body) == plain.body == squares.cut(found, zoom, x, y)
    other = imported(grid(size=3))
    assert other.mark != found.mark
    assert ask(server, address).status == 404


@pytest.mark.parametrize("rest", ["9/0/0", "13/0/8192", "x/0/0", "13/0", "13/-1/0", "13/0/0/0"])
def test_what_is_no_square_is_not_handed_out(rest, imported):
    answer = ask(server, f"/streets/{imported().mark}/{rest}")
    assert answer.status == 404 or 'id="leave"' in answer.text


def test_without_streets_there_is_nothing_to_draw():
    answer = ask(server, "/streets")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["cache-control"] == "no-store"
    assert ask(server, "/streets/abc/13/1/1").status == 404


def test_damaged_streets_are_as_if_there_were_none(imported):
    imported()
    (settings.read().streets / "06077.parquet").write_bytes(b"")
    assert ask(server, "/streets").status == 204


def test_the_about_page_says_which_streets_are_there(imported):
    from geo.catalogue.keeper import keeper_of

    edition = keeper_of(settings.read().catalogue).current()
    assert "Streets: none are stored on this server yet." in about.page(edition, "en")
    imported()
    page = about.page(edition, "en")
    assert (
        "a map of 2025 by the US Census Bureau is stored on this server, for San Joaquin County"
        in page
    )
    imported(county="06099")
    assert "for San Joaquin County, 06099" in about.page(edition, "en")
