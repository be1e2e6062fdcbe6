"""Csv file: a table as a spreadsheet opens it; read strictly, the catalogue written all or nothing.

A file that is too large, not UTF-8 or has another header is refused as a whole. A byte order mark
at its start and empty rows at its end, which spreadsheets write, are passed over.
"""

import codecs
import csv
import difflib
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from geo.catalogue import records
from geo.catalogue.issue import Issue, Said
from geo.errors import CatalogueError
from geo.files import regular, whole

COLUMNS = list(records.COLUMNS)
MOST_BYTES = 2_000_000
MOST_CHARACTERS = 4_000
EMPTY = re.compile(r"[\s\u200b\u2060\ufeff]*")  # blanks, those that are not seen too
CELL = re.compile(r'("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r?\n|\r|$)')


@dataclass(frozen=True)
class Table:
    """What a file holds: its readable rows, the line each begins on, and what was refused."""

    frame: pd.DataFrame
    lines: tuple[int, ...]
    issues: tuple[Issue, ...]
    mark: str = ""  # SHA-256 of the file, if it could be read


def read(
    path: Path, most_bytes: int = MOST_BYTES, columns: Sequence[str] = tuple(COLUMNS)
) -> Table:
    """Return the rows of a file as text, just as written, and an issue for each that is refused.

    `frame` has `columns`, by default those of `records.COLUMNS`, and '' for a blank cell. A file
    with `issues` is not to be used; its good rows are there so that all faults can be told at once.
    """
    found, names = _text(path, most_bytes), list(columns)
    if isinstance(found, Issue):
        return Table(pd.DataFrame(columns=names, dtype=str), (), (found,))
    text, mark = found
    return replace(_parsed(path.name, text, names), mark=mark)


def amend(
    before: Table,
    after: pd.DataFrame,
    path: Path,
    most_bytes: int = MOST_BYTES,
    others: Mapping[Path, bytes] | None = None,
) -> None:
    """Put what `after` has otherwise than `before.frame` into the file that `before` was read from.

    Whatever else stands in it stays byte for byte: quotes, ends of lines, a byte order mark. As
    always, all of it or nothing; so with `others`, what files that go with it hold from then on. Of
    two who amend the same edition the second is refused.

    Raises
    ------
    CatalogueError : it has faults, was changed since, or `after` has other rows or columns
    OSError : the file system does not take it; the old file is as it was
    """
    whole.finish(path)
    with whole.lock(path):
        content = _content(before, after, path, most_bytes)
        files = {path: content, **(others or {})}
        with whole.swap_together(*files) as besides:
            for beside, told in zip(besides, files.values(), strict=True):
                beside.write_bytes(told)


def _content(before: Table, after: pd.DataFrame, path: Path, most_bytes: int) -> bytes:
    """Return what the file holds once it is amended."""
    with regular.open_file(path) as file:
        content = file.read()
    if before.issues or not (_is_of(before, content) or _says_the_same(before, path, most_bytes)):
        raise CatalogueError(f"{path} was changed meanwhile, or has faults. Start again.")
    if list(after.columns) != COLUMNS or len(after) != len(before.frame):
        raise CatalogueError("A frame has other rows or columns than the file.")
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    lines = list(io.StringIO(content.decode("utf-8-sig"), newline=""))
    ends = [*(line - 1 for line in before.lines[1:]), len(lines)]
    new = after.set_axis(before.frame.index)
    for number in (new != before.frame).any(axis=1).to_numpy().nonzero()[0]:
        start, end = before.lines[number], ends[number]
        cells = (frame.iloc[number].tolist() for frame in (before.frame, new))
        record = _amended("".join(lines[start - 1 : end]), *cells)
        lines[start - 1 : end] = [record, *[""] * (end - start)]
    return mark + "".join(lines).encode("utf-8")


def _is_of(table: Table, content: bytes) -> bool:
    return table.mark == hashlib.sha256(content).hexdigest()


def _says_the_same(before: Table, path: Path, most_bytes: int) -> bool:
    """Say whether a file that is not byte for byte as it was read still has the same cells."""
    now = read(path, most_bytes)
    return not now.issues and now.frame.equals(before.frame)


def _amended(record: str, old: list[str], new: list[str]) -> str:
    """Return a record as it stands in a file, with the cells that differ."""
    raw = list(CELL.finditer(record))[: len(old)]
    cells = zip(raw, old, new, strict=True)
    told = [cell[1] if was == now else _quoted(now) for cell, was, now in cells]
    return ",".join(told) + record[raw[-1].end(1) :]


