"""Overdue: the entries of a town that most need a visit, and why.

Each reason counts for as much as so many years without a check: that is our own assumption, made
so that what is missing altogether comes before what is merely old.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from geo.catalogue import provenance
from geo.catalogue.dates import PartialDate
from geo.catalogue.places import Entry
from geo.i18n import mark
from geo.rounds import stops
from geo.rounds.plan import Sentence

NO_HOURS, NO_PHONE, NO_POINT, NO_DATE = 2.0, 2.0, 1.5, 5.0  # years each counts for
OLDEST = 10.0  # years; older is not more urgent
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Due:
    """An entry that needs a visit: its id, how much in years, and why."""

    key: str
    years: float
    reasons: tuple[Sentence, ...]
    can_be_stop: bool  # else it needs a public meeting point first


def most_due(
    entries: Sequence[Entry],
    n: int,
    today: date,
    city: str = "",
    county: str = "",
    only_stops: bool = False,
) -> list[Due]:
    """Return the `n` entries that most need a visit, the most urgent first.

    `entries` are those of an `Edition`. Lines to call, entries that are paused and places
    that keep their address private are never among them; with `only_stops`, neither are those
    whose point is only about known.
    """
    dues = [
        _due(entry, today)
        for entry in entries
        if _to_visit(entry)
        and (not city or entry["city"] == city)
        and (not county or entry["county"] == county)
    ]
    wanted = [due for due in dues if due.can_be_stop or not only_stops]
    return sorted(wanted, key=lambda due: (-due.years, due.key))[:n]


def _to_visit(entry: Entry) -> bool:
    public = entry["is_public"] and entry["status"] == "open"
    return public and not entry["is_line"]


def _due(entry: Entry, today: date) -> Due:
    counted = list(_counted(entry, today))
    years = round(sum(count for count, _ in counted), 3)
    return Due(entry["id"], years, tuple(why for _, why in counted), stops.can_be_one(entry))


def _counted(entry: Entry, today: date) -> Iterator[tuple[float, Sentence]]:
    """Yield each reason with the years it counts for."""
    if entry["verified_on"]:
        days = PartialDate.parse(entry["verified_on"]).days_before(today)
        if days:
            yield _years(days), Sentence(CHECKED, {"days": days})
    elif when := min(provenance.dates(entry)):
        days = PartialDate.parse(when).days_before(today)
        yield _years(days), Sentence(SOURCE, {"when": when})
    else:
        yield NO_DATE, Sentence(UNDATED)
    if not entry["hours"]:
        yield NO_HOURS, Sentence(HOURS)
    if not entry["phone"]:
        yield NO_PHONE, Sentence(PHONE)
    if not entry["is_exact"]:
        yield NO_POINT, Sentence(POINT)


def _years(days: int) -> float:
    return min(days / DAYS_A_YEAR, OLDEST)


CHECKED = mark("Last checked {days} days ago.")
SOURCE = mark("Never checked by us; what we have is from {when}.")
UNDATED = mark("Never checked by us; nobody knows how old it is.")
HOURS = mark("No hours known.")
PHONE = mark("No phone known.")
POINT = mark("It is only about known where it is.")
