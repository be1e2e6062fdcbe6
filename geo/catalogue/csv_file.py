"""Csv file: the catalogue as a spreadsheet opens it; read strictly, written all or nothing.

A file that is too large, not UTF-8 or has another header is refused as a whole. A byte order mark
at its start, which spreadsheets write, is passed over.
"""

import codecs
import csv
import difflib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from filelock import FileLock

from geo.catalogue import records
from geo.catalogue.checks import Issue, Said
from geo.errors import CatalogueError
from geo.files import whole

COLUMNS = list(records.COLUMNS)
MOST_BYTES = 2_000_000
MOST_CHARACTERS = 4_000
CELL = re.compile(r'("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r?\n|\r|$)')


@dataclass(frozen=True)
class Table:
    """What a file holds: its readable rows, the line each begins on, and what was refused."""

    frame: pd.DataFrame
    lines: tuple[int, ...]
    issues: tuple[Issue, ...]


def read(path: Path, most_bytes: int = MOST_BYTES) -> Table:
    """Return the rows of a file as text, just as written, and an issue for each that is refused.

    `frame` has the columns of `records.COLUMNS` and '' for a blank cell. A file with `issues` is
    not to be used; its good rows are there so that all faults can be told at once.
    """
    text = _text(path, most_bytes)
    return Table(_frame([]), (), (text,)) if isinstance(text, Issue) else _parsed(path.name, text)


def amend(before: Table, after: pd.DataFrame, path: Path, most_bytes: int = MOST_BYTES) -> None:
    """Put what `after` has otherwise than `before.frame` into the file that `before` was read from.

    Whatever else stands in it stays byte for byte: quotes, ends of lines, a byte order mark. As
    always, all of it or nothing. Of two who amend the same edition the second is refused.

    Raises
    ------
    CatalogueError : it has faults, was changed since, or `after` has other rows or columns
    OSError : the file system does not take it; the old file is as it was
    """
    with FileLock(_lock(path)):
        _amend(before, after, path, most_bytes)


def _amend(before: Table, after: pd.DataFrame, path: Path, most_bytes: int) -> None:
    now = read(path, most_bytes)
    if before.issues or now.issues or not now.frame.equals(before.frame):
        raise CatalogueError(f"{path} was changed meanwhile, or has faults. Start again.")
    if list(after.columns) != COLUMNS or len(after) != len(before.frame):
        raise CatalogueError("A frame has other rows or columns than the file.")
    content = path.read_bytes()
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    lines = list(io.StringIO(content.decode("utf-8-sig"), newline=""))
    ends = [*(line - 1 for line in before.lines[1:]), len(lines)]
    cells = zip(before.frame.to_numpy().tolist(), after.to_numpy().tolist(), strict=True)
    for start, end, (old, new) in zip(before.lines, ends, cells, strict=True):
        if old != new:
            record = _amended("".join(lines[start - 1 : end]), old, new)
            lines[start - 1 : end] = [record, *[""] * (end - start)]
    with whole.swap(path) as beside:
        beside.write_bytes(mark + "".join(lines).encode("utf-8"))


def _lock(path: Path) -> Path:
    """Return the file that whoever amends a catalogue holds, so that nobody else does meanwhile."""
    file = path.resolve()
    return file.with_name(f".{file.name}.lock")


def _amended(record: str, old: list[str], new: list[str]) -> str:
    """Return a record as it stands in a file, with the cells that differ."""
    raw = list(CELL.finditer(record))[: len(old)]
    cells = zip(raw, old, new, strict=True)
    told = [cell[1] if was == now else _quoted(now) for cell, was, now in cells]
    return ",".join(told) + record[raw[-1].end(1) :]


def _text(path: Path, most_bytes: int) -> str | Issue:
    """Return what the file says, or why it cannot be taken."""
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
        if len(content) <= most_bytes:
            return content.decode("utf-8-sig")
        found, wanted = f"more than {most_bytes:,} bytes", f"at most {most_bytes:,}"
        fix = "Split it, or take out what does not belong to the catalogue."
    except OSError as error:
        found, wanted = f"no file that can be read ({error.strerror})", "a CSV file"
        fix = "Restore it, or name another (CATALOGUE sets the default)."
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found, wanted = f"bytes on line {line} that are not UTF-8", "UTF-8"
        fix = "Save it again as 'CSV UTF-8'."
    return Issue(path.name, "", Said(found), wanted, fix, "file")


