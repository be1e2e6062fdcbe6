"""Ahead: what the first page, and the map in its frame, begin to fetch before they are drawn."""

import json
import re
from functools import cache
from posixpath import dirname, join, normpath

from geo import clock
from geo.store import served
from geo.web import assets, find_files
from geo.web.assets import Asset

FIRST = ("places", "openings", "page", "cards")  # enough for a first answer
DRAWN_WITH = ("find/find.js", "frame/frame.js")
SHEETS = ("find/find.css", "cards/cards.css")
MAP_SCRIPTS = ("leaflet.js", "map/boot.js")  # which loads map/main.js
MAP_SHEETS = ("leaflet.css", "map/map.css")
_IMPORT = re.compile(r'^import\b[^"]* from "([^"]+)";$', re.MULTILINE)


def head(language: str) -> str:
    """Return the HTML for the head of the first page: the same for every reader of a language.

    '' where the server answers: nothing of the browser's own Find is needed then.
    """
    edition = served.keeper().current()
    if served.tiles_of(edition):
        return ""
    files = vars(find_files.of(edition, language, clock.today()))
    told = json.dumps({name: files[name] for name in FIRST})  # addresses of ours: no "<" in them
    script = assets.fixed()["find/ahead.js"].address
    return (
        f'<script type="application/json" id="find-files">{told}</script>'
        f'<script type="module" async src="{script}"></script>'
    )


@cache
def named() -> str:
    """Return the HTML that names what Find is drawn with, so that none waits for another.

    It is for the end of the head: without Streamlit's own scripts nothing is drawn.
    """
    ours = assets.fixed()
    return _modules(*DRAWN_WITH) + "".join(_preload("style", ours[name]) for name in SHEETS)


def map_head() -> str:
    """Return the HTML for the head of the map's frame: all at once in place of one after another.

    The frame is streamlit-folium's own, which loads Leaflet, then our script, then what that needs.
    """
    edition = served.keeper().current()
    ours = assets.fixed()
    is_tiled = bool(served.tiles_of(edition))
    points = ours["no_points.json"] if is_tiled else assets.points(edition)
    data = [_preload("fetch", one) for one in (points, ours["ground.json"])]
    return "".join((_map_files(), *data))


@cache
def _map_files() -> str:
    ours = assets.fixed()
    scripts = [_preload("script", ours[name]) for name in MAP_SCRIPTS]
    sheets = [_preload("style", ours[name]) for name in MAP_SHEETS]
    return "".join((*scripts, _modules("map/main.js"), *sheets))


def _modules(*first: str) -> str:
    ours = assets.fixed()
    return "".join(
        f'<link rel="modulepreload" href="{ours[name].address}">' for name in modules(*first)
    )


def _preload(kind: str, asset: Asset) -> str:
    crossing = " crossorigin" if kind == "fetch" else ""  # or it is fetched again
    return f'<link rel="preload" as="{kind}"{crossing} href="{asset.address}">'


def modules(*first: str) -> list[str]:
    """Return the names of scripts, and of all they import."""
    found = [*first]
    for name in found:  # which grows meanwhile
        text = assets.fixed()[name].body.decode()
        needs = (normpath(join(dirname(name), place)) for place in _IMPORT.findall(text))
        found += dict.fromkeys(one for one in needs if one not in found)
    return found
