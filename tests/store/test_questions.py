"""A store answers as the files do: the same places, in the same order, with the same counts."""

import random
from dataclasses import fields, replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from geo import areas, sphere
from geo.catalogue import records
from geo.catalogue.keeper import load_catalogue
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.search.index import build_index
from geo.search.query import Query, search
from geo.settings import DATA
from geo.store import connection, editions, questions
from tests.bench import places as made_up
from tests.search.test_query import at, made, many

NOON = datetime(2026, 11, 18, 12, 7, tzinfo=TIMEZONE)
LOADED = NOON.date()
TIMES = (  # when it is asked about; the last two are not among those worked out at the load
    NOON,
    NOON + timedelta(hours=14),
    datetime(2026, 12, 5, 23, 30, tzinfo=TIMEZONE),
    datetime(2027, 3, 14, 3, 15, tzinfo=TIMEZONE),
    datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=TIMEZONE),
)
WORDS = (
    *(
        "",
        "",
        "food",
        "dentist",
        "donde puedo dormir esta noche",
        "clinic open now",
        "abierto ahora",
    ),
    *("i got evicted and have nowhere to go with my 2 kids", "free clinic near 95376"),
    *("abogdo en stocton", "a place that takes dogs", "food pantries tracy ca", "niños gratis"),
    *("vallley", "communty partnrs", "xyzzyq", "open now xyzzyq", "low cost", "number 12"),
    *("sliding scale counseling", "hope hose", "numb", "acción", "ACCION", "exodo", "harb"),
    *("domestic violence", "wheelchair shelter women", "made", "calexco comida", "211", "the"),
)
SPOTS = ("", "imperial", "san_joaquin", "city:Tracy", "city:Calexico", "zip:95202", "zip:92227")


def differences(ours, theirs):
    """Return each field in which two answers differ; arrays are told apart number by number."""
    for field in fields(ours):
        one, other = getattr(ours, field.name), getattr(theirs, field.name)
        if isinstance(one, np.ndarray):
            if not np.array_equal(one, other, equal_nan=one.dtype.kind == "f"):
                yield field.name, one.tolist(), other.tolist()
        elif one != other:
            yield field.name, one, other


def asked(dice):
    """Return a question as chance has it: mostly of a few things, sometimes of many."""
    return Query(
        types=frozenset(dice.sample([*records.TYPES], dice.choice([0, 0, 1, 2]))),
        words=dice.choice(WORDS),
        where=areas.load().get(dice.choice(SPOTS)),
        within_miles=dice.choice([None, None, 0.0, 1.0, 5.0, 20.0, 60.0]),
        open_at=dice.choice([None, None, *TIMES]),
        with_unknown=dice.random() < 0.3,
        languages=frozenset(dice.sample(["en", "es", "tl", "pa"], dice.choice([0, 0, 0, 1]))),
        free=dice.random() < 0.15,
        walk_in=dice.random() < 0.1,
        no_documents=dice.random() < 0.1,
        wheelchair=dice.random() < 0.1,
    )


def odd(seed):
    """Return the rows that the search is tested with, each with an id; a private one is nowhere."""
    rows = many(seed)[0][[*records.COLUMNS]].copy()
    rows["id"] = [f"id{number}" for number in range(len(rows))]
    place = ["street", "city", "zip", "latitude", "longitude"]
    rows.loc[rows["location_policy"] != "public", place] = ""
    return locate(rows)


CATALOGUES = {
    "shipped": lambda: load_catalogue(DATA / "services.csv", LOADED),
    "made up": lambda: locate(made_up.make(800)),
    "odd": lambda: odd(1),
    "odder": lambda: odd(2),
}


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_store_answers_as_the_files_do(catalogue, loaded):
    places = CATALOGUES[catalogue]()
    index, address, dice = build_index(places), loaded(places, LOADED), random.Random(catalogue)
    for _ in range(60):
        query = asked(dice)
        theirs, ours = search(index, query, NOON), questions.ask(address, query, NOON)
        assert not list(differences(ours, theirs)), query


def test_places_equally_far_away_come_by_name_and_one_of_one_place_by_another(loaded):
    spot = at("tracy")
    names = ("Zeta", "alba", "Éxodo", "Alba", "exodo")
    places = made(*({**spot, "name": name, "id": f"id{n}"} for n, name in enumerate(names)))
    address = loaded(places, LOADED)
    found = questions.ask(address, Query(where=areas.load()["city:Lodi"]), NOON)
    assert [names[number] for number in found.places] == ["alba", "Alba", "Éxodo", "exodo", "Zeta"]


def test_a_disc_holds_what_is_as_near_as_said_and_what_serves_the_county(loaded):
    rows = (at("tracy"), at("stockton"), {"counties_served": "san_joaquin"}, at("calexico"))
    places = made(*({**row, "name": f"n{n}", "id": f"id{n}"} for n, row in enumerate(rows)))
    address = loaded(places, LOADED)
    tracy = areas.load()["city:Tracy"]
    near = questions.ask(address, Query(where=tracy, within_miles=5.0), NOON)
    assert near.places.tolist() == [0, 2]
    wide = questions.ask(address, Query(where=tracy, within_miles=30.0), NOON)
    assert wide.places.tolist() == [0, 1, 2]


