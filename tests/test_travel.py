"""Distances agree with the ellipsoid, times with hand-worked ones; bad points are refused."""

import numpy as np
import pyproj
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo import travel
from geo.errors import CoordinateError, QuestionError
from geo.travel import DIRECTIONS, apart_m, bearing_deg, compass, great_circle_m

ELLIPSOID = pyproj.Geod(ellps="WGS84")
points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
nearby = st.tuples(st.floats(32, 39), st.floats(-122, -114))


@given(points, points)
def test_distance_is_within_0_6_percent_of_the_ellipsoid(a, b):
    _, _, true = ELLIPSOID.inv(a[1], a[0], b[1], b[0])
    assert great_circle_m(a, np.array([b]))[0] == pytest.approx(true, rel=0.006, abs=0.01)


@given(points, points)
def test_there_is_as_far_as_back(a, b):
    assert great_circle_m(a, [b])[0] == pytest.approx(great_circle_m(b, [a])[0], abs=1e-3)


@given(nearby, nearby)
def test_bearing_in_california_is_within_half_a_degree_of_the_ellipsoid(a, b):
    true, _, metres = ELLIPSOID.inv(a[1], a[0], b[1], b[0])
    assume(metres > 1)
    turn = (bearing_deg(a, [b])[0] - true + 180) % 360 - 180
    assert abs(turn) < 0.5


@given(points, points)
def test_bearing_is_from_0_up_to_but_without_360(a, b):
    assert 0 <= bearing_deg(a, [b])[0] < 360


@given(st.floats(0, 359.999))
def test_compass_names_the_direction_within_22_5_degrees(bearing):
    direction = 45 * DIRECTIONS.index(compass(bearing))
    assert abs((bearing - direction + 180) % 360 - 180) <= 22.5


def test_no_points_give_no_distances():
    assert great_circle_m((0, 0), np.empty((0, 2))).shape == (0,)


@pytest.mark.parametrize("bad", [(91, 0), (0, 181), (float("nan"), 0), (-121.4, 37.7)], ids=str)
@pytest.mark.parametrize("measure", [great_circle_m, bearing_deg], ids=lambda m: m.__name__)
def test_a_point_off_the_earth_is_refused_with_a_hint(bad, measure):
    with pytest.raises(CoordinateError, match="Are the two swapped"):
        measure((0, 0), np.array([(0, 0), bad]))
    with pytest.raises(CoordinateError, match="Point 1 of 1"):
        measure(bad, np.array([(0, 0)]))


TRACY, STOCKTON, DESERT, SEA = (37.739, -121.434), (37.975, -121.31), (33.0, -114.9), (0.0, 0.0)


@given(st.lists(points, max_size=5), st.lists(points, max_size=5))
def test_a_table_of_distances_holds_what_each_pair_has(some, others):
    table = apart_m(np.reshape(some, (-1, 2)), np.reshape(others, (-1, 2)))
    assert table.shape == (len(some), len(others))
    for row, origin in zip(table, some, strict=True):
        assert row == pytest.approx(great_circle_m(origin, np.reshape(others, (-1, 2))))


@given(st.lists(points, min_size=1, max_size=6), st.lists(points, max_size=8), st.integers(1, 4))
def test_the_nearest_are_those_that_sorting_every_distance_finds(origins, others, k):
    numbers, metres = travel.nearest(origins, np.reshape(others, (-1, 2)), k)
    every = apart_m(origins, np.reshape(others, (-1, 2)))
    assert numbers.shape == metres.shape == (len(origins), k)
    for row in range(len(origins)):
        found = numbers[row] >= 0
        assert found.sum() == min(k, len(others))
        assert np.isnan(metres[row][~found]).all()
        assert metres[row][found] == pytest.approx(np.sort(every[row])[:k], rel=1e-6, abs=0.1)
        assert metres[row][found] == pytest.approx(
            every[row][numbers[row][found]], rel=1e-6, abs=0.1
        )


