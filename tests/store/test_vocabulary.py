"""Whatever box a place is in, one of the squares of the map that cover the box is the place's."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from geo.store import vocabulary

NOTHING = {"serves": [], "county": "", "spoken": [], "fees": "", "walk_in": ""}
NO_FLAGS = {"required_documents": "", "wheelchair": ""}
lats = st.integers(-80_000_000, 80_000_000).map(lambda millionths: millionths / 1e6)
lons = st.integers(-170_000_000, 170_000_000).map(lambda millionths: millionths / 1e6)
sides = st.floats(0, 3)


def marks(lat, lon):
    row = SimpleNamespace(**NOTHING, **NO_FLAGS, has_point=True, lat=lat, lon=lon)
    return {word for word in vocabulary.marks(row) if word.startswith("@cell:")}


@given(lats, lons)
def test_a_point_is_in_one_square_of_each_size(lat, lon):
    assert len(marks(lat, lon)) == len(vocabulary.CELLS_DEG)
    (own,) = vocabulary.cells((lat, lon, lat, lon))
    assert own in marks(lat, lon)


@given(lats, lons, sides, sides, st.floats(0, 1), st.floats(0, 1))
def test_a_place_in_a_box_is_in_a_square_that_covers_it(south, west, tall, wide, up, right):
    north, east = south + tall, west + wide
    lat, lon = min(south + up * tall, north), min(west + right * wide, east)
    assert marks(lat, lon) & {*vocabulary.cells((south, west, north, east))}


@given(lats, lons)
def test_few_squares_cover_a_box_and_none_is_far_off(lat, lon):
    small = vocabulary.cells((lat, lon, lat + 0.1, lon + 0.1))
    assert 4 <= len(small) <= vocabulary.MOST_CELLS
    assert all(word.startswith("@cell:0.025:") for word in small)
    assert len(vocabulary.cells((lat, lon, lat + 2, lon + 2))) <= vocabulary.MOST_CELLS
