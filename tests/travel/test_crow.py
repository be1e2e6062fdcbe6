"""The estimate goes by the straight line, slowly where many people live; times are hand-worked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import CoordinateError, QuestionError
from geo.sphere import apart_m, great_circle_m
from geo.travel import engines

TRACY, STOCKTON, DESERT, SEA = (37.739, -121.434), (37.975, -121.31), (33.0, -114.9), (0.0, 0.0)
nearby = st.tuples(st.floats(32, 39), st.floats(-122, -114))


def test_the_crow_takes_a_way_1_3_times_the_line_and_says_that_it_is_an_estimate():
    found = engines.minutes([TRACY], [STOCKTON])
    assert found.metres[0, 0] == pytest.approx(1.3 * great_circle_m(TRACY, [STOCKTON])[0])
    assert (found.engine, found.estimate) == ("crow", True)


def test_walking_is_3_miles_an_hour():
    found = engines.minutes([TRACY], [STOCKTON], mode="walking")
    assert found.minutes[0, 0] == pytest.approx(found.metres[0, 0] / 1609.344 / 3 * 60)


@pytest.mark.parametrize(
    ("ends", "mph"), [((DESERT, (33.0, -114.8)), (45, 45)), ((TRACY, STOCKTON), (22, 22))], ids=str
)
def test_driving_is_slow_for_3_km_at_both_ends_and_60_miles_an_hour_between(ends, mph):
    found = engines.minutes(ends[:1], ends[1:])
    miles, local = found.metres[0, 0] / 1609.344, 3 / 1.609344
    by_hand = 60 * (local / mph[0] + local / mph[1] + (miles - 2 * local) / 60)
    assert found.minutes[0, 0] == pytest.approx(by_hand)


def test_a_short_drive_is_half_at_the_speed_of_each_end():
    village, field = (32.8125, -115.378), (32.8125, -115.4)  # Holtville: a town; the field: none
    found = engines.minutes([village], [field])
    miles = found.metres[0, 0] / 1609.344
    assert miles < 2 * 3 / 1.609344
    assert found.minutes[0, 0] == pytest.approx(60 * (miles / 2 / 28 + miles / 2 / 45), rel=1e-9)


@settings(deadline=None)
@given(nearby, nearby, st.floats(0.1, 10))
def test_the_way_there_takes_as_long_as_back_and_speed_divides_it(a, b, speed):
    there, back = engines.minutes([a], [b]), engines.minutes([b], [a], speed=speed)
    assert there.minutes[0, 0] == pytest.approx(back.minutes[0, 0] * speed, abs=1e-6)
    assert there.metres[0, 0] == pytest.approx(back.metres[0, 0], abs=1e-3)


def test_from_a_place_to_itself_it_is_0_minutes_and_outside_the_counties_it_is_open_road():
    assert engines.minutes([TRACY], [TRACY]).minutes[0, 0] == 0
    found = engines.minutes([SEA], [(0.0, 1.0)])
    local = 3 / 1.609344
    by_hand = 60 * (2 * local / 45 + (found.metres[0, 0] / 1609.344 - 2 * local) / 60)
    assert found.minutes[0, 0] == pytest.approx(by_hand)


def test_no_origins_or_no_destinations_give_an_empty_table():
    none = np.empty((0, 2))
    assert engines.minutes(none, [TRACY, STOCKTON]).minutes.shape == (0, 2)
    assert engines.minutes([TRACY], none).metres.shape == (1, 0)


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
        engines.minutes([TRACY], [STOCKTON], **wrong)


@pytest.mark.parametrize("bad", [(float("nan"), 0), (95, 0)], ids=str)
def test_a_table_with_a_point_off_the_earth_is_refused(bad):
    for measure in (engines.minutes, apart_m):
        with pytest.raises(CoordinateError, match="Point 2 of 2"):
            measure([TRACY, bad], [STOCKTON])
        with pytest.raises(CoordinateError, match="Point 2 of 2"):
            measure([TRACY], [STOCKTON, bad])
