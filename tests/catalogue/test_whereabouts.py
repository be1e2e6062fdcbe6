"""A place at odds with itself is told; what is so out in the country stays possible."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import areas
from geo.catalogue.whereabouts import Place, at_odds, doubts

TOWNS = [area for area in areas.load().values() if area.kind == "city"]


def miles(one, other):
    """Return how far two points are by the plain rule for small distances on a ball."""
    north = (one[0] - other[0]) * 69.1
    east = (one[1] - other[1]) * 69.1 * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


@pytest.mark.parametrize(
    ("place", "column", "fix"),
    [
        (Place("Brawley", "92227", "imperial", (32.99, -115.07)), "latitude", "27 miles from"),
        (Place("Brawley", "", "imperial", (32.99, -115.07)), "latitude", "27 miles from"),
        (Place("", "95376", "san_joaquin", (37.958, -121.29)), "latitude", "Stockton"),
        (Place("Tracy", "95376", "san_joaquin", (37.958, -121.29)), "latitude", "Stockton"),
        (Place("Holtville", "92250", "imperial", (32.792, -115.563)), "latitude", "El Centro"),
        (Place("Calexico", "92227", "imperial"), "zip", "92227 is that of Brawley"),
        (Place("Lodi", "95202", "san_joaquin"), "zip", "95202 is that of Stockton"),
        (Place("Mountain House", "95320", "san_joaquin"), "zip", "that of Escalon"),
        (Place("Brawly", "", "imperial"), "city", "Did you mean Brawley?"),
        (Place("EL CENTRO", "92243", "imperial"), "city", "Did you mean El Centro?"),
        (Place("Stocton", "95202", "san_joaquin"), "city", "Did you mean Stockton?"),
        (Place("Banta", "95304", "san_joaquin"), "city", "its mail goes to: Tracy for 95304"),
        (Place("Modesto", "", "san_joaquin"), "city", "Write the town that its mail goes to"),
        (Place("Tracy", "", "imperial"), "city", "Tracy is in San Joaquin County"),
        (Place("Clements", "", "san_joaquin", None, True), "location_precision", "its ZIP code"),
        (Place("Holt", "95234", "san_joaquin", None, True), "location_precision", "write none"),
    ],
)
def test_a_place_at_odds_with_itself_is_told(place, column, fix):
    (one,) = at_odds(place)
    assert one.column == column
    assert fix in one.fix


@pytest.mark.parametrize(
    "place",
    [
        Place("", "", "imperial"),
        Place("Modesto", "95354", "outside", (37.64, -120.99)),
        Place("Tracy", "95202", "both"),
        Place("Clements", "95227", "san_joaquin", None, True),
        Place("Holt", "95234", "san_joaquin"),
        Place("Tracy", "95378", "san_joaquin", None, True),  # boxes of the post office
        Place("Mountain House", "95391", "san_joaquin"),
        Place("Tracy", "95391", "san_joaquin", (37.7755, -121.543)),  # its post office
        Place("Calexico", "92232", "imperial"),
        Place("Salton Sea Beach", "92275", "imperial", (33.3758, -116.0114)),
        Place("French Camp", "95231", "san_joaquin", (37.8869, -121.2871)),
        Place("Imperial", "92251", "imperial", (32.8272, -115.5037)),  # the college, out of town
        Place("Brawley", "99999", "imperial"),  # told by the rule on ZIP codes
        Place("Winterhaven", "92283", "imperial", (32.731, -114.68)),  # 4 miles out, in its ZIP
    ],
)
def test_what_may_well_be_so_is_left_alone(place):
    assert list(at_odds(place)) == []
    assert list(doubts(place)) == []


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.name)
def test_the_middle_of_each_town_goes_with_each_of_its_zip_codes(town):
    for code in ("", *areas.zips_of(town.name)):
        place = Place(town.name, code, town.county, (town.lat, town.lon))
        assert [one for one in at_odds(place) if areas.post_office(code) == town.name] == []


@given(st.sampled_from(TOWNS), st.sampled_from(TOWNS))
def test_a_town_with_the_point_of_one_far_away_is_told(town, other):
    apart = miles((town.lat, town.lon), (other.lat, other.lon))
    place = Place(town.name, "", town.county, (other.lat, other.lon))
    wide = 3 * max(town.radius_m, 3_000) / 1609.344
    if town.county == other.county and (apart > 1.05 * wide or apart < 0.95 * wide):
        assert [one.column for one in at_odds(place)] == ["latitude"] * (apart > wide)


def test_a_point_between_is_a_doubt_and_no_fault():
    out = Place("Holtville", "92250", "imperial", (32.81, -115.2))  # in its ZIP code, far from town
    assert list(at_odds(out)) == []
    assert [one.column for one in doubts(out)] == ["latitude"]
    elsewhere = Place("El Centro", "92243", "imperial", (32.8474, -115.5694))
    assert list(at_odds(elsewhere)) == []
    assert ["Imperial" in one.fix for one in doubts(elsewhere)] == [True]


def test_what_is_a_fault_is_no_doubt_too():
    assert list(doubts(Place("Brawley", "92227", "imperial", (32.99, -115.07)))) == []
