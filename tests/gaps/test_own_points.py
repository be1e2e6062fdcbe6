"""A stranger's file of points is read, or refused in a sentence that repeats none of its values."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeoError, QuestionError
from geo.gaps import own_points
from geo.gaps.sites.candidates import Candidate

LEVEE = Candidate("Levee", 37.95, -121.3)


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def feature(kind="Point", coordinates=(-121.3, 37.95), **properties):
    shape = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": shape, "properties": properties}


READ = {
    "csv": b"name,lat,lon\nLevee,37.95,-121.3\n",
    "csv of a spreadsheet": b"\xef\xbb\xbfid,Longitude,Latitude,Name\r\n7,-121.3,37.95,Levee\r\n",
    "geojson": geojson(feature(name="Levee")),
    "geojson with a height": geojson(feature(coordinates=(-121.3, 37.95, 4), name="Levee")),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_points_are_read(content):
    assert own_points.read(content) == [LEVEE]


def test_a_point_without_a_name_has_its_number_and_a_name_is_plain_text():
    assert own_points.read(b"lat,lon\n37.95,-121.3\n")[0].name == "1"
    (point,) = own_points.read(geojson(feature(name="a\x00\u202e" + "b" * 200)))
    assert point.name.startswith("ab") and len(point.name) <= 80


REFUSED = {
    "nothing": (b"", "cannot be read"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\xff", "cannot be read"),
    "no columns": (b"a,b\n1,2\n", "Wanted a CSV with the columns"),
    "no rows": (b"lat,lon\n", "Found 0 points, wanted 1 to 500"),
    "swapped": (b"lat,lon\n37.9,-121.3\n-121.3,37.9\n", "Point 2: wanted degrees.*swapped"),
    "words": (b"lat,lon\nsecret,street\n", "Point 1: wanted degrees"),
    "no number": (b"lat,lon\nnan,inf\n", "Point 1: wanted degrees"),
    "a short row": (b"lat,lon\n37.9\n", "Point 1: wanted degrees"),
    "a line": (geojson(feature("LineString", [[-121, 37], [-121, 38]])), "Point 1"),
    "no geometry": (geojson({"type": "Feature", "geometry": None}), "Point 1"),
    "no feature": (geojson(7), "Point 1"),
    "true": (geojson(feature(coordinates=(True, True))), "Point 1"),
    "a list": (b"[]", "cannot be read"),
    "deep": (b'{"features":' + b"[" * 100_000, "cannot be read"),
    "too many": (b"lat,lon\n" + b"37.9,-121\n" * 501, "Found 501 points"),
    "too large": (b" " * 1_000_001, "wanted at most 1000000"),
}


@pytest.mark.parametrize(("content", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_file_of_points_is_refused(content, told):
    with pytest.raises(QuestionError, match=told) as caught:
        own_points.read(content)
    assert "secret" not in str(caught.value)


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda x: ("lat,lon\n" + x).encode()))
def test_no_bytes_at_all_raise_anything_but_a_sentence(content):
    try:
        own_points.read(content)
    except GeoError as error:
        assert str(error)