def test_unknown_hours_are_neither_open_nor_closed(loaded):
    hours = ("24/7", "", "Mo-Fr 08:00-17:00", "Sa,Su 10:00-12:00", "17:00+")
    rows = ({"name": f"n{n}", "id": f"id{n}", "hours": text} for n, text in enumerate(hours))
    address = loaded(made(*rows), LOADED)
    found = questions.ask(address, Query(open_at=NOON), NOON)
    assert (found.places.tolist(), found.open, found.unknown) == ([0, 2], 2, 1)
    more = questions.ask(address, Query(open_at=NOON, with_unknown=True), NOON)
    assert more.places.tolist() == [0, 1, 2]


def test_an_answer_is_told_page_by_page_with_each_place_once(loaded):
    places = locate(made_up.make(300))
    address = loaded(places, LOADED)
    query = Query(where=areas.load()["city:Stockton"])
    found = questions.ask(address, query, NOON).places
    told = []
    with connection.reading(address) as reading:
        for first in range(0, len(found), 50):
            page = editions.entries(reading, found[first : first + 50].tolist())
            told += page["id"].tolist()
    own = search(build_index(places), query, NOON).places
    assert told == places["id"].iloc[own].tolist()
    assert len(set(told)) == len(told)


def test_nothing_asked_is_everything(loaded):
    places = made({"name": "b", "id": "b1"}, {"name": "a", "id": "a1"})
    address = loaded(places, LOADED)
    assert questions.ask(address, Query(), NOON).places.tolist() == [1, 0]


def test_what_a_filter_costs_is_counted_to_the_edge_of_the_circle(loaded):
    tracy, spot = areas.load()["city:Tracy"], at("stockton")
    disc = {"location_precision": "zip", "latitude": "", "longitude": "", "zip": "95377"}
    rows = (spot, at("tracy") | disc, at("lodi"), {"counties_served": "san_joaquin"})
    places = made(*({**row, "name": f"n{n}", "id": f"id{n}"} for n, row in enumerate(rows)))
    address, index = loaded(places, LOADED), build_index(places)
    edges = search(index, Query(where=tracy), NOON).distance_m[:3] / sphere.METRES_A_MILE
    assert not np.isnan(edges).any()
    for miles in (*edges, *edges * (1 - 1e-12), *edges * (1 + 1e-12), *edges * 0.99):
        query = Query(where=tracy, within_miles=float(miles), types=frozenset(["immigration"]))
        theirs, ours = search(index, query, NOON), questions.ask(address, query, NOON)
        assert not list(differences(ours, theirs)), miles
        assert not len(ours.places)


def test_the_nearest_beyond_is_the_same_when_it_is_looked_for_in_rings(loaded, monkeypatch):
    places = locate(made_up.make(400, seed=7))
    address, index, dice = loaded(places, LOADED), build_index(places), random.Random(3)
    monkeypatch.setattr(questions, "FEW", 0)
    beyond = 0
    for _ in range(20):
        query = replace(
            asked(dice),
            where=areas.load()[dice.choice(SPOTS[3:])],
            within_miles=dice.choice([0.0, 0.5, 2.0]),
            languages=frozenset(["tl"]),
        )
        theirs, ours = search(index, query, NOON), questions.ask(address, query, NOON)
        assert not list(differences(ours, theirs)), query
        beyond += theirs.beyond is not None
    assert beyond > 5


@pytest.mark.parametrize(
    ("miles", "home", "nearest"),
    [
        (((1.8, 1.8), (0, 2.2)), (True, True), 1),  # in the box around two miles, and just outside
        (((0, 1.5), (0, 9)), (False, True), 1),
        (((0, 9), (0, 30)), (False, False), 0),
    ],
)
def test_in_rings_too_the_nearest_at_home_comes_before_who_is_nearer(
    loaded, monkeypatch, miles, home, nearest
):
    monkeypatch.setattr(questions, "FEW", 0)
    tracy = areas.load()["city:Tracy"]
    rows = [
        at("tracy")
        | {"latitude": str(tracy.lat + north / 69), "longitude": str(tracy.lon + east / 54.7)}
        | {"county": county, "counties_served": county, "name": f"n{n}", "id": f"id{n}"}
        for n, ((east, north), is_home) in enumerate(zip(miles, home, strict=True))
        for county in ["san_joaquin" if is_home else "imperial"]
    ]
    places = made(*rows)
    address, query = loaded(places, LOADED), Query(where=tracy, within_miles=1.0)
    ours = questions.ask(address, query, NOON)
    assert ours.beyond == search(build_index(places), query, NOON).beyond
    assert ours.beyond is not None
    assert ours.beyond.place == nearest


def test_a_nearest_place_beyond_is_told_by_its_number(loaded):
    rows = (at("calexico"), at("lodi"))
    places = made(*({**row, "name": f"n{n}", "id": f"id{n}"} for n, row in enumerate(rows)))
    address, index = loaded(places, LOADED), build_index(places)
    query = Query(where=areas.load()["city:Tracy"], within_miles=1.0)
    ours, theirs = questions.ask(address, query, NOON), search(index, query, NOON)
    assert theirs.beyond is not None
    assert ours.beyond == theirs.beyond == replace(theirs.beyond, place=1)
