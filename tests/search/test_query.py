"""Search agrees with a plain loop over the rows, never counts what is unknown, and explains."""

import random
from dataclasses import fields, replace
from datetime import datetime, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import areas
from geo.catalogue import records
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.search.index import Index, build_index
from geo.search.query import Found, Query, search

ELLIPSOID = pyproj.Geod(ellps="WGS84")
NOON = datetime(2026, 11, 18, 12, tzinfo=TIMEZONE)  # a Wednesday
SPOTS = {  # what stands in a row: county, city, zip, lat, lon
    "tracy": ("san_joaquin", "Tracy", "95376", "37.7397", "-121.4252"),
    "stockton": ("san_joaquin", "Stockton", "95202", "37.9577", "-121.2908"),
    "lodi": ("san_joaquin", "Lodi", "95240", "38.1302", "-121.2724"),
    "el centro": ("imperial", "El Centro", "92243", "32.7920", "-115.5631"),
    "calexico": ("imperial", "Calexico", "92231", "32.6789", "-115.4989"),
    "brawley": ("imperial", "Brawley", "92227", "32.9787", "-115.5303"),
}
OPENING = ("", "24/7", "Mo-Fr 08:00-17:00", "Sa,Su 10:00-12:00")
MEANT = {"comida": "food", "abogado": "legal_aid", "detox": "substance_use"}
ONE_THING = {"detox"}  # a place of the type may or may not do it
NAMES = {"accion", "harbor"}
PLACES = {"tracy": "city:Tracy", "95202": "zip:95202"}
WORDS = (*MEANT, "ACCIÓN", "accion", "calex", "the", "Tracy", "harbor", "95202", "nowhereville")
WHERE = ("imperial", "san_joaquin", "city:Tracy", "city:Calexico", "zip:95202", "zip:92227")
MILES = (1.0, 15.0, 30.0, 100.0, 400.0)


def made(*rows: dict[str, str]) -> pd.DataFrame:
    """Return a catalogue of `rows`: what they leave out is blank, or the most usual."""
    usual = dict.fromkeys(records.COLUMNS, "") | {
        "service_types": "food",
        "county": "san_joaquin",
        "counties_served": "san_joaquin",
        "location_precision": "none",
        "location_policy": "public",
        "status": "open",
    }
    return locate(pd.DataFrame([usual | row for row in rows], columns=[*usual]))


def at(spot: str) -> dict[str, str]:
    """Return the cells of a place with an exact point."""
    county, city, zip_code, lat, lon = SPOTS[spot]
    return {
        "county": county,
        "counties_served": county,
        "city": city,
        "zip": zip_code,
        "latitude": lat,
        "longitude": lon,
        "location_precision": "exact",
    }


def ask(places: pd.DataFrame, now: datetime = NOON, **asked: object) -> Found:
    """Return what is found in `places`; `where` is the key of an area."""
    if "where" in asked:
        asked["where"] = areas.load()[asked["where"]]
    return search(build_index(places), Query(**asked), now)


def names(places: pd.DataFrame, numbers: np.ndarray) -> list[str]:
    return places["name"].iloc[numbers].tolist()


# A second implementation: one row after the other, nothing prepared.


