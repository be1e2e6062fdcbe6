"""Embed: who may frame it, what it shows, and clear words where it is asked wrongly."""

import re

import pytest

from app import app as server
from geo.catalogue.keeper import keeper_of
from geo.settings import DATA
from geo.web import embed
from tests.support.asking import ask
from tests.support.markup import Page


def test_only_this_page_may_be_framed_and_it_keeps_nothing():
    answer = ask(server, "/embed?county=imperial&kinds=food&lang=es")
    rules = answer.headers["content-security-policy"]
    assert answer.status == 200
    assert "frame-ancestors *" in rules
    assert "default-src 'none'" in rules
    assert "set-cookie" not in answer.headers
    assert answer.headers["x-robots-tag"] == "noindex"
    assert 'lang="es"' in answer.text
    for other in ("/text/en", "/list?ids=aaaaaa", "/health"):
        assert "frame-ancestors *" not in ask(server, other).headers["content-security-policy"]


def test_it_shows_the_kinds_of_the_county_and_no_private_place_on_the_map():
    edition = keeper_of(DATA / "services.csv").current()
    page = Page(ask(server, "/embed?county=imperial&kinds=shelter").text)
    meant = [e for e in edition.entries if "imperial" in e["serves"] and "shelter" in e["types"]]
    links = [href for href in page.all("a", "href") if "/place/" in href]
    assert len(links) == len(meant) > 0
    public = [e for e in meant if e["location_policy"] == "public" and e["lat"] == e["lat"]]
    assert len([1 for tag, _ in page.tags if tag == "circle"]) <= len(public)
    assert (page.open, page.badly_closed) == ([], [])


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("county=kern", "county: wanted imperial, san_joaquin"),
        ("lang=fr", "lang: wanted en or es."),
        ("kinds=food,%3Cscript%3E", "kinds: wanted some of clinic,"),
    ],
)
def test_what_is_asked_wrongly_is_told(query, told):
    answer = ask(server, f"/embed?{query}")
    assert answer.status == 400
    assert answer.text.startswith(told)
    assert "<script>" not in answer.text


def test_the_snippet_is_an_address_that_answers():
    src = re.search(r'src="[^"]*(/embed[^"]*)"', embed.SNIPPET)[1]
    address = src.replace("&amp;", "&").format(county="imperial", language="en")
    assert ask(server, address).status == 200
