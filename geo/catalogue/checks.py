"""Checks: one function a rule, over the rows of a catalogue -> what is wrong and how to mend it.

A rule takes `Rows` and yields an `Issue` for each bad cell; its name is the rule's name. To add
one, write it and put it into `RULES`. No message ever repeats a cell of a row whose place is not
public.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

import pandas as pd
import phonenumbers
from babel import Locale

from geo.catalogue import disclosure, records
from geo.catalogue.dates import PartialDate
from geo.errors import HoursError
from geo.hours.rules import parse


class Said(str):
    """Our own words about what was found: they stand without quotes in a message."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the words themselves."""
        return str(self)


NOTHING = Said("nothing")
WITHHELD = Said("text that is not shown here")
SHOWN_LENGTH = 60


@dataclass(frozen=True)
class Issue:
    """One fault; `str(issue)` is the whole message."""

    where: str  # file and line: "services.csv:4"
    column: str  # empty if it is about the whole line or file
    found: object
    wanted: str
    fix: str
    rule: str = ""

    def __str__(self) -> str:
        """Say where, what was found, what was wanted and how to mend it."""
        where = f"{self.where} {self.column}".rstrip()
        return f"{where}: found {self.found!r}, wanted {self.wanted}. {self.fix}"


@dataclass(frozen=True)
class Row:
    """One row of the catalogue and where it stands."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell."""
        return self.cells[column]

    @cached_property
    def types(self) -> list[str]:
        """Return the types of the service."""
        return records.split(self["service_types"])

    @cached_property
    def is_public(self) -> bool:
        """Say whether the place may be shown; any policy but 'public' means it may not."""
        return self["location_policy"] == "public"

    @cached_property
    def lacks_release(self) -> bool:
        """Say whether it is a shelter of survivors shown in public without a written release."""
        about = f"{self['description_en']} {self['description_es']}"
        shelter = disclosure.shelters_survivors(self.types, self["name"], about)
        return self.is_public and shelter and not re.search(r"[0-9]", self["release_ref"])

    def issue(self, column: str, wanted: str, fix: str, found: object = None) -> Issue:
        """Return an issue about a cell; what must not be shown stays out of it."""
        if not self[column]:
            found = NOTHING
        elif not self.is_public or self.lacks_release or _holds_nobodys_number(self[column]):
            found = WITHHELD
        elif found is None:
            found = _shortened(self[column])
        return Issue(self.where, column, found, wanted, fix)


@dataclass(frozen=True)
class Rows:
    """The rows of a catalogue and what else the rules need to know."""

    rows: Sequence[Row]
    today: date
    zip_counties: Mapping[str, str]

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows as the file has them."""
        return iter(self.rows)

    def filled(self, *columns: str) -> Iterator[tuple[Row, str, str]]:
        """Yield row, column and text of each cell of `columns` that is not blank."""
        return ((row, name, row[name]) for row in self for name in columns if row[name])


Rule = Callable[[Rows], Iterator[Issue]]

EMPTY_IT = "Empty it, or correct it."


def required(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each blank cell of a column that no row can do without."""
    for row in rows:
        for column in records.REQUIRED:
            if not row[column]:
                yield row.issue(column, f"a filled cell ({records.COLUMNS[column]})", "Fill it in.")


ID = re.compile(r"[a-z0-9]{6}")


