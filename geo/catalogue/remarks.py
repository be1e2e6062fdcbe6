"""Remarks: one function a rule, over the rows of a catalogue -> what may be wrong and is no fault.

Rules are as those of `checks`, but refuse nothing: a person looks at what they find, and may be
right to leave it. A row with a fault gets none, nor does one that is closed. As there, no message
repeats a cell of a row whose place is not public.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import phonenumbers
from phonenumbers import PhoneNumberType
from rapidfuzz import fuzz

from geo.areas import COUNTIES
from geo.catalogue import whereabouts
from geo.catalogue.checks import found_by
from geo.catalogue.csv_file import Table
from geo.catalogue.dates import PartialDate
from geo.catalogue.issue import Issue, Said
from geo.catalogue.records import COLUMNS
from geo.catalogue.rows import Row, Rows, Rule, read_rows
from geo.catalogue.rules.contact import TEN_DIGITS
from geo.catalogue.sources import SAYS
from geo.hours.doubts import doubts
from geo.sphere import great_circle_m


def far_points(rows: Rows) -> Iterator[Issue]:
    """Yield a remark for each point that lies rather far from its town or ZIP code."""
    for row in rows:
        if row.is_public:
            for one in whereabouts.doubts(row.place):
                point = Said(f"{row['latitude']}, {row['longitude']}")
                found = point if one.column == "latitude" else None
                yield row.issue(one.column, one.wanted, one.fix, found)


SAME_POINT_M = 100.0
LIKENESS = 90.0  # of two names that may be one with a letter wrong, 0 to 100
_NUMBERS = re.compile(r"\d+|\b\w\b")
_SPELLINGS = {
    "saint": "st",
    "mount": "mt",
    "centre": "center",
    "ctr": "center",
    "and": "",
    "the": "",
}


def listed_twice(rows: Rows) -> Iterator[Issue]:
    """Yield a remark for each row that another one before it has by name and place or phone.

    Several services of one organization at one address have names or kinds of their own.
    """
    before: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    for row in rows:
        name = _folded(row["name"])
        keys = [key for key in (name, _house(row), row["phone"]) if key]
        known = {other.where: (other, called) for key in keys for other, called in before[key]}
        for other, called in known.values():
            if _alike(name, called) and (shared := _shared(other, row, name == called)):
                fix = f"{other.where} has such a name and this {shared}: if they are one, keep one."
                yield row.issue("name", "a place that is not listed yet", fix)
                break
        for key in keys:
            before[key].append((row, name))


def _folded(name: str) -> str:
    """Return a name without case, accents, signs and little words, each word spelled one way."""
    apart = unicodedata.normalize("NFKD", re.sub("['’]", "", name.casefold()))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    words = (_SPELLINGS.get(word, word) for word in re.findall(r"[^\W_]+", plain))
    return " ".join(sorted(filter(None, words)))


def _alike(name: str, other: str) -> bool:
    """Say whether two names may be one with a letter wrong; a number or one letter tells apart."""
    if name == other:
        return True
    alike = fuzz.ratio(name, other, score_cutoff=LIKENESS) > 0
    return alike and _NUMBERS.findall(name) == _NUMBERS.findall(other)


def _shared(one: Row, other: Row, same_name: bool) -> str:
    """Return by what two rows are the same place, '' if they may well be two."""
    if not {*one.types} & {*other.types}:
        return ""
    here, there = one.place.point, other.place.point
    if here and there:
        return "point" if great_circle_m(here, [there])[0] <= SAME_POINT_M else ""
    if _house(one) and _house(other):
        return "address" if _house(one) == _house(other) else ""
    if (one["city"], one["county"]) != (other["city"], other["county"]):
        return ""
    if one["phone"] and other["phone"]:
        return "phone" if one["phone"] == other["phone"] else ""
    return "town" if one["city"] and same_name else ""


def _house(row: Row) -> str:
    """Return the number of the house and the town, which tell places of one name apart."""
    number = re.match(r"\d+", row["street"])
    return f"{number[0]} {row['city'].casefold()}" if number else ""


# Source: North American Numbering Plan; 442 and 350 were laid over 760 and 209 in 2009 and 2022.
AREA_CODES: Mapping[str, Collection[str]] = {
    "imperial": ("442", "760"),
    "san_joaquin": ("209", "350"),
}


def area_codes(rows: Rows) -> Iterator[Issue]:
    """Yield a remark for each phone of a place that is of another area, and no note says why."""
    for row, column, found in rows.filled("phone"):
        codes = AREA_CODES.get(row["county"])
        if codes and "hotline" not in row.types and not row["phone_note"] and _is_far(found, codes):
            wanted = f"a number of {COUNTIES[row['county']]}: {' or '.join(codes)}"
            fix = "Is it the desk of this place? If it is another, say so in phone_note."
            yield row.issue(column, wanted, fix)


def _is_far(phone: str, codes: Collection[str]) -> bool:
    if not TEN_DIGITS.fullmatch(phone) or phone[:3] in codes:
        return False
    return phonenumbers.number_type(phonenumbers.parse(phone, "US")) != PhoneNumberType.TOLL_FREE


# Facts that send a reader on a lost way once they are old; a point or a kind of help stays true.
PERISHABLE = ("hours", "phone", "text_line", "street", "status")
LONG_AGO = timedelta(days=5 * 365 + 1)


def old_sources(rows: Rows) -> Iterator[Issue]:
    """Yield a remark for each source of more than five years ago, if nobody has confirmed since."""
    for row, column, found in rows.filled("source_date"):
        newest = max(found, row["verified_on"])
        if rows.today - _last_day(newest) > LONG_AGO:
            yield row.issue(
                column, "a source of the last five years", "Ask there, or find a newer one."
            )


def _last_day(text: str) -> date:
    """Return the latest day that a date may be, known to the year, the month or the day."""
    known = PartialDate.parse(text)
    longer = {"year": 366, "month": 31, "day": 0}[known.known_to]
    return known.first_day + timedelta(days=longer)


MEANT = {
    "dead_rule": "parts of which each holds on some day",
    "ends_in_the_morning": "hours that end on the same day, or a night",
    "long_day": "less than 16 hours a day, or 24/7",
    "sunday_only": "hours on weekdays",
}
CARE = {"clinic", "hospital"}


def odd_hours(rows: Rows) -> Iterator[Issue]:
    """Yield a remark for each part of the hours that can be read, but that hardly anybody meant."""
    for row, column, cell in rows.filled("hours"):
        for doubt in doubts(cell):
            if doubt.kind == "sunday_only" and not CARE & {*row.types}:
                continue
            wanted = MEANT.get(doubt.kind, "hours that somebody keeps")
            fix = f"Look at character {doubt.character}."
            if not row.withholds(column):
                fix = f"{fix} {doubt.fix}"
            yield row.issue(column, wanted, fix, doubt.found)


RULES: tuple[Rule, ...] = (listed_twice, far_points, area_codes, odd_hours, old_sources)


def find(
    catalogue: Table, lines: Table, faults: Collection[Issue], today: date, names: tuple[str, str]
) -> list[Issue]:
    """Return every remark on a catalogue, then those on the sources of its single facts.

    Parameters
    ----------
    catalogue, lines : what both files hold
    faults : what is wrong with them; a row that has one gets no remark
    today : the day from which ages are counted
    names : what messages call the two files
    """
    rows = read_rows(catalogue.frame, catalogue.lines, today, {}, names[0])
    perishable = lines.frame["field"].isin(PERISHABLE).tolist()
    places = [line for line, is_so in zip(lines.lines, perishable, strict=True) if is_so]
    facts = read_rows(_facts(catalogue, lines.frame[perishable]), places, today, {}, names[1])
    bad = {fault.where for fault in faults}
    told = [
        replace(
            some, rows=[row for row in some if row.where not in bad and row["status"] != "closed"]
        )
        for some in (rows, facts)
    ]
    return found_by(RULES, told[0]) + found_by((old_sources,), told[1])


def _facts(catalogue: Table, lines: pd.DataFrame) -> pd.DataFrame:
    """Return for each line of the sources its entry, as if all of it were said there."""
    entries = {row["id"]: row for row in catalogue.frame.to_dict("records")}
    unknown = dict.fromkeys(COLUMNS, "")
    cells = [
        entries.get(line["id"], unknown) | {name: line[name] for name in SAYS}
        for line in lines.to_dict("records")
    ]
    return pd.DataFrame(cells, columns=[*COLUMNS], dtype=str)
