"""Reading: what a written address means, what a geocoder answers, and how well they agree.

Names of streets are brought to one form, so that "North First St." and "N 1st Street" are the same
and so are "CA-111" and "State Highway 111". What a name does not say is not guessed: which street a
highway is in a town, or a letter that is wrong. Abbreviations: US Postal Service, Publication 28,
appendix C, and those of the Census Bureau's TIGER/Line files.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from geo import areas

MOST_LETTERS = 200  # of an address; what is longer is none

_KINDS = """
aly alley ally|ave avenue av aven avn|bnd bend|blf bluff|blvd boulevard boul|br branch|brg bridge
byp bypass|cir circle circ crcl|cmn common|cor corner|ct court crt|cts courts|cv cove|cres crescent
crk creek|cswy causeway|ctr center centre|cyn canyon|dr drive drv|est estate|ests estates
expy expressway expwy|ext extension|fwy freeway frwy|gdn garden|gdns gardens|gln glen
grn green|grv grove|hl hill|hls hills|hts heights|hwy highway hiway hway|is island|lk lake|ln lane
lndg landing|loop|mall|mdw meadow|mdws meadows|mnr manor|park|pass|path|pike|pkwy parkway pky
pl place|plz plaza plza|pt point|rd road|rdg ridge|rnch ranch|row|rte route rt|run
spg spring|sq square|st street str|ter terrace terr|trl trail|tunl tunnel|vis vista
vly valley|vw view|walk|way wy
xing crossing
"""
KINDS: Mapping[str, str] = {
    word: words.split()[0] for words in re.split(r"[|\n]", _KINDS.strip()) for word in words.split()
}
DIRECTIONS: Mapping[str, str] = {
    **{word: word for word in ("n", "s", "e", "w", "ne", "nw", "se", "sw")},
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "northeast": "ne",
    "northwest": "nw",
    "southeast": "se",
    "southwest": "sw",
}
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    *("ten", "eleven", "twelf", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
ORDINALS: Mapping[str, str] = {
    **{word: str(number) for number, word in enumerate(_ONES, 1)},
    **{f"{word}th": str(number) for number, word in enumerate(_TEENS, 10)},
    **{f"{ten}ieth": str(10 * number) for number, ten in enumerate(_TENS, 2)},
    **{
        f"{ten}y {one}": str(10 * number + more)
        for number, ten in enumerate(_TENS, 2)
        for more, one in enumerate(_ONES, 1)
    },
}
SPELLINGS: Mapping[str, str] = {
    "saint": "st",
    "mount": "mt",
    "fort": "ft",
    "highway": "hwy",
    "avenue": "ave",
    "road": "rd",
}

_UNIT = (
    r"(?:suites?|stes?|apts?|apartments?|units?|bldg|building|rooms?|rm|floor|fl"
    r"|spaces?|spc|lot|trlr|dept)"
)
_UNIT_PART = re.compile(rf"{_UNIT}\b|#|\w+ (?:floor|fl)$")
_UNIT_AT_END = re.compile(
    rf"(?<=\w)\s+(?:#\s*|{_UNIT}\s+#?\s*)[\w-]{{1,6}}(?:\s*(?:and|&|,)\s*[\w-]{{1,6}})*$"
    r"|\s+\w*\d\w*\s+(?:floor|fl)$|\s*#.*$"
)
_BOX = re.compile(r"\b(?:p\s?o\s+(?:box|drawer)|post office box|general delivery|apartado|rr \d)\b")
_NUMBER = re.compile(r"(\d{1,6})(?:\s*-\s*\d{1,6})?[a-z]?(?:\s+\d/\d)?\s+(?=\S)")
_HIGHWAY = re.compile(
    r"(?:(?P<state>sr|ca|(?:california )?state|california|ca state)|(?P<us>u ?s)"
    r"|(?P<county>county|co|cr)|(?P<interstate>i|interstate))?\s*"
    r"(?P<word>highway|hwy|route|rte|rt|road|rd)?\s*(?P<number>\d{1,3}|[a-z]\d{1,2})"
)


@dataclass(frozen=True)
class Street:
    """What tells one street of a town from another, in one form; '' where it is not said."""

    name: str  # "el dorado", "5" for Fifth, "route 111" for any highway of that number
    kind: str = ""  # "st", "ave"; of a numbered highway whose it is: "state", "us", "county"
    direction: str = ""  # "n", before or after the name


@dataclass(frozen=True)
class Address:
    """A place as people write it. `number` is 0 and `street` None where it cannot be told."""

    line: str  # the house and street as they were written
    number: int = 0
    street: Street | None = None
    city: str = ""
    zip: str = ""
    county: str = ""

    def __str__(self) -> str:
        """Write it on one line."""
        place = " ".join(filter(None, (self.city, self.zip)))
        return ", ".join(filter(None, (self.line, place)))


@dataclass(frozen=True)
class Answer:
    """Where a geocoder says an address is."""

    lat: float  # degrees, WGS 84
    lon: float
    precision: str  # one of records.PRECISIONS but "none"
    source: str  # who says so, to be kept with the point
    score: float  # 0 to 1: how well what was found agrees with what was asked
    matched: str  # what was found, in words
    county: str = ""
    house: str = ""  # its number and street, of one of `house_numbers`
    zip: str = ""  # the same
    area: str = ""  # the key in `areas` of the area, of one of `gazetteer`


Provider = Callable[[Address], Answer | None]


def parse(line: str, city: str = "", zip_code: str = "", county: str = "") -> Address:
    """Return what a house and street mean, such as the cells of a service.

    A post office box, an intersection and a street without a number have no house: they come with
    `number` 0. Of a range of numbers the first counts; a suite and a floor are passed over.

    >>> parse("1105-1111 North El Dorado Street, Suite 2", "Stockton").street
    Street(name='el dorado', kind='st', direction='n')
    >>> parse("8027 State Rte 111").street == parse("8027 CA-111").street
    True
    """
    blank = Address(" ".join(line.split()), 0, None, city, zip_code, county)
    if len(line) > MOST_LETTERS:
        return replace(blank, line="")
    first, *more = [part.strip() for part in _fold(line).split(",")] or [""]
    number = _NUMBER.match(first)
    if not number or _BOX.search(first) or any(not _UNIT_PART.match(part) for part in more if part):
        return blank
    told = street(_UNIT_AT_END.sub("", first[number.end() :]))
    if told is None or not int(number[1]):
        return blank
    return replace(blank, number=int(number[1]), street=told)


def read(text: str) -> Address:
    """Return what a whole address on one line means; the town and the ZIP code stand at its end.

    Only towns and ZIP codes of `areas` are known; `city` is as it stands there. Another town after
    a comma is kept as it is written, so that nothing here agrees with it.

    >>> found = read("425 n. sacramento st lodi ca 95240")
    >>> found.number, found.street.name, found.city, found.zip, found.county
    (425, 'sacramento', 'Lodi', '95240', 'san_joaquin')
    >>> read("El Centro").city, read("95376-1234").zip
    ('El Centro', '95376')
    """
    if len(text) > MOST_LETTERS:
        return Address("")
    rest = " ".join(text.split())
    rest, _ = _cut(rest, r"united states(?: of america)?|usa|estados unidos")
    rest, state = _cut(rest, r"ca|calif|california")
    rest, zip_code = _cut(rest, r"\d{5}(?:-\d{4})?")
    if not state:
        rest, _ = _cut(rest, r"ca|calif|california")
    rest, city = _cut(rest, "|".join(map(re.escape, sorted(_towns(), key=len, reverse=True))))
    town, county = _towns().get(_fold(city), ("", ""))
    zip_code = zip_code[:5]
    if not town and "," in rest and not _UNIT_PART.match(_fold(rest.rpartition(",")[2]).strip()):
        rest, _, city = rest.rpartition(",")
    county = areas.zip_counties().get(zip_code, county)
    return parse(rest.strip(" ,"), town or city.strip(), zip_code, county)


def street(name: str) -> Street | None:
    """Return the one form of a street's name, None if it is none or two of them.

    >>> street("N. First Street") == street("North 1st St")
    True
    >>> street("West Lane"), street("E North St")
    (Street(name='west', kind='ln', direction=''), Street(name='north', kind='st', direction='e'))
    >>> street("Main St & 5th St")
    """
    folded = _fold(name)
    if re.search(r"[&@/]|\bat\b|\by\b", folded) or re.search(r"\w and \w", folded):
        return None
    words = re.findall(r"\w+", folded.replace("-", " "))
    before, words = _direction(words)
    highway = _HIGHWAY.fullmatch(" ".join(words))
    if highway and (route := _highway(highway, before)):
        return route
    after, words = _direction(words[::-1])
    words = words[::-1]
    kind = KINDS.get(words[-1], "") if len(words) > 1 else ""
    if kind and not (len(words) == 2 and words[0] in ("avenue", "ave", "road", "rd")):
        words = words[:-1]
    else:
        kind = ""
    told = " ".join(_spelled(words))
    told = re.sub(r"\b(?:dr|doctor) (?=martin luther king)|(?<=king) jr\b", "", told)
    told = ORDINALS.get(told, re.sub(r"^(\d+)(?:st|nd|rd|th)$", r"\1", told))
    return Street(told, kind, before or after) if told else None


def likeness(street: Street, found: Street) -> float:
    """Return how well a street's name agrees with another, 0 to 1; 0: it is another street.

    The numbers are our own judgement. A kind or a direction that only one of them has is a doubt;
    two that differ are two streets.

    >>> main = street("E Main St")
    >>> likeness(main, main), likeness(main, street("W Main St")), likeness(main, street("Main St"))
    (1.0, 0.0, 0.85)
    """
    if street.name != found.name:
        return 0.0
    score = 1.0
    for mine, theirs in ((street.kind, found.kind), (street.direction, found.direction)):
        if mine and theirs and mine != theirs:
            return 0.0
        score *= 1.0 if mine == theirs else 0.85
    return score


def agreement(address: Address, zip_code: str) -> float:
    """Return how well a ZIP code that was found fits where an address says it is, 0 to 1.

    The numbers are our own judgement: with town and ZIP code both fitting 1, at odds with each
    other 0.75, with neither given 0.9, with neither fitting 0.

    >>> brawley = Address("860 Main St", city="Brawley", zip="92227")
    >>> agreement(brawley, "92227"), agreement(brawley, "92231")
    (1.0, 0.0)
    """
    if not (address.zip or address.city):
        return 0.9
    same_zip = address.zip == zip_code != ""
    same_town = zip_code in areas.zips_of(address.city)
    if same_zip:
        return 1.0 if same_town or not address.city else 0.75
    if same_town:
        return 0.75 if address.zip else 0.95
    return 0.0


def _fold(text: str) -> str:
    """Return `text` in small letters without accents, dots and apostrophes."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in ".'’`")


