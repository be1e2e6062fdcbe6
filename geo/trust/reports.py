"""Reports: what readers say is wrong, kept in one SQLite file until somebody has looked at it.

A report is a place, what is wrong, a few words and the day. Nothing of who sent it is asked or
kept. `save` returns only when it is on the disk (WAL, synchronous=FULL). What is older than
`KEPT` is deleted, and overwritten, at the start and at each save.
"""

import hmac
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from geo.errors import GeoError
from geo.i18n import mark

KINDS: Mapping[str, str] = {
    "closed": mark("It has closed"),
    "moved": mark("It has moved"),
    "hours": mark("The hours are wrong"),
    "phone": mark("The phone number is wrong"),
    "other": mark("Something else"),
}
MISSING = "missing"  # of a service that is not on the list
KEPT = timedelta(days=90)
A_DAY_OF_ONE = 25  # reports of one place on one day, and of what is missing ten times as many
A_DAY = 1_000  # in all: who floods us fills a day, not the disk
MOST_NUMBER = 2**63 - 1
LOOK_MS = 3  # between two looks if the file can be had
WAIT_S = 5.0  # for others who write just now
SCHEMA = """
CREATE TABLE IF NOT EXISTS reports (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL,
  entry TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  closed_on TEXT NOT NULL DEFAULT '',
  UNIQUE (day, entry, kind, text)
) STRICT;
CREATE TABLE IF NOT EXISTS secret (number INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
"""


class ReportsError(GeoError, OSError):
    """Reports cannot be read or kept just now; the message says to the operator why."""


class FloodError(ReportsError):
    """So much was reported today that nothing more is kept."""


@dataclass(frozen=True)
class Report:
    """What a reader says: of an entry, '' for one that is missing; one of `KINDS` or `MISSING`."""

    entry: str
    kind: str
    text: str
    day: date
    number: int = 0  # once it is kept


def save(path: Path, report: Report) -> None:
    """Keep a report, once; it is on the disk when this returns.

    Raises
    ------
    FloodError : as many as may be of this place, or of all, came on this day
    ReportsError : it cannot be kept
    """
    told = (report.day.isoformat(), report.entry, report.kind, report.text)
    with _open(path) as kept:
        _forget(kept, report.day)
        with _whole(kept):
            known = "SELECT 1 FROM reports WHERE (day, entry, kind, text) = (?, ?, ?, ?)"
            if kept.execute(known, told).fetchone():
                return
            counts = "SELECT count(*), coalesce(sum(entry = ?), 0) FROM reports WHERE day = ?"
            of_all, of_this = kept.execute(counts, (report.entry, told[0])).fetchone()
            most = A_DAY_OF_ONE if report.entry else 10 * A_DAY_OF_ONE
            if of_all >= A_DAY or of_this >= most:
                raise FloodError(f"{path}: no more reports are taken today.")
            kept.execute("INSERT INTO reports (day, entry, kind, text) VALUES (?, ?, ?, ?)", told)


def waiting(path: Path) -> list[Report]:
    """Return the reports that nobody has closed, the oldest first; none if there is no file.

    Raises
    ------
    ReportsError : they cannot be read
    """
    if not path.exists():
        return []
    columns = "entry, kind, text, day, number"
    with _open(path) as kept:
        rows = kept.execute(f"SELECT {columns} FROM reports WHERE closed_on = '' ORDER BY number")
        return [
            Report(entry, kind, text, date.fromisoformat(day), number)
            for entry, kind, text, day, number in rows
        ]


def close(path: Path, numbers: list[int], today: date) -> int:
    """Note that somebody looked at reports; return how many were waiting.

    Raises
    ------
    ReportsError : it cannot be noted
    """
    query = "UPDATE reports SET closed_on = ? WHERE number = ? AND closed_on = ''"
    with _open(path) as kept, _whole(kept):
        return sum(kept.execute(query, (today.isoformat(), one)).rowcount for one in numbers)


def days_to_close(path: Path) -> list[int]:
    """Return of each report that was closed how many days it had waited.

    Raises
    ------
    ReportsError : they cannot be read
    """
    if not path.exists():
        return []
    with _open(path) as kept:
        rows = kept.execute("SELECT day, closed_on FROM reports WHERE closed_on <> ''").fetchall()
    days = (date.fromisoformat(end) - date.fromisoformat(begin) for begin, end in rows)
    return [max(one.days, 0) for one in days]


