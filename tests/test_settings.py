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
    "EXIT_TO": "exit_to",
    "STREETS": "streets",
    "STREETS_SOURCE": "streets_source",
    "CENSUS_URL": "census_url",
    "NOMINATIM_URL": "nominatim_url",
    "OSRM_URL": "osrm_url",
    "OSRM_WALKING_URL": "osrm_walking_url",
    "VALHALLA_URL": "valhalla_url",
    "ROUTING_FOR_ROUNDS": "routing_for_rounds",
}


def told(text):
    """Return the table of settings in a text: name and default."""
    return dict(ROW.findall(text))


def written(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value.relative_to(ROOT)) if isinstance(value, Path) else str(value) or "none"


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
            "EXIT_TO": "https://a.example/",
            "STREETS": "/tmp/streets",
            "STREETS_SOURCE": "https://b.example/tiger/",
            "CENSUS_URL": "http://127.0.0.1:1/geocoder/",
            "NOMINATIM_URL": "http://127.0.0.1:2/",
            "OSRM_URL": "http://127.0.0.1:3",
            "OSRM_WALKING_URL": "http://127.0.0.1:4",
            "VALHALLA_URL": "http://127.0.0.1:5",
            "ROUTING_FOR_ROUNDS": "on",
        }
    )
    assert found == Settings(
        Path("/tmp/a.csv"),
        10,
        "https://a.example/",
        Path("/tmp/streets"),
        "https://b.example/tiger",
        "http://127.0.0.1:1/geocoder",
        "http://127.0.0.1:2",
        "http://127.0.0.1:3",
        "http://127.0.0.1:4",
        "http://127.0.0.1:5",
        True,
    )


@pytest.mark.parametrize("bad", ["2 MB", "-1", "1e6", "２０"])
def test_a_size_that_is_no_number_is_refused_with_a_hint(bad):
    with pytest.raises(CatalogueError, match=r"CATALOGUE_MOST_BYTES: found .* in digits only"):
        settings.read({"CATALOGUE_MOST_BYTES": bad})


@pytest.mark.parametrize("bad", ["1", "yes", "ON", "true", "of"])
def test_a_switch_that_is_neither_on_nor_off_is_refused_with_a_hint(bad):
    with pytest.raises(CatalogueError, match=r"ROUTING_FOR_ROUNDS: found .*, wanted on or off"):
        settings.read({"ROUTING_FOR_ROUNDS": bad})
