"""Intake: the rows of a feed into its own file beside the catalogue, all or nothing.

The same feed again changes not a byte. What is gone from the feed is closed and kept; what may not
be kept any more, because its place is private now or it asked not to be listed, is taken out.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from geo.catalogue import csv_file, imported
from geo.catalogue.rules.cells import NUMBER_OR_DATE
from geo.errors import CatalogueError, QuestionError
from geo.exchange.incoming import alike, rows, sieve
from geo.exchange.incoming.report import Report
from geo.exchange.incoming.rows import Row, Verdict
from geo.files import whole

SOURCE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._&-]{0,58}[A-Za-z0-9])?")
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
LENGTH = 6


def named(source: str) -> str:
    """Return the name of a feed, which is also that of its file.

    Raises
    ------
    QuestionError : it could lead out of the folder, or reads badly
    """
    if not SOURCE.fullmatch(source) or ".." in source:
        wanted = "--source: wanted a short name of letters, digits, blanks, . - _ and &."
        raise QuestionError(wanted)
    return source


def take(
    found: Iterable[Verdict], source: str, catalogue: Path, today: date, write: bool
) -> Report:
    """Take up what was found in a feed and return what became of it; without `write` only say so.

    Nothing is written if no row can be taken.

    Raises
    ------
    CatalogueError : the catalogue, or what is there of this feed, cannot be read
    OSError : the file system does not take it; all is as it was
    """
    path = imported.file_of(catalogue, source)
    report = Report(source)
    seen = list(_once(found, report))
    sieve.sift(seen, today)
    if not write and not path.exists():
        return _taken(seen, report, path, catalogue, write=False)
    path.parent.mkdir(exist_ok=True)
    with whole.lock(path):
        return _taken(seen, report, path, catalogue, write)


def _once(found: Iterable[Verdict], report: Report) -> Iterator[Verdict]:
    """Yield what comes for the first time; what comes again gets a reason."""
    known: set[str] = set()
    for one in found:
        report.read += 1
        report.unknown.update(one.unknown)
        if one.external_id in known and one.external_id:
            report.refused[rows.TWICE].append(one.external_id)
            continue
        known.add(one.external_id)
        yield one


def _taken(
    seen: Sequence[Verdict], report: Report, path: Path, catalogue: Path, write: bool
) -> Report:
    before = {row["external_id"]: row for row in _rows(path)} if path.exists() else {}
    ours = _read(catalogue, tuple(csv_file.COLUMNS))
    ids = {*ours["id"]}
    for other in imported.files(catalogue):
        if other != path:
            ids |= {*_read(other, imported.COLUMNS)["id"]}
    good = {one.external_id: one.row for one in seen if not one.reason}
    _give_ids(good, before, ids, path.stem)
    after = good | _left(seen, before, good, report)
    _tell(seen, before, report)
    report.alike = alike.likenesses([row for row in good.values() if row["status"] != "closed"],
                                    ours)  # fmt: skip
    if write and (good or report.removed):
        _write(path, after)
    return report


def _left(
    seen: Sequence[Verdict],
    before: Mapping[str, Row],
    good: Mapping[str, Row],
    report: Report,
) -> dict[str, Row]:
    """Return the rows that are not in the feed now: closed, unless they may not be kept."""
    unkept = {one.service for one in seen if one.is_private or _is_forbidden(one)}
    left = {}
    for outer, row in before.items():
        if outer in good:
            continue
        if outer.partition("/location/")[0] in unkept:
            report.removed.append(outer)
            continue
        left[outer] = row | {"status": "closed"}
        if row["status"] != "closed":
            report.gone.append(outer)
    return left


def _is_forbidden(one: Verdict) -> bool:
    private = any(rule in one.reason for rule in ("confidential (", "release ("))
    return bool(one.service) and (one.reason == rows.BANNED or private)


def _tell(seen: Sequence[Verdict], before: Mapping[str, Row], report: Report) -> None:
    for one in seen:
        if one.reason:
            report.refused[one.reason].append(one.external_id)
            continue
        old = before.get(one.external_id)
        kind = report.same if old == one.row else report.came if old is None else report.changed
        kind.append(one.external_id)
        if one.is_private:
            report.private.append(one.external_id)
        for what in dict.fromkeys(one.lost):
            report.lost[what].append(one.external_id)


def _give_ids(
    good: Mapping[str, Row], before: Mapping[str, Row], taken: set[str], source: str
) -> None:
    """Give each row an id that hangs on its feed and its id there, and that nobody else has."""
    taken |= {row["id"] for row in before.values()}
    for outer in sorted(good):
        if outer in before:
            good[outer]["id"] = before[outer]["id"]
            continue
        own = next(one for one in _ids(source, outer) if one not in taken)
        taken.add(own)
        good[outer]["id"] = own


def _ids(source: str, outer: str) -> Iterator[str]:
    """Yield the ids that a row may have, the one it gets if no other has it first."""
    for turn in range(1_000):
        told = hashlib.sha256(f"{source}\n{outer}\n{turn}".encode()).digest()
        number = int.from_bytes(told[:8], "big")
        signs = []
        for _ in range(LENGTH):
            number, rest = divmod(number, len(LETTERS))
            signs.append(LETTERS[rest])
        own = "".join(signs)
        if not NUMBER_OR_DATE.fullmatch(own):
            yield own


def _read(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    table = csv_file.read(path, imported.MOST_BYTES, columns)
    if table.issues:
        told = "\n".join(map(str, table.issues[:5]))
        raise CatalogueError(f"{told}\nMend {path.name} first: python -m geo check.")
    return table.frame


def _rows(path: Path) -> list[Row]:
    found: list[Row] = _read(path, imported.COLUMNS).to_dict("records")
    return found


def _write(path: Path, after: Mapping[str, Row]) -> None:
    """Put the rows into the file, in the order of their ids in the feed; none: no file."""
    for cut_off in path.parent.glob(f".{path.name}.{'[0-9a-f]' * 32}"):
        cut_off.unlink()
    if not after:
        path.unlink(missing_ok=True)
        return
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, imported.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(after[outer] for outer in sorted(after))
    content = held.getvalue().encode()
    if path.exists() and path.read_bytes() == content:
        return
    with whole.swap(path) as beside:
        beside.write_bytes(content)
