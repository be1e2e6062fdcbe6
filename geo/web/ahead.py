"""Ahead: what the first page begins to fetch before Streamlit has drawn it."""

import json
import re
from functools import cache
from posixpath import dirname, join, normpath

from geo import clock
from geo.store import served
from geo.web import assets, find_files

FIRST = ("places", "openings", "page", "cards")  # enough for a first answer
DRAWN_WITH = ("find/find.js", "frame/frame.js")
SHEETS = ("find/find.css", "cards/cards.css")
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
    scripts = [f'<link rel="modulepreload" href="{ours[name].address}">' for name in modules()]
    sheets = [f'<link rel="preload" as="style" href="{ours[name].address}">' for name in SHEETS]
    return "".join((*scripts, *sheets))


def modules() -> list[str]:
    """Return the names of the scripts that Find is drawn with, and of all they import."""
    found = [*DRAWN_WITH]
    for name in found:  # which grows meanwhile
        text = assets.fixed()[name].body.decode()
        needs = (normpath(join(dirname(name), place)) for place in _IMPORT.findall(text))
        found += dict.fromkeys(one for one in needs if one not in found)
    return found
