"""Each engine answers in minutes and metres; one that fails gives way to the next and says so."""

import json
import socket
from itertools import pairwise

import numpy as np
import pytest
from werkzeug import Response

from geo import settings
from geo.__main__ import main
from geo.errors import EngineError
from geo.sphere import METRES_A_MILE, great_circle_m
from geo.streets import network
from geo.travel import courses, engines, osrm, roads, servers
from tests.support.routing import seconds_and_metres
from tests.support.towns import edges, grid, pack

TRACY, STOCKTON, CALEXICO = (37.739, -121.434), (37.975, -121.31), (32.68, -115.5)
MANY = np.random.default_rng(3).uniform((37.6, -121.5), (38.1, -121.0), (130, 2))


def alone(monkeypatch, engine):
    """Leave only the addresses of one engine."""
    for name in ("OSRM_URL", "OSRM_WALKING_URL", "VALHALLA_URL"):
        if not name.startswith(engine.upper()):
            monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("mode", engines.MODES)
@pytest.mark.parametrize("engine", ["osrm", "valhalla"])
def test_a_server_is_asked_in_parts_and_its_minutes_and_metres_are_told(engine, mode, router):
    router.unreachable = {TRACY}
    some, others = MANY[:105], [*MANY[105:], TRACY]
    found = engines.minutes(some, others, engine, mode, public=True)
    assert (found.engine, found.estimate, found.notice) == (engine, False, "")
    assert sum(router.cells) == 105 * 26
    assert max(router.cells) <= {"osrm": 100, "valhalla": 50}[engine] ** 2
    expected = np.array([[seconds_and_metres(a, b) for b in others] for a in some])
    expected[:, -1] = np.nan
    np.testing.assert_allclose(found.minutes, expected[..., 0] / 60, atol=0.5 / 60 + 1e-3)
    np.testing.assert_allclose(found.metres, expected[..., 1], atol=1)


def test_speed_divides_the_minutes_of_a_server_too(router):
    usual = engines.minutes([TRACY], [STOCKTON], "osrm", public=True)
    slow = engines.minutes([TRACY], [STOCKTON], "osrm", speed=0.8, public=True)
    assert slow.minutes[0, 0] == pytest.approx(usual.minutes[0, 0] / 0.8)
    assert slow.metres[0, 0] == usual.metres[0, 0]


def test_valhalla_is_not_asked_for_pairs_farther_apart_than_it_allows(router):
    found = engines.minutes([TRACY, CALEXICO], [STOCKTON, CALEXICO], "valhalla", public=True)
    assert router.cells == [1, 1]
    assert np.isnan(found.minutes).tolist() == [[False, True], [True, False]]


def test_a_server_is_asked_for_nothing_where_there_is_nothing_to_ask(router):
    none = np.empty((0, 2))
    for engine in ("osrm", "valhalla"):
        assert engines.minutes(none, [TRACY], engine, public=True).minutes.shape == (0, 1)
        assert engines.minutes([TRACY], none, engine, public=True).metres.shape == (1, 0)
    assert router.cells == []


def put(told, value):
    """Return an answer with `value` as its first number, in whichever form."""
    told = json.loads(json.dumps(told))
    if "durations" in told:
        told["durations"][0][0] = value
    else:
        told["sources_to_targets"][0][0]["time"] = value
    return told


BROKEN = {
    "500": lambda _: Response("no", 500),
    "400": lambda _: Response('{"code": "NoSegment", "message": "no"}', 400),
    "elsewhere": lambda _: Response("", 302, {"Location": "http://127.0.0.1:9/"}),
    "a page": lambda _: Response("<html>Welcome", content_type="text/html"),
    "nothing": lambda _: Response(""),
    "a list": lambda _: [1, 2],
    "no table": lambda _: {"code": "Ok"},
    "half a table": lambda told: {**told, "durations": [], "sources_to_targets": []},
    "words": lambda told: put(told, "soon"),
    "true": lambda told: put(told, True),
    "less than nothing": lambda told: put(told, -1),
    "no number": lambda told: put(told, float("nan")),
    "no end": lambda told: put(told, float("inf")),
}


