"""Flat: the catalogue as one table, a row an entry, for a spreadsheet: CSV and XLSX, and back.

All cells are text. A cell that a spreadsheet could take for a formula gets an apostrophe before it,
and so does one that begins with an apostrophe; reading takes it off again.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import openpyxl
import xlsxwriter

from geo.catalogue import provenance, records
from geo.catalogue.places import Entry
from geo.catalogue.rules.privacy import PLACE
from geo.files.table import RUN
from geo.i18n import words

# Where the written release of an address is kept is nobody's but the keeper's.
COLUMNS = (*(name for name in records.COLUMNS if name != "release_ref"), "said_by")
MADE = datetime(
    1980, 1, 1, tzinfo=UTC
)  # a sheet tells when it was made; the same catalogue, the same bytes
WIDE = 18  # characters


def rows(entries: Sequence[Entry]) -> Iterator[list[str]]:
    """Yield the cells of `COLUMNS` of each entry; those of a place that is not public are blank."""
    say = words("en")
    for entry in entries:
        shut = () if entry["is_public"] else PLACE
        cells = [
            "" if name in shut else str(entry[name])  # type: ignore[literal-required]
            for name in COLUMNS[:-1]
        ]
        yield [*cells, provenance.told(entry, say)]


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    r"""Return CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know it.

    >>> as_csv(["name"], [["=1+1"]]).decode("utf-8-sig")
    "name\r\n'=1+1\r\n"
    """
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(map(_shown, row) for row in rows)
    return held.getvalue().encode("utf-8-sig")


def from_csv(content: bytes) -> list[list[str]]:
    """Return the header and the rows that `as_csv` was given."""
    header, *found = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [header, *([*map(_meant, row)] for row in found)]


def as_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook with one sheet: the header stays in sight, every cell is text."""
    held = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(held, {"constant_memory": True, **plain})
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet("places")
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(header) - 1, WIDE, text)
    bold = book.add_format({"bold": True, "num_format": "@"})
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, cell, text)
    book.close()
    return held.getvalue()


def from_xlsx(content: bytes) -> list[list[str]]:
    """Return the header and the rows of the first sheet of a workbook; values only, all as text."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = book.worksheets[0].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in found]


def _shown(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*RUN, "'", "\t", "\r")) else cell


def _meant(cell: str) -> str:
    return cell.removeprefix("'")
