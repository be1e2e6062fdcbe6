"""Where a round starts: at a place that is meant, or nowhere; never at one of several."""

import pandas as pd
import pytest
import streamlit as st

from geo.catalogue import records
from geo.catalogue.keeper import Edition
from geo.catalogue.places import locate
from geo.errors import QuestionError
from geo.rounds.choice import Choice
from pages.parts.outreach import chosen, ends

TRACY, LODI, PARK = (37.74, -121.42), (38.13, -121.27), (37.75, -121.43)


def row(key, city, point):
    usual = {"name": "Food Bank", "street": "10 Main Street", "service_types": "food"}
    usual |= {"location_policy": "public", "location_precision": "exact", "status": "open"}
    lat, lon = map(str, point)
    return usual | {"id": key, "city": city, "latitude": lat, "longitude": lon}


@pytest.fixture
def edition(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    rows = [row("aaaaaa", "Tracy", TRACY), row("bbbbbb", "Lodi", LODI)]
    columns = list(records.COLUMNS)
    return Edition(1, locate(pd.DataFrame(rows, columns=columns, dtype=str).fillna("")))


@pytest.mark.parametrize("text", ["Food Bank, Lodi", "10 main street lodi", "10 Main Street, Lodi"])
def test_a_name_or_a_street_with_its_town_is_one_place(edition, text):
    assert ends.place(text, edition) == LODI


@pytest.mark.parametrize("text", ["Food Bank", "10 Main Street"])
def test_what_two_places_have_is_asked_back(edition, text):
    with pytest.raises(QuestionError, match=f"More than one place is called {text}. Add the town."):
        ends.place(text, edition)


def test_a_place_of_ones_own_comes_before_a_listed_one(edition):
    chosen.put(Choice("typed-1", "Food bank", PARK))
    assert ends.place("food bank", edition) == PARK
