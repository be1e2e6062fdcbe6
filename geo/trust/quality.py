"""Quality: how much of the list is known and confirmed, where it is weakest, and how that goes on.

Counts only: nothing of a place that is not public can be in them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from geo.catalogue import records, tally
from geo.catalogue.history import History
from geo.catalogue.places import Entry

RECENT = timedelta(days=183)
ALL = "all"
COUNTIES = (*records.COUNTIES, tally.ELSEWHERE)
LEAST = 5  # entries that a group has to have to be named as weak
MOST_MONTHS = 12
SPOTS = 5

Has = Callable[[Entry, date], bool]


def _is_recent(entry: Entry, today: date) -> bool:
    days = (entry["verified_on"], *(check.day for check in entry["checks"].values()))
    return max(days) >= (today - RECENT).isoformat()


MEASURES: Mapping[str, Has] = {
    "phone": lambda entry, _: bool(entry["phone"]),
    "hours": lambda entry, _: bool(entry["hours"]),
    "point": lambda entry, _: entry["is_exact"] and tally.is_place(entry),
    "spanish": lambda entry, _: bool(entry["description_es"]),
    "confirmed": _is_recent,
}


@dataclass(frozen=True)
class Group:
    """The entries of a county, or of all (`ALL`), of one kind of help or all."""

    county: str
    kind: str
    entries: int
    places: int  # of them those with a public place, which alone can have a point
    known: Mapping[str, int]  # by `MEASURES`

    def of(self, measure: str) -> int:
        """Return how many entries could have what is measured."""
        return self.places if measure == "point" else self.entries

    def share(self, measure: str) -> float:
        """Return the share that has it, 0 to 1; 1 if none could."""
        return self.known[measure] / self.of(measure) if self.of(measure) else 1.0


@dataclass(frozen=True)
class Month:
    """What keepers did within a month, and how many entries they confirmed."""

    month: str  # YYYY-MM
    acts: int
    confirmed: int


@dataclass(frozen=True)
class Quality:
    """All of it, as of a day."""

    groups: tuple[Group, ...]
    weakest: tuple[tuple[str, Group], ...]  # measure and group; first one for each measure
    days_to_close: float | None  # the median of all reports that were looked at
    months: tuple[Month, ...]  # the newest last


def measure(entries: Sequence[Entry], log: History, today: date) -> Quality:
    """Return how good the data are."""
    groups = tuple(_groups(entries, today))
    waited = [days for act in log.standing for days in act.waited]
    return Quality(
        groups,
        tuple(_weakest(groups)),
        float(median(waited)) if waited else None,
        tuple(_months(log))[-MOST_MONTHS:],
    )


def _groups(entries: Sequence[Entry], today: date) -> Iterator[Group]:
    has = [
        (entry, [name for name, is_known in MEASURES.items() if is_known(entry, today)])
        for entry in entries
    ]
    for county in (ALL, *COUNTIES):
        own = [pair for pair in has if county in (ALL, tally.county(pair[0]))]
        for kind in (ALL, *records.TYPES):
            found = [pair for pair in own if kind == ALL or kind in pair[0]["types"]]
            if found:
                counts = Counter(name for _, known in found for name in known)
                places = sum(tally.is_place(entry) for entry, _ in found)
                known = {name: counts[name] for name in MEASURES}
                yield Group(county, kind, len(found), places, known)


def _weakest(groups: Sequence[Group]) -> Iterator[tuple[str, Group]]:
    """Yield for each measure the kind of help in a county where it is known least, then others."""
    single = [one for one in groups if ALL not in (one.county, one.kind)]
    weak = [
        (one.share(name), -one.of(name), one.kind, one.county, name, one)
        for name in MEASURES
        for one in single
        if one.of(name) >= LEAST and one.share(name) < 1
    ]
    ranked = [(name, one) for *_, name, one in sorted(weak, key=lambda spot: spot[:4])]
    first = [next((spot for spot in ranked if spot[0] == name), None) for name in MEASURES]
    chosen = [spot for spot in first if spot]
    yield from chosen
    yield from [spot for spot in ranked if spot not in chosen][: SPOTS - len(chosen)]


def _months(log: History) -> Iterator[Month]:
    acts = Counter(act.day[:7] for act in log.acts)
    confirmed: dict[str, set[str]] = {}
    for act in log.standing:
        if act.what in ("confirm", "correct"):
            confirmed.setdefault(act.day[:7], set()).add(act.entry)
    for month in sorted(acts):
        yield Month(month, acts[month], len(confirmed.get(month, ())))
