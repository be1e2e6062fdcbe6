"""What a reader types for a place is found on this machine, or told kindly how far it was not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import areas, i18n
from geo.addresses import typed
from geo.errors import QuestionError
from geo.streets import store
from tests.support import blocks

STREETS, HOMES = blocks.make(300)
HOSTILE = ("<b>x</b>", "{{7*191}}", "${x}", "'; drop table", "\x00\x01", "🏠 1 A St", "x" * 5_000)


@pytest.mark.parametrize("home", HOMES[:100:5], ids=lambda home: home.line)
def test_an_address_is_a_spot_on_its_block_face(home):
    spot = typed.find(f"{home.line}, {home.city} CA {home.zip}", STREETS)
    assert (spot.area.kind, spot.area.key, spot.told) == ("address", "address", typed.FOUND)
    assert home.distance_m(spot.area.lat, spot.area.lon) < 0.01
    assert (spot.area.county, spot.area.area_m2) == (home.county, 0)
    assert spot.area.name.startswith(str(home.number))
    assert spot.place == f"{spot.area.name}, {home.town}"


@pytest.mark.parametrize(
    ("text", "known", "key", "told"),
    [
        ("150 E Main St, Lodi", None, "city:Lodi", typed.NO_STREETS),
        ("9999 E Main St, Lodi", STREETS, "city:Lodi", typed.NOT_THE_STREET),
        ("150 Elm St, 95240", STREETS, "zip:95240", typed.NOT_THE_STREET),
        ("E Main St, Lodi", None, "city:Lodi", typed.NOT_THE_STREET),
        ("tracy, ca", STREETS, "city:Tracy", typed.ONLY_THE_AREA),
        # a ZIP code of post office boxes is in its town, or stands for itself where that is none
        ("95378", None, "city:Tracy", typed.OF_BOXES),
        ("92232", STREETS, "city:Calexico", typed.OF_BOXES),
        ("95201", None, "city:Stockton", typed.OF_BOXES),
        ("95234", None, "zip:95234", typed.ONLY_THE_AREA),
        # counties, also by their short names; Imperial alone is the town
        ("San Joaquin", STREETS, "san_joaquin", typed.IN_THE_COUNTY),
        ("San Joaquin County, CA", None, "san_joaquin", typed.IN_THE_COUNTY),
        ("condado de san joaquín", None, "san_joaquin", typed.IN_THE_COUNTY),
        ("SJ County", None, "san_joaquin", typed.IN_THE_COUNTY),
        ("imperial county", None, "imperial", typed.IN_THE_COUNTY),
        ("Condado de Imperial", None, "imperial", typed.IN_THE_COUNTY),
        ("Imperial Valley", None, "imperial", typed.IN_THE_COUNTY),
        ("Imperial", None, "city:Imperial", typed.ONLY_THE_AREA),
        ("Imperial, CA", None, "city:Imperial", typed.ONLY_THE_AREA),
        # misspelt or unfinished towns
        ("Tracey", None, "city:Tracy", typed.MISSPELT),
        ("Stocton", None, "city:Stockton", typed.MISSPELT),
        ("Stocton, CA", STREETS, "city:Stockton", typed.MISSPELT),
        ("123 Main St, Stocton", STREETS, "city:Stockton", typed.MISSPELT),
        ("Calex", None, "city:Calexico", typed.MISSPELT),
        ("el centor", None, "city:El Centro", typed.MISSPELT),
        ("Clementz", None, "zip:95227", typed.MISSPELT),
        # near two towns, near none, too short to tell
        ("Salton", None, None, typed.WHICH),
        ("Modesto", None, None, typed.NOT_UNDERSTOOD),
        ("Lod", None, None, typed.NOT_UNDERSTOOD),
        ("95376-1234", None, "zip:95376", typed.ONLY_THE_AREA),
        ("Clements", None, "zip:95227", typed.ONLY_THE_AREA),
        ("PO Box 12, Lodi", STREETS, "city:Lodi", typed.NOT_THE_STREET),
        ("150 E Main St, Fresno", STREETS, None, typed.NOT_UNDERSTOOD),
        ("150 E Main St, Las Vegas, NV 89101", STREETS, None, typed.NOT_UNDERSTOOD),
        ("the moon", STREETS, None, typed.NOT_UNDERSTOOD),
        ("150 E Main St", None, None, typed.NOT_UNDERSTOOD),
        *[(text, STREETS, None, typed.NOT_UNDERSTOOD) for text in HOSTILE],
    ],
    ids=lambda given: given[:20] if isinstance(given, str) else "",
)
def test_what_was_understood_is_told(text, known, key, told):
    spot = typed.find(text, known)
    assert (spot.area and spot.area.key, spot.told) == (key, told)
    assert spot.area is None or spot.area is areas.load()[key]


def test_an_address_that_is_in_many_towns_asks_for_the_town():
    spot = typed.find("150 E Main St", STREETS)
    assert (spot.area, spot.told) == (None, typed.SEVERAL)
    assert set(spot.place.split(", ")) <= {name for name, *_ in blocks.TOWNS}
    assert len(spot.place.split(", ")) > 1


def test_an_address_that_lacks_its_direction_asks_and_stays_in_its_town():
    spot = typed.find("250 Main St, Lodi", STREETS)
    assert (spot.area.key, spot.told, spot.place) == ("city:Lodi", typed.SEVERAL, "Lodi")


@given(st.text(max_size=80), st.booleans())
def test_anything_may_be_typed(text, with_streets):
    spot = typed.find(text, STREETS if with_streets else None)
    assert spot.told
    unsure = (typed.NOT_UNDERSTOOD, typed.SEVERAL, typed.WHICH)
    assert (spot.area is not None) == (spot.told not in unsure) or spot.told == typed.SEVERAL
    assert typed.tell(spot, i18n.words("es"))


def test_damaged_streets_are_as_if_there_were_none(tmp_path, monkeypatch):
    (tmp_path / "06077.parquet").write_bytes(b"nothing")
    monkeypatch.setenv("STREETS", str(tmp_path))
    assert typed.find("150 E Main St, Lodi", store.current()).told == typed.NO_STREETS


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("37.957, -121.290", (37.957, -121.29)),
        (" 37.957 -121.29 ", (37.957, -121.29)),
        ("32.79,-115.56", (32.79, -115.56)),
    ],
)
def test_a_point_is_read_from_degrees(text, point):
    assert typed.point(text, None) == point


def test_a_guess_says_what_was_typed_and_what_was_read():
    told = typed.tell(typed.find("Tracey", None), i18n.words("en"))
    assert told == "We read “Tracey” as Tracy. Places near it come first."
    told = typed.tell(typed.find("salton", None), i18n.words("en"))
    assert told == "We could not find “salton”. Did you mean Salton City, Salton Sea Beach?"
    told = typed.tell(typed.find("San Joaquin", None), i18n.words("es"))
    assert told.startswith("Lugares en: Condado de San Joaquin.")


@pytest.mark.parametrize("text", ["Tracy", "city:Tracy", " tracy ", "95378"])
def test_a_point_is_the_middle_of_a_town_that_is_named(text):
    tracy = areas.load()["city:Tracy"]
    assert typed.point(text, None) == (tracy.lat, tracy.lon)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Say where: "),
        ("   ", "Say where: "),
        ("12 Main St, Tracy", "12 Main St, Tracy is not known"),
        ("Atlantis", "Atlantis is not known"),
        ("Tracey", "Tracey is not known. Did you mean Tracy?"),
        ("37.957", "is not known"),
        ("1e9, 2", "is not known"),
        ("nan, nan", "is not known"),
        ("1" * 10_000, "is not known"),
        ("{x}", "{x} is not known"),
    ],
)
def test_what_names_no_place_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(QuestionError) as refused:
        typed.point(text, None)
    for say in (i18n.words("en"), i18n.words("es")):
        assert len(refused.value.told(say)) < 200
    assert sentence in str(refused.value)
