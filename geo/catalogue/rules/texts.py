"""Texts: rules on text that a program could take for code, damaged, or left without its twin."""

import re
import unicodedata
from collections.abc import Iterator

from geo.catalogue import blanks, damage, records
from geo.catalogue.issue import Issue, shortened
from geo.catalogue.rows import Rows

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
LINKS = ("website", "source_ref")
TWINS = (
    ("phone_note", "phone_note_es"),
    ("hours_note", "hours_note_es"),
    ("eligibility", "eligibility_es"),
    ("fees_note", "fees_note_es"),
    ("status_note", "status_note_es"),
)


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


def _invisible(cell: str) -> str:
    """Return the name of the first character that cannot be seen, '' if all can."""
    for sign in "" if cell.isprintable() else cell:
        if unicodedata.category(sign) in INVISIBLE:
            return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".rstrip()
    return ""


def damaged_text(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each text that a program damaged on its way here."""
    for row, column, cell in rows.filled(*records.COLUMNS):
        mended = damage.mended(cell, is_link=column in LINKS)
        if mended is not None:
            fix = "Look it up at the source; save files as 'CSV UTF-8'."
            if mended and not row.withholds(column):
                words = [word for word in mended.split() if word not in cell.split()]
                told = ", ".join(repr(shortened(word)) for word in words[:3] or [mended])
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


def twins(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each text that is there in one of the two languages only."""
    for row in rows:
        for english, spanish in TWINS:
            if bool(row[english]) != bool(row[spanish]):
                blank, filled = (spanish, english) if row[english] else (english, spanish)
                fix = "Translate it, or empty both."
                yield row.issue(blank, f"a translation of {filled}", fix)
