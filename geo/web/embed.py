"""Embed: a list to read in the page of a library or a clinic: the one page that others may frame.

It has no exit, for it is not the page; it keeps nothing, asks for nothing, and its only script
tells the page around it how tall it is: a number.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from geo import i18n
from geo.catalogue import records, wording
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.web import outline_map, render
from geo.web.plain.address import Address

PATH = "/embed"
MOST = 60
NAMES = 26  # of the width of a map: the height of a name on it, some 14 pixels on a phone
_SCRIPT = (
    "const tell = () => parent.postMessage("
    '{ height: document.documentElement.scrollHeight }, "*");'
    'addEventListener("load", tell); new ResizeObserver(tell).observe(document.documentElement);'
)
SNIPPET = (
    '<iframe src="{origin}/embed?county={county}&amp;kinds=food,clinic&amp;lang={language}" '
    'title="{title}" width="100%" height="600" style="border:0"></iframe>'
)


@dataclass(frozen=True)
class Map:
    """The map of a county, with the places on it and the names that fit, in units of its frame."""

    drawing: outline_map.Drawing
    spots: tuple[tuple[int, int], ...]
    height: int  # of a name
    towns: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Embedded:
    """What is embedded: a county or both (''), kinds of help or all, in a language."""

    county: str
    kinds: tuple[str, ...]
    language: str


def read(given: Mapping[str, str]) -> Embedded | str:
    """Return what the parameters ask for, or what is wrong with them and what was wanted.

    >>> read({"county": "imperial", "kinds": "food,clinic", "lang": "es"})
    Embedded(county='imperial', kinds=('food', 'clinic'), language='es')
    >>> read({"county": "kern"})
    'county: wanted imperial, san_joaquin, or none for both.'
    """
    county, language = given.get("county", ""), given.get("lang", "en")
    kinds = tuple(kind for kind in given.get("kinds", "").split(",") if kind)
    if county and county not in records.COUNTIES:
        return f"county: wanted {', '.join(records.COUNTIES)}, or none for both."
    if language not in i18n.LANGUAGES:
        return f"lang: wanted {' or '.join(i18n.LANGUAGES)}."
    if not records.TYPES.keys() >= set(kinds):
        return f"kinds: wanted some of {', '.join(records.TYPES)}, with commas, or none for all."
    return Embedded(county, kinds, language)


def page(edition: Edition, asked: Embedded, at: datetime, origin: str) -> str:
    """Return the page as of `at`; its links lead to the site at `origin`, in a tab of its own."""
    say = i18n.words(asked.language)
    found = [entry for entry in edition.entries if _is_meant(entry, asked)]
    shown = sorted(found, key=lambda entry: entry["name"].casefold())[:MOST]
    rows = wording.rows(shown, range(len(shown)), say, wording.Moment(at, chosen=True))
    for row in rows:
        row["href"] = f"{origin}{Address(asked.language, entry=row['id']).path}"
    counties = [asked.county] if asked.county else [*records.COUNTIES]
    drawings = [one for one in outline_map.drawings() if one.frame.key in counties]
    drawn = render.PAGES.get_template("embed.html").render(
        say=say,
        rows=rows,
        left=len(found) - len(shown),
        more=f"{origin}/text/{asked.language}",
        as_of=f"{say.date(at.date())}, {say.time(at)}",
        maps=[_map(one, shown) for one in drawings],
        danger=wording.DANGER,
    )
    return drawn.replace("<!--script-->", f"<script>{_SCRIPT}</script>")


def policy() -> str:
    """Return the rules of the page: anybody may frame it; nothing runs but its one script."""
    mark = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *; "
        f"style-src 'unsafe-inline'; script-src 'sha256-{mark}'"
    )


def _is_meant(entry: Entry, asked: Embedded) -> bool:
    in_county = not asked.county or asked.county in entry["serves"]
    return in_county and (not asked.kinds or not set(asked.kinds).isdisjoint(entry["types"]))


def _map(drawing: outline_map.Drawing, shown: Sequence[Entry]) -> Map:
    spots = (_spot(drawing.frame, entry) for entry in shown)
    height = round(drawing.frame.width / NAMES)
    towns = outline_map.apart(drawing, height)
    return Map(drawing, tuple(filter(None, spots)), height, tuple(towns))


def _spot(frame: outline_map.Frame, entry: Entry) -> tuple[int, int] | None:
    """Return where a place with a public point is drawn; None outside the frame or without one."""
    if not entry["has_point"]:
        return None
    x, y = frame.at(entry["lat"], entry["lon"])
    return (x, y) if 0 <= x <= frame.width and 0 <= y <= frame.height else None
