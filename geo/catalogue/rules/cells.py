"""Cells: rules on what a single cell may hold: is it filled, a known word, a date, hours."""

import difflib
import re
from collections.abc import Iterator, Mapping

from babel import Locale

from geo.catalogue import records
from geo.catalogue.dates import PartialDate
from geo.catalogue.issue import Issue, shortened
from geo.catalogue.rows import Rows
from geo.errors import HoursError
from geo.hours.reading import understand
from geo.hours.rules import parse

ID = re.compile(r"[a-z0-9]{6}")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
NUMBER_OR_DATE = re.compile(rf"\d+(?:e\d+)?|\d{{0,2}}{_MONTH}\d+")  # to a spreadsheet
CODES = {str(code) for code in Locale("en").languages if len(str(code)) == 2}
EARLIEST = "1990"
EMPTY_IT = "Empty it, or correct it."
AS_IN_OSM = "Write them as in OpenStreetMap; if they are not known, empty the cell."


def required(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each blank cell of a column that no row can do without."""
    for row in rows:
        for column in records.REQUIRED:
            if not row[column]:
                yield row.issue(column, f"a filled cell ({records.COLUMNS[column]})", "Fill it in.")


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
                yield row.issue(column, wanted, _hint(found, allowed), shortened(found))


def _hint(found: str, allowed: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(found.casefold(), allowed, n=1)
    return f"Did you mean {near[0]}?" if near else "Choose one of them."


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


def languages(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each language that is not an ISO 639-1 code or 'interpreter'."""
    for row, column, cell in rows.filled("languages"):
        for found in records.split(cell):
            if found not in CODES and found != records.INTERPRETER:
                wanted = "two-letter codes such as en, es, or interpreter, split by ;"
                fix = "Look the code up in ISO 639-1; if it has none, leave the language out."
                yield row.issue(column, wanted, fix, shortened(found))


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


def _meant(hours: str) -> str:
    """Return what hours as people write them mean, as a question; else what to do."""
    reading = understand(hours)
    return f"Did you mean {reading.hours}?" if reading.is_complete else AS_IN_OSM


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