def _parsed(name: str, text: str) -> Table:
    rows: list[list[str]] = []
    lines: list[int] = []
    issues: list[Issue] = []
    for line, cells in _records(text):
        where = f"{name}:{line}"
        if isinstance(cells, csv.Error):
            found = Said(f"a row that cannot be split into cells ({cells})")
            fix = "Look for a quotation mark that is missing or not doubled, here or above."
            issues.append(Issue(where, "", found, "quoted cells", fix, "rows"))
        elif line == 1:
            issues += _header_issues(where, cells)
            if issues:
                break
        elif faults := list(_row_issues(where, cells)):
            issues += faults
        else:
            rows.append(cells)
            lines.append(line)
    if not rows and not issues:
        fix = "Restore the file."
        issues.append(Issue(name, "", Said("no rows"), "one or more", fix, "rows"))
    return Table(_frame(rows), tuple(lines), tuple(issues))


def _records(text: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield each record and the line it begins on; a broken one ends it, and comes as the error."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        yield line, error


def _row_issues(where: str, cells: list[str]) -> Iterator[Issue]:
    if len(cells) != len(COLUMNS):
        found = Said(f"{len(cells)} cells" if cells else "an empty line")
        fix = "Look for a comma outside quotation marks." if cells else "Delete it."
        yield Issue(where, "", found, f"{len(COLUMNS)} cells", fix, "rows")
    for column, cell in zip(COLUMNS, cells, strict=False):
        if len(cell) > MOST_CHARACTERS:
            found = Said(f"{len(cell):,} characters")
            yield Issue(where, column, found, f"at most {MOST_CHARACTERS:,}", "Shorten it.", "rows")


def _header_issues(where: str, names: list[str]) -> Iterator[Issue]:
    """Yield what is wrong with the line of column names; what stands there is not repeated."""
    if len({*names} & {*COLUMNS}) < len(COLUMNS) / 2:
        wanted = f"the column names on the first line, split by commas: {COLUMNS[0]},{COLUMNS[1]},…"
        fix = "Copy the line from docs/data-format.md; save with commas, not semicolons or tabs."
        yield Issue(where, "", Said("none of our column names, or few"), wanted, fix, "header")
        return
    faults = list(_doubled(where, names)) + list(_missing(where, names))
    faults += list(_unknown(where, names))
    yield from faults or _misplaced(where, names)


def _doubled(where: str, names: list[str]) -> Iterator[Issue]:
    for name in COLUMNS:
        if names.count(name) > 1:
            found = Said(f"{names.count(name)} columns of this name")
            fix = "Find out which one is right and delete the others: nothing here may guess it."
            yield Issue(where, name, found, "one", fix, "header")


def _missing(where: str, names: list[str]) -> Iterator[Issue]:
    for name in COLUMNS:
        if name not in names:
            fix = "Add it; its cells may be blank if they are not known."
            yield Issue(where, name, Said("no column of this name"), "one", fix, "header")


def _unknown(where: str, names: list[str]) -> Iterator[Issue]:
    for number, name in enumerate(names, 1):
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, n=1)
            fix = f"Did you mean {near[0]}?" if near else "Take it out."
            found = Said(f"a name in column {number} that is none of ours")
            yield Issue(where, "", found, "only the columns of docs/data-format.md", fix, "header")


def _misplaced(where: str, names: list[str]) -> Iterator[Issue]:
    for number, (name, wanted) in enumerate(zip(names, COLUMNS, strict=True), 1):
        if name != wanted:
            found, fix = Said(f"{name} as column {number}"), "Put the columns in their order."
            yield Issue(where, name, found, f"{wanted} there", fix, "header")
            return


def _frame(rows: list[list[str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if any(sign in cell for sign in ',"\r\n') else cell