@cache
def many(seed: int) -> tuple[pd.DataFrame, Index]:
    dice = random.Random(seed)
    rows = []
    for number in range(60):
        row = at(dice.choice([*SPOTS]))
        types = dice.sample(["food", "legal_aid", "substance_use", "clinic", "hotline"], k=2)
        if dice.random() < 0.3:
            row |= {"counties_served": dice.choice(["imperial;san_joaquin", "imperial"])}
        if dice.random() < 0.3:
            precision = dice.choice(["none", "city", "zip"])
            row |= {"latitude": "", "longitude": "", "location_precision": precision}
            row |= {"location_policy": dice.choice(["public", "area_only", "none"])}
        rows.append(
            row
            | {
                "name": dice.choice(["Harbor", "Acción", "Éxodo", "alba", "Zeta"]) + f" {number}",
                "organization": dice.choice(["", "Accion y Paz"]),
                "description_en": dice.choice(["", "Near the harbor.", "Comida para llevar"]),
                "service_types": ";".join(types),
                "phone": dice.choice(["", "209-555-0100"]),
                "text_line": dice.choice(["", "", "741741"]),
                "hours": dice.choice(OPENING),
                "languages": dice.choice(["", "en", "en;es", "interpreter"]),
                "fees": dice.choice(["", "free", "paid"]),
                "walk_in": dice.choice(["", "yes", "no"]),
                "required_documents": dice.choice(["", "none", "photo_id"]),
                "wheelchair": dice.choice(["", "yes", "no", "limited"]),
                "status": dice.choice(["open", "open", "open", "paused"]),
            }
        )
    places = made(*rows)
    return places, build_index(places)


def opening(row, when):
    """Tell by hand what the few hours texts used here say."""
    if row.status == "paused":
        return "closed"
    weekday, hour = when.weekday(), when.hour
    return {
        "": "unknown",
        "24/7": "open",
        "Mo-Fr 08:00-17:00": "open" if weekday < 5 and 8 <= hour < 17 else "closed",
        "Sa,Su 10:00-12:00": "open" if weekday > 4 and 10 <= hour < 12 else "closed",
    }[row.hours]


def serves(row, area):
    return area.county in (*row.counties_served.split(";"), row.county)


def is_line(row):
    return "hotline" in row.service_types.split(";") and bool(row.phone or row.text_line)


def metres(row, area):
    """Measure on the ellipsoid; None where no distance may be told."""
    no_point = area is None or area.kind == "county" or row.location_policy != "public"
    if no_point or np.isnan(row.lat):
        return None
    away = ELLIPSOID.inv(area.lon, area.lat, row.lon, row.lat)[2]
    return max(away, row.radius_m * 2 / 3)  # somewhere in a circle: the mean of all its spots


def plain(text):
    return text.lower().translate(str.maketrans("áéíóúñ", "aeioun"))


def weight(row, word):
    """Return what a word weighs in a place: in its name 6, a public town 2, its description 1."""
    town = (row.city, row.zip) if row.location_policy == "public" else ()
    cells = {6: (row.name, row.organization), 2: town, 1: (row.description_en,)}
    tokens = {n: set(plain(" ".join(texts)).replace(".", "").split()) for n, texts in cells.items()}
    hits = {token for found in tokens.values() for token in found if token.startswith(word)}
    return max((sum(n for n in tokens if token in tokens[n]) for token in hits), default=0)


def levels(row, word):
    """Tell whether a place says it does this (2), may do it (1) or does not (0)."""
    kind = MEANT.get(word)
    of_kind = kind in row.service_types.split(";")
    if kind and word not in ONE_THING:
        return 2 if of_kind or weight(row, word) > 1 else int(weight(row, word) > 0)
    return 2 if weight(row, word) else int(of_kind)


def score(row, word):
    """Return what a word weighs in all: two more for a place of the type."""
    return weight(row, word) + 2 * (MEANT.get(word) in row.service_types.split(";"))


def read(query, rows):
    """Return whether words count, those that fit some place, and the place that is meant."""
    said = [plain(word) for word in query.words.split() if word != "the"]
    where = query.where
    for number, word in enumerate(said):
        if word in PLACES:
            with_zip = said[number : number + 2] == ["tracy", "95202"]  # "City 95202": the ZIP code
            word = "95202" if with_zip else word
            area = areas.load()[PLACES[word]]
            inside = where is not None and where.kind == "county" and where.key == area.county
            if where is None or inside or where.key == area.key:
                where = where if where is not None and where.key == area.key else area
                said = said[:number] + said[number + 1 + with_zip :]
            break
    asked = bool(said)
    words = [word for word in dict.fromkeys(said) if any(levels(row, word) for row in rows)]
    return asked, words, where


def is_need(word):
    return word in MEANT or word in NAMES


