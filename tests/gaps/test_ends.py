"""Wherever in its circle a place stands, the way to it is between the two ends."""

import math

import numpy as np
import pytest

from geo import sphere
from geo.gaps import demand
from geo.gaps.answer import work_out
from geo.gaps.ends import ends
from geo.gaps.question import Question
from geo.travel import engines
from tests.gaps.test_answer import AREAS, FOUR, PLACES, TUESDAY, located, place

FOOD = PLACES[
    [
        ("food" in kinds) and lat == lat
        for kinds, lat in zip(PLACES["types"], PLACES["lat"], strict=True)
    ]
]
SOME = AREAS.iloc[::25]


def moved(services, part, bearing):
    """Return where the services are if each is so far, in radii, from its middle."""
    away = part * services["radius_m"].to_numpy() / sphere.EARTH_RADIUS_M
    north, east = math.cos(bearing), math.sin(bearing)
    lat = services["lat"] + np.degrees(away * north)
    lon = services["lon"] + np.degrees(away * east) / np.cos(np.radians(services["lat"]))
    return np.column_stack([lat, lon])


@pytest.mark.parametrize("mode", engines.MODES)
@pytest.mark.parametrize("speed", [1.0, 0.5])
def test_no_place_in_the_circle_is_nearer_or_farther_than_the_ends(mode, speed):
    homes = SOME[["lat", "lon"]].to_numpy()
    ways = engines.minutes(homes, FOOD[["lat", "lon"]].to_numpy(), "crow", mode, speed)
    least, most = ends(SOME, FOOD, ways, mode, speed)
    exact = FOOD["radius_m"].to_numpy() == 0
    assert 0 < exact.sum() < len(exact)
    assert (least.metres[:, exact] == most.metres[:, exact]).all()
    for part in (0.0, 0.4, 0.99):
        for bearing in np.linspace(0, 2 * np.pi, 7):
            there = engines.minutes(homes, moved(FOOD, part, bearing), "crow", mode, speed)
            slack = 1.01  # the circle is drawn on a plane here
            assert (there.metres >= least.metres / slack).all()
            assert (there.metres <= most.metres * slack).all()
            assert (there.minutes >= least.minutes / slack).all()
            assert (there.minutes <= most.minutes * slack).all()


def test_miles_are_those_of_the_straight_line_less_or_more_the_radius():
    homes, middle = [[33.0, -115.5]], place("x", "", "", location_precision="city", city="Brawley")
    services = located(middle | {"zip": "92227"})
    ways = engines.minutes(homes, services[["lat", "lon"]].to_numpy())
    radius = services["radius_m"].iloc[0]
    straight = sphere.great_circle_m(homes[0], services[["lat", "lon"]].to_numpy())[0]
    assert 0 < radius < straight
    here = FOUR.iloc[:1].assign(lat=33.0, lon=-115.5)
    least, most = ends(here, services, ways, "driving", 1.0)
    assert least.metres[0, 0] == pytest.approx(1.3 * (straight - radius))
    assert most.metres[0, 0] == pytest.approx(1.3 * (straight + radius))


def test_at_the_very_middle_the_way_is_from_nothing_to_the_radius():
    services = located(place("x", "", "", location_precision="city", city="Brawley", zip="92227"))
    here = FOUR.iloc[:1].assign(lat=services["lat"].iloc[0], lon=services["lon"].iloc[0])
    ways = engines.minutes(here[["lat", "lon"]], services[["lat", "lon"]].to_numpy())
    least, most = ends(here, services, ways, "driving", 1.0)
    assert least.metres[0, 0] == least.minutes[0, 0] == 0
    assert most.metres[0, 0] == pytest.approx(1.3 * services["radius_m"].iloc[0])
    assert 0 < most.minutes[0, 0] < 30


def naive_range(question):
    """Return the least and the most people beyond, loop by loop, in miles of the straight line."""
    low = high = 0
    for area in AREAS.itertuples():
        if question.county not in ("", area.county):
            continue
        nearest, farthest = math.inf, math.inf
        for row in PLACES.itertuples():
            usable = (
                question.type in row.types
                and "hotline" not in row.types
                and row.status == "open"
                and row.location_policy == "public"
                and not math.isnan(row.lat)
                and area.county in (row.county, *row.serves)
            )
            if not usable:
                continue
            straight = sphere.great_circle_m((area.lat, area.lon), np.array([(row.lat, row.lon)]))
            way = [1.3 * (straight[0] + sign * row.radius_m) / 1609.344 for sign in (-1, 1)]
            nearest = min(nearest, way[0])
            if not question.hour or row.hours == "24/7":
                farthest = min(farthest, way[1])
        low += area.people * (nearest > question.threshold)
        high += area.people * (farthest > question.threshold)
    return low, high


@pytest.mark.parametrize(
    "question",
    [
        Question("food", "imperial", "miles", 2),
        Question("clinic", "imperial", "miles", 10),
        Question("clinic", "imperial", "miles", 10, hour=TUESDAY),
    ],
    ids=lambda question: question.told,
)
def test_the_range_is_what_a_loop_gives(question):
    if question.hour:
        kinds = zip(PLACES["types"], PLACES["county"], PLACES["hours"], strict=True)
        hours = {text for types, where, text in kinds if "clinic" in types and where == "imperial"}
        assert hours <= {"", "24/7"}  # which the loop can read
    found = work_out(PLACES, demand.load(), question)
    assert (found.best.people_beyond, found.worst.people_beyond) == naive_range(question)
