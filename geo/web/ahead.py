"""Ahead: what the first page begins to fetch before Streamlit has drawn it."""

import json

from geo import clock
from geo.store import served
from geo.web import assets, find_files

FIRST = ("places", "openings", "page", "cards")  # enough for a first answer


def head(language: str) -> str:
    """Return the HTML for the head of the first page: the same for every reader of a language.

    '' where the server answers, so that nothing is fetched ahead.
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
