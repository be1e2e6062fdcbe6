"""Report table: reports in the store, for the processes of several machines.

Who serves readers calls functions of the store and may read no report; who looks after them has a
role of their own (`sql/0002_reports.sql`). Nobody waits longer than `connection` says.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache

from geo.errors import StoreError
from geo.store import connection
from geo.trust.reports import FloodError, Report, ReportsError

# A server may be set to acknowledge what is not on its disk yet: not here.
ADD = "SELECT set_config('synchronous_commit', 'on', true), map.add_report(%s, %s, %s, %s)"
WAITING = """
SELECT entry, kind, words, day, number FROM map_kept.reports WHERE closed_on IS NULL ORDER BY number
"""
CLOSE = "UPDATE map_kept.reports SET closed_on = %s WHERE number = ANY(%s) AND closed_on IS NULL"


@dataclass(frozen=True)
class ReportTable:
    """A `reports.Box` that is a table of the store at `url`."""

    url: str

    def begin(self, today: date) -> None:
        """Delete what is old."""
        with _told(), connection.adding(self.url) as found:
            found.execute("SELECT map.forget_reports(%s)", [today])

    def save(self, report: Report) -> None:
        """Keep a report, once; it is on the disk of the store when this returns."""
        told = [report.day, report.entry, report.kind, report.text]
        with _told(), connection.adding(self.url) as found:
            row = found.execute(ADD, told).fetchone()
        if not (row and row[1]):
            raise FloodError(f"{connection.where(self.url)}: no more reports are taken today.")

    def secret(self) -> bytes:
        """Return what the tokens of forms are made with; it lies with the reports."""
        with _told():
            return _secret(self.url)

    def count(self) -> int:
        """Return how many reports nobody has closed, which is public."""
        with _told(), connection.reading(self.url) as found:
            row = found.execute("SELECT map.reports_waiting()").fetchone()
        return row[0] if row else 0

    def waiting(self) -> list[Report]:
        """Return the reports that nobody has closed, the oldest first, if this role may."""
        with _told(), connection.reading(self.url) as found:
            rows = found.execute(WAITING).fetchall()
        return [Report(*row) for row in rows]

    def close(self, numbers: Sequence[int], today: date) -> int:
        """Note that somebody looked at reports; return how many of them were waiting."""
        with _told(), connection.adding(self.url) as found:
            return found.execute(CLOSE, [today, list(numbers)]).rowcount


@cache
def _secret(url: str) -> bytes:
    """Return the secret of a store, which never changes: forms wait for it once."""
    with connection.reading(url) as found:
        row = found.execute("SELECT map.report_secret()").fetchone()
    if row is None:
        raise StoreError(f"The store at {connection.where(url)} has no secret for forms.")
    return bytes(row[0])


@contextmanager
def _told() -> Iterator[None]:
    """Raise what is wrong with the store as what is wrong with reports."""
    try:
        yield
    except StoreError as error:
        raise ReportsError(str(error)) from error