def ids(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each id of the wrong form or used twice."""
    first: dict[str, str] = {}
    for row, column, found in rows.filled("id"):
        if not ID.fullmatch(found):
            fix = "Give the row a new one that no other row ever had."
            yield row.issue(column, "six characters, a to z and 0 to 9", fix)
        elif found in first:
            fix = f"{first[found]} has it too; give the newer of the two another."
            yield row.issue(column, "an id that no other row has", fix)
        first.setdefault(found, row.where)


def words(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each word that is not in the vocabulary of its column."""
    for row, column, cell in rows.filled(*records.VOCABULARIES):
        allowed = records.VOCABULARIES[column]
        for found in records.split(cell) if column in records.LISTS else [cell]:
            if found not in allowed:
                wanted = f"one of {', '.join(allowed)}"
                yield row.issue(column, wanted, _hint(found, allowed), _shortened(found))


def lists(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each list that repeats an entry or has an empty one."""
    for row, column, cell in rows.filled(*records.LISTS):
        entries = records.split(cell)
        if cell.count(";") != len(entries) - 1:
            yield row.issue(column, "entries with one ; between two", "Take the spare ; out.")
        if len({*entries}) < len(entries):
            yield row.issue(column, "each entry once", "Take the repeated entry out.")


def documents(rows: Rows) -> Iterator[Issue]:
    """Yield an issue where no papers are asked for and yet some are."""
    for row, column, cell in rows.filled("required_documents"):
        if "none" in records.split(cell) and len(records.split(cell)) > 1:
            yield row.issue(column, "none alone, or the papers", "Keep what the source says.")


CODES = {str(code) for code in Locale("en").languages if len(str(code)) == 2}


def languages(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each language that is not an ISO 639-1 code or 'interpreter'."""
    for row, column, cell in rows.filled("languages"):
        for found in records.split(cell):
            if found not in CODES and found != records.INTERPRETER:
                wanted = "two-letter codes such as en, es, or interpreter, split by ;"
                fix = "Look the code up in ISO 639-1; if it has none, leave the language out."
                yield row.issue(column, wanted, fix, _shortened(found))


# South, north, west, east, in degrees: the bounds of each county in the cartographic boundary file
# cb_2016_us_county_500k of the US Census Bureau, rounded outwards.
BOXES: Mapping[str, tuple[float, float, float, float]] = {
    "imperial": (32.6186, 33.4338, -116.1062, -114.4629),
    "san_joaquin": (37.4817, 38.3003, -121.5851, -120.9171),
}
EARTH = (-90.0, 90.0, -180.0, 180.0)
MARGIN = 0.02  # degrees, about 2 km
DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?")


def points(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each point that is half, no number, unsourced or not in its county."""
    for row in rows:
        for column, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if row[column] and not DEGREES.fullmatch(row[column]):
                yield row.issue(column, "degrees such as 32.7921", "Correct it, or empty both.")
            if row[column] and not row[other]:
                yield row.issue(other, "latitude and longitude, or neither", "Fill it in.")
        if all(DEGREES.fullmatch(row[column]) for column in ("latitude", "longitude")):
            yield from _misplaced(row, float(row["latitude"]), float(row["longitude"]))


def _misplaced(row: Row, lat: float, lon: float) -> Iterator[Issue]:
    county = row["county"]
    if not row["location_source"]:
        yield row.issue("location_source", records.COLUMNS["location_source"], "Fill it in.")
    if county in records.PLACES and county != "outside" and county not in BOXES:
        fix = "Name the county that the point lies in, or empty the point."
        yield row.issue("county", "imperial, san_joaquin or outside, for there is a point", fix)
    box = EARTH if county == "outside" else BOXES.get(county)
    if box and not _inside(box, lat, lon):
        south, north, west, east = box
        wanted = f"a point in {records.PLACES[county]}" if county in BOXES else "a point on earth"
        wanted += f", latitude {south} to {north} and longitude {west} to {east}"
        found = Said(f"{row['latitude']}, {row['longitude']}")
        yield row.issue("latitude", wanted, _mend_point(box, lat, lon), found)


def _inside(box: tuple[float, float, float, float], lat: float, lon: float) -> bool:
    south, north, west, east = box
    return (
        south - MARGIN <= lat <= north + MARGIN
        and west - MARGIN <= lon <= east + MARGIN
        and abs(lat) <= 90
        and abs(lon) <= 180
    )


def _mend_point(box: tuple[float, float, float, float], lat: float, lon: float) -> str:
    if _inside(box, lon, lat):
        return "Are the two swapped?"
    if _inside(box, lat, -lon):
        return "Is the minus sign of the longitude missing?"
    for county, other in BOXES.items():
        if _inside(other, lat, lon):
            return f"It lies in {records.COUNTIES[county]}: is the county right?"
    return "Correct it, or empty both."


def precision(rows: Rows) -> Iterator[Issue]:
    """Yield an issue where a public row says it knows its place better or worse than it does."""
    for row, column, found in rows.filled("location_precision"):
        point = row["latitude"] or row["longitude"]
        if not row.is_public or found not in records.PRECISIONS:
            continue
        if found in ("exact", "street") and not point:
            fix = "Fill in latitude and longitude, or write zip, city or none."
            yield row.issue(column, "zip, city or none, for there is no point", fix)
        elif found not in ("exact", "street") and point:
            fix = "Write exact or street if the source gives this very address, else empty both."
            yield row.issue(column, "exact or street, for there is a point", fix)
        elif found in ("zip", "city") and not row[found]:
            yield row.issue(column, f"a row whose {found} is filled", f"Fill the {found} in.")


def zips(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each ZIP code that is not five digits or not in the county named."""
    for row, column, found in rows.filled("zip"):
        county, home = row["county"], rows.zip_counties.get(found)
        if not re.fullmatch(r"[0-9]{5}", found):
            yield row.issue(column, "five digits", "Correct it, or empty it.")
        elif county in records.COUNTIES and home != county:
            wanted = f"a ZIP code of {records.COUNTIES[county]}"
            known = records.COUNTIES.get(home or "")
            fix = f"It is in {known}: which is right?" if known else "Correct it, or empty it."
            yield row.issue(column, wanted, fix)


TEN_DIGITS = re.compile(r"[0-9]{3}-[0-9]{3}-[0-9]{4}")


def phones(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each phone or text number that nobody can have."""
    for row, column, found in rows.filled("phone", "text_line"):
        longest = 3 if column == "phone" else 6
        short = re.fullmatch(rf"[0-9]{{3,{longest}}}", found)
        if not (short and _is_short_number(found)) and not _is_us_number(found):
            wanted = "a US number as NNN-NNN-NNNN or a short one such as 988"
            fix = "Look it up at the source; one number a cell, words go into the notes."
            yield row.issue(column, wanted, fix)


def _is_us_number(text: str) -> bool:
    number = phonenumbers.parse(text, "US") if TEN_DIGITS.fullmatch(text) else None
    return bool(number and phonenumbers.is_valid_number_for_region(number, "US"))


def _is_short_number(text: str) -> bool:
    if len(text) > 3:  # codes to send a text to: no list of them all is public
        return len(text) > 4 and text[0] != "0"
    return phonenumbers.is_valid_short_number_for_region(phonenumbers.parse(text, "US"), "US")


# A founding document names this number; nothing could be found that it belongs to.
NOBODYS_NUMBER = "7603575095"


def nobodys_number(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each cell that holds the number not to be shown, however written."""
    for row, column, cell in rows.filled(*records.COLUMNS):
        if _holds_nobodys_number(cell):
            wanted = "a number that is known to be somebody's"
            yield row.issue(column, wanted, "Take it out: whose it is, nobody knows.")


def _holds_nobodys_number(text: str) -> bool:
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    digits = re.sub(r"[^0-9]", "", plain)
    if NOBODYS_NUMBER[6:] not in digits:
        return False
    local = rf"(?<!\d){NOBODYS_NUMBER[3:6]}\D{{0,3}}{NOBODYS_NUMBER[6:]}(?!\d)"
    return NOBODYS_NUMBER in digits or bool(re.search(local, plain))


def text_words(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each row that has a word to send but no number to send it to."""
    for row in rows:
        if (row["text_word"] or row["text_word_es"]) and not row["text_line"]:
            wanted = "the number to send the word to"
            yield row.issue("text_line", wanted, "Fill it in, or empty the words.")


def opening_hours(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each cell of hours that cannot be read."""
    for row, column, cell in rows.filled("hours"):
        try:
            parse(cell)
        except HoursError as error:
            where = re.search(r"character \d+", str(error))
            fix = f"Look at {where[0]}. " if where else ""
            fix += "Write them as in OpenStreetMap; if they are not known, empty the cell."
            yield row.issue(column, "opening hours such as Mo-Fr 08:00-17:00", fix)


EARLIEST = "1990"


def dates(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each date that is none, is in the future or is before 1990."""
    for row, column, found in rows.filled("source_date", "verified_on"):
        if not _is_date(found) or (column == "verified_on" and len(found) < 10):
            known = "YYYY-MM-DD" if column == "verified_on" else "YYYY, YYYY-MM or YYYY-MM-DD"
            yield row.issue(column, f"a real date as {known}", EMPTY_IT)
        elif not EARLIEST <= found <= rows.today.isoformat():
            yield row.issue(column, f"a date from {EARLIEST} to today", EMPTY_IT)


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def verification(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each row that says when or by whom it was confirmed, but not both."""
    for row in rows:
        for column, other in (
            ("verified_on", "verified_by_role"),
            ("verified_by_role", "verified_on"),
        ):
            if row[other] and not row[column]:
                fix = f"Fill it in, or empty {other}."
                yield row.issue(column, records.COLUMNS[column], fix)


ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+", re.ASCII | re.IGNORECASE)
HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]\.?")
LOOKS_LIKE_LINK = re.compile(r"[a-z][a-z0-9+.-]*:/|//|www\.|mailto:|geo:", re.IGNORECASE)


def links(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each web address that is not plain http or https with a host."""
    for row, column, cell in rows.filled("website", "source_ref"):
        for found in [cell] if column == "website" else records.split(cell):
            if (column == "website" or LOOKS_LIKE_LINK.match(found)) and not _is_link(found):
                wanted = "an http or https address with a host, without name, password or blank"
                fix = "Copy it from the browser's address bar."
                yield row.issue(column, wanted, fix, _shortened(found))


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = ADDRESS.fullmatch(text) and text.isascii() and "@" not in parts.netloc
    return bool(plain and HOST.fullmatch(host))


UNSAFE = {
    "text without template signs ({{ }} {% %} {# ${ #{ or `)": re.compile(
        r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{|#\{|`"
    ),
    "text without HTML": re.compile(r"<[A-Za-z/!?]"),
    "text without Markdown links or images": re.compile(r"!\[|\]\("),
    "text without javascript: or data:": re.compile(
        r"(?<![\w/-])(?:javascript|vbscript|data)\s*:", re.IGNORECASE
    ),
}
FORMULA = re.compile(r"[=@+\-\t\r]")
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # Unicode general categories


def clean_text(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each cell that a page, a spreadsheet or a template could take for code."""
    for row, column, cell in rows.filled(*records.COLUMNS):
        if cell != cell.strip():
            yield row.issue(column, "no blank at the start or end", "Take it out.")
        for wanted, pattern in UNSAFE.items():
            if pattern.search(cell):
                yield row.issue(column, wanted, "Say it in plain words.")
        if FORMULA.match(cell) and column not in ("latitude", "longitude"):
            fix = "Begin with a word: a spreadsheet would take this for a formula."
            yield row.issue(column, "text that does not begin with = @ + - or a tab", fix)
        if name := _invisible(cell):
            fix = "Type the words anew instead of pasting them."
            yield row.issue(column, f"text without the invisible character {name}", fix)


def _invisible(cell: str) -> str:
    """Return the name of the first character that cannot be seen, '' if all can."""
    for sign in "" if cell.isprintable() else cell:
        if unicodedata.category(sign) in INVISIBLE:
            return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".rstrip()
    return ""


TWINS = (
    ("phone_note", "phone_note_es"),
    ("eligibility", "eligibility_es"),
    ("fees_note", "fees_note_es"),
)


def twins(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each text that is there in one of the two languages only."""
    for row in rows:
        for english, spanish in TWINS:
            if bool(row[english]) != bool(row[spanish]):
                blank, filled = (spanish, english) if row[english] else (english, spanish)
                fix = "Translate it, or empty both."
                yield row.issue(blank, f"a translation of {filled}", fix)


def release(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each shelter of survivors that is public without a written release."""
    for row in rows:
        if row.lacks_release:
            wanted = "area_only or none for a shelter of survivors without a written release"
            fix = (
                "Write area_only and empty the place; or put the release's number into release_ref."
            )
            yield row.issue("location_policy", wanted, fix)


PLACE = ("street", "city", "zip", "latitude", "longitude", "location_source")
FORMED = {*records.VOCABULARIES, "id", "phone", "text_line", "languages", "hours"}
FORMED |= {"source_date", "verified_on"}  # other rules leave no room for an address in these
FREE_TEXT = tuple(column for column in records.COLUMNS if column not in {*PLACE, *FORMED})


def confidential(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each cell that may tell where a place is that is not public.

    Such a row is refused, not mended: its text is already in the file, and perhaps elsewhere.
    """
    for row in rows:
        if row.is_public:
            continue
        for column in PLACE:
            if row[column]:
                fix = "Empty it, here and in every copy of the file; it must not be kept."
                yield row.issue(column, "an empty cell, for this place is not public", fix)
        if row["location_precision"] != "none":
            wanted = "none, for this place is not public"
            yield row.issue("location_precision", wanted, "Write none.")
        for column in FREE_TEXT:
            if kind := disclosure.clue(row[column]):
                fix = "Take it out, here and in every copy; if it is none, write it another way."
                wanted = f"text without {kind}, for this place is not public"
                yield row.issue(column, wanted, fix)
        if kind := disclosure.clue(" ".join(re.findall(r'"([^"]*)"?', row["hours"]))):
            yield row.issue("hours", f"notes without {kind}", "Take it out.")


RULES: tuple[Rule, ...] = (
    required,
    ids,
    words,
    lists,
    documents,
    languages,
    points,
    precision,
    zips,
    phones,
    nobodys_number,
    text_words,
    opening_hours,
    dates,
    verification,
    links,
    clean_text,
    twins,
    release,
    confidential,
)


def check(
    frame: pd.DataFrame,
    lines: Sequence[int],
    today: date,
    zip_counties: Mapping[str, str],
    file_name: str,
) -> list[Issue]:
    """Return every fault that `RULES` find, in the order of the file: by row, then by column.

    Parameters
    ----------
    frame : the columns of `records.COLUMNS`, all text, '' for blank
    lines : the line of the file on which each row of `frame` begins
    today : the day after which no date may be
    zip_counties : 'imperial' or 'san_joaquin' for each ZIP code of the two
    file_name : what messages call the file
    """
    wheres = [f"{file_name}:{line}" for line in lines]
    columns = list(records.COLUMNS)
    cells = frame[columns].to_numpy().tolist()
    rows = [
        Row(where, dict(zip(columns, row, strict=True)))
        for where, row in zip(wheres, cells, strict=True)
    ]
    known = Rows(rows, today, zip_counties)
    issues = [replace(issue, rule=rule.__name__) for rule in RULES for issue in rule(known)]
    row_number = {where: number for number, where in enumerate(wheres)}
    return sorted(issues, key=lambda one: (row_number[one.where], columns.index(one.column)))


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"


def _hint(found: str, allowed: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(found.casefold(), allowed, n=1)
    return f"Did you mean {near[0]}?" if near else "Choose one of them."
