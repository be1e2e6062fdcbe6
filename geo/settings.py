"""Settings: what an operator may set, read from the environment once.

| variable | default | what it sets |
|---|---|---|
| `CATALOGUE` | `data/services.csv` | the catalogue file to serve |
| `CATALOGUE_MOST_BYTES` | `2000000` | how large that file may be |
| `EXIT_TO` | `https://www.weather.gov/` | where the exit button goes |
| `STREETS` | `data/streets` | the folder of imported streets |
| `STREETS_SOURCE` | `https://www2.census.gov/geo/tiger` | where TIGER/Line files are fetched |
| `CENSUS_URL` | `https://geocoding.geo.census.gov/geocoder` | the Census geocoder that is asked |
| `NOMINATIM_URL` | `https://nominatim.openstreetmap.org` | the Nominatim server that is asked |
| `OSRM_URL` | `none` | an OSRM server of your own, for driving |
| `OSRM_WALKING_URL` | `none` | an OSRM server with data for walking |
| `VALHALLA_URL` | `none` | a Valhalla server of your own |
| `ROUTING_FOR_ROUNDS` | `off` | `on`: these servers are told starts, stops, and points on the map |
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import CatalogueError

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
PATHS = {"CATALOGUE": "catalogue", "STREETS": "streets"}
URLS = {
    "STREETS_SOURCE": "streets_source",
    "CENSUS_URL": "census_url",
    "NOMINATIM_URL": "nominatim_url",
    "OSRM_URL": "osrm_url",
    "OSRM_WALKING_URL": "osrm_walking_url",
    "VALHALLA_URL": "valhalla_url",
}


@dataclass(frozen=True)
class Settings:
    """The values in force."""

    catalogue: Path = DATA / "services.csv"
    most_bytes: int = 2_000_000
    exit_to: str = "https://www.weather.gov/"
    streets: Path = DATA / "streets"
    streets_source: str = "https://www2.census.gov/geo/tiger"
    census_url: str = "https://geocoding.geo.census.gov/geocoder"
    nominatim_url: str = "https://nominatim.openstreetmap.org"
    osrm_url: str = ""
    osrm_walking_url: str = ""
    valhalla_url: str = ""
    routing_for_rounds: bool = False


def read(environment: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Return the settings that `environment` gives, defaults for the rest.

    Raises
    ------
    CatalogueError : the size is no number, or the routing is neither on nor off

    >>> read({}).exit_to
    'https://www.weather.gov/'
    """
    given: dict[str, Any] = {}
    given |= {
        field: Path(environment[name]) for name, field in PATHS.items() if environment.get(name)
    }
    given |= {
        field: environment[name].rstrip("/")
        for name, field in URLS.items()
        if environment.get(name)
    }
    if environment.get("EXIT_TO"):
        given["exit_to"] = environment["EXIT_TO"]
    if size := environment.get("CATALOGUE_MOST_BYTES"):
        given["most_bytes"] = _bytes(size)
    if switch := environment.get("ROUTING_FOR_ROUNDS"):
        given["routing_for_rounds"] = _is_on(switch)
    return Settings(**given)


def _is_on(text: str) -> bool:
    if text not in ("on", "off"):
        fix = "Write on if starts and stops may go to the routing server, else leave it out."
        raise CatalogueError(f"ROUTING_FOR_ROUNDS: found {text!r}, wanted on or off. {fix}")
    return text == "on"


def _bytes(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        fix = "Write the number of bytes in digits only, or leave it out."
        raise CatalogueError(f"CATALOGUE_MOST_BYTES: found {text!r}, wanted 2000000 or such. {fix}")
    return int(text)
