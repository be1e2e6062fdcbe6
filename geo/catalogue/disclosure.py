"""Disclosure: words that give away where a place is that must not be found.

The patterns are a net, not a proof: they rather refuse a harmless sentence, which can be written
another way, than pass an address, which cannot be called back.
"""

import re
import unicodedata
from urllib.parse import unquote

_WHOLE = r"street|avenue|boulevard|highway|parkway|road|lane"
_SHORT = r"st|str|ave?|blvd|hwy|pkwy|rd|ln|dr|ct|cir|pl|ter|trl"
_AMBIGUOUS = r"drive|court|circle|place|terrace|trail|way|loop|plaza|square|alley|row"
_NAMED = r"broadway|alameda|embarcadero|el camino|camino real|paseo"
_SMALL = (
    r"a|an|the|of|on|off|in|into|to|for|and|or|from|with|at|by|per|is|are|any|every|each|who|"
    r"days?|hours?|minutes?|weeks?|months?|years?|beds?|people|women|men|adults?|youth|families|"
    r"de|del|la|las|el|los|en|con|por|para|y|o|al|horas?|días?|años?|camas|personas"
)
_MIDDLE = rf"(?:(?!(?:{_SMALL})\b)[\w.'’-]{{1,30}}\s+)"
_NUMBER = r"(?<!\d)(?<!\d[-.:/,])\d{1,6}[a-z]?(?:\s?[-–]\s?\d{1,6})?,?\s+"
_NOT_TIME = r"(?!\d|\s*(?i:horas|h\b|días|dias|años|personas|/))"
_CAPITAL = r"[A-ZÁÉÍÓÚÑ]"
_CALENDAR = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)

LINK = re.compile(r"(?:\b(?:https?://|github:|www\.)|geo:)\S+", re.IGNORECASE)
DATE_PATH = re.compile(r"/(?:19|20)\d\d/\d\d?(?:/\d\d?)?(?=/)")
YEAR = re.compile(
    r"\b(?:in|since|until|of|from|by|year|en|desde|hasta|de|del|año)\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)

ANYWHERE = {
    "a link to a map": re.compile(
        r"//maps?\.|\bgoogle\.[a-z.]{2,6}/maps|\bgoo\.gl\b|\bopenstreetmap\b|\bosm\.org|\bwaze\.com"
        r"|\bbing\.com/maps|\bplus\.codes\b|\bwhat3words\b|\bw3w\.co\b|\bmapquest\b|\bhere\.com"
        r"|\bmaps\.(?:app|apple|google|me)\b|\bgeo:-?\d|///\w{2,30}\.\w{2,30}\.\w{2,30}",
        re.IGNORECASE,
    ),
    "coordinates": re.compile(
        r"(?<![\d.,])(?:3[2-9]|4[0-2]|1(?:1[4-9]|2[0-5]))[.,]\d{4,}"
        r"|(?<![\d.])(?:3[2-9]|4[0-2])\.\d{2,}\W{1,6}1(?:1[4-9]|2[0-5])\.\d{2,}"
        r"|(?<![\d.])1(?:1[4-9]|2[0-5])\.\d{2,}\W{1,6}(?:3[2-9]|4[0-2])\.\d{2,}"
        r"|\d{1,3}\s?°\s?\d|\d\s?°\s?[NSEWO]\b",
    ),
    "a plus code": re.compile(
        r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b", re.IGNORECASE
    ),
}

IN_LINKS = {
    "a street address": re.compile(
        rf"{_NUMBER}{_MIDDLE}{{0,4}}?(?:{_WHOLE}|ave|blvd|{_NAMED})\b", re.IGNORECASE
    )
}

IN_PROSE = {
    "a street address": re.compile(
        rf"(?i:{_NUMBER}{_MIDDLE}{{0,4}}?(?:{_WHOLE}|{_NAMED})\b)"
        rf"|(?i:{_NUMBER}{_MIDDLE}{{1,3}}?(?:{_SHORT})\b)"
        rf"|(?i:{_NUMBER}){_CAPITAL}{_MIDDLE}{{1,3}}?(?i:{_AMBIGUOUS})\b"
        r"|(?i:(?<!\d)(?<!\d[-.:/])\d{1,6}\s+(?:[nsew]\.?\s+|(?:north|south|east|west)\s+)?"
        r"\d{1,3}(?:st|nd|rd|th)\b)"
    ),
    "a street name": re.compile(
        rf"\b{_CAPITAL}[\w.'’-]{{0,30}}\s+(?:Street|Ave(?:nue)?|Boulevard|Blvd|Road|Rd|Highway|Hwy"
        r"|Lane|Ln|Parkway|Pkwy)\b"
        r"|\b(?i:highway|hwy|route|interstate|autopista|carretera)\s?-?\d"
        r"|\b(?i:calle|avenida|avda\.?|av\.|bulevar|callejón|callejon|carretera)\s+"
        rf"(?:(?i:de|del|de la|de los|de las)\s+)?(?:{_CAPITAL}|\#?\d{{1,6}}{_NOT_TIME})"
        r"|\b(?i:calle|avenida|avda\.?|bulevar|callejón|callejon)\s+"
        rf"(?i:{_MIDDLE}{{1,3}}?)\#?\d{{1,6}}{_NOT_TIME}"
    ),
    "a crossing": re.compile(
        r"(?i:\bcross[- ]?streets?\b|\bcorner of\b|\bintersection of\b|\besquina\b"
        r"|\bentre (?:la |las )?calles?\b)"
        rf"|(?i:\b(?:{_WHOLE}|st|ave?|blvd|rd)\b\.?\s+(?:and|&|y|at|near)\s+){_CAPITAL}"
        rf"|(?i:\b\d{{1,3}}(?:st|nd|rd|th)\s+(?:and|&|y)\s+){_CAPITAL}"
    ),
    "a mailbox": re.compile(
        r"\bp\.?\s?o\.?\s?box\b|\bapartado (?:postal|de correos)\b|\bpmb\s?#?\d", re.IGNORECASE
    ),
    "a ZIP code": re.compile(r"(?<![\d-])9[0-6]\d{3}(?:-\d{4})?(?![\d-])"),
}

HOUSE_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[-.:/,])(?!(?:211|911|988)\b)\d{{2,6}}[A-Za-z]?\s+(?!{_CALENDAR})"
    rf"(?:[NSEW]\.?\s+)?{_CAPITAL}[a-záéíóúñ'’]"
)


def clue(text: str) -> str | None:
    """Return what in `text` may tell where a place is, in our words; None if nothing does.

    The answer never holds any of the text. Links are searched too: a map's address, coordinates,
    and an address spelled out in a link.

    >>> clue("Call 24 hours a day for a bed."), clue("Ask at 12 Oak Street."), clue("Hwy 86")
    (None, 'a street address', 'a street name')
    >>> clue("https://www.google.com/maps/@38.0,-121.3"), clue("personas en la calle")
    ('a link to a map', None)
    """
    plain = unicodedata.normalize("NFKC", text)
    prose = LINK.sub(" ", plain)
    links = re.sub(r"[-_/+=?&#]+", " ", DATE_PATH.sub("/", unquote(" ".join(LINK.findall(plain)))))
    searched = (
        *((kind, pattern, unquote(plain)) for kind, pattern in ANYWHERE.items()),
        *((kind, pattern, links) for kind, pattern in IN_LINKS.items()),
        *((kind, pattern, prose) for kind, pattern in IN_PROSE.items()),
        ("a house number", HOUSE_NUMBER, YEAR.sub(" ", prose)),
    )
    return next((kind for kind, pattern, where in searched if pattern.search(where)), None)