def best(row, words):
    """Return how well a place fits what decides: the needs or, if there are none, the rest."""
    deciding = [word for word in words if is_need(word)] or words
    return max((levels(row, word) for word in deciding), default=0)


def off_miles(row, words):
    return sum(
        {2: 0, 1: 10, 0: 20}[levels(row, word)] if is_need(word) else (not levels(row, word)) * 5
        for word in words
    )


def passes(row, query, now, understood, opening_too=True):
    asked, words, where = understood
    far = metres(row, where)
    state = opening(row, query.open_at or now)
    spoken = {*row.languages.split(";")}
    return (
        not is_line(row)
        and (not query.types or bool(query.types & {*row.service_types.split(";")}))
        and (not asked or best(row, words) > 0)
        and (where is None or serves(row, where))
        and (far is None or query.within_miles is None or far <= query.within_miles * 1609.344)
        and (
            not (query.open_at and opening_too)
            or state == "open"
            or (query.with_unknown and state == "unknown")
        )
        and (not query.languages or bool({*query.languages, "interpreter"} & spoken))
        and (not query.free or row.fees == "free")
        and (not query.walk_in or row.walk_in == "yes")
        and (not query.no_documents or row.required_documents == "none")
        and (not query.wheelchair or row.wheelchair == "yes")
    )


def test_no_spot_is_so_near_a_limit_that_sphere_and_ellipsoid_differ():
    for key in WHERE[2:]:
        area = areas.load()[key]
        around = [(float(lat), float(lon)) for *_, lat, lon in SPOTS.values()]
        own = [f"city:{city}" for _, city, *_ in SPOTS.values()]
        own += [f"zip:{zip_code}" for *_, zip_code, _, _ in SPOTS.values()]
        around += [(areas.load()[spot].lat, areas.load()[spot].lon) for spot in own]
        for lat, lon in around:
            miles = ELLIPSOID.inv(area.lon, area.lat, lon, lat)[2] / 1609.344
            assert all(abs(miles - limit) > 0.006 * limit for limit in MILES), (key, miles)


queries = st.builds(
    Query,
    types=st.frozensets(st.sampled_from(["food", "legal_aid", "clinic"]), max_size=2),
    words=st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
    where=st.none() | st.sampled_from(WHERE).map(areas.load().get),
    within_miles=st.none() | st.sampled_from(MILES),
    open_at=st.none() | st.integers(-40, 100).map(lambda n: NOON + timedelta(hours=n)),
    with_unknown=st.booleans(),
    languages=st.frozensets(st.sampled_from(["en", "es", "pa"]), max_size=1),
    free=st.booleans(),
    walk_in=st.sampled_from([False, False, True]),
    no_documents=st.sampled_from([False, False, True]),
    wheelchair=st.sampled_from([False, False, True]),
)


@pytest.mark.slow
@given(st.sampled_from([1, 2]), queries)
def test_what_is_found_is_what_a_plain_loop_finds(seed, query):
    places, index = many(seed)
    found = search(index, query, NOON)
    rows = list(places.itertuples())
    understood = read(query, rows)
    expected = [row.Index for row in rows if passes(row, query, NOON, understood)]
    assert sorted(found.places.tolist()) == expected
    assert found.where == understood[2]

    moment = query.open_at or NOON
    assert found.open == sum(opening(rows[n], moment) == "open" for n in expected)
    left = [row for row in rows if passes(row, query, NOON, understood, opening_too=False)]
    unknown = [row for row in left if opening(row, moment) == "unknown"]
    assert found.unknown == (len(unknown) if query.open_at and not query.with_unknown else 0)


