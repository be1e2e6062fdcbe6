"""Never: fingerprints of places that are never to be shown, and what matches one.

The program is not told where such a place is: it keeps keyed hashes (HMAC-SHA256) of an address and
of the numbers next to it, and of the squares around a point. The key lies in a file elsewhere. Who
has both the key and the fingerprints can try all addresses of a county: `docs/never.md`.
"""

import hmac
import logging
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, product
from pathlib import Path

from geo import settings
from geo.errors import CatalogueError
from geo.files import whole
from geo.ordinary_words import fold, is_ordinary
from geo.settings import ROOT

log = logging.getLogger(__name__)

NEXT_NUMBERS = 4  # up and down: the doors next to it
MOST_JOINED = 6  # pieces of a street's name that stand apart: "Zan zi bar Hol low"
CLOSE = 2  # tokens between an everyday word and its number
SQUARE = 0.001  # degrees: about 111 m north to south, 88 m east to west
LEAST_KEY = 16  # bytes
DROPPED = frozenset(
    [
        "n",
        "s",
        "e",
        "w",
        "ne",
        "nw",
        "se",
        "sw",
        "north",
        "south",
        "east",
        "west",
        "norte",
        "sur",
        "este",
        "oeste",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "street",
        "st",
        "str",
        "avenue",
        "ave",
        "av",
        "road",
        "rd",
        "lane",
        "ln",
        "drive",
        "dr",
        "boulevard",
        "blvd",
        "court",
        "ct",
        "place",
        "pl",
        "way",
        "circle",
        "cir",
        "terrace",
        "ter",
        "trail",
        "trl",
        "highway",
        "hwy",
        "parkway",
        "pkwy",
        "square",
        "sq",
        "loop",
        "alley",
        "calle",
        "avenida",
        "avda",
        "bulevar",
        "carretera",
        "camino",
        "callejon",
        "privada",
        "cerrada",
        "paseo",
        "apt",
        "apartment",
        "unit",
        "suite",
        "ste",
        "room",
        "rm",
        "no",
        "num",
        "number",
        "numero",
        "the",
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "of",
        "on",
        "at",
        "en",
        "and",
        "y",
    ]
)
LOOK_ALIKES = str.maketrans("аеорсхуіѕԁһκονατρ", "aeopcxyisdhkovatp")
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciseis diecisiete dieciocho diecinueve",
)
TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
)
HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos"
)
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
VALUES = (
    {word: n for words in ONES for n, word in enumerate(words.split())}
    | {word: 10 * n for words in TENS for n, word in enumerate(words.split(), 2)}
    | {word: 100 * n for n, word in enumerate(HUNDREDS.split(), 1)}
    | {f"veinti{word}": 20 + n for n, word in enumerate(ONES[1].split()[:10])}
    | {"cien": 100, "novecientos": 900, "oh": 0}
)
TIMES = {"hundred": 100, "thousand": 1000, "mil": 1000}
NUMBERED = {word: f"{n}th" for n, word in enumerate(ORDINALS.split(), 1)}
DECIMAL = re.compile(r"(?<![\d.])-?\d{2,3}[.,]\d{3,}")
SEXAGESIMAL = re.compile(r"(\d{2,3})\s?[°ºd]\s?(\d{1,2})\s?['′’m]\s?(\d{1,2}(?:\.\d+)?)")
Point = tuple[float, float]


