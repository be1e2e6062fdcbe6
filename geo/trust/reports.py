"""Reports: what readers say is wrong, and what must be true of whatever keeps it.

A report is a place, what is wrong, a few words and the day. Nothing of who sent it is asked or
kept. `report_file` keeps them for the processes of one machine, `geo.store.report_table` for those
of several.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Protocol

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
A_DAY_OF_ONE = 25  # reports of one place on one day
A_DAY_OF_MISSING = 250
A_DAY = 1_000  # in all: who floods us fills a day, not the disk


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


class Box(Protocol):
    """Where reports are kept. Whatever it cannot do it raises as a `ReportsError`."""

    def begin(self, today: date) -> object:
        """Delete what is older than `KEPT`, and return what a server holds as long as it runs."""

    def save(self, report: Report) -> None:
        """Keep a report, once; it is on the disk when this returns. What is old is deleted.

        Raises
        ------
        FloodError : as many as may be of this place, or of all, came on this day
        """

    def secret(self) -> bytes:
        """Return what the tokens of forms are made with; it outlasts a restart."""

    def count(self) -> int:
        """Return how many reports nobody has closed."""

    def waiting(self) -> list[Report]:
        """Return the reports that nobody has closed, the oldest first."""

    def close(self, numbers: Sequence[int], today: date) -> int:
        """Note that somebody looked at reports; return how many of them were waiting."""


def token(box: Box, day: date) -> str:
    """Return what a form of that day carries, so that nobody can send one without having had it.

    Raises
    ------
    ReportsError : the secret cannot be read, or not be kept the first time
    """
    return _token(box.secret(), day)


def is_token(box: Box, told: str, today: date) -> bool:
    """Say whether a form carries what one of today or yesterday does.

    Raises
    ------
    ReportsError : as `token`
    """
    key, days = box.secret(), (today, today - timedelta(days=1))
    return any(hmac.compare_digest(told.encode(), _token(key, day).encode()) for day in days)


def _token(key: bytes, day: date) -> str:
    return hmac.new(key, day.isoformat().encode(), sha256).hexdigest()[:32]
