"""What has a fingerprint is found however it is written, and the file tells nobody what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue import never
from geo.catalogue.never import Fingerprints
from geo.errors import CatalogueError
from geo.settings import ROOT

ADDRESS, POINT = "4417 N Zanzibar Hollow Rd Apt 5, Lathrop", "37.95712, -121.29074"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("never")
    for told in (ADDRESS, POINT, "100 Fifth Street", "612 Main Street"):
        never.add(folder / "never.csv", folder / "key", told)
    return folder


@pytest.fixture(scope="module")
def known(kept):
    return never.read(kept / "never.csv", kept / "key")


@pytest.mark.parametrize(
    "text",
    [
        ADDRESS,
        "Come to 4417 zanzibar hollow.",
        "4417 Zanzibar",
        "Zanzibar Hollow, 4417",
        "4419 Zanzibar Hollow Lane",
        "forty-four seventeen Zanzibar Hollow",
        "four four one seven zanzibar",
        "four thousand four hundred and seventeen Zanzibar Hollow",
        "cuatro mil cuatrocientos diecisiete de la calle Zanzibar",
        "4 4 1 7 Zan zi bar Hol low",
        "ZanzibarHollow4417",
        "４４１７ Zanzibar",
        "4417 Z\u0430nzibar H\u043ellow",
        "4417 Zan\u200bzibar",
        "https://example.org/4417-zanzibar-hollow",
        "Room 4417. Ask anyone on the bus, and then for Zanzibar.",
        "100 5th St",
        "102 Fifth",
        "612 main",
        "at 37.9575 / -121.2911",
        "-121,2905 y 37,9569",
        "37°57'26\"N 121°17'27\"W",
    ],
)
def test_it_is_refused_however_it_is_written(known, text):
    assert known.refuses([text])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4417 Oak Street",
        "4517 Zanzibar Hollow",
        "Zanzibar Hollow",
        "The main office is open; 612 people came last year.",
        "38.1234, -121.2907",
        "Call 209-465-4878, 24 hours a day.",
    ],
)
def test_what_is_another_place_passes(known, text):
    assert not known.refuses([text])


def test_it_is_refused_when_spread_over_texts(known):
    assert known.refuses(["zanzibar hollow", "open all day", "4417"])
    assert not known.refuses(["zanzibar hollow", "open all day"])
    assert known.names_a_street(["zanzibar hollow"])


@given(st.floats(-0.0007, 0.0007), st.floats(-0.0007, 0.0007))
def test_every_point_within_about_75_metres_is_refused(kept, north, east):
    known = never.read(kept / "never.csv", kept / "key")
    assert known.refuses([], [(37.95712 + north, -121.29074 + east)])


def test_a_point_half_a_kilometre_away_passes(known):
    assert not known.refuses([], [(37.9616, -121.29074)])


def test_the_file_and_the_key_tell_nothing_and_the_key_is_for_its_owner_alone(kept):
    lines = (kept / "never.csv").read_text().split()
    assert all(len(line) == 32 and int(line, 16) >= 0 for line in lines)
    assert lines == sorted(lines)
    assert (kept / "key").stat().st_mode & 0o077 == 0


def test_another_key_makes_other_fingerprints_and_is_refused_for_these(kept, tmp_path):
    never.add(tmp_path / "never.csv", tmp_path / "key", ADDRESS)
    mine, other = ((at / "never.csv").read_text().split() for at in (kept, tmp_path))
    assert {*mine}.isdisjoint(other)
    with pytest.raises(CatalogueError, match="another key"):
        never.read(kept / "never.csv", tmp_path / "key")


def test_without_a_key_nothing_is_compared_and_it_is_said(kept, caplog):
    found = never.read(kept / "never.csv", None)
    assert (found.are_in_force, found.refuses([ADDRESS])) == (False, False)
    assert "nothing is compared" in caplog.text
    assert not Fingerprints().refuses([ADDRESS])


def test_what_is_no_address_is_refused_and_not_repeated(tmp_path):
    for told in ("Zanzibar Hollow", "4417", "", "37.9, -121.2"):
        with pytest.raises(CatalogueError, match="house number and a street") as caught:
            never.add(tmp_path / "never.csv", tmp_path / "key", told)
        assert "anzibar" not in str(caught.value)
    assert [*tmp_path.iterdir()] == []


def test_the_key_lies_outside_this_folder(tmp_path):
    with pytest.raises(CatalogueError, match="names no file"):
        never.add(tmp_path / "never.csv", None, ADDRESS)
    with pytest.raises(CatalogueError, match="elsewhere"):
        never.add(tmp_path / "never.csv", ROOT / "data/key", ADDRESS)


def test_a_key_that_is_missing_or_short_is_said(kept, tmp_path):
    with pytest.raises(CatalogueError, match="cannot be read"):
        never.read(kept / "never.csv", tmp_path / "none")
    (tmp_path / "short").write_text("abc")
    with pytest.raises(CatalogueError, match="too short"):
        never.read(kept / "never.csv", tmp_path / "short")


def test_it_asks_the_settings_in_force(kept, monkeypatch):
    assert not never.refuses([ADDRESS])
    monkeypatch.setenv("NEVER", str(kept / "never.csv"))
    monkeypatch.setenv("NEVER_KEY", str(kept / "key"))
    assert never.refuses(["4417 zanzibar"])
    assert never.refuses([], [(37.9571, -121.2907)])