def _text(path: Path, most_bytes: int) -> tuple[str, str] | Issue:
    """Return what the file says and its mark, or why it cannot be taken."""
    try:
        with regular.open_file(path) as file:
            content = file.read(most_bytes + 1)
        if len(content) <= most_bytes:
            return content.decode("utf-8-sig"), hashlib.sha256(content).hexdigest()
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


def _parsed(name: str, text: str, columns: list[str]) -> Table:
    rows: list[list[str]] = []
    lines: list[int] = []
    issues: list[Issue] = []
    empty: list[int] = []
    for line, cells in _records(text):
        where = f"{name}:{line}"
        if line > 1 and not isinstance(cells, csv.Error) and EMPTY.fullmatch("".join(cells)):
            empty.append(line)
            continue
        if empty:
            issues.append(_empty_issue(name, empty, columns))
            empty = []
        if isinstance(cells, csv.Error):
            found = Said(f"a row that cannot be split into cells ({cells})")
            fix = "Look for a quotation mark that is missing or not doubled, here or above."
            issues.append(Issue(where, "", found, "quoted cells", fix, "rows"))
        elif line == 1:
            issues += _header_issues(where, cells, columns)
            if issues:
                break
        elif faults := list(_row_issues(where, cells, columns)):
            issues += faults
        else:
            rows.append(cells)
            lines.append(line)
    if not rows and not issues:
        fix = "Restore the file."
        issues.append(Issue(name, "", Said("no rows"), "one or more", fix, "rows"))
    return Table(pd.DataFrame(rows, columns=columns, dtype=str), tuple(lines), tuple(issues))


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


def _empty_issue(name: str, lines: list[int], columns: list[str]) -> Issue:
    """Return one issue for empty lines that follow each other; those at the end are passed over."""
    one = len(lines) == 1
    found = Said("an empty line" if one else f"lines {lines[0]} to {lines[-1]}, which are empty")
    fix = "Delete it." if one else "Delete them."
    return Issue(f"{name}:{lines[0]}", "", found, f"{len(columns)} cells", fix, "rows")


def _row_issues(where: str, cells: list[str], columns: list[str]) -> Iterator[Issue]:
    if len(cells) == len(columns) and max(map(len, cells)) <= MOST_CHARACTERS:
        return
    if len(cells) != len(columns):
        fix = "Look for a comma outside quotation marks."
        yield Issue(where, "", Said(f"{len(cells)} cells"), f"{len(columns)} cells", fix, "rows")
    for column, cell in zip(columns, cells, strict=False):
        if len(cell) > MOST_CHARACTERS:
            found = Said(f"{len(cell):,} characters")
            yield Issue(where, column, found, f"at most {MOST_CHARACTERS:,}", "Shorten it.", "rows")


def _header_issues(where: str, names: list[str], columns: list[str]) -> Iterator[Issue]:
    """Yield what is wrong with the line of column names; what stands there is not repeated."""
    if len({*names} & {*columns}) < len(columns) / 2:
        wanted = f"the column names on the first line, split by commas: {columns[0]},{columns[1]},…"
        fix = "Copy the line from docs/data-format.md; save with commas, not semicolons or tabs."
        yield Issue(where, "", Said("none of our column names, or few"), wanted, fix, "header")
        return
    faults = list(_doubled(where, names, columns)) + list(_missing(where, names, columns))
    faults += list(_unknown(where, names, columns))
    yield from faults or _misplaced(where, names, columns)


def _doubled(where: str, names: list[str], columns: list[str]) -> Iterator[Issue]:
    for name in columns:
        if names.count(name) > 1:
            found = Said(f"{names.count(name)} columns of this name")
            fix = "Find out which one is right and delete the others: nothing here may guess it."
            yield Issue(where, name, found, "one", fix, "header")


def _missing(where: str, names: list[str], columns: list[str]) -> Iterator[Issue]:
    for name in columns:
        if name not in names:
            fix = "Add it; its cells may be blank if they are not known."
            yield Issue(where, name, Said("no column of this name"), "one", fix, "header")


def _unknown(where: str, names: list[str], columns: list[str]) -> Iterator[Issue]:
    for number, name in enumerate(names, 1):
        if name not in columns:
            near = difflib.get_close_matches(name, columns, n=1)
            fix = f"Did you mean {near[0]}?" if near else "Take it out."
            found = Said(f"a name in column {number} that is none of ours")
            yield Issue(where, "", found, "only the columns of docs/data-format.md", fix, "header")


def _misplaced(where: str, names: list[str], columns: list[str]) -> Iterator[Issue]:
    for number, (name, wanted) in enumerate(zip(names, columns, strict=True), 1):
        if name != wanted:
            found, fix = Said(f"{name} as column {number}"), "Put the columns in their order."
            yield Issue(where, name, found, f"{wanted} there", fix, "header")
            return


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if any(sign in cell for sign in ',"\r\n') else cell
