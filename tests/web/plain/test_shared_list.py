"""Shared list: what a link names is shown in its order, and what is gone is said."""

import html
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import app as server
from geo import clock
from geo.catalogue.keeper import Edition, keeper_of, load_catalogue
from geo.clock import TIMEZONE
from geo.settings import DATA
from geo.web.plain import shared_list
from tests.support.asking import ask

AT = datetime(2026, 11, 24, 15, 15, tzinfo=TIMEZONE)


@pytest.fixture(scope="module")
def edition():
    loaded = load_catalogue(DATA / "services.csv", clock.today())
    return Edition(1, loaded)


def drawn(edition, ids, language="en"):
    return shared_list.page(edition, shared_list.read(ids), language, AT)


def test_places_come_in_the_order_of_the_link(edition):
    chosen = [edition.entries[number] for number in (40, 3, 17)]
    page = drawn(edition, ",".join(entry["id"] for entry in chosen))
    spots = [page.index(f"/text/en/place/{entry['id']}") for entry in chosen]
    assert spots == sorted(spots)
    for entry in chosen:
        if entry["phone"]:
            assert entry["phone"] in page


def test_what_is_not_there_is_counted_and_said(edition):
    known = edition.entries[0]["id"]
    page = drawn(edition, f"{known},zzzzzz,not-an-id")
    assert "2 places of this list are not known here." in page
    assert "not-an-id" not in page
    closed = sorted(edition.closed)[0]
    assert "1 place has closed." in drawn(edition, f"{known},{closed}")
    assert "1 lugar cerró." in drawn(edition, closed, "es")
    assert "This list is empty" in drawn(edition, closed)


def test_a_list_is_bounded(edition):
    ids = [entry["id"] for entry in edition.entries[: shared_list.MOST + 5]]
    page = drawn(edition, ",".join(ids))
    assert page.count("<h2>") == shared_list.MOST
    assert "5 more are left out." in page


@given(st.text(max_size=300))
def test_any_text_is_read_or_counted(text):
    named = shared_list.read(text)
    assert len(named.ids) <= shared_list.MOST
    assert all(one.isalnum() and len(one) == 6 for one in named.ids)


def test_the_server_answers_a_link_in_the_language_it_names(edition):
    known = keeper_of(DATA / "services.csv").current().entries[0]
    answer = ask(server, f"/list?ids={known['id']}&lang=es", accept_language="en")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "<title>Home</title>" in answer.text
    assert html.escape(known["name"]).replace("&#x27;", "&#39;") in answer.text
    hostile = ask(server, "/list?ids=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in hostile.text
    assert "1 place of this list is not known here." in hostile.text