@pytest.mark.parametrize("engine", ["osrm", "valhalla"])
@pytest.mark.parametrize("fault", BROKEN)
def test_a_server_that_fails_gives_way_to_the_next_with_a_notice(
    fault, engine, router, monkeypatch, caplog
):
    alone(monkeypatch, engine)
    router.break_it = BROKEN[fault]
    found = engines.minutes([TRACY], [STOCKTON], engine, public=True)
    crow = engines.minutes([TRACY], [STOCKTON])
    assert (found.engine, found.estimate, found.notice) == ("crow", True, engines.SILENT)
    assert found.minutes[0, 0] == crow.minutes[0, 0]
    assert f"Travel time by {engine}: " in caplog.text


@pytest.mark.parametrize("engine", ["osrm", "valhalla"])
def test_a_server_that_does_not_answer_in_time_gives_way(engine, monkeypatch):
    monkeypatch.setattr(servers, "SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv(f"{engine.upper()}_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        found = engines.minutes([TRACY], [STOCKTON], engine, public=True)
    assert (found.engine, found.notice) == ("crow", engines.SILENT)


def test_a_server_that_is_not_there_gives_way_to_the_next_server(router, monkeypatch):
    monkeypatch.setenv("OSRM_URL", "http://127.0.0.1:9")
    found = engines.minutes([TRACY], [STOCKTON], "osrm", public=True)
    assert (found.engine, found.estimate, found.notice) == ("valhalla", False, engines.SILENT)


def test_a_server_that_was_silent_is_not_asked_for_a_minute_and_the_notice_is_said(
    monkeypatch, caplog
):
    now = [1_000.0]
    monkeypatch.setattr(engines.breaker, "clock", lambda: now[0])
    monkeypatch.setattr(servers, "SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0.05)
        monkeypatch.setenv("OSRM_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        for seconds, times in ((0, 1), (59.9, 0), (0.2, 1), (1, 0)):
            now[0] += seconds
            found = engines.minutes([TRACY], [STOCKTON], "osrm", public=True)
            assert (found.engine, found.notice) == ("crow", engines.SILENT)
            assert calls(silent) == times
    assert "did not answer just now" in caplog.text


def calls(listener):
    """Return how often a server was called since last asked."""
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except TimeoutError:
            return count
        count += 1


def test_a_server_that_is_gone_rests_too_and_one_that_answers_otherwise_does_not(
    router, monkeypatch
):
    asked = []
    table = osrm.table
    monkeypatch.setattr(osrm, "table", lambda url, *rest: asked.append(url) or table(url, *rest))
    alone(monkeypatch, "osrm")
    router.break_it = BROKEN["500"]
    for _ in range(2):
        engines.minutes([TRACY], [STOCKTON], "osrm", public=True)
    assert len(asked) == 2
    monkeypatch.setenv("OSRM_URL", "http://127.0.0.1:9")
    for _ in range(2):
        engines.minutes([TRACY], [STOCKTON], "osrm", public=True)
    assert asked[2:] == ["http://127.0.0.1:9"]


def test_while_one_server_rests_the_others_are_asked(router, monkeypatch):
    monkeypatch.setenv("OSRM_URL", "http://127.0.0.1:9")
    for _ in range(2):
        found = engines.minutes([TRACY], [STOCKTON], "osrm", public=True)
        assert (found.engine, found.notice) == ("valhalla", engines.SILENT)
    found = engines.minutes([TRACY], [STOCKTON], "osrm", "walking", public=True)
    assert (found.engine, found.notice) == ("osrm", "")


@pytest.mark.parametrize("engine", ["osrm", "valhalla"])
def test_a_server_is_told_no_point_of_a_reader_unless_the_operator_allows_it(
    engine, router, monkeypatch
):
    alone(monkeypatch, engine)
    found = engines.minutes([TRACY], [STOCKTON], engine)
    assert (found.engine, found.notice) == ("crow", engines.WITHHELD)
    assert router.points == set()
    monkeypatch.setenv("ROUTING_FOR_ROUNDS", "on")
    found = engines.minutes([TRACY], [STOCKTON], engine)
    assert (found.engine, found.notice) == (engine, "")
    assert router.points == {TRACY, STOCKTON}


def test_a_table_is_kept_only_of_public_points(router, monkeypatch):
    monkeypatch.setenv("ROUTING_FOR_ROUNDS", "on")
    for public, times in ((True, 1), (False, 2)):
        router.cells.clear()
        for _ in range(2):
            engines.minutes([(37.5, -121.25)], [STOCKTON], "osrm", public=public)
        assert len(router.cells) == times


def test_an_engine_that_is_not_set_up_gives_way_and_says_so():
    for engine in ("osrm", "valhalla", "streets"):
        found = engines.minutes([TRACY], [STOCKTON], engine, public=True)
        assert (found.engine, found.notice) == ("crow", engines.NOT_SET_UP)


def test_a_server_for_driving_is_never_asked_for_walking(router, monkeypatch):
    monkeypatch.delenv("OSRM_WALKING_URL")
    found = engines.minutes([TRACY], [STOCKTON], "osrm", "walking", public=True)
    assert (found.engine, found.notice) == ("valhalla", engines.NOT_SET_UP)


def test_every_engine_says_how_it_knows():
    assert {*engines.HOW} == {*engines.ENGINES}


@pytest.mark.parametrize("rows", [None, 5, [[1], [2, 3]], [[[1]]], "ab", [[10**400]]])
def test_a_table_of_another_shape_is_no_table(rows):
    with pytest.raises(EngineError, match="another form"):
        servers.numbers(rows, (1, 1))


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Return a function that imports the streets of counties, each a list of edges."""
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))

    def take(**rows):
        files = [
            pack(tmp_path / county, edges(given), county.removeprefix("c"))
            for county, given in rows.items()
        ]
        assert main(["streets", "--from", *map(str, files)]) == 0

    return take


def corner(row, column, step=0.002):
    return 37.73 + row * step, -121.43 + column * step


def test_streets_give_the_way_around_the_blocks(imported):
    imported(c06077=grid())
    found = engines.minutes([corner(0, 0)], [corner(2, 3)], "streets")
    across = great_circle_m(corner(0, 0), [corner(0, 3)])[0]
    up = great_circle_m(corner(0, 0), [corner(2, 0)])[0]
    assert (found.engine, found.estimate, found.notice) == ("streets", True, "")
    assert found.metres[0, 0] == pytest.approx(across + up, rel=0.005)
    in_town = roads.SPEEDS_MPH["S1400"][0]  # Tracy: more than 1,000 people a square mile
    by_hand = found.metres[0, 0] / METRES_A_MILE / in_town * 60
    assert found.minutes[0, 0] == pytest.approx(by_hand, rel=0.002)


def test_the_courses_of_a_round_are_as_long_as_its_ways_and_end_at_its_points(imported):
    imported(c06077=grid(), c06025=grid(county="06025"))
    round_ = [corner(0, 0), corner(2.4, 3), corner(1, 0.3), corner(1, 0.3), (32.7, -115.5)]
    *legs, none = courses.along(round_, "streets")
    found = engines.minutes(round_, round_, "streets")
    assert none is None
    for (here, there), leg, metres in zip(
        pairwise(round_), legs, found.metres.diagonal(1), strict=False
    ):
        np.testing.assert_allclose(leg[[0, -1]], [here, there], atol=1e-9)
        steps = [great_circle_m(a, [b])[0] for a, b in pairwise(leg)]
        assert sum(steps) == pytest.approx(metres, rel=0.005, abs=2 * courses.SMOOTH_M)
    assert len(legs[0]) == 3  # one turn, and no crossing that is passed straight on
    for other in ("crow", "osrm", "valhalla"):
        assert courses.along(round_, other) == [None] * 4
    assert courses.along(np.empty((0, 2)), "streets") == []
    assert courses.along(round_[:1], "streets") == []


def test_without_streets_there_is_no_course():
    assert courses.along([TRACY, STOCKTON], "streets") == [None]


def test_a_course_with_many_bends_is_smoothed_until_it_is_small(imported):
    turns = np.arange(5_000)
    road = np.column_stack([-121.4 + turns * 2e-5, 37.73 + 2e-3 * np.sin(turns / 20)])
    imported(c06077=[{"line": road.tolist(), "TNIDF": 1, "TNIDT": 2}])
    (leg,) = courses.along(road[[0, -1], ::-1], "streets")
    assert 20 < len(leg) <= courses.MOST_BENDS
    assert 30 * len(json.dumps(leg.round(5).tolist())) < 100_000  # bytes, of a long round
    np.testing.assert_allclose(leg[[0, -1]], road[[0, -1], ::-1], atol=1e-9)


def test_a_course_is_searched_once_a_memory_and_again_when_the_streets_change(
    imported, monkeypatch
):
    searched, memory = [], {}
    path = network.path
    monkeypatch.setattr(network, "path", lambda *given: searched.append(given) or path(*given))
    imported(c06077=grid())
    for _ in range(2):
        courses.along([corner(0, 0), corner(2, 3), corner(0, 0)], "streets", memory=memory)
    assert len(searched) == 2
    courses.along([corner(0, 0), corner(2, 3)], "streets", memory={})
    assert len(searched) == 3
    imported(c06077=grid(size=5))
    courses.along([corner(0, 0), corner(2, 3)], "streets", memory=memory)
    assert len(searched) == 4


def test_on_foot_it_is_3_miles_an_hour_everywhere(imported):
    imported(c06077=grid())
    found = engines.minutes([corner(0, 0)], [corner(2, 3)], "streets", "walking")
    assert found.minutes[0, 0] == pytest.approx(
        found.metres[0, 0] / METRES_A_MILE / 3 * 60, rel=0.002
    )


def test_far_from_people_the_roads_are_faster(imported):
    road = [(-115.0, 33.0), (-115.1, 33.0)]
    imported(c06025=[{"line": road, "COUNTYFP": "025", "TNIDF": 1, "TNIDT": 2}])
    found = engines.minutes([road[0][::-1]], [road[1][::-1]], "streets")
    country = roads.SPEEDS_MPH["S1400"][1]
    assert found.minutes[0, 0] == pytest.approx(
        found.metres[0, 0] / METRES_A_MILE / country * 60, rel=0.002
    )


def test_a_walkway_is_for_feet_and_a_highway_for_cars(imported):
    a, b = (-121.43, 37.73), (-121.42, 37.73)
    imported(
        c06077=[
            {"line": [a, b], "MTFCC": "S1710", "TNIDF": 1, "TNIDT": 2},
            {"line": [a, (-121.425, 37.75), b], "MTFCC": "S1200", "TNIDF": 1, "TNIDT": 2},
        ]
    )
    driven = engines.minutes([a[::-1]], [b[::-1]], "streets")
    walked = engines.minutes([a[::-1]], [b[::-1]], "streets", "walking")
    assert walked.metres[0, 0] == pytest.approx(great_circle_m(a[::-1], [b[::-1]])[0], rel=0.005)
    assert driven.metres[0, 0] > 4 * walked.metres[0, 0]


def cross(ramp):
    """Return a highway over a road; with `ramp`, one ties the two where they cross."""
    west, middle, east = (-121.44, 37.73), (-121.43, 37.73), (-121.42, 37.73)
    south, north = (-121.43, 37.72), (-121.43, 37.74)
    rows = [
        {"line": [west, middle], "MTFCC": "S1100", "TNIDF": 1, "TNIDT": 2},
        {"line": [middle, east], "MTFCC": "S1100", "TNIDF": 2, "TNIDT": 3},
        {"line": [south, middle], "TNIDF": 4, "TNIDT": 2},
        {"line": [middle, north], "TNIDF": 2, "TNIDT": 5},
    ]
    loop = [middle, (-121.431, 37.731), north]
    return rows + ([{"line": loop, "MTFCC": "S1630", "TNIDF": 2, "TNIDT": 5}] if ramp else [])


@pytest.mark.parametrize("ramp", [True, False])
def test_a_highway_over_a_road_is_met_only_where_there_is_a_ramp(ramp, imported):
    imported(c06077=cross(ramp))
    west, east, north = (37.73, -121.44), (37.73, -121.42), (37.74, -121.43)
    found = engines.minutes([west], [east, north], "streets")
    assert (~np.isnan(found.minutes)).tolist() == [[True, ramp]]


def test_a_highway_goes_on_as_a_road_where_it_ends(imported):
    imported(c06077=cross(ramp=False)[1:])
    found = engines.minutes([(37.74, -121.43)], [(37.73, -121.42)], "streets")
    assert not np.isnan(found.minutes[0, 0])


def town_beyond(east):
    """Return a road from the county line eastward."""
    return [
        {
            "line": [(-121.0, 37.7), (-121.0 + east, 37.7)],
            "COUNTYFP": "099",
            "TNIDF": 50,
            "TNIDT": 51,
            "TLID": 9_000,
        }
    ]


def test_a_county_is_an_island_until_its_neighbour_is_imported_too(imported):
    ours = [{"line": [(-121.1, 37.7), (-121.0, 37.7)], "TNIDF": 49, "TNIDT": 50}]
    here, beyond = [(37.7, -121.05)], [(37.7, -120.92)]
    imported(c06077=ours)
    assert np.isnan(engines.minutes(here, beyond, "streets").minutes).all()
    imported(c06077=ours, c06099=town_beyond(0.1))
    assert not np.isnan(engines.minutes(here, beyond, "streets").minutes).any()


def test_the_best_engine_is_a_server_then_streets_of_every_county_then_the_estimate(
    imported, monkeypatch
):
    assert engines.best() == "crow"
    imported(c06077=grid())
    assert engines.best() == "crow"
    imported(c06077=grid(), c06025=grid(county="06025"))
    assert engines.best() == engines.best("walking") == "streets"
    monkeypatch.setenv("VALHALLA_URL", "http://127.0.0.1:9")
    assert engines.best(public=True) == engines.best("walking", public=True) == "valhalla"
    monkeypatch.setenv("OSRM_URL", "http://127.0.0.1:9")
    public = engines.best(public=True), engines.best("walking", public=True)
    assert public == ("osrm", "valhalla")
    assert engines.best() == engines.best("walking") == "streets"
    monkeypatch.setenv("ROUTING_FOR_ROUNDS", "on")
    assert (engines.best(), engines.best("walking")) == public


def test_damaged_streets_give_way_to_the_estimate(imported):
    imported(c06077=grid())
    (settings.read().streets / "06077.parquet").write_bytes(b"")
    found = engines.minutes([TRACY], [STOCKTON], "streets")
    assert (found.engine, found.notice) == ("crow", engines.NOT_SET_UP)


def test_the_gaps_command_takes_the_best_engine_and_says_how_it_knows(imported, capsys):
    asked = ["gaps", "--type", "clinic", "--county", "san_joaquin"]
    assert main([*asked, "--engine", "osrm"]) == 1
    assert "osrm" in capsys.readouterr().err
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines()[-1] == engines.HOW["crow"]
    imported(c06077=grid(), c06025=grid(county="06025"))
    capsys.readouterr()
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines()[-1] == engines.HOW["streets"]
