"""The map shows what is found and nothing of a record reaches folium."""

import base64
import json
import re
from dataclasses import replace

import folium
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from geo import areas
from geo.catalogue import records
from geo.rounds import on_map
from geo.settings import ROOT
from geo.web import assets, base_map
from tests.support import briefings, examples

SCRIPTS, STYLES = ("/assets/leaflet.js", "/assets/boot.js"), ("/assets/leaflet.css",)
ADDRESSES = {"points": "/assets/points.json", "ground": "/assets/ground.json"}
HOSTILE = "{{7*191}}${7*191}`'\"</script><img src=x onerror=alert(1)>{% for x in y %}"


def rendered(**parts):
    """Return the base map as folium writes it, without its random names."""
    chart = base_map.build(SCRIPTS, STYLES, **ADDRESSES | parts)
    return re.sub(r"[0-9a-f]{32}", "", chart.get_root().render())


def told(places):
    return json.loads(base_map.points(places))


def decoded(bits):
    """Return the numbers that are set, bit by bit, as the script on the page does it."""
    return [
        8 * spot + bit
        for spot, byte in enumerate(base64.b64decode(bits))
        for bit in range(8)
        if byte & (128 >> bit)
    ]


numbers_and_size = st.integers(0, 300).flatmap(
    lambda size: st.tuples(st.sets(st.integers(0, max(size - 1, 0)), max_size=size), st.just(size))
)


@given(numbers_and_size)
def test_the_bits_are_the_places_that_are_meant(drawn):
    numbers, size = drawn
    bits = base_map.bits(list(numbers), size)
    assert decoded(bits) == sorted(numbers)
    assert len(base64.b64decode(bits)) == -(-size // 8)


def test_bits_are_taken_from_an_array_as_the_search_gives_it():
    assert decoded(base_map.bits(np.array([7, 8, 2]), 20)) == [2, 7, 8]
    assert decoded(base_map.bits(np.array([], dtype=int), 20)) == []


def test_the_points_are_columns_with_the_number_of_each_place():
    places = examples.edition(
        {"name": "Phone line", "service_types": "hotline"},
        {"name": "Oak Pantry"} | examples.IN_TRACY,
        {"name": "Elm Clinic", "service_types": "clinic", "location_precision": "zip"}
        | {"city": "Stockton", "zip": "95202"},
    ).places
    found = told(places)
    assert found.pop("groups") == [
        {"shape": group.key, "colour": group.colour} for group in records.GROUPS
    ]
    assert found == {
        "size": 3,
        "n": [1, 2],
        "lat": [37.7397, 37.95974],
        "lon": [-121.4252, -121.28829],
        "g": [3, 0],
        "r": [0, 935],
        "name": ["Oak Pantry", "Elm Clinic"],
    }


def test_every_group_has_a_shape_on_the_map_and_one_of_them_is_the_disc():
    script = (ROOT / "geo/web/static/map/shapes.js").read_text(encoding="utf-8")
    cornered = re.findall(r"^  (\w+): (?:corners|star)\(", script, flags=re.MULTILINE)
    assert {*cornered} == {group.key for group in records.GROUPS} - {"basics"}


def test_of_a_record_the_points_tell_only_the_name():
    texts = {
        column: f"secret {column}"
        for column in records.COLUMNS
        if column not in examples.IN_TRACY and "location" not in column
    }
    written = base_map.points(examples.edition(texts | examples.IN_TRACY).places).decode()
    assert re.findall(r"secret \w+", written) == ["secret name"]
    assert "Example Street" not in written


@pytest.mark.parametrize("policy", ["area_only", "none"])
def test_a_place_that_is_not_public_is_not_on_the_map_even_with_a_point(policy):
    row = {"name": "Safe Harbor", "location_policy": policy} | examples.IN_TRACY
    found = told(examples.edition(row).places)
    assert (found["size"], found["n"], found["name"], found["lat"]) == (1, [], [], [])


def test_the_ground_holds_every_area_and_nothing_of_a_record():
    ground = json.loads(base_map.ground())
    assert {*ground} == {"outlines", "labels", "counties", "highways", "shields", "frames"}
    assert len(ground["counties"]) == len(records.COUNTIES)
    with_land = [area for area in areas.load().values() if area.kind != "county" and area.area_m2]
    assert sorted(label[0] for label in ground["labels"]) == sorted(a.name for a in with_land)


def test_the_base_map_is_the_same_each_time():
    assert rendered() == rendered()


def test_the_base_map_asks_no_other_host():
    assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", rendered()) == []


def test_the_base_map_loads_what_it_is_given_leaflet_first():
    loaded = re.findall(r'(?:src|href)="([^"]+)"', rendered())
    assert loaded == [*SCRIPTS, *STYLES]
    given_on = json.loads(re.search(r"serviceMap\(map_div, ({.*?})\)", rendered())[1])
    assert given_on == ADDRESSES


def test_a_map_is_written_once_for_all_who_see_it(monkeypatch):
    chart = base_map.build(SCRIPTS, STYLES, **ADDRESSES)
    monkeypatch.setattr(folium.Map, "render", None)
    assert base_map.build(SCRIPTS, STYLES, **ADDRESSES) is chart
    assert "serviceMap(map_div" in chart.get_root().render()


def test_a_hostile_name_is_only_ever_data():
    places = examples.edition({"name": HOSTILE, "organization": HOSTILE} | examples.IN_TRACY).places
    assert told(places)["name"] == [HOSTILE]
    assert "1337" not in base_map.points(places).decode()
    assert "191" not in rendered()


def test_of_the_catalogue_the_base_map_knows_only_the_address_of_its_points():
    hostile = examples.edition({"name": HOSTILE, "city": HOSTILE} | examples.IN_TRACY)
    addresses = [assets.points(each).address for each in (examples.edition({}), hostile)]
    assert addresses[0] != addresses[1]
    pages = [rendered(points=address).replace(address, "") for address in addresses]
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    "key", [None, "imperial", "san_joaquin", "city:Tracy", "zip:95202", "zip:92227"]
)
def test_the_view_holds_what_was_chosen(key):
    chosen = areas.load()[key] if key else None
    (south, west), (north, east) = base_map.view(chosen)
    held = [chosen] if chosen else [areas.load()[county] for county in records.COUNTIES]
    for area in held:
        assert south < area.lat < north
        assert west < area.lon < east


