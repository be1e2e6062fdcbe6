"""A plain page has one address a language, whatever words lead to it, and no address of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import areas
from geo.catalogue import records
from geo.i18n import LANGUAGES
from geo.web.plain import address
from geo.web.plain.address import Address

pages = st.builds(
    lambda language, county, town, kind: Address(
        language, county, town if areas.towns().get(town) == county else "", kind
    ),
    st.sampled_from([*LANGUAGES]),
    st.sampled_from([*records.COUNTIES]),
    st.sampled_from(["", *areas.towns()]),
    st.sampled_from(["", *records.TYPES]),
)


def below(page):
    return page.path.removeprefix("/text/")


@given(pages)
def test_an_address_read_is_the_page_it_was_made_of(page):
    assert address.read(below(page), "en") == page
    assert address.read(below(page), "es") == page


def test_no_two_towns_of_a_county_and_no_town_and_kind_share_a_word():
    for county in records.COUNTIES:
        towns = [town for town, where in areas.towns().items() if where == county]
        words = [address.slug(town) for town in towns]
        kinds = {address.word(kind, code) for kind in records.TYPES for code in LANGUAGES}
        assert len({*words} | kinds) == len(words) + len(kinds)


def test_every_kind_has_a_word_of_its_own_in_every_language():
    for code in LANGUAGES:
        assert len({address.word(kind, code) for kind in records.TYPES}) == len(records.TYPES)
        assert {*address.OPEN[code]} == {*records.TYPES} - {*address.DISCREET}


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("imperial/food", "/text/es/imperial/comida"),
        ("es/imperial/food", "/text/es/imperial/comida"),
        ("en/imperial/comida", "/text/en/imperial/food"),
        ("en/san_joaquin/Tracy/basic_needs/", "/text/en/san-joaquin/tracy/basic-needs"),
        ("place/abc123", "/text/es/place/abc123"),
        ("", "/text/es"),
        # what was looked for does not stay in the history
        ("en/imperial/shelter", "/text/en/imperial/help-1"),
        ("en/imperial/domestic_violence", "/text/en/imperial/help-2"),
    ],
)
def test_other_words_lead_to_the_page(asked, path):
    assert address.read(asked, "es").path == path


@pytest.mark.parametrize(
    "asked",
    [
        "xx",
        "EN",
        "en/fresno",
        "en/imperial/tracy",  # a town of the other county
        "en/imperial/weather",
        "en/imperial/food/food",
        "en/imperial/food/brawley",
        "en/imperial/brawley/food/more",
        "en/place",
        "en/place/abc12",
        "en/place/ABC123",
        "en/place/abc123/more",
    ],
)
def test_what_is_no_page_is_none(asked):
    assert address.read(asked, "en") is None


@given(st.text())
def test_any_text_is_a_page_or_none_and_never_leads_off_this_site(text):
    page = address.read(text, "en")
    assert page is None or page.path.startswith("/text/")


def test_no_address_says_what_kind_of_help_a_watcher_must_not_see():
    telling = ("violence", "shelter", "traffick", "sex", "drug", "immigra", "lgbt", "mental")
    for kind in address.DISCREET:
        for code in LANGUAGES:
            assert not any(word in address.word(kind, code) for word in telling)
