"""Cells: one text of a feed -> what it says in our way of writing it, '' if it says nothing."""

import re
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser

import phonenumbers
from babel import Locale

from geo.catalogue.blanks import means_nothing
from geo.catalogue.csv_file import MOST_CHARACTERS
from geo.files.clean_text import plain

MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#?\w+);")
APART = {"p", "br", "div", "li", "tr", "td", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"}
UNSEEN = {"script", "style", "head", "title", "template"}
BULLET = re.compile(r"^[\s=+@\-*•·–—]+")
USUAL = re.compile(r"\(?([0-9]{3})\)?[-. ]{0,2}([0-9]{3})[-. ]?([0-9]{4})")
ESCAPED = re.compile(r"\s*\\[nrt]\s*")
LANGUAGES = {str(name).casefold(): str(code) for code, name in Locale("en").languages.items()}
CODES = {code for code in LANGUAGES.values() if len(code) == 2}
THREE = {"eng": "en", "spa": "es"}


class _Words(HTMLParser):
    """What a reader of a piece of HTML sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Take note of what is not seen, and of what stands apart."""
        self._unseen += tag in UNSEEN
        if tag in APART:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End what is not seen."""
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        if tag in APART:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self._unseen:
            self.words.append(data)


def text(told: str, most: int = MOST_CHARACTERS) -> str:
    r"""Return plain words on one line: no markup, no literal \n, no bullet at the start, no "N/A".

    >>> text(r"<p>Food &amp; <b>clothes</b></p>\nCall first"), text("- Beds<script>x()</script>")
    ('Food & clothes Call first', 'Beds')
    """
    if not told:
        return ""
    words = ESCAPED.sub(" ", told) if "\\" in told else told
    for _ in range(2):  # markup is often packed twice: &lt;p&gt;
        if not MARKUP.search(words):
            break
        reader = _Words()
        reader.feed(words)
        reader.close()
        words = "".join(reader.words)
    words = plain(words.replace("`", "'"))
    if BULLET.match(words):
        words = BULLET.sub("", words)
    if means_nothing(words):
        return ""
    return words if len(words) <= most else plain(words, most)


@lru_cache(maxsize=4096)
def phone(told: str) -> tuple[str, str]:
    """Return a number as NNN-NNN-NNNN or a short one, and its extension; blank if it is none.

    >>> phone("(312) 773-1068 ext. 321"), phone("988"), phone("no phone"), phone("555")
    (('312-773-1068', '321'), ('988', ''), ('', ''), ('555', ''))
    """
    bare = told.strip(" \"'")
    if re.fullmatch(r"[0-9]{3,6}", bare):
        return bare, ""
    if usual := USUAL.fullmatch(bare):
        return "-".join(usual.groups()), ""
    try:
        number = phonenumbers.parse(bare, "US")
    except phonenumbers.NumberParseException:
        return "", ""
    digits = str(number.national_number)
    if number.country_code != 1 or len(digits) != 10:
        return "", ""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}", number.extension or ""


def point(latitude: str, longitude: str) -> tuple[str, str]:
    """Return a point, turned round where it cannot be otherwise; blank if it is none.

    >>> point("-115.560", "32.79"), point("0", "0"), point("37.95", "x")
    (('32.79', '-115.56'), ('', ''), ('', ''))
    """
    pair = (latitude.replace("−", "-"), longitude.replace("−", "-"))
    if not all(re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]+)?", one) for one in pair):
        return "", ""
    lat, lon = (one.removeprefix("+") for one in pair)
    if abs(float(lat)) > 90 >= abs(float(lon)):
        lat, lon = lon, lat
    if abs(float(lat)) > 90 or abs(float(lon)) > 180 or float(lat) == float(lon) == 0:
        return "", ""
    return _shortest(lat), _shortest(lon)


def _shortest(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def day(told: str) -> str:
    """Return a date as YYYY-MM-DD; blank for none, and for one no source of ours can have.

    >>> day("2025-03-09T10:30:45Z"), day("3/9/2025"), day("0001-01-01")
    ('2025-03-09', '2025-03-09', '')
    """
    american = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})\b", told)
    iso = re.match(r"(\d{4})-(\d{2})-(\d{2})(?!\d)", told)
    try:
        if american:
            month, number, year = map(int, american.groups())
            found = date(year, month, number)
        elif iso:
            found = date(*map(int, iso.groups()))
        else:
            return ""
    except ValueError:
        return ""
    return found.isoformat() if found.year >= 1990 else ""


def link(told: str) -> str:
    """Return a web address; one without http gets it.

    >>> link("www.example.org"), link("N/A"), link("HTTPS://example.org/a")
    ('http://www.example.org', '', 'https://example.org/a')
    """
    bare = told.strip().strip("\"'<>")
    if found := re.match(r"(?i)(https?)://(.+)", bare):
        return f"{found[1].lower()}://{found[2]}"
    is_host = re.fullmatch(r"(?i)[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", bare)
    return f"http://{bare}" if is_host and "@" not in bare else ""


@lru_cache(maxsize=1024)
def _language(told: str) -> str:
    bare = told.casefold()
    code = THREE.get(bare) or LANGUAGES.get(bare) or bare.partition("-")[0]
    return code if code in CODES else ""


def language(told: str) -> str:
    """Return the ISO 639-1 code of a language; blank if it has none.

    >>> language("Spanish"), language("es-MX"), language("Mixteco"), language("eng")
    ('es', 'es', '', 'en')
    """
    return _language(told.strip()[:40])


def several(told: str) -> list[str]:
    """Return the entries of a cell that holds several.

    >>> several("Spanish; Mixteco, English")
    ['Spanish', 'Mixteco', 'English']
    """
    return [one.strip() for one in re.split(r"[;,|]", told) if one.strip()]


def zip_code(told: str) -> str:
    """Return the five digits of a ZIP code.

    >>> zip_code("95202-1234 "), zip_code("ABC 123"), zip_code("95202.0")
    ('95202', '', '95202')
    """
    found = re.fullmatch(r"\s*(\d{5})(?:-?\d{4}|\.0)?\s*", told)
    return found[1] if found else ""