def _cut(text: str, pattern: str) -> tuple[str, str]:
    """Return `text` without what `pattern` finds at its very end, and that."""
    found = re.fullmatch(rf"(?:(.*?)[\s,]+)?({pattern})[\s,.]*", text, re.IGNORECASE | re.DOTALL)
    return (found[1] or "", found[2]) if found else (text, "")


@cache
def _towns() -> Mapping[str, tuple[str, str]]:
    return {_fold(name): (name, county) for name, county in areas.towns().items()}


def _direction(words: list[str]) -> tuple[str, list[str]]:
    """Return the direction in front of a name, if it is not the name itself, and the rest."""
    rest = words[1:]
    alone = len(rest) == 0 or (len(rest) == 1 and rest[0] in KINDS)
    if words and words[0] in DIRECTIONS and not alone:
        return DIRECTIONS[words[0]], rest
    return "", words


def _highway(found: re.Match[str], direction: str) -> Street | None:
    whose = next((w for w in ("state", "us", "county", "interstate") if found[w]), "")
    plain_road = found["word"] in ("road", "rd") and whose != "county"
    if plain_road or not (whose or found["word"]):
        return None
    return Street(f"route {found['number']}", whose, direction)


def _spelled(words: Iterable[str]) -> list[str]:
    return [SPELLINGS.get(word, word) for word in words]
