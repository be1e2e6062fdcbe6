"""Checks: one function a rule, over the rows of a catalogue -> what is wrong and how to mend it.

A rule takes `Rows` and yields an `Issue` for each bad cell; its name is the rule's name. To add
one, write it and put it into `RULES`. No message ever repeats a cell of a row whose place is not
public.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

import pandas as pd
import phonenumbers
from babel import Locale

from geo import settings
from geo.catalogue import approvals, blanks, damage, disclosure, records, survivors, whereabouts
from geo.catalogue import never as fingerprints
from geo.catalogue.allowed_text import refusal, without_numbers
from geo.catalogue.approvals import Approvals
from geo.catalogue.dates import PartialDate
from geo.catalogue.never import Fingerprints
from geo.errors import CatalogueError, HoursError
from geo.hours.reading import understand
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
TOLD = (  # what readers are told in words of ours
    "name",
    "organization",
    "description_en",
    "description_es",
    "phone_note",
    "phone_note_es",
    "hours_note",
    "hours_note_es",
    "eligibility",
    "eligibility_es",
    "fees_note",
    "fees_note_es",
    "status_note",
    "status_note_es",
)


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
    def is_private(self) -> bool:
        """Say whether it has a place that is kept private: 'none' is a line without one."""
        return not self.is_public and self["location_policy"] != "none"

    @cached_property
    def release(self) -> str:
        """Return the kind of the release on file, '' if none is or it has no form."""
        return survivors.release_of(self["release_ref"], date.max)

    @cached_property
    def lacks_release(self) -> bool:
        """Say whether it is a shelter of survivors shown in public without a written release."""
        about = ". ".join(self[column] for column in TOLD[1:])
        is_one = survivors.shelters_them(self.types, self["name"], about, self["for_survivors"])
        return self.is_public and is_one and self.release != survivors.AGREED

    @cached_property
    def known_as(self) -> frozenset[str]:
        """Return the names of the service and of who runs it, folded, whole and without addenda."""
        return known_as(self["name"], self["organization"])

    def withholds(self, column: str) -> bool:
        """Say whether no message may repeat a cell, or what follows from it."""
        hidden = not self.is_public or self.lacks_release
        return hidden or _holds_nobodys_number(self[column])

    @cached_property
    def place(self) -> whereabouts.Place:
        """Return what it says of where it is; a point outside its county is none."""
        point, degrees = None, [self["latitude"], self["longitude"]]
        if self["county"] in BOXES and _are_degrees(degrees):
            lat, lon = map(float, degrees)
            point = (lat, lon) if _inside(BOXES[self["county"]], lat, lon) else None
        drawn = self["location_precision"] in ("zip", "city")
        return whereabouts.Place(self["city"], self["zip"], self["county"], point, drawn)

    def issue(self, column: str, wanted: str, fix: str, found: object = None) -> Issue:
        """Return an issue about a cell; what must not be shown stays out of it."""
        if not self[column]:
            found = NOTHING
        elif self.withholds(column):
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
    approved: Approvals = approvals.NOTHING
    never: Fingerprints = field(default_factory=Fingerprints)

    @cached_property
    def hidden_names(self) -> frozenset[str]:
        """Return what the places that are kept private, and who runs them, are known as."""
        private = (row for row in self if row.is_private)
        return frozenset().union(*(row.known_as for row in private))

    def shares_a_name(self, row: Row) -> bool:
        """Say whether a public row goes by a name of a place that is kept private."""
        return row.is_public and not self.hidden_names.isdisjoint(row.known_as)

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows as the file has them."""
        return iter(self.rows)

    def filled(self, *columns: str) -> Iterator[tuple[Row, str, str]]:
        """Yield row, column and text of each cell of `columns` that is not blank."""
        return ((row, name, row[name]) for row in self for name in columns if row[name])


Rule = Callable[[Rows], Iterator[Issue]]

EMPTY_IT = "Empty it, or correct it."


