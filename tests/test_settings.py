"""Settings are told as they are, and refused where they make no sense."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from geo import settings
from geo.errors import CatalogueError
from geo.settings import ROOT, Settings

ROW = re.compile(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", flags=re.MULTILINE)
FIELDS = {
    "CATALOGUE": "catalogue",
    "CATALOGUE_MOST_BYTES": "most_bytes",
    "APPROVED": "approved",
    "NEVER": "never",
    "NEVER_KEY": "never_key",
    "EXIT_TO": "exit_to",
    "ORIGINS": "origins",
    "PROXIES": "proxies",
    "REQUESTS_A_MINUTE": "requests_a_minute",
    "SESSIONS_AT_ONCE": "sessions_at_once",
    "SEARCH_ENGINES": "search_engines",
    "STREETS": "streets",
    "STREETS_SOURCE": "streets_source",
    "CENSUS_URL": "census_url",
    "NOMINATIM_URL": "nominatim_url",
    "OSRM_URL": "osrm_url",
    "OSRM_WALKING_URL": "osrm_walking_url",
    "VALHALLA_URL": "valhalla_url",
    "ROUTING_FOR_ROUNDS": "routing_for_rounds",
    "REPORTS": "reports",
    "REVIEWERS": "reviewers",
    "STORE_URL": "store_url",
    "PLACES_IN_BROWSER": "places_in_browser",
    "KEEPERS_URL": "keepers_url",
}


def told(text):
    """Return the table of settings in a text: name and default."""
    return dict(ROW.findall(text))


def written(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, Path):
        return str(value.relative_to(ROOT))
    return "none" if value in ("", (), None) else str(value)


def test_the_docstring_tells_every_setting_with_its_default():
    defaults = asdict(Settings())
    assert {*FIELDS.values()} == {*defaults}
    assert told(settings.__doc__) == {
        name: written(defaults[field]) for name, field in FIELDS.items()
    }


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda path: path.name
)
def test_a_table_of_settings_in_the_documents_is_that_of_the_code(path):
    table = told(path.read_text(encoding="utf-8"))
    assert table in ({}, told(settings.__doc__))


def test_without_any_setting_the_defaults_hold():
    assert settings.read({}) == Settings()
    assert settings.read(dict.fromkeys(FIELDS, "")) == Settings()


def test_what_is_set_is_taken():
    found = settings.read(
        {
            "CATALOGUE": "/tmp/a.csv",
            "CATALOGUE_MOST_BYTES": "10",
            "APPROVED": "/tmp/approved",
            "NEVER": "/tmp/never.csv",
            "NEVER_KEY": "/tmp/key",
            "EXIT_TO": "https://a.example/",
            "STREETS": "/tmp/streets",
            "STREETS_SOURCE": "https://b.example/tiger/",
            "CENSUS_URL": "http://127.0.0.1:1/geocoder/",
            "NOMINATIM_URL": "http://127.0.0.1:2/",
            "OSRM_URL": "http://127.0.0.1:3",
            "OSRM_WALKING_URL": "http://127.0.0.1:4",
            "VALHALLA_URL": "http://127.0.0.1:5",
            "ROUTING_FOR_ROUNDS": "on",
            "ORIGINS": "https://help.example, http://127.0.0.1:8501/",
            "PROXIES": "2",
            "REQUESTS_A_MINUTE": "600",
            "SESSIONS_AT_ONCE": "7",
            "SEARCH_ENGINES": "off",
            "STORE_URL": "postgresql://reader@127.0.0.1:6/places",
            "KEEPERS_URL": "postgresql://keeper@127.0.0.1:6/places",
        }
    )
    assert found == Settings(
        Path("/tmp/a.csv"),
        10,
        Path("/tmp/approved"),
        Path("/tmp/never.csv"),
        Path("/tmp/key"),
        "https://a.example/",
        Path("/tmp/streets"),
        "https://b.example/tiger",
        "http://127.0.0.1:1/geocoder",
        "http://127.0.0.1:2",
        "http://127.0.0.1:3",
        "http://127.0.0.1:4",
        "http://127.0.0.1:5",
        True,
        ("https://help.example", "http://127.0.0.1:8501"),
        2,
        600,
        7,
        False,
        reports="postgresql://reader@127.0.0.1:6/places",  # if nothing else is said
        store_url="postgresql://reader@127.0.0.1:6/places",
        keepers_url="postgresql://keeper@127.0.0.1:6/places",
    )


@pytest.mark.parametrize("bad", ["2 MB", "-1", "1e6", "２０"])
@pytest.mark.parametrize("name", settings.NUMBERS)
def test_a_number_that_is_none_is_refused_with_a_hint(name, bad):
    with pytest.raises(CatalogueError, match=rf"{name}: found .* in digits only"):
        settings.read({name: bad})


@pytest.mark.parametrize(
    "bad", ["help.example", "https://", "https://a.example/find", "ftp://a.example", "*", "null"]
)
def test_an_origin_that_is_none_is_refused_with_a_hint(bad):
    with pytest.raises(CatalogueError, match=r"ORIGINS: found .* wanted https://help.example"):
        settings.read({"ORIGINS": f"https://b.example {bad}"})


@pytest.mark.parametrize("name", ["ROUTING_FOR_ROUNDS", "SEARCH_ENGINES"])
@pytest.mark.parametrize("bad", ["1", "yes", "ON", "true", "of"])
def test_a_switch_that_is_neither_on_nor_off_is_refused_with_a_hint(name, bad):
    with pytest.raises(CatalogueError, match=rf"{name}: found .*, wanted on or off"):
        settings.read({name: bad})
