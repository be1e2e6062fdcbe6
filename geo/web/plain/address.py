"""Address: where each plain page is, in the words of its language, and which page an address means.

`/text/en/imperial/food` and `/text/es/imperial/comida` are one page in two languages. A page has
one address in each language; whoever uses other words for it (`/text/imperial/food`) is led there.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from geo import areas
from geo.catalogue import records
from geo.i18n import LANGUAGES

ROOT = "/text"
REPORT = "/report"
PLACE = "place"

# What a reader looked for stands in the history of the browser. Of these kinds it must not tell a
# watcher anything, so their addresses are numbered; a number is never given to another kind.
DISCREET: Mapping[str, int] = {
    "shelter": 1,
    "domestic_violence": 2,
    "trafficking": 3,
    "sexual_health": 4,
    "mental_health": 5,
    "substance_use": 6,
    "harm_reduction": 7,
    "immigration": 8,
    "lgbtq": 9,
}
NUMBERED: Mapping[str, str] = {"en": "help", "es": "ayuda"}
OPEN: Mapping[str, Mapping[str, str]] = {
    "en": {
        "clinic": "clinic",
        "hospital": "hospital",
        "food": "food",
        "basic_needs": "basic-needs",
        "legal_aid": "legal-aid",
        "family_resource": "family",
        "youth": "youth",
        "job_training": "jobs",
        "hotline": "lines",
    },
    "es": {
        "clinic": "clinica",
        "hospital": "hospital",
        "food": "comida",
        "basic_needs": "necesidades",
        "legal_aid": "ayuda-legal",
        "family_resource": "familia",
        "youth": "jovenes",
        "job_training": "empleo",
        "hotline": "lineas",
    },
}


@dataclass(frozen=True)
class Address:
    """A plain page: the whole list, or what of a county, its town, a kind; or one entry by id."""

    language: str
    county: str = ""
    town: str = ""
    kind: str = ""
    entry: str = ""

    @property
    def path(self) -> str:
        """Return the one path of this page.

        >>> Address("es", "san_joaquin", "French Camp", "food").path
        '/text/es/san-joaquin/french-camp/comida'
        """
        parts = [PLACE, self.entry] if self.entry else []
        parts += [slug(self.county), slug(self.town)]
        parts.append(word(self.kind, self.language) if self.kind else "")
        return "/".join((ROOT, self.language, *filter(None, parts)))

    def within(self, **parts: str) -> "Address":
        """Return the address of another page in the same language, by the parts that differ."""
        return replace(self, **parts)


def report(language: str, entry: str = "") -> str:
    """Return where a reader says what is wrong with an entry, or without one what is missing.

    >>> report("es", "hck7q3"), report("en")
    ('/report/es?id=hck7q3', '/report/en')
    """
    return f"{REPORT}/{language}" + (f"?id={entry}" if entry else "")


def word(kind: str, language: str) -> str:
    """Return by what word a kind of help stands in an address.

    >>> word("food", "es"), word("shelter", "es")
    ('comida', 'ayuda-1')
    """
    number = DISCREET.get(kind)
    if number:
        return f"{NUMBERED.get(language, NUMBERED['en'])}-{number}"
    return OPEN.get(language, OPEN["en"])[kind]


def slug(name: str) -> str:
    """Return a name as it stands in an address.

    >>> slug("French Camp"), slug("san_joaquin"), slug("Cañón")
    ('french-camp', 'san-joaquin', 'canon')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def read(path: str, wanted: str) -> Address | None:
    """Return which page a path below `ROOT` means; None if it means none.

    `wanted` is the language if the path names none. A kind may be named by the word of any
    language or as the catalogue names it. Whether there is an entry of that id is not looked up.

    >>> read("imperial/food", "es").path
    '/text/es/imperial/comida'
    >>> read("es/imperial/domestic_violence", "en").path
    '/text/es/imperial/ayuda-2'
    """
    parts = [part for part in path.split("/") if part]
    language = parts.pop(0) if parts and parts[0] in LANGUAGES else wanted
    page = Address(language)
    if not parts:
        return page
    first, *rest = parts
    if first == PLACE:
        is_id = len(rest) == 1 and re.fullmatch(r"[a-z0-9]{6}", rest[0])
        return page.within(entry=rest[0]) if is_id else None
    county = _counties().get(slug(first))
    return _in_county(page.within(county=county), rest) if county else None


def _in_county(page: Address, parts: list[str]) -> Address | None:
    """Return the page that the parts after the county mean: nothing, a kind, a town, or both."""
    towns = _towns().get(page.county, {})
    for name in parts:
        kind, town = _kinds().get(slug(name)), towns.get(slug(name))
        if town and not (page.town or page.kind):
            page = page.within(town=town)
        elif kind and not page.kind:
            page = page.within(kind=kind)
        else:
            return None
    return page


@cache
def _counties() -> Mapping[str, str]:
    return {slug(county): county for county in records.COUNTIES}


@cache
def _towns() -> Mapping[str, Mapping[str, str]]:
    """Return the towns of each county by how they stand in an address."""
    found: dict[str, dict[str, str]] = {county: {} for county in records.COUNTIES}
    for town, county in areas.towns().items():
        found[county][slug(town)] = town
    return found


@cache
def _kinds() -> Mapping[str, str]:
    """Return each kind by every word that may stand for it."""
    languages = {*OPEN, *NUMBERED}
    in_words = {word(kind, language): kind for kind in records.TYPES for language in languages}
    return in_words | {slug(kind): kind for kind in records.TYPES}