def test_the_view_of_a_county_holds_its_whole_outline():
    for feature in areas.features("counties"):
        corners = np.array(feature["geometry"]["coordinates"][0])
        (south, west), (north, east) = base_map.view(areas.load()[feature["properties"]["key"]])
        assert [west, south] == pytest.approx(corners.min(axis=0))
        assert [east, north] == pytest.approx(corners.max(axis=0))


def test_the_ways_of_a_plan_are_points_from_start_to_end_and_no_text():
    plan = briefings.make(3, 2, name=HOSTILE).plan
    ways = on_map.points(plan)
    start = [round(degrees, 5) for degrees in briefings.STOCKTON]
    assert ways == [[start, *[[37.7397, -121.4252]] * 3, start]] * 2
    none = replace(plan, rounds=tuple(replace(day, visits=()) for day in plan.rounds))
    assert on_map.points(none) == [[], []]


def test_the_courses_of_a_plan_are_known_only_if_streets_measured_it(monkeypatch):
    plan = briefings.make(2, 2).plan
    asked = []

    def courses(points, engine, memory):
        asked.append((len(points), engine))
        return [None if engine != "streets" else np.array(points[k : k + 2]) for k in range(3)]

    monkeypatch.setattr(on_map, "along", courses)
    assert on_map.courses(plan) == [[[], [], []]] * 2
    on_streets = replace(plan, travel=replace(plan.travel, engine="streets"))
    assert on_map.courses(on_streets) == [
        [points[k : k + 2] for k in range(3)] for points in on_map.points(plan)
    ]
    assert asked == [(4, "crow")] * 2 + [(4, "streets")] * 2


@given(st.lists(st.tuples(st.floats(32, 39), st.floats(-122, -114)), min_size=1, max_size=9))
def test_a_view_holds_all_points_well_inside(points):
    (south, west), (north, east) = base_map.around(points)
    assert all(south + 0.01 < lat < north - 0.01 for lat, _ in points)
    assert all(west + 0.01 < lon < east - 0.01 for _, lon in points)


def test_shields_stand_on_their_highways_and_frames_hold_their_counties():
    ground = json.loads(base_map.ground())
    lines = {way["properties"]["name"]: shape(way["geometry"]) for way in ground["highways"]}
    assert {name for name, *_ in ground["shields"]} == set(lines)
    for name, lat, lon in ground["shields"]:
        assert lines[name].distance(Point(lon, lat)) < 1e-3
    for frame, inside in zip(
        ground["frames"],
        [("san_joaquin", 37.9577, -121.2908), ("imperial", 32.792, -115.5631)],
        strict=True,
    ):
        key, lat, lon = inside
        (south, west), (north, east) = frame["view"]
        assert frame["key"] == key
        assert south < lat < north
        assert west < lon < east
