"""Areas are where they are, as large as they are, and in the county they belong to."""

import json

import pyproj
import pytest
from shapely.geometry import Point, shape

from geo import areas
from geo.catalogue import records
from geo.settings import DATA

ELLIPSOID = pyproj.Geod(ellps="WGS84")
COUNTIES = {
    feature["properties"]["key"]: shape(feature["geometry"])
    for feature in json.loads((DATA / "areas" / "counties.geojson").read_text(encoding="utf-8"))[
        "features"
    ]
}


def named(kind):
    return [area for area in areas.load().values() if area.kind == kind]


def test_the_counties_are_those_of_the_records():
    assert {area.key for area in named("county")} == {*records.COUNTIES} == {*COUNTIES}


@pytest.mark.parametrize("kind", ["city", "zip"])
def test_every_area_lies_in_its_county(kind):
    assert len(named(kind)) > 20
    outside = [
        area.key
        for area in named(kind)
        # The outline is drawn coarsely: a middle may lie up to 0.05 degrees beyond it.
        if COUNTIES[area.county].distance(Point(area.lon, area.lat)) > 0.05
    ]
    assert outside == []


@pytest.mark.parametrize("key", COUNTIES)
def test_the_middle_of_a_county_is_that_of_its_outline(key):
    area, middle = areas.load()[key], COUNTIES[key].centroid
    assert ELLIPSOID.inv(area.lon, area.lat, middle.x, middle.y)[2] < 1


@pytest.mark.parametrize("key", COUNTIES)
def test_the_land_of_a_county_is_nearly_what_its_outline_encloses(key):
    enclosed_m2 = abs(ELLIPSOID.geometry_area_perimeter(COUNTIES[key])[0])
    # The rest is water: the Salton Sea and the Delta.
    assert 0.9 * enclosed_m2 < areas.load()[key].area_m2 < 1.01 * enclosed_m2


def test_the_radius_is_that_of_a_circle_as_large():
    for area in areas.load().values():
        assert 3.14159265 * area.radius_m**2 == pytest.approx(area.area_m2)


def test_each_zip_code_has_one_county():
    counties = areas.zip_counties()
    assert (counties["95202"], counties["92243"]) == ("san_joaquin", "imperial")
    assert len(counties) == len(named("zip"))
    assert {*counties.values()} == {*COUNTIES}


@pytest.mark.parametrize(
    ("city", "zip_code", "key"),
    [
        ("Stockton", "95202", "zip:95202"),  # downtown: far smaller than the city
        ("Brawley", "92227", "city:Brawley"),  # the ZIP code is all the fields around
        ("Tracy", "", "city:Tracy"),
        ("", "95376", "zip:95376"),
        ("Calexico", "92232", "city:Calexico"),  # the ZIP code has no land: post office boxes
    ],
)
def test_the_smallest_area_known_to_hold_a_place_is_taken(city, zip_code, key):
    assert areas.around(city, zip_code).key == key


@pytest.mark.parametrize(("city", "zip_code"), [("Modesto", "95354"), ("", ""), ("", "92232")])
def test_a_place_in_no_area_of_ours_has_none(city, zip_code):
    assert areas.around(city, zip_code) is None
