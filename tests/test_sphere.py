"""Distances agree with the ellipsoid, and bad points are refused."""

import numpy as np
import pyproj
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.errors import CoordinateError
from geo.sphere import (
    DIRECTIONS,
    EARTH_RADIUS_M,
    apart_m,
    bearing_deg,
    compass,
    great_circle_m,
    on_globe,
    on_mercator,
)

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


@given(st.lists(points, max_size=5), st.lists(points, max_size=5))
def test_a_table_of_distances_holds_what_each_pair_has(some, others):
    table = apart_m(np.reshape(some, (-1, 2)), np.reshape(others, (-1, 2)))
    assert table.shape == (len(some), len(others))
    for row, origin in zip(table, some, strict=True):
        assert row == pytest.approx(great_circle_m(origin, np.reshape(others, (-1, 2))))


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=5))
def test_mercator_is_that_of_proj_and_leads_back(degrees):
    sphere_only = f"+proj=merc +R={EARTH_RADIUS_M}"
    forth = pyproj.Transformer.from_crs("+proj=longlat +R=6371008.8", sphere_only, always_xy=True)
    metres = on_mercator(np.array(degrees))
    assert metres == pytest.approx(
        np.column_stack(forth.transform(*np.transpose(degrees))), abs=0.01
    )
    assert on_globe(metres)[:, ::-1] == pytest.approx(np.array(degrees), abs=1e-9)
