"""Sheets: the rows of a table as others write it: any usual encoding, delimiter and line end."""

import codecs
import csv
import io
import zipfile
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, islice

import openpyxl

from geo.errors import CatalogueError
from geo.exchange.incoming.parcel import File

DELIMITERS = ",;\t|"
CHUNK = 1 << 20
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass
class Sheet:
    """The header of a table and its rows, each as long as the header; `bad` is for the report."""

    name: str
    header: list[str]
    rows: Iterator[list[str]]
    bad: list[int] = field(default_factory=list)  # numbers of rows that cannot be split into cells


def read(file: File) -> Sheet:
    """Return the header and the rows of a table; a cell loses blanks at its ends.

    A short row is filled up. A row with more cells than the header is passed over, for nobody can
    tell which cell is which: an address could end up as a description.
    """
    encoding = _encoding(file)
    lines = _lines(file, encoding)
    first = next(lines, "")
    lines.close()
    delimiter = max(DELIMITERS, key=first.count)
    header = [one.strip() for one in next(csv.reader([first], delimiter=delimiter), [])]
    sheet = Sheet(file.name, header, iter(()))
    rows = csv.reader(_lines(file, encoding), delimiter=delimiter)
    sheet.rows = _fitted(islice(_split(rows, sheet), 1, None), sheet)
    return sheet


def _lines(file: File, encoding: str) -> Generator[str, None, None]:
    """Yield the lines of a text from its first that is not blank."""
    with io.TextIOWrapper(file.open(), encoding=encoding, errors="replace", newline="") as stream:
        plain = (line.replace("\0", "") for line in stream)
        yield from dropwhile(lambda line: not line.strip(), plain)


def read_workbook(file: File) -> Sheet:
    """Return the header and the rows of the first sheet of an XLSX file, values only.

    Raises
    ------
    CatalogueError : it is no workbook that can be read
    """
    rows = _book_rows(file)
    sheet = Sheet(file.name, next(rows, []), iter(()))
    sheet.rows = _fitted(rows, sheet)
    return sheet


def _book_rows(file: File) -> Iterator[list[str]]:
    try:
        with file.open() as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            for row in book.worksheets[0].iter_rows(values_only=True):
                yield [_shown(cell) for cell in row]
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise CatalogueError(f"{file.name}: cannot be read as a workbook.") from error


def _shown(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _split(reader: "Iterator[list[str]]", sheet: Sheet) -> Iterator[list[str]]:
    """Yield what can be split into cells; what cannot is an empty row."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield ["\0"] * (len(sheet.header) + 1)


def _fitted(rows: Iterator[Sequence[str]], sheet: Sheet) -> Iterator[list[str]]:
    wide = len(sheet.header)
    for number, row in enumerate(rows, 2):
        cells = [cell.strip() for cell in row]
        if len(cells) > wide and any(cells[wide:]):
            sheet.bad.append(number)
        elif any(cells):
            yield [*cells[:wide], *[""] * (wide - len(cells))]


def _encoding(file: File) -> str:
    """Return UTF-8 if the whole file is, else what spreadsheets of Windows write."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open() as stream:
        chunk = stream.read(CHUNK)
        for mark, name in MARKS.items():
            if chunk.startswith(mark):
                return name
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = stream.read(CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
