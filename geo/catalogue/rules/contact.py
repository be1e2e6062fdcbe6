"""Contact: rules on how a service is reached: numbers, words to send, web addresses."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import phonenumbers

from geo.catalogue import nobodys_number as number
from geo.catalogue import records
from geo.catalogue.issue import Issue, shortened
from geo.catalogue.rows import Rows

TEN_DIGITS = re.compile(r"[0-9]{3}-[0-9]{3}-[0-9]{4}")
ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+", re.ASCII | re.IGNORECASE)
HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]\.?")
LOOKS_LIKE_LINK = re.compile(r"[a-z][a-z0-9+.-]*:/|//|www\.|mailto:|geo:", re.IGNORECASE)


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


def nobodys_number(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each cell that holds the number not to be shown, however written."""
    for row in rows:
        if number.NUMBER[6:] not in number.digits_of("".join(row.cells.values())):
            continue  # so of nearly all, and it costs a tenth
        for column in records.COLUMNS:
            if number.is_in(row[column]):
                wanted = "a number that is known to be somebody's"
                yield row.issue(column, wanted, "Take it out: whose it is, nobody knows.")


def text_words(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each row that has a word to send but no number to send it to."""
    for row in rows:
        if (row["text_word"] or row["text_word_es"]) and not row["text_line"]:
            wanted = "the number to send the word to"
            yield row.issue("text_line", wanted, "Fill it in, or empty the words.")


def links(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each web address that is not plain http or https with a host."""
    for row, column, cell in rows.filled("website", "source_ref"):
        for found in [cell] if column == "website" else records.split(cell):
            if (column == "website" or LOOKS_LIKE_LINK.match(found)) and not _is_link(found):
                wanted = "an http or https address with a host, without name, password or blank"
                fix = "Copy it from the browser's address bar."
                yield row.issue(column, wanted, fix, shortened(found))


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = ADDRESS.fullmatch(text) and text.isascii() and "@" not in parts.netloc
    return bool(plain and HOST.fullmatch(host))