def test_the_crow_takes_a_way_1_3_times_the_line_and_says_that_it_is_an_estimate():
    found = travel.minutes([TRACY], [STOCKTON])
    assert found.metres[0, 0] == pytest.approx(1.3 * great_circle_m(TRACY, [STOCKTON])[0])
    assert (found.engine, found.estimate) == ("crow", True)


def test_walking_is_3_miles_an_hour():
    found = travel.minutes([TRACY], [STOCKTON], mode="walking")
    assert found.minutes[0, 0] == pytest.approx(found.metres[0, 0] / 1609.344 / 3 * 60)


@pytest.mark.parametrize(
    ("ends", "mph"), [((DESERT, (33.0, -114.8)), (45, 45)), ((TRACY, STOCKTON), (22, 22))], ids=str
)
def test_driving_is_slow_for_3_km_at_both_ends_and_60_miles_an_hour_between(ends, mph):
    found = travel.minutes(ends[:1], ends[1:])
    miles, local = found.metres[0, 0] / 1609.344, 3 / 1.609344
    by_hand = 60 * (local / mph[0] + local / mph[1] + (miles - 2 * local) / 60)
    assert found.minutes[0, 0] == pytest.approx(by_hand)


def test_a_short_drive_is_half_at_the_speed_of_each_end():
    village, field = (32.8125, -115.378), (32.8125, -115.4)  # Holtville: a town; the field: none
    found = travel.minutes([village], [field])
    miles = found.metres[0, 0] / 1609.344
    assert miles < 2 * 3 / 1.609344
    assert found.minutes[0, 0] == pytest.approx(60 * (miles / 2 / 28 + miles / 2 / 45), rel=1e-9)


@given(nearby, nearby, st.floats(0.1, 10))
def test_the_way_there_takes_as_long_as_back_and_speed_divides_it(a, b, speed):
    there, back = travel.minutes([a], [b]), travel.minutes([b], [a], speed=speed)
    assert there.minutes[0, 0] == pytest.approx(back.minutes[0, 0] * speed, abs=1e-6)
    assert there.metres[0, 0] == pytest.approx(back.metres[0, 0], abs=1e-3)


def test_from_a_place_to_itself_it_is_0_minutes_and_outside_the_counties_it_is_open_road():
    assert travel.minutes([TRACY], [TRACY]).minutes[0, 0] == 0
    found = travel.minutes([SEA], [(0.0, 1.0)])
    local = 3 / 1.609344
    by_hand = 60 * (2 * local / 45 + (found.metres[0, 0] / 1609.344 - 2 * local) / 60)
    assert found.minutes[0, 0] == pytest.approx(by_hand)


def test_no_origins_or_no_destinations_give_an_empty_table():
    none = np.empty((0, 2))
    assert travel.minutes(none, [TRACY, STOCKTON]).minutes.shape == (0, 2)
    assert travel.minutes([TRACY], none).metres.shape == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"engine": "teleport"},
            "engine: found 'teleport', wanted one of osrm, valhalla, streets, crow",
        ),
        ({"mode": "flying"}, "mode: found 'flying', wanted one of driving, walking"),
        ({"speed": 0}, "speed: found 0, wanted 0.1 to 10"),
        ({"speed": float("nan")}, "speed: found nan"),
    ],
    ids=str,
)
def test_an_unknown_engine_or_mode_or_no_speed_is_refused_with_what_was_wanted(wrong, told):
    with pytest.raises(QuestionError, match=told):
        travel.minutes([TRACY], [STOCKTON], **wrong)


@pytest.mark.parametrize("bad", [(float("nan"), 0), (95, 0)], ids=str)
def test_a_table_with_a_point_off_the_earth_is_refused(bad):
    for measure in (travel.minutes, travel.nearest, apart_m):
        with pytest.raises(CoordinateError, match="Point 2 of 2"):
            measure([TRACY, bad], [STOCKTON])
        with pytest.raises(CoordinateError, match="Point 2 of 2"):
            measure([TRACY], [STOCKTON, bad])
