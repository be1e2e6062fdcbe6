"""Offline: the whole list as one file, in both languages, which asks for nothing.

It is read without a script, and with one it is asked like Find: by the same modules, over the same
columns. What is known of an entry stands in it once: the script reads it out of the list.
"""

import base64
import hashlib
import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from threading import Condition
from typing import Any

from cachetools import LRUCache, cached

from geo import i18n, settings
from geo.catalogue import provenance, records, wording
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.i18n import LANGUAGES, Words
from geo.web import assets, find_files, one_script, outline_map, render, way_out
from geo.web.packing import Packed

PATH = "/offline.html"
FIRST = ("places", "openings", "page", "cards")  # enough for a first answer
LATER = ("words", "tables")
SPOKEN = ("page", "cards")

_made: "LRUCache[Hashable, File]" = LRUCache(2)


@dataclass(frozen=True)
class File:
    """The file as it goes out; `tag` changes when it does."""

    packed: Packed
    tag: str


@cached(_made, condition=Condition())
def made(edition: Edition, day: date) -> File:
    """Return the file as of a day, made once."""
    body = page(edition, day).encode()
    return File(Packed(body), hashlib.sha256(body).hexdigest()[:16])


def page(edition: Edition, day: date) -> str:
    """Return the file: its opening hours are good for the four weeks after `day`."""
    exit_to = settings.read().exit_to
    script, sheet, look = _script(), _sheet("offline/offline.css"), find_sheet()
    sources: dict[str, int] = {}
    lists = [_list(edition, i18n.words(language), day, sources) for language in LANGUAGES]
    drawn = render.PAGES.get_template("offline.html").render(
        lists=lists,
        sources=[*sources],
        danger=wording.DANGER,
        drawings=outline_map.drawings(),
        rules=rules((way_out.SCRIPT, script), (sheet, look)),
    )
    frames = json.dumps([vars(one.frame) for one in outline_map.drawings()])
    first = [*_data(edition, day, FIRST), ("frames", frames)]
    later = _data(edition, day, LATER)
    own = {
        "exit_head": way_out.head(),
        "exit_bar": way_out.bar(lists[0].say, exit_to),
        "styles": f'<style>{sheet}</style>\n<style id="look" media="not all">{look}</style>',
        "scripts": "\n".join(
            (
                *map(_block, first),
                f"<script>{script}</script>",
                *map(_block, later),
            )
        ),
    }
    for name, markup in own.items():  # no text of a record has a "<" left that could be such a spot
        drawn = drawn.replace(f"<!--{name}-->", markup)
    return drawn


def _block(named: tuple[str, str]) -> str:
    name, body = named
    return f'<script type="application/json" id="data-{name}">{body}</script>'


def rules(scripts: Sequence[str], sheets: Sequence[str]) -> str:
    """Return a policy that lets these scripts and style sheets be, and nothing else."""
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"script-src {' '.join(map(_hash, scripts))}; style-src {' '.join(map(_hash, sheets))}"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _script() -> str:
    return one_script.classic(assets.STATIC, "offline/offline.js")


@cache
def find_sheet() -> str:
    """Return the style sheets of Find as one."""
    find = (assets.STATIC / "find" / "find.css").read_text(encoding="utf-8")
    return _sheet("cards/cards.css") + find.removeprefix('@import "../cards/cards.css";\n')


@cache
def _sheet(name: str) -> str:
    return (assets.STATIC / name).read_text(encoding="utf-8")


def _data(edition: Edition, day: date, parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the files that a page answers from; of a second language only what differs."""
    for part in parts:
        if part not in SPOKEN:
            yield part, _safe(find_files.body(edition, day, part))
            continue
        first: Mapping[str, Any] = {}
        for language in LANGUAGES:
            name = f"{part}-{language}"
            told = json.loads(find_files.body(edition, day, name))
            own = {key: value for key, value in told.items() if first.get(key) != value}
            first = first or told
            yield name, _safe(json.dumps(own, ensure_ascii=False, separators=(",", ":")).encode())


def _safe(body: bytes) -> str:
    """Return JSON in which no text can end the element that it stands in."""
    return body.decode().replace("<", "\\u003c")


@dataclass(frozen=True)
class Part:
    """Entries under one heading: those of a kind of help."""

    label: str
    rows: tuple[wording.Row, ...]


@dataclass(frozen=True)
class List:
    """The list in one language: lines to call, then each county by kind of help."""

    say: Words
    language: str
    dated: str
    printed: str
    lines: Part
    counties: tuple[tuple[str, tuple[Part, ...]], ...]


def _list(edition: Edition, say: Words, day: date, sources: dict[str, int]) -> List:
    """Return the list; `sources` gets each one that is cited, with its number from 1 on."""
    rows = [
        wording.unmoving(entry, say, day)
        | {"n": number, "is_line": entry["is_line"], "county": _county(entry["serves"])}
        | {"cited": [sources.setdefault(name, len(sources) + 1) for name in _named(entry)]}
        for number, entry in enumerate(edition.entries)
    ]
    rows.sort(key=lambda row: row["name"].casefold())
    places = [row for row in rows if not row["is_line"]]
    named = {**{key: say(name) for key, name in records.COUNTIES.items()}, "": say("Both counties")}
    counties = (
        (label, tuple(_kinds([row for row in places if row["county"] == key], say)))
        for key, label in named.items()
    )
    dated = edition.data_date
    return List(
        say=say,
        language=say.language,
        dated=provenance.when_dated(dated, say) if dated else say("Not known"),
        printed=say.date(day),
        lines=Part(say("Phone and text lines"), tuple(row for row in rows if row["is_line"])),
        counties=tuple((label, parts) for label, parts in counties if parts),
    )


def _named(entry: Entry) -> list[str]:
    """Return who says what is told of an entry, each once."""
    names = [provenance.of_row(entry).name, *(one.name for one in entry["sources"].values())]
    return list(dict.fromkeys(filter(None, names)))


def _county(serves: Sequence[str]) -> str:
    """Return the one county that is served, '' if there are more."""
    return serves[0] if len(serves) == 1 else ""


def _kinds(rows: Sequence[wording.Row], say: Words) -> Iterator[Part]:
    labels = [*(say(group.label) for group in records.GROUPS), say("Other help")]
    for number, label in enumerate(labels):
        last = number == len(records.GROUPS)
        found = tuple(row for row in rows if row["group"] == (-1 if last else number))
        if found:
            yield Part(label, found)
