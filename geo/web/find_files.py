"""Find files: what a page is given to answer by itself, each file the same for every reader.

They are fetched all, in one order that no question changes, so that which of them are asked for
tells nothing. An address has a mark of all that its file is made of; a file is made when it is
first asked for.
"""

import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from threading import Condition
from typing import Any

from cachetools import LRUCache, cached

from geo import areas, i18n
from geo.catalogue import brief, provenance, records, wording
from geo.catalogue.keeper import Edition
from geo.i18n import LANGUAGES, Words
from geo.search import columns, crises, shared
from geo.settings import DATA
from geo.web import assets, base_map, paper_data, script_words
from geo.web.assets import Asset
from geo.web.packing import Packed

ROOT = "/find"
DAYS = 30  # of opening hours: yesterday, today and four weeks
PIECE = 400  # entries whose details are one file

_editions: "LRUCache[str, tuple[Edition, date]]" = LRUCache(4)
_turn = Condition()


@dataclass(frozen=True)
class Files:
    """The addresses of the files for a language; the first three are enough for a first answer."""

    places: str
    openings: str
    page: str
    cards: str
    words: str
    tables: str
    details: tuple[str, ...]
    papers: str


def of(edition: Edition, language: str, today: date) -> Files:
    """Return the addresses of the files of an edition as of a day; now `find` knows them."""
    mark = _mark(edition, today)
    with _turn:
        _editions[mark] = edition, today
    pieces = range(-(-len(edition.entries) // PIECE) or 1)

    def address(part: str) -> str:
        return f"{ROOT}/{mark}/{part}.json"

    return Files(
        places=address("places"),
        openings=address("openings"),
        page=address(f"page-{language}"),
        cards=address(f"cards-{language}"),
        words=address("words"),
        tables=address("tables"),
        details=tuple(address(f"details-{language}-{piece}") for piece in pieces),
        papers=address("papers"),
    )


def find(mark: str, part: str) -> Asset | None:
    """Return the file at `/find/mark/part.json`; None if there is none."""
    with _turn:
        known = _editions.get(mark)
    return _made(*known, f"{ROOT}/{mark}/{part}.json", part) if known else None


def body(edition: Edition, today: date, part: str) -> bytes:
    """Return what one of the files says, such as "cards-en".

    Raises
    ------
    KeyError : there is no such file
    """
    made = _made(edition, today, f"{ROOT}/{_mark(edition, today)}/{part}.json", part)
    if made is None:
        raise KeyError(part)
    return made.body


def warm_up(edition: Edition, today: date) -> None:
    """Make what takes longest, so that the first reader does not wait for it."""
    mark = of(edition, "en", today).tables.split("/")[2]
    find(mark, "tables")


@cached(LRUCache[Hashable, Asset | None](64), key=Edition.key, condition=Condition())
def _made(edition: Edition, today: date, address: str, part: str) -> Asset | None:
    """Return a file; None if an edition has none of this name."""
    name, _, rest = part.partition("-")
    language, _, piece = rest.partition("-")
    if part in _PLAIN:
        body = _PLAIN[part](edition, today)
    elif name in _SPOKEN and language in LANGUAGES and not piece:
        body = _SPOKEN[name](edition, i18n.words(language), today)
    elif name == "details" and language in LANGUAGES and piece.isdigit():
        first = int(piece) * PIECE
        if first and first >= len(edition.entries):
            return None
        body = _details(edition, i18n.words(language), today, first)
    else:
        return None
    return Asset(address, assets.KINDS[".json"], Packed(body))


def _places(edition: Edition, _: date) -> bytes:
    return columns.places(shared.index(edition))


def _words(edition: Edition, _: date) -> bytes:
    return columns.words(shared.index(edition))


def _tables(edition: Edition, _: date) -> bytes:
    return columns.tables(shared.index(edition))


def _openings(edition: Edition, today: date) -> bytes:
    return columns.openings(shared.index(edition), today - timedelta(days=1), DAYS)


def _page(edition: Edition, say: Words, today: date) -> bytes:
    """Return what the page itself says and offers: words, kinds of help, towns, dates."""
    counties = [area for area in areas.load().values() if area.kind == "county"]
    return _written(
        {
            "language": say.language,
            "dictionary": script_words.dictionary(say),
            "formats": script_words.formats(say),
            "dated": say.date(today),
            "danger": [
                {"what": say(what), "number": number, "href": href}
                for what, number, href in wording.DANGER
            ],
            "groups": [
                {
                    "key": group.key,
                    "label": say(group.label),
                    "sign": group.shape,
                    "theme": group.theme,
                    "types": group.types,
                }
                for group in records.GROUPS
            ],
            "types": {kind: say(label) for kind, label in records.TYPES.items()},
            "languages": {
                code: wording.spoken([code], say)
                for code in sorted(shared.index(edition).languages)
            },
            "counties": {county.key: areas.name(county, say) for county in counties},
            "gone": edition.gone,
            "directions": {code: say(direction) for code, direction in wording.DIRECTIONS.items()},
            "crises": {
                name: {"told": say(crisis.told), "phones": crisis.phones, "phrases": phrases}
                for (name, crisis), phrases in zip(
                    crises.CRISES.items(), crises.of().values(), strict=True
                )
            },
            "views": {"": base_map.view(None)}
            | {key: base_map.view(area) for key, area in areas.load().items()},
        }
    )


def _cards(edition: Edition, say: Words, today: date) -> bytes:
    """Return what a small card says, column by column in the order of the catalogue."""
    entries = edition.entries
    told: Mapping[str, Callable[[Any], object]] = {
        "name": lambda one: one["name"],
        "group": lambda one: int(one["group"]),
        "purpose": lambda one: brief.purpose(one, say),
        "tags": lambda one: brief.tags(one, say),
        "phone": lambda one: one["phone"],
        "text": lambda one: wording.text_line(one, say),
        "city": lambda one: one["city"] if one["is_public"] else "",
        "zip": lambda one: one["zip"] if one["is_public"] else "",
        "where": lambda one: wording.where(one, say) if not one["is_public"] else "",
        "radius_m": lambda one: round(one["radius_m"]),
        "on_map": lambda one: int(one["has_point"]),
        "notice": lambda one: wording.notice(one, say),
        "year": lambda one: brief.dated(one),
        "is_old": lambda one: int(brief.is_dated_long_ago(one, today)),
    }
    return _written({name: [tell(entry) for entry in entries] for name, tell in told.items()})


def _details(edition: Edition, say: Words, today: date, first: int) -> bytes:
    """Return all that is known of some entries but their state, as `wording` tells it."""
    rows = []
    for entry in edition.entries[first : first + PIECE]:
        row = wording.unmoving(entry, say, today)
        rows.append(row | {"sources": provenance.listed(entry, say, today)})
    return _written({"first": first, "rows": rows})


_PLAIN: Mapping[str, Callable[[Edition, date], bytes]] = {
    "places": _places,
    "openings": _openings,
    "words": _words,
    "tables": _tables,
    "papers": paper_data.of,
}
_SPOKEN: Mapping[str, Callable[[Edition, Words, date], bytes]] = {"page": _page, "cards": _cards}


@cache
def _fixed_mark() -> str:
    """Return a mark of what files are made of besides the catalogue: our code's words and data."""
    files = sorted((DATA / "i18n").iterdir()) + sorted((DATA / "words").iterdir())
    parts = [path.read_bytes() for path in files]
    return hashlib.sha256(b"".join(parts) + assets.mark().encode()).hexdigest()


@cached(LRUCache[Hashable, str](8), key=Edition.key, condition=Condition())
def _mark(edition: Edition, today: date) -> str:
    told = json.dumps([edition.entries, edition.gone], default=str)
    parts = f"{told}{today}{_fixed_mark()}"
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


def _written(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
