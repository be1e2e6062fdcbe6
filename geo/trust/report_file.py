"""Report file: reports in one SQLite file, for the processes of one machine.

`save` returns only when a report is on the disk (WAL, synchronous=FULL). What is older than
`reports.KEPT` is deleted, and overwritten, at the start and at each save.
"""

import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.trust import reports
from geo.trust.reports import FloodError, Report, ReportsError

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


@dataclass(frozen=True)
class ReportFile:
    """A `reports.Box` that is a file; it is made when it is first needed."""

    path: Path

    def begin(self, today: date) -> sqlite3.Connection:
        """Delete what is old, and return the file held open: then a save is five times as fast.

        SQLite begins and ends its journal, and waits for the disk each time, whenever nobody else
        has the file open.
        """
        with _open(self.path) as kept:
            _forget(kept, today)
            held = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            held.execute("SELECT count(*) FROM secret").fetchone()
            return held

    def save(self, report: Report) -> None:
        """Keep a report, once; it is on the disk when this returns."""
        told = (report.day.isoformat(), report.entry, report.kind, report.text)
        with _open(self.path) as kept:
            _forget(kept, report.day)
            with _whole(kept):
                known = "SELECT 1 FROM reports WHERE (day, entry, kind, text) = (?, ?, ?, ?)"
                if kept.execute(known, told).fetchone():
                    return
                counts = "SELECT count(*), coalesce(sum(entry = ?), 0) FROM reports WHERE day = ?"
                of_all, of_this = kept.execute(counts, (report.entry, told[0])).fetchone()
                most = reports.A_DAY_OF_ONE if report.entry else reports.A_DAY_OF_MISSING
                if of_all >= reports.A_DAY or of_this >= most:
                    raise FloodError(f"{self.path}: no more reports are taken today.")
                add = "INSERT INTO reports (day, entry, kind, text) VALUES (?, ?, ?, ?)"
                kept.execute(add, told)

    def secret(self) -> bytes:
        """Return what the tokens of forms are made with; it lies with the reports."""
        find = "SELECT value FROM secret"
        with _open(self.path) as kept:
            found = kept.execute(find).fetchone()
            if found is None:
                with _whole(kept):
                    add = "INSERT OR IGNORE INTO secret (number, value) VALUES (1, ?)"
                    kept.execute(add, (secrets.token_bytes(32),))
                    found = kept.execute(find).fetchone()
        key: bytes = found[0]
        return key

    def count(self) -> int:
        """Return how many reports nobody has closed."""
        return len(self.waiting())

    def waiting(self) -> list[Report]:
        """Return the reports that nobody has closed, the oldest first; none if there is no file."""
        if not self.path.exists():
            return []
        query = "SELECT entry, kind, text, day, number FROM reports WHERE closed_on = ''"
        with _open(self.path) as kept:
            rows = kept.execute(f"{query} ORDER BY number")
            return [
                Report(entry, kind, text, date.fromisoformat(day), number)
                for entry, kind, text, day, number in rows
            ]

    def close(self, numbers: Sequence[int], today: date) -> int:
        """Note that somebody looked at reports; return how many of them were waiting."""
        query = "UPDATE reports SET closed_on = ? WHERE number = ? AND closed_on = ''"
        with _open(self.path) as kept, _whole(kept):
            return sum(kept.execute(query, (today.isoformat(), one)).rowcount for one in numbers)


def _forget(kept: sqlite3.Connection, today: date) -> None:
    """Delete what came before all that is not old yet, by the order in which it came.

    A report with an old day that came after one with a newer day is not old: the clock had been set
    back when it came. Days to come, of a clock that was ahead, count for nothing. What is deleted
    leaves the journal too.
    """
    oldest, newest = (today - reports.KEPT).isoformat(), today.isoformat()
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