@dataclass(frozen=True)
class Fingerprints:
    """What is never to be shown, as hashes under a key; without a key nothing is known of it."""

    prints: frozenset[str] = frozenset()
    key: bytes = b""
    _tried: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @property
    def are_in_force(self) -> bool:
        """Say whether texts and points can be compared with anything."""
        return bool(self.prints and self.key)

    def refuses(self, texts: Iterable[str], points: Iterable[Point] = ()) -> bool:
        """Say whether texts, read as one, or points (lat, lon in degrees) tell such a place."""
        if not self.are_in_force:
            return False
        joined = [*texts]
        given = [*points, *(point for text in joined for point in _points(text))]
        if any(self._knows(f"point:{square}") for square in map(_square, given)):
            return True
        return self._is_told(_tokens(" ; ".join(joined)))

    def names_a_street(self, texts: Iterable[str]) -> bool:
        """Say whether texts, read as one, name the street of such a place."""
        return self.are_in_force and bool([*self._streets(_tokens(" ; ".join(texts)))])

    def _is_told(self, tokens: Sequence[str]) -> bool:
        streets = [*self._streets(tokens)]
        numbers = [*_numbers(tokens)] if streets else []
        return any(
            self._knows(f"address:{number}:{street}")
            for (start, street, is_rare), (place, number) in product(streets, numbers)
            if is_rare or abs(place - start) <= CLOSE
        )

    def _streets(self, tokens: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
        """Yield where a street that has a fingerprint stands, its name, and if it is a rare one."""
        tried = self._tried  # as long as this object lives: one check, or one thing that came in
        for start in range(len(tokens)):
            for end in range(start + 1, min(start + MOST_JOINED, len(tokens)) + 1):
                pieces = tokens[start:end]
                if ";" in pieces:
                    break
                name = "".join(pieces)
                if name not in tried:
                    tried[name] = self._knows(f"street:{name}")
                if tried[name]:
                    yield start, name, len(pieces) > 1 or not is_ordinary(name)

    def _knows(self, text: str) -> bool:
        return _hash(self.key, text) in self.prints


def refuses(texts: Iterable[str], points: Iterable[Point] = ()) -> bool:
    """Say whether anything given tells a place that is never to be shown, by the settings in force.

    For whatever comes in: a row, a report, a feed. `points` are (lat, lon), degrees, WGS 84.
    """
    given = settings.read()
    return read(given.never, given.never_key).refuses(texts, points)


def read(path: Path, key_path: Path | None) -> Fingerprints:
    """Return the fingerprints of a file; without the key they are there and match nothing.

    Raises
    ------
    CatalogueError : the key is not the one that the fingerprints were made with, or is too short
    """
    prints = frozenset(_lines(path))
    key = _key(key_path) if prints and key_path else b""
    if prints and not key:
        log.warning("%s has fingerprints, but NEVER_KEY names no key: nothing is compared.", path)
    if prints and key and _hash(key, "key") not in prints:
        raise CatalogueError(
            f"{path} was made with another key than {key_path} holds. Name that one: NEVER_KEY."
        )
    return Fingerprints(prints, key)


def add(path: Path, key_path: Path | None, told: str) -> int:
    """Add the fingerprints of an address or a point that someone typed; return how many are new.

    Raises
    ------
    CatalogueError : no key is named, it lies in this folder, or `told` is neither of the two; the
        message does not repeat it
    """
    if key_path is None:
        raise CatalogueError("NEVER_KEY names no file. Name one outside this folder; it is made.")
    if key_path.resolve().is_relative_to(ROOT):
        raise CatalogueError(f"{key_path} lies in this folder. Keep the key elsewhere: NEVER_KEY.")
    marks = _marks(told)
    if not key_path.exists():
        key_path.touch(mode=0o600)
        key_path.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
    known, key = read(path, key_path).prints, _key(key_path)
    fresh = {_hash(key, mark) for mark in ("key", *marks)} - known
    with whole.swap(path) as beside:
        beside.write_text("\n".join(sorted(known | fresh)) + "\n", encoding="ascii")
    return len(fresh)


def _marks(told: str) -> list[str]:
    """Return what is hashed of an address or a point."""
    if points := [*_points(told)]:
        lat, lon = map(round, (points[0][0] / SQUARE, points[0][1] / SQUARE))
        return [f"point:{lat + up}:{lon + on}" for up, on in product((-1, 0, 1), repeat=2)]
    tokens = _tokens(told.partition(",")[0])
    found = next(iter(_numbers(tokens)), None)
    words = [token for token in tokens if not token.isdigit() and token not in VALUES]
    if found is None or not words:
        raise CatalogueError(
            "Wanted a house number and a street, or a latitude and a longitude with three decimals "
            "or more."
        )
    number, names = found[1], {"".join(words)} | ({words[0]} if len(words[0]) > 4 else set())
    near = range(max(number - NEXT_NUMBERS, 0), number + NEXT_NUMBERS + 1)
    return [
        *(f"street:{name}" for name in names),
        *(f"address:{door}:{name}" for door, name in product(near, names)),
    ]


def _tokens(text: str) -> list[str]:
    """Return the words and numbers of a text that count, folded; ; stands between two texts."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf"
    )
    found = re.findall(r"\d{1,3}(?:st|nd|rd|th)\b|\d+|[a-z]+|;", fold(plain).translate(LOOK_ALIKES))
    words = [NUMBERED.get(word, re.sub(r"^(\d+)(?:st|nd|rd)$", r"\1th", word)) for word in found]
    return [word for word in words if word not in DROPPED]


def _numbers(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where a number stands and what it is: in digits, digit by digit, or in words."""
    is_number = [t.isdigit() or t in VALUES or t in TIMES for t in tokens]
    for number_like, group in groupby(range(len(tokens)), key=is_number.__getitem__):
        places = [*group]
        if number_like:
            for start, end in product(range(len(places)), repeat=2):
                if start <= end < start + MOST_JOINED:
                    run = [tokens[place] for place in places[start : end + 1]]
                    yield from ((places[start], value) for value in {_digits(run), _sum(run)})


def _digits(run: Sequence[str]) -> int:
    """Return the number that a run spells: "forty four seventeen" and "4 4 1 7" are 4417."""
    values = [int(word) if word.isdigit() else VALUES.get(word, 0) for word in run]
    pieces: list[int] = []
    for before, value in pairwise([0, *values]):
        is_tens = before in range(20, 100, 10) and 0 < value < 10 and pieces
        pieces[-1:] = [pieces[-1] + value] if is_tens else [*pieces[-1:], value]
    return int("".join(map(str, pieces))[:9] or 0)


def _sum(run: Sequence[str]) -> int:
    """Return the number that a run counts: "four thousand four hundred seventeen" is 4417."""
    total = part = 0
    for word in run:
        if word in TIMES:
            part = max(part, 1) * TIMES[word]
            total, part = (total + part, 0) if TIMES[word] == 1000 else (total, part)
        else:
            part += int(word[:9]) if word.isdigit() else VALUES[word]
    return total + part


def _points(text: str) -> Iterator[Point]:
    """Yield each point of our latitudes and longitudes that a text may mean."""
    found = [abs(float(part.replace(",", "."))) for part in DECIMAL.findall(text)]
    found += [int(d) + int(m) / 60 + float(s) / 3600 for d, m, s in SEXAGESIMAL.findall(text)]
    lats, lons = ([n for n in found if low < n < high] for low, high in ((32, 43), (113, 125)))
    return ((lat, -lon) for lat, lon in product(lats, lons))


def _square(point: Point) -> str:
    return ":".join(str(round(part / SQUARE)) for part in point)


def _hash(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()[:32]


def _key(path: Path) -> bytes:
    try:
        key = path.read_bytes().strip()
    except OSError:
        raise CatalogueError(
            f"NEVER_KEY: {path} cannot be read. Name the file of the key."
        ) from None
    if len(key) < LEAST_KEY:
        raise CatalogueError(f"NEVER_KEY: {path} is too short, wanted {LEAST_KEY} signs or more.")
    return key


def _lines(path: Path) -> Iterator[str]:
    try:
        yield from path.read_text(encoding="ascii").split()
    except OSError:
        return