@given(st.sampled_from([1, 2]), queries)
def test_the_order_is_that_of_a_plain_sort(seed, query):
    """First who says so and is not far; then the nearest, each put back by what it lacks."""
    places, index = many(seed)
    found = search(index, query, NOON)
    rows = list(places.itertuples())
    asked, words, where = read(query, rows)

    def key(row):
        name, far = plain(row.name).split(), metres(row, where)
        if not asked:
            return far is None, far or 0, name
        silent = not (row.phone or row.text_line)
        second = best(row, words) < 2 or (far is not None and far > 60 * 1609.344)
        off, text = off_miles(row, words), -sum(score(row, word) for word in words)
        if where is None or where.kind == "county":
            return second, off, text, silent, name
        off += silent
        if far is None:
            return second, True, 0, off, text, silent, name
        return second, False, round(far + off * 1609.344, 3), off, text, silent, name

    chosen = [row for row in rows if passes(row, query, NOON, (asked, words, where))]
    for number, distance in zip(found.places, found.distance_m, strict=True):
        true = metres(places.loc[number], where)
        assert np.isnan(distance) if true is None else distance == pytest.approx(true, rel=0.006)
    assert (np.isnan(found.bearing_deg) == np.isnan(found.distance_m)).all()
    assert found.say_so == (sum(not key(row)[0] for row in chosen) if asked else len(chosen))
    assert found.places.tolist() == [row.Index for row in sorted(chosen, key=key)]


@given(st.sampled_from([1, 2]), queries)
def test_nothing_found_tells_which_filter_and_what_is_nearest_beyond(seed, query):
    places, index = many(seed)
    found = search(index, query, NOON)
    if len(found.places):
        assert found.emptied_by == () and found.beyond is None
        return
    start, rows = Query(), list(places.itertuples())
    asked, words, where = read(query, rows)
    understood = asked, words, where
    for name, count in found.emptied_by:
        tied = ["where", "within_miles"] if name == "where" else [name]
        without = replace(query, **{field: getattr(start, field) for field in tied})
        if name == "words":
            left = False, [], where
        else:
            left = (asked, words, None) if name == "where" else understood
        assert count == sum(passes(row, without, NOON, left) for row in rows), name
    counts = [count for _, count in found.emptied_by]
    assert counts == sorted(counts, reverse=True)
    used = {f.name for f in fields(Query) if getattr(query, f.name) != getattr(start, f.name)}
    if where is None or where.kind == "county":
        used.discard("within_miles")
    used = used - {"words", "where"} | ({"words"} if asked else set())
    used |= {"where"} if where else set()
    assert {name for name, _ in found.emptied_by} == used - {"with_unknown"}

    anywhere = replace(query, within_miles=None)
    other = [row for row in rows if passes(row, anywhere, NOON, (asked, words, None))]
    away = {row.Index: far for row in other if (far := metres(row, where)) is not None}
    near = {n: far for n, far in away.items() if far <= 60 * 1609.344}
    assert (found.beyond is None) == (not near)
    if found.beyond:
        home = {n: far for n, far in near.items() if serves(rows[n], where)} or near
        assert found.beyond.place in home
        assert found.beyond.distance_m == pytest.approx(min(home.values()), rel=0.006)


@given(st.sampled_from([1, 2]), queries)
def test_lines_depend_on_county_and_types_alone_and_are_never_places(seed, query):
    places, index = many(seed)
    found = search(index, query, NOON)
    rows = [row for row in places.itertuples() if is_line(row)]
    serving = [row for row in rows if found.where is None or serves(row, found.where)]
    fitting = [r for r in serving if not query.types or query.types & {*r.service_types.split(";")}]
    assert sorted(found.lines.tolist()) == [row.Index for row in fitting or serving]
    assert not {row.Index for row in rows}.intersection(found.places.tolist())


# One claim, one small catalogue.


