"""Settings: what an operator may set, read from the environment once.

| variable | default | what it sets |
|---|---|---|
| `CATALOGUE` | `data/services.csv` | the catalogue file to serve |
| `CATALOGUE_MOST_BYTES` | `2000000` | how large that file may be |
| `APPROVED` | `data/approved` | the folder of approved texts and hosts |
| `NEVER` | `data/never` | the fingerprints of places that are never to be shown |
| `NEVER_KEY` | `none` | the file with the key of those fingerprints, kept elsewhere |
| `EXIT_TO` | `https://www.weather.gov/` | where the exit button goes |
| `ORIGINS` | `none` | under which addresses readers come, such as `https://help.example` |
| `PROXIES` | `0` | how many proxies of your own stand in a row before this server |
| `REQUESTS_A_MINUTE` | `40000` | how much one address may ask within a minute |
| `SESSIONS_AT_ONCE` | `300` | how many pages one address may have open, or open within a minute |
| `SEARCH_ENGINES` | `on` | `off`: no page may be listed by a search engine |
| `STREETS` | `data/streets` | the folder of imported streets |
| `STREETS_SOURCE` | `https://www2.census.gov/geo/tiger` | where TIGER/Line files are fetched |
| `CENSUS_URL` | `https://geocoding.geo.census.gov/geocoder` | the Census geocoder that is asked |
| `NOMINATIM_URL` | `https://nominatim.openstreetmap.org` | the Nominatim server that is asked |
| `OSRM_URL` | `none` | an OSRM server of your own, for driving |
| `OSRM_WALKING_URL` | `none` | an OSRM server with data for walking |
| `VALHALLA_URL` | `none` | a Valhalla server of your own |
| `ROUTING_FOR_ROUNDS` | `off` | `on`: these servers are told starts, stops, and points on the map |
| `STORE_URL` | `none` | a PostGIS store that the catalogue is taken from, as a reader |
| `PLACES_IN_BROWSER` | `20000` | with a store of more places than so many, Find asks this server |
| `REPORTS` | `data/reports` | a file for reports, a store (if set, `STORE_URL`), or `off`: none |
| `KEEPERS_URL` | `none` | the same store for keepers: they read reports there, and add to its log |
| `REVIEWERS` | `none` | the file of who may log in at `/review`, and in which role |
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import CatalogueError

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
PATHS = {
    "CATALOGUE": "catalogue",
    "APPROVED": "approved",
    "NEVER": "never",
    "NEVER_KEY": "never_key",
    "STREETS": "streets",
    "REVIEWERS": "reviewers",
}
NUMBERS = {
    "CATALOGUE_MOST_BYTES": ("most_bytes", "2000000"),
    "PROXIES": ("proxies", "1"),
    "REQUESTS_A_MINUTE": ("requests_a_minute", "40000"),
    "SESSIONS_AT_ONCE": ("sessions_at_once", "300"),
    "PLACES_IN_BROWSER": ("places_in_browser", "20000"),
}
URLS = {
    "STREETS_SOURCE": "streets_source",
    "CENSUS_URL": "census_url",
    "NOMINATIM_URL": "nominatim_url",
    "OSRM_URL": "osrm_url",
    "OSRM_WALKING_URL": "osrm_walking_url",
    "VALHALLA_URL": "valhalla_url",
    "STORE_URL": "store_url",
    "KEEPERS_URL": "keepers_url",
}


@dataclass(frozen=True)
class Settings:
    """The values in force."""

    catalogue: Path = DATA / "services.csv"
    most_bytes: int = 2_000_000
    approved: Path = DATA / "approved"
    never: Path = DATA / "never"
    never_key: Path | None = None
    exit_to: str = "https://www.weather.gov/"
    streets: Path = DATA / "streets"
    streets_source: str = "https://www2.census.gov/geo/tiger"
    census_url: str = "https://geocoding.geo.census.gov/geocoder"
    nominatim_url: str = "https://nominatim.openstreetmap.org"
    osrm_url: str = ""
    osrm_walking_url: str = ""
    valhalla_url: str = ""
    routing_for_rounds: bool = False
    origins: tuple[str, ...] = ()
    proxies: int = 0
    requests_a_minute: int = 40_000
    sessions_at_once: int = 300
    search_engines: bool = True
    reports: Path | str | None = DATA / "reports"  # a file, the address of a store, or neither
    reviewers: Path | None = None
    store_url: str = ""
    places_in_browser: int = 20_000
    keepers_url: str = ""


def read(environment: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Return the settings that `environment` gives, defaults for the rest.

    Raises
    ------
    CatalogueError : a number is none, a switch neither on nor off, an origin none, reports are to
        be kept on a server that is no PostgreSQL

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
    given |= {
        field: _number(name, environment[name], such)
        for name, (field, such) in NUMBERS.items()
        if environment.get(name)
    }
    if listed := environment.get("ORIGINS"):
        given["origins"] = tuple(map(_origin, listed.replace(",", " ").split()))
    if switch := environment.get("ROUTING_FOR_ROUNDS"):
        fix = "Write on if starts and stops may go to the routing server, else leave it out."
        given["routing_for_rounds"] = _is_on("ROUTING_FOR_ROUNDS", switch, fix)
    if switch := environment.get("SEARCH_ENGINES"):
        fix = "Write off if no page may be listed by a search engine, else leave it out."
        given["search_engines"] = _is_on("SEARCH_ENGINES", switch, fix)
    if kept := environment.get("REPORTS"):
        given["reports"] = _reports(kept)
    elif "store_url" in given:
        given["reports"] = given["store_url"]
    return Settings(**given)


def _is_on(name: str, text: str, fix: str) -> bool:
    if text not in ("on", "off"):
        raise CatalogueError(f"{name}: found {text!r}, wanted on or off. {fix}")
    return text == "on"


def _reports(text: str) -> Path | str | None:
    if text.startswith(("postgresql://", "postgres://")):
        return text
    if "://" in text:
        fix = "Name a file, a store (postgresql://...), or off."
        raise CatalogueError(f"REPORTS: found the address of another kind of server. {fix}")
    return None if text == "off" else Path(text)


def _number(name: str, text: str, such: str) -> int:
    if not (text.isascii() and text.isdigit()):
        fix = "Write the number in digits only, or leave it out."
        raise CatalogueError(f"{name}: found {text!r}, wanted {such} or such. {fix}")
    return int(text)


def _origin(text: str) -> str:
    if not re.fullmatch(
        r"https?://[\w.-]+(:\d{1,5})?/?|https?://\[[\da-f:.]+\](:\d{1,5})?/?", text
    ):
        fix = "Write what stands before the first single slash in the address bar."
        raise CatalogueError(f"ORIGINS: found {text!r}, wanted https://help.example or such. {fix}")
    return text.removesuffix("/")
