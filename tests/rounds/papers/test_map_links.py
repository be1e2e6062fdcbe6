"""Links lead through every point in its order, hold numbers only, and never too many."""

import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.rounds.papers import map_links

degrees = st.tuples(
    st.floats(-90, 90).map(lambda n: round(n, 6)), st.floats(-180, 180).map(lambda n: round(n, 6))
)


def points(link):
    """Return the points of a link as the maker of the form tells to read them."""
    asked = {name: value for name, (value,) in parse_qs(urlsplit(link.address).query).items()}
    assert (asked["api"], asked["travelmode"]) == ("1", "driving")
    between = asked.get("waypoints", "").split("|") if "waypoints" in asked else []
    texts = [asked["origin"], *between, asked["destination"]]
    return [tuple(map(float, text.split(","))) for text in texts]


@given(st.lists(degrees, min_size=2, max_size=40))
def test_links_together_are_the_whole_way(way):
    links = map_links.directions(way)
    found = [points(link) for link in links]
    assert all(len(part) - 1 <= map_links.MOST for part in found)
    assert [found[0][0]] + [point for part in found for point in part[1:]] == way
    assert all(one.last == other.first for one, other in pairwise(links))
    for link, part in zip(links, found, strict=True):
        assert part == way[link.first : link.last + 1]
        assert re.fullmatch(r"https://www\.google\.com/maps/dir/\?[\w=&.,%-]+", link.address)


@pytest.mark.parametrize("few", [[], [(37.0, -121.0)]])
def test_one_point_is_no_way(few):
    assert map_links.directions(few) == []


@given(degrees)
def test_a_point_is_written_as_rfc_5870_has_it(point):
    address = map_links.geo(point)
    number = r"-?\d+(?:\.\d+)?"
    assert re.fullmatch(f"geo:{number},{number}", address)
    assert tuple(map(float, address.removeprefix("geo:").split(","))) == point
    assert "-0," not in f"{address},"
