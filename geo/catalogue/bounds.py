"""Bounds: what is written as degrees, and where each county begins and ends."""

import re
from collections.abc import Mapping, Sequence

# South, north, west, east, in degrees: the bounds of each county in the cartographic boundary file
# cb_2016_us_county_500k of the US Census Bureau, rounded outwards.
BOXES: Mapping[str, tuple[float, float, float, float]] = {
    "imperial": (32.6186, 33.4338, -116.1062, -114.4629),
    "san_joaquin": (37.4817, 38.3003, -121.5851, -120.9171),
}
EARTH = (-90.0, 90.0, -180.0, 180.0)
MARGIN = 0.02  # degrees, about 2 km
DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?")


def are_degrees(pair: Sequence[str]) -> bool:
    """Say whether all texts are degrees."""
    return all(DEGREES.fullmatch(text) for text in pair)


def is_inside(box: tuple[float, float, float, float], lat: float, lon: float) -> bool:
    """Say whether a point lies in a box, or close by."""
    south, north, west, east = box
    return (
        south - MARGIN <= lat <= north + MARGIN
        and west - MARGIN <= lon <= east + MARGIN
        and abs(lat) <= 90
        and abs(lon) <= 180
    )