def forget(path: Path, today: date) -> None:
    """Delete what is older than `KEPT`; nothing is done if there is no file.

    Raises
    ------
    ReportsError : it cannot be deleted
    """
    if path.exists():
        with _open(path) as kept:
            _forget(kept, today)


def hold(path: Path) -> sqlite3.Connection:
    """Return the file held open, for as long as a server runs: then a save is five times as fast.

    SQLite begins and ends its journal, and waits for the disk each time, whenever nobody else has
    the file open.

    Raises
    ------
    ReportsError : it cannot be opened
    """
    with _open(path):
        held = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        held.execute("SELECT count(*) FROM secret").fetchone()
        return held


def token(path: Path, day: date) -> str:
    """Return what a form of that day carries, so that nobody can send one without having had it.

    The secret of it lies with the reports, so it is the same after a restart.

    Raises
    ------
    ReportsError : it cannot be read, or not be kept the first time
    """
    return _token(_secret(path), day)


def is_token(path: Path, told: str, today: date) -> bool:
    """Say whether a form carries what one of today or yesterday does.

    Raises
    ------
    ReportsError : as `token`
    """
    key, days = _secret(path), (today, today - timedelta(days=1))
    return any(hmac.compare_digest(told.encode(), _token(key, day).encode()) for day in days)


def _token(key: bytes, day: date) -> str:
    return hmac.new(key, day.isoformat().encode(), sha256).hexdigest()[:32]


def _secret(path: Path) -> bytes:
    find = "SELECT value FROM secret"
    with _open(path) as kept:
        found = kept.execute(find).fetchone()
        if found is None:
            with _whole(kept):
                fresh = (secrets.token_bytes(32),)
                kept.execute("INSERT OR IGNORE INTO secret (number, value) VALUES (1, ?)", fresh)
                found = kept.execute(find).fetchone()
    key: bytes = found[0]
    return key


def _forget(kept: sqlite3.Connection, today: date) -> None:
    """Delete what came before all that is not old yet, by the order in which it came.

    A report with an old day that came after one with a newer day is not old: the clock had been set
    back when it came. Days to come, of a clock that was ahead, count for nothing. What is deleted
    leaves the journal too.
    """
    oldest, newest = (today - KEPT).isoformat(), today.isoformat()
    if not kept.execute("SELECT 1 FROM reports WHERE day < ? LIMIT 1", (oldest,)).fetchone():
        return
    with _whole(kept):
        first_kept = "SELECT min(number) FROM reports WHERE day BETWEEN ? AND ?"
        (first,) = kept.execute(first_kept, (oldest, newest)).fetchone()
        last_old = "SELECT max(number) FROM reports WHERE day < ? AND number < ?"
        (last,) = kept.execute(last_old, (oldest, first or MOST_NUMBER)).fetchone()
        gone = kept.execute("DELETE FROM reports WHERE number <= ?", (last or 0,)).rowcount
    if gone:
        kept.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def _whole(kept: sqlite3.Connection) -> Iterator[None]:
    """Have all that is written until the block is left kept, or nothing of it."""
    _waiting(kept, lambda: kept.execute("BEGIN IMMEDIATE"))
    try:
        yield
    except BaseException:
        if kept.in_transaction:
            kept.execute("ROLLBACK")
        raise
    kept.execute("COMMIT")


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)) as kept:
            _waiting(kept, lambda: _set_up(kept))
            yield kept
    except sqlite3.Error as error:
        fix = "See that the disk has room, and that this server may write that file and its folder."
        raise ReportsError(f"{path}: reports cannot be kept ({error}). {fix}") from error


def _set_up(kept: sqlite3.Connection) -> None:
    kept.execute("PRAGMA journal_mode = WAL")
    kept.execute("PRAGMA synchronous = FULL")
    kept.execute("PRAGMA secure_delete = ON")
    if not kept.execute("SELECT 1 FROM sqlite_master WHERE name = 'secret'").fetchone():
        kept.executescript(SCHEMA)


def _waiting(kept: sqlite3.Connection, do: Callable[[], object]) -> None:
    """Do what needs the file alone for a moment, as soon as it can be had within `WAIT_S`.

    SQLite itself does not wait where one begins or ends its journal while another does; and where
    it does it looks ever more seldom, so that of many who write one may never have its turn.
    """
    until = time.monotonic() + WAIT_S
    kept.execute(f"PRAGMA busy_timeout = {LOOK_MS}")
    while True:
        try:
            do()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(LOOK_MS / 1000)
        else:
            break
    kept.execute(f"PRAGMA busy_timeout = {int(WAIT_S * 1000)}")