@pytest.mark.parametrize(
    ("asked", "column", "good"),
    [
        ({"free": True}, "fees", "free"),
        ({"walk_in": True}, "walk_in", "yes"),
        ({"no_documents": True}, "required_documents", "none"),
        ({"wheelchair": True}, "wheelchair", "yes"),
        ({"languages": frozenset(["es"])}, "languages", "en;es"),
        ({"open_at": NOON}, "hours", "24/7"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unknown_never_passes_a_filter(asked, column, good):
    places = made({"name": "Known", column: good}, {"name": "Unknown"})
    assert names(places, ask(places, **asked).places) == ["Known"]


def test_a_place_of_unknown_hours_is_counted_or_kept_when_asked_for():
    places = made({"name": "Always", "hours": "24/7"}, {"name": "Unknown"})
    strict = ask(places, open_at=NOON)
    assert (strict.places.tolist(), strict.open, strict.unknown) == ([0], 1, 1)
    wide = ask(places, open_at=NOON, with_unknown=True)
    assert (wide.places.tolist(), wide.open, wide.unknown) == ([0, 1], 1, 0)


def test_a_paused_place_is_shown_but_not_open():
    places = made({"name": "Paused", "hours": "24/7", "status": "paused"})
    assert (len(ask(places).places), ask(places).open) == (1, 0)
    assert len(ask(places, open_at=NOON, with_unknown=True).places) == 0


@pytest.mark.parametrize("policy", ["area_only", "none"])
def test_a_confidential_place_has_no_distance_and_comes_last_by_name(policy):
    hidden = at("tracy") | {"latitude": "", "longitude": "", "location_precision": "zip"}
    hidden |= {"location_policy": policy}
    places = made(
        hidden | {"name": "B safe"}, hidden | {"name": "A safe"}, at("stockton") | {"name": "Z"}
    )
    assert places["lat"].isna().tolist() == [True, True, False]
    found = ask(places, where="city:Tracy", within_miles=30.0)
    assert names(places, found.places) == ["Z", "A safe", "B safe"]
    assert np.isnan(found.distance_m).tolist() == [False, True, True]
    assert np.isnan(found.bearing_deg).tolist() == [False, True, True]


def test_nobody_is_sent_to_a_confidential_place_beyond():
    hidden = {"name": "Safe", "location_policy": "area_only", "location_precision": "city"}
    places = made(hidden | {"city": "Tracy"})
    found = ask(places, where="city:Tracy", words="clinic")
    assert (len(found.places), found.beyond) == (0, None)


def test_a_county_gives_no_distances_and_nothing_beyond_it():
    places = made(at("tracy") | {"name": "Tracy"}, at("lodi") | {"name": "Lodi"})
    assert np.isnan(ask(places, where="san_joaquin").distance_m).all()
    assert ask(places, where="imperial").beyond is None


def test_the_nearest_beyond_is_of_the_same_county_and_never_too_far_to_go_to():
    # From Lodi: Stockton is 12 miles off, Tracy 27, Calexico about 490.
    over_there = at("stockton") | {"county": "imperial", "counties_served": "imperial"}
    places = made(over_there | {"name": "Other"}, at("tracy") | {"name": "Own"}, at("calexico"))
    beyond = ask(places, where="city:Lodi", within_miles=5.0).beyond
    assert beyond.place == 1
    assert beyond.distance_m == pytest.approx(
        metres(places.loc[1], areas.load()["city:Lodi"]), 0.01
    )
    assert ask(places[2:].reset_index(drop=True), where="city:Lodi").beyond is None


def test_what_serves_the_county_without_a_point_stays_within_any_miles():
    statewide = {"county": "statewide", "counties_served": "imperial;san_joaquin"}
    places = made(
        statewide | {"name": "Mail", "location_policy": "none"},
        statewide | {"name": "Law", "location_policy": "public"},
        at("stockton") | {"name": "Far"},
    )
    found = ask(places, where="city:Tracy", within_miles=1.0)
    assert names(places, found.places) == ["Law", "Mail"]


def test_direction_is_that_from_the_chosen_town():
    places = made(at("lodi") | {"name": "Lodi"})
    found = ask(places, where="zip:95202")
    assert found.distance_m[0] == pytest.approx(19_000, rel=0.05)
    assert found.bearing_deg[0] % 360 == pytest.approx(5, abs=10)


def test_a_line_without_any_number_is_a_place_so_that_it_is_not_lost():
    places = made({"name": "Crisis centre", "service_types": "hotline;domestic_violence"})
    found = ask(places)
    assert (found.places.tolist(), found.lines.tolist()) == ([0], [])


def line(name: str, types: str, county: str, hours: str = "24/7") -> dict[str, str]:
    served = county if county in records.COUNTIES else "imperial;san_joaquin"
    about = {"name": name, "service_types": types, "county": county, "counties_served": served}
    return about | {"hours": hours, "phone": "209-555-0100", "location_policy": "none"}


LINES = made(
    line("Food line", "hotline;food", "national", ""),
    line("Nation violence", "hotline;domestic_violence", "national"),
    line("Nation crisis", "hotline;mental_health", "national"),
    line("State trafficking", "hotline;youth;trafficking", "statewide"),
    line("Nation trafficking", "hotline;trafficking", "national"),
    line("Warm line", "hotline;mental_health", "statewide", ""),
    line("County crisis", "hotline;mental_health", "imperial"),
    line("Other county crisis", "hotline;mental_health", "san_joaquin"),
    line("County violence", "domestic_violence;hotline;trafficking", "imperial"),
)


def test_lines_come_urgent_first_then_local_before_national():
    found = ask(LINES, where="imperial")
    assert names(LINES, found.lines) == [
        "County crisis",
        "County violence",
        "State trafficking",
        "Nation crisis",
        "Nation violence",
        "Nation trafficking",
        "Warm line",
        "Food line",
    ]


def test_lines_for_a_type_come_local_first():
    found = ask(LINES, where="city:Brawley", types=frozenset(["trafficking"]))
    assert names(LINES, found.lines) == [
        "County violence",
        "State trafficking",
        "Nation trafficking",
    ]


@pytest.mark.parametrize("words", ["comida", "hungry", "Food line"])
def test_lines_that_the_words_ask_for_come_first_and_none_is_left_out(words):
    found = ask(LINES, where="imperial", words=words)
    assert names(LINES, found.lines)[0] == "Food line"
    assert len(found.lines) == 8


def test_lines_are_there_when_everything_else_is_empty():
    nothing = {"words": "xyzzyq", "open_at": NOON, "free": True, "wheelchair": True}
    found = ask(LINES, where="imperial", **nothing)
    assert (len(found.places), len(found.lines)) == (0, 8)


def test_when_no_line_is_for_a_type_all_of_the_county_are_given():
    found = ask(LINES, where="imperial", types=frozenset(["clinic"]))
    assert len(found.lines) == 8


def test_what_says_it_comes_before_the_same_kind_and_each_nearest_first():
    clinic = {"service_types": "clinic", "phone": "209-555-0100"}
    places = made(
        at("tracy") | clinic | {"name": "General"},
        at("lodi") | clinic | {"name": "Far dental"},
        at("stockton") | clinic | {"name": "Dental"},
        at("stockton") | clinic | {"name": "Other"},
    )
    found = ask(places, words="dentist", where="city:Tracy")
    assert names(places, found.places) == ["Dental", "Far dental", "General", "Other"]
    assert (found.say_so, found.unsaid, found.partly) == (2, (), False)


def test_a_place_that_says_it_but_is_too_far_to_go_to_is_not_among_the_first():
    clinic = {"service_types": "clinic", "counties_served": "san_joaquin"}
    places = made(
        at("calexico") | clinic | {"name": "Dental"}, at("stockton") | clinic | {"name": "General"}
    )
    found = ask(places, words="dentist", where="city:Tracy")
    assert (names(places, found.places), found.say_so) == (["General", "Dental"], 0)


def test_a_need_that_no_place_is_known_for_is_told_and_the_same_kind_is_shown():
    places = made({"name": "Clothes", "service_types": "basic_needs"}, {"name": "Food"})
    for words in ("diapers", "pañales", "bus pass"):
        found = ask(places, words=words)
        assert names(places, found.places) == ["Clothes"], words
        assert (found.unsaid, found.say_so, found.partly) == ((words,), 0, True)


@pytest.mark.parametrize(
    ("words", "left_out", "shown"),
    [
        ("food with wifi", ("wifi",), ["Food"]),
        ("wifi", ("wifi",), []),
        ("tattoo removal", ("tattoo", "removal"), []),
        ("food in fresno", ("fresno",), ["Food"]),
        ("comida 90210", ("90210",), ["Food"]),
        ("12 step", ("12 step",), []),
        ("food", (), ["Food"]),
    ],
)
def test_a_word_that_fits_nothing_is_left_out_and_told_and_never_shows_all(words, left_out, shown):
    places = made({"name": "Food"}, {"name": "Lawyers", "service_types": "legal_aid"})
    found = ask(places, words=words)
    assert (found.left_out, names(places, found.places)) == (left_out, shown)


def test_places_that_fit_more_of_it_come_first_and_none_must_fit_all():
    places = made(
        {"name": "Bed", "service_types": "shelter"},
        {"name": "Bed for kids", "service_types": "shelter;youth"},
        {"name": "Both", "service_types": "shelter;legal_aid;youth", "description_en": "Eviction."},
        {"name": "Food"},
        {"name": "Law", "service_types": "legal_aid", "description_en": "Eviction."},
    )
    words = "I got evicted and have nowhere to go with my 2 kids"
    found = ask(places, words=words)
    assert names(places, found.places) == ["Both", "Bed for kids", "Law", "Bed"]
    assert not found.partly
    assert ask(places[places["name"] != "Both"].reset_index(drop=True), words=words).partly


def test_who_it_is_for_orders_and_never_excludes():
    places = made(
        {"name": "Alba dental", "service_types": "clinic"},
        {"name": "Kids club", "service_types": "youth"},
        {"name": "Zeta dental", "service_types": "clinic;youth"},
    )
    found = ask(places, words="dentist for my kids")
    assert names(places, found.places) == ["Zeta dental", "Alba dental"]


def test_open_now_in_the_words_brings_the_open_ones_first():
    places = made(
        {"name": "Alba", "hours": "Sa,Su 10:00-12:00"},
        {"name": "Beta"},
        {"name": "Zeta", "hours": "24/7"},
        {"name": "Law", "service_types": "legal_aid", "hours": "24/7"},
    )
    assert names(places, ask(places, words="food open now").places) == ["Zeta", "Alba", "Beta"]
    assert names(places, ask(places, words="open now").places) == ["Law", "Zeta"]


def test_of_two_that_fit_alike_the_one_that_can_be_called_comes_first():
    silent, called = {"name": "Alba"}, {"name": "Zeta", "phone": "209-555-0100"}
    places = made(at("tracy") | silent, at("tracy") | called)
    assert names(places, ask(places, words="food").places) == ["Zeta", "Alba"]
    assert names(places, ask(places, words="food tracy").places) == ["Zeta", "Alba"]
    assert names(places, ask(places, where="city:Tracy").places) == ["Alba", "Zeta"]


def test_better_fitting_places_come_first():
    places = made(
        {"name": "Alba", "description_en": "Near the food bank.", "service_types": "clinic"},
        {"name": "Beta"},
        {"name": "Gama", "description_en": "Food in boxes."},
        {"name": "Zeta food", "service_types": "clinic"},
    )
    found = ask(places, words="food", where="san_joaquin")
    assert names(places, found.places) == ["Zeta food", "Gama", "Beta", "Alba"]


def test_words_for_the_county_the_cost_and_the_languages_are_found():
    places = made(at("brawley") | {"name": "A", "fees": "free", "languages": "es"}, at("tracy"))
    for words in ("Imperial County", "free", "Spanish", "español", "habla español en Brawley"):
        assert ask(places, words=words).places.tolist() == [0], words


@pytest.mark.parametrize(
    ("words", "first", "fitting"),
    [
        ("abogado", ["Law line"], 1),
        ("deportation", ["Law line"], 1),  # a lawyer's line is next to it
        ("hungry", ["Anything"], 1),
        ("dentist", ["Anything"], 1),  # none is for it: the line that knows help of every kind
        ("HIV test", ["Anything"], 1),
        ("want to die", ["Suicide line"], 2),
        ("quiero morir", ["Suicide line"], 2),
        ("detox", ["Anything"], 1),
        ("my kid needs a dentist", ["Anything"], 1),
    ],
)
def test_lines_for_something_else_are_never_first(words, first, fitting):
    lines = made(
        line("Abuse of children", "hotline;youth", "imperial"),
        line("Anything", "hotline;food", "statewide", "") | {"phone": "211"},
        line("Law line", "hotline;legal_aid", "statewide", ""),
        line("Suicide line", "hotline;mental_health", "national"),
        line("Mind of the county", "hotline;mental_health", "imperial"),
    )
    for where in ("imperial", "city:El Centro"):
        found = ask(lines, words=words, where=where)
        assert names(lines, found.lines)[: len(first)] == first, words
        assert (found.fitting_lines, len(found.lines)) == (fitting, 5)


@pytest.mark.parametrize("words", ["pregnant", "my kids", "diapers", "estoy embarazada", "family"])
def test_a_line_that_takes_reports_of_abuse_answers_only_who_names_it(words):
    lines = made(
        line("Child Abuse Hotline", "hotline;youth", "imperial"),
        line("Child Protective Services", "hotline;family_resource", "imperial"),
        line("Anything", "hotline", "imperial", "") | {"phone": "211"},
    )
    found = ask(lines, words=words, where="imperial")
    assert (names(lines, found.lines)[0], found.fitting_lines) == ("Anything", 1)
    found = ask(lines, words="report child abuse", where="imperial")
    assert names(lines, found.lines)[0] == "Child Abuse Hotline"
    assert len(ask(lines, types=frozenset(["youth"]), where="imperial").lines) == 1


def test_of_several_lines_for_anything_the_nearest_is_enough():
    anything = {"phone": "211"}
    lines = made(
        line("211 State", "hotline;food;shelter", "statewide") | anything,
        line("211 Imperial", "hotline", "imperial") | anything,
        line("211 San Joaquin", "hotline;food", "san_joaquin") | anything,
        line("Food line", "hotline;food", "national"),
    )
    found = ask(lines, words="food", where="imperial")
    assert names(lines, found.lines) == ["211 Imperial", "Food line", "211 State"]
    assert found.fitting_lines == 2
    found = ask(lines, words="food")
    assert names(lines, found.lines)[:2] == ["211 State", "Food line"]
    found = ask(lines, words="dentist", where="san_joaquin")
    assert (names(lines, found.lines)[0], found.fitting_lines) == ("211 San Joaquin", 1)


def test_names_are_in_order_without_regard_to_accents_and_capitals():
    places = made({"name": "Zeta"}, {"name": "Éxodo"}, {"name": "alba"}, {"name": "Foro"})
    assert names(places, ask(places).places) == ["alba", "Éxodo", "Foro", "Zeta"]


def test_an_empty_catalogue_can_be_asked():
    places = made({"name": "A"})[:0]
    found = ask(places, where="city:Tracy", words="food", open_at=NOON)
    assert (len(found.places), len(found.lines), found.beyond) == (0, 0, None)
    assert found.emptied_by == (("words", 0), ("where", 0), ("open_at", 0))


def test_without_a_county_lines_of_a_single_one_come_after_those_for_all():
    found = names(LINES, ask(LINES).lines)
    assert found[-3:] == ["County crisis", "County violence", "Other county crisis"]
    assert found[0] == "State trafficking"


def test_the_line_for_anything_comes_first_unless_something_narrower_is_asked():
    anything = line("Anything", "hotline;food;shelter", "statewide") | {"phone": "211"}
    lines = made(line("Trafficking", "hotline;trafficking", "national"), anything)
    assert names(lines, ask(lines).lines)[0] == "Anything"
    assert names(lines, ask(lines, types=frozenset(["clinic"])).lines)[0] == "Anything"
    assert names(lines, ask(lines, types=frozenset(["trafficking"])).lines)[0] != "Anything"