def known_as(name: str, organization: str) -> frozenset[str]:
    """Return the names of a service and of who runs it, folded, whole and without addenda.

    >>> sorted(known_as("Oak House (north)", ""))
    ['oak house', 'oak house north']
    """
    names = [part for cell in (name, organization) for part in _parts(cell)]
    return frozenset(filter(None, map(survivors.folded, names)))


def required(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each blank cell of a column that no row can do without."""
    for row in rows:
        for column in records.REQUIRED:
            if not row[column]:
                yield row.issue(column, f"a filled cell ({records.COLUMNS[column]})", "Fill it in.")


ID = re.compile(r"[a-z0-9]{6}")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
NUMBER_OR_DATE = re.compile(rf"\d+(?:e\d+)?|\d{{0,2}}{_MONTH}\d+")  # to a spreadsheet


def ids(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each id of the wrong form or used twice."""
    first: dict[str, str] = {}
    for row, column, found in rows.filled("id"):
        fix = "Give the row a new one that no other row ever had."
        if not ID.fullmatch(found):
            yield row.issue(column, "six characters, a to z and 0 to 9", fix)
        elif NUMBER_OR_DATE.fullmatch(found):
            yield row.issue(column, "an id that a spreadsheet leaves as it is", fix)
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
        if _are_degrees([row["latitude"], row["longitude"]]):
            yield from _misplaced(row, float(row["latitude"]), float(row["longitude"]))


def _are_degrees(pair: list[str]) -> bool:
    return all(DEGREES.fullmatch(text) for text in pair)


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


def at_odds(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each public row whose town, ZIP code, county and point do not agree."""
    for row in rows:
        if row.is_public and not row.lacks_release:
            for one in whereabouts.at_odds(row.place):
                point = Said(f"{row['latitude']}, {row['longitude']}")
                found = point if one.column == "latitude" else None
                yield row.issue(one.column, one.wanted, one.fix, found)


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
    for row in rows:
        if NOBODYS_NUMBER[6:] not in _digits("".join(row.cells.values())):
            continue  # so of nearly all, and it costs a tenth
        for column in records.COLUMNS:
            if _holds_nobodys_number(row[column]):
                wanted = "a number that is known to be somebody's"
                yield row.issue(column, wanted, "Take it out: whose it is, nobody knows.")


def _holds_nobodys_number(text: str) -> bool:
    digits = _digits(text)
    if NOBODYS_NUMBER[6:] not in digits:
        return False
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    local = rf"(?<!\d){NOBODYS_NUMBER[3:6]}\D{{0,3}}{NOBODYS_NUMBER[6:]}(?!\d)"
    return NOBODYS_NUMBER in digits or bool(re.search(local, plain))


def _digits(text: str) -> str:
    """Return the digits of a text, whatever the script, as 0 to 9."""
    found = re.sub(r"\D+", "", text)
    if found.isascii():
        return found
    return "".join(str(unicodedata.decimal(sign)) for sign in found)


def text_words(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each row that has a word to send but no number to send it to."""
    for row in rows:
        if (row["text_word"] or row["text_word_es"]) and not row["text_line"]:
            wanted = "the number to send the word to"
            yield row.issue("text_line", wanted, "Fill it in, or empty the words.")


def opening_hours(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each cell of hours that cannot be read, with what was probably meant."""
    for row, column, cell in rows.filled("hours"):
        try:
            parse(cell)
        except HoursError as error:
            wanted = "opening hours such as Mo-Fr 08:00-17:00"
            if row.withholds(column):
                fix = f"Look at character {error.character}. {AS_IN_OSM}"
            else:
                fix = f"Look at character {error.character}: {error.why}. {_meant(cell)}"
            yield row.issue(column, wanted, fix)


AS_IN_OSM = "Write them as in OpenStreetMap; if they are not known, empty the cell."


def _meant(hours: str) -> str:
    """Return what hours as people write them mean, as a question; else what to do."""
    reading = understand(hours)
    return f"Did you mean {reading.hours}?" if reading.is_complete else AS_IN_OSM


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
MAYBE_UNSAFE = re.compile(r"[{}`<\[\]:]")  # a sign that each of them has
FORMULA = re.compile(r"[=@+\-\t\r]")
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # Unicode general categories


def clean_text(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each cell that a page, a spreadsheet or a template could take for code."""
    for row, column, cell in rows.filled(*records.COLUMNS):
        if cell != cell.strip():
            yield row.issue(column, "no blank at the start or end", "Take it out.")
        for wanted, pattern in UNSAFE.items() if MAYBE_UNSAFE.search(cell) else ():
            if pattern.search(cell):
                yield row.issue(column, wanted, "Say it in plain words.")
        if FORMULA.match(cell) and column not in ("latitude", "longitude"):
            fix = "Begin with a word: a spreadsheet would take this for a formula."
            yield row.issue(column, "text that does not begin with = @ + - or a tab", fix)
        name = _invisible(cell)
        if name and not damage.mended(cell):
            fix = "Type the words anew instead of pasting them."
            if name in ("U+000A", "U+000D"):
                fix = "It is a line break: take it out."
            yield row.issue(column, f"text without the invisible character {name}", fix)


LINKS = ("website", "source_ref")


def damaged_text(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each text that a program damaged on its way here."""
    for row, column, cell in rows.filled(*records.COLUMNS):
        mended = damage.mended(cell, is_link=column in LINKS)
        if mended is not None:
            fix = "Look it up at the source; save files as 'CSV UTF-8'."
            if mended and not row.withholds(column):
                words = [word for word in mended.split() if word not in cell.split()]
                told = ", ".join(repr(_shortened(word)) for word in words[:3] or [mended])
                fix = f"Was it {told}? Save files as 'CSV UTF-8'."
            yield row.issue(column, "text that was not damaged on its way here", fix)


def no_value(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each cell that only says that its value is not known."""
    for row, column, cell in rows.filled(*records.COLUMNS):
        allowed = cell in records.VOCABULARIES.get(column, ()) or column in ("id", "languages")
        if not allowed and blanks.means_nothing(cell):
            fix = "Empty the cell."
            if column in records.REQUIRED:
                fix = "Look it up: a row cannot do without it."
            yield row.issue(column, "a value, or a blank cell: blank means unknown", fix)


def _invisible(cell: str) -> str:
    """Return the name of the first character that cannot be seen, '' if all can."""
    for sign in "" if cell.isprintable() else cell:
        if unicodedata.category(sign) in INVISIBLE:
            return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".rstrip()
    return ""


TWINS = (
    ("phone_note", "phone_note_es"),
    ("hours_note", "hours_note_es"),
    ("eligibility", "eligibility_es"),
    ("fees_note", "fees_note_es"),
    ("status_note", "status_note_es"),
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
    """Yield an issue for each release without form, and each shelter that is public without one."""
    form = f"such as {survivors.AGREED} R-12, 2026-04-30, director; or {survivors.LISTED} …"
    for row in rows:
        if row["release_ref"] and not survivors.release_of(row["release_ref"], rows.today):
            wanted = f"a kind, a reference, a day and a role, {form}"
            yield row.issue("release_ref", wanted, f"The roles: {', '.join(approvals.ROLES)}.")
        if row.lacks_release:
            wanted = "area_only or none for a shelter of survivors without a written release"
            fix = (
                "Write area_only and empty the place; or put the release into release_ref, "
                f"{form}; or, if it is not for survivors, write no into for_survivors."
            )
            yield row.issue("location_policy", wanted, fix)


def stated(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each place of safety on a street that does not say why it is shown."""
    for row in rows:
        is_shown = row.is_public and (row["street"] or row["latitude"])
        if not is_shown or row.release or row.lacks_release:
            continue
        if survivors.TYPES & {*row.types}:
            fix = (
                f"Write who lists it as open to all: {survivors.LISTED} …, a day, a role; or "
                "write area_only and empty the place."
            )
            yield row.issue("release_ref", "why this place may be shown", fix)
        elif "shelter" in row.types and not row["for_survivors"]:
            fix = "Write no if it is for anyone without a home, with the source that says so; or "
            fix += "write area_only and empty the place."
            yield row.issue("for_survivors", "yes or no for a shelter that is shown", fix)


def shared_names(rows: Rows) -> Iterator[Issue]:
    """Yield an issue where a public row may tell the private place of the same name.

    It may have a street only with a written release: that others list it is none. Its texts, and
    all those of such rows together, are searched as one: an address can be spread over columns and
    rows.
    """
    together: dict[frozenset[str], list[str]] = {}
    for row in rows:
        if not rows.shares_a_name(row):
            continue
        if (row["street"] or row["latitude"]) and row.release != survivors.AGREED:
            wanted = "a written release, for a place of this name or organization is kept private"
            fix = "Empty street and point; or write its release into release_ref: "
            fix += f"{survivors.AGREED} …"
            yield replace(row.issue("street", wanted, fix), found=WITHHELD)
        texts = [row[name] for name in TOLD if row[name] and not rows.approved.passes(row[name])]
        before = together.setdefault(row.known_as & rows.hidden_names, [])
        for told in (texts, [*before, *texts]):
            if kind := disclosure.clue(without_numbers(" ".join(told))):
                wanted = f"texts without {kind}, read as one: a place of this name is kept private"
                yield replace(row.issue("description_en", wanted, "Take it out."), found=WITHHELD)
                break
        before.extend(texts)


def never(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each row that tells a place that is never to be shown.

    All texts of a row are read as one, and so are those of the rows that share a name.
    """
    if not rows.never.are_in_force:
        return
    groups: dict[str, list[tuple[Row, list[str]]]] = {}
    for row in rows:
        texts = [text for text in row.cells.values() if text]
        degrees = (row["latitude"], row["longitude"])
        points = [(float(degrees[0]), float(degrees[1]))] if all(map(_is_degrees, degrees)) else []
        shares = not row.is_public or rows.shares_a_name(row)
        if rows.never.refuses(texts, points) or (shares and rows.never.names_a_street(texts)):
            yield _never(row)
        else:
            for name in row.known_as:
                groups.setdefault(name, []).append((row, texts))
    told: set[str] = set()
    for group in groups.values():
        last = group[-1][0]
        joined = (text for _, texts in group for text in texts)
        if len(group) > 1 and last.where not in told and rows.never.refuses(joined):
            told.add(last.where)
            yield _never(last)


def _never(row: Row) -> Issue:
    fix = "Take it out of the row, in every copy; ask whoever keeps the fingerprints."
    issue = row.issue("id", "nothing of a place that is never to be shown", fix)
    return replace(issue, found=WITHHELD)


def _is_degrees(text: str) -> bool:
    return bool(DEGREES.fullmatch(text))


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
        names = [
            text
            for text in _names(row)
            if rows.approved.passes(text) or not refusal(text, (), True)
        ]
        for column in FREE_TEXT:
            if not row[column] or rows.approved.passes(row[column]):
                continue
            if kind := disclosure.clue(row[column]):
                fix = "Take it out, here and in every copy; if it is none, write it another way."
                wanted = f"text without {kind}, for this place is not public"
                yield row.issue(column, wanted, fix)
            elif why := _not_allowed(row, column, names, rows.approved):
                fix = "Say it in other words; or have it approved by two: docs/refused-texts.md."
                wanted = f"text without {why}, for this place is not public"
                yield row.issue(column, wanted, fix)
        note = " ".join(re.findall(r'"([^"]*)"?', row["hours"]))
        if why := disclosure.clue(note) or str(refusal(note, names) or ""):
            yield row.issue("hours", f"notes without {why}", "Take it out.")


TITLES = {"name", "organization", "text_word", "text_word_es", "source_name"}


def _not_allowed(row: Row, column: str, names: Sequence[str], approved: Approvals) -> str:
    """Return what in a text of a place that is not public is not on our lists, '' if all is."""
    if column == "website":
        return "" if approved.is_host(row[column]) else "more than a host that is approved"
    if column != "source_ref":
        return str(refusal(row[column], names, column in TITLES) or "")
    for entry in records.split(row[column]):
        if LOOKS_LIKE_LINK.match(entry) and not approved.is_host(entry):
            return "more than hosts that are approved"
        if not LOOKS_LIKE_LINK.match(entry) and (why := refusal(entry, names)):
            return str(why)
    return ""


def _names(row: Row) -> list[str]:
    """Return the names that the texts of a row may use, whole and without addenda."""
    return [part for cell in (row["name"], row["organization"]) for part in _parts(cell)]


def _parts(name: str) -> list[str]:
    return [part for part in (name, re.split(r" \(|, | - ", name)[0]) if part]


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
    at_odds,
    phones,
    nobodys_number,
    text_words,
    opening_hours,
    dates,
    verification,
    links,
    clean_text,
    damaged_text,
    no_value,
    twins,
    release,
    stated,
    shared_names,
    confidential,
    never,
)
COMPARING: tuple[Rule, ...] = (ids, shared_names, never)  # the others look at each row by itself
# What else is wrong with a cell that should be blank does not matter, but for these.
NEVER_MOOT = {
    rule.__name__
    for rule in (no_value, nobodys_number, release, stated, shared_names, confidential, never)
}


def check(
    frame: pd.DataFrame,
    lines: Sequence[int],
    today: date,
    zip_counties: Mapping[str, str],
    file_name: str,
    rules: Sequence[Rule] = RULES,
) -> list[Issue]:
    """Return every fault that `rules` find, in the order of the file: by row, then by column.

    Parameters
    ----------
    frame : the columns of `records.COLUMNS`, all text, '' for blank
    lines : the line of the file on which each row of `frame` begins
    today : the day after which no date may be
    zip_counties : 'imperial' or 'san_joaquin' for each ZIP code of the two
    file_name : what messages call the file
    """
    try:
        rows = read_rows(frame, lines, today, zip_counties, file_name)
    except CatalogueError as error:  # fingerprints without their key
        found = Said("fingerprints that cannot be compared")
        return [Issue(f"{file_name}:1", "id", found, "their key", str(error), "never")]
    issues = found_by(rules, rows)
    moot = {(one.where, one.column) for one in issues if one.rule == no_value.__name__}
    return [one for one in issues if one.rule in NEVER_MOOT or (one.where, one.column) not in moot]


def refused_texts(
    frame: pd.DataFrame, today: date, zip_counties: Mapping[str, str]
) -> Iterator[tuple[Row, str]]:
    """Yield row and column of each text that the lists refuse where a place is not public.

    For those who approve texts: a row holds what it says, and they have to read it. Where a text
    gives an address away (`disclosure.clue`), it is to be taken out, and is not among them.
    """
    known = read_rows(frame, range(len(frame)), today, zip_counties, "row")
    by_place = {row.where: row for row in known}
    for issue in confidential(known):
        row = by_place[issue.where]
        if issue.column in FREE_TEXT and not disclosure.clue(row[issue.column]):
            yield row, issue.column


def read_rows(
    frame: pd.DataFrame,
    lines: Sequence[int],
    today: date,
    zip_counties: Mapping[str, str],
    file_name: str,
) -> Rows:
    """Return the rows as rules take them, with what the settings say is approved, and never.

    See `check`.
    """
    columns = list(records.COLUMNS)
    cells = frame[columns].to_numpy().tolist()
    rows = [
        Row(f"{file_name}:{line}", dict(zip(columns, row, strict=True)))
        for line, row in zip(lines, cells, strict=True)
    ]
    given = settings.read()
    prints = fingerprints.read(given.never, given.never_key)
    return Rows(rows, today, zip_counties, approvals.read(given.approved), prints)


def found_by(rules: Sequence[Rule], rows: Rows) -> list[Issue]:
    """Return what some rules find, each with the rule's name: by row, then by column."""
    issues = [replace(issue, rule=rule.__name__) for rule in rules for issue in rule(rows)]
    row_number = {row.where: number for number, row in enumerate(rows)}
    columns = list(records.COLUMNS)
    return sorted(issues, key=lambda one: (row_number[one.where], columns.index(one.column)))


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"


def _hint(found: str, allowed: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(found.casefold(), allowed, n=1)
    return f"Did you mean {near[0]}?" if near else "Choose one of them."
