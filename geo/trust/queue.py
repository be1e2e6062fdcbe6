"""Queue: the entries that need somebody most, the most urgent first, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.catalogue import provenance, records
from geo.catalogue.dates import PartialDate
from geo.catalogue.history import History
from geo.catalogue.places import Entry
from geo.i18n import Words
from geo.trust.reports import KINDS, Report

# What most people look for, by our own assumption: nobody counts here what readers open.
MUCH_USED = frozenset(
    ("hotline", "shelter", "food", "clinic", "hospital", "mental_health", "domestic_violence")
)


@dataclass(frozen=True)
class Need:
    """An entry that needs somebody, and why."""

    entry: Entry
    reports: tuple[Report, ...] = ()
    is_due: bool = False  # the day on which to look again has come
    failed: int = 0  # days on which it could not be confirmed
    remarks: int = 0  # of the checker

    def reasons(self, say: Words) -> list[str]:
        """Return why it needs somebody, in words for a keeper, the first one first."""
        kinds = Counter(report.kind for report in self.reports)
        told = [
            say.many("{n} report: {kind}", "{n} reports: {kind}", n, kind=say(KINDS[kind]))
            for kind, n in kinds.items()
        ]
        if self.is_due:
            told.append(say("closed for a while: look again"))
        if self.failed:
            told.append(
                say.many(
                    "could not be confirmed on {n} day",
                    "could not be confirmed on {n} days",
                    self.failed,
                )
            )
        if not _is_confirmed(self.entry):
            told.append(say("nobody has confirmed it yet"))
        day = _oldest(self.entry)
        told.append(say("oldest date {day}", day=day) if day else say("no date at all"))
        gaps = (say("no hours"), say("no phone"), say("place only about known"))
        told += [gap for gap, lack in zip(gaps, _lacks(self.entry), strict=True) if lack]
        if self.remarks:
            told.append(
                say.many("{n} remark of the checker", "{n} remarks of the checker", self.remarks)
            )
        return told


def make(
    entries: Iterable[Entry],
    log: History,
    reports: Sequence[Report],
    remarks: Mapping[str, int],
    today: date,
) -> list[Need]:
    """Return all entries by need.

    In this order: what readers report and what is due again; not confirmed and much used; the
    oldest; no hours, no phone, a point that is only about known; remarks of the checker.

    `remarks` says how many each entry has.
    """
    of: dict[str, list[Report]] = {}
    for report in reports:
        of.setdefault(report.entry, []).append(report)
    tries, again = log.tries, log.to_look_again
    needs = [
        Need(
            entry,
            tuple(of.get(entry["id"], ())),
            bool(again.get(entry["id"])) and again[entry["id"]] <= today.isoformat(),
            len(tries.get(entry["id"], ())),
            remarks.get(entry["id"], 0),
        )
        for entry in entries
    ]
    return sorted(needs, key=lambda need: _urgency(need, today))


def _urgency(need: Need, today: date) -> tuple[Any, ...]:
    entry = need.entry
    oldest = _oldest(entry)
    return (
        -len(need.reports),
        not need.is_due,
        -need.failed,
        _is_confirmed(entry),
        MUCH_USED.isdisjoint(entry["types"]),
        bool(oldest),
        -PartialDate.parse(oldest).days_before(today) if oldest else 0,
        *(not lack for lack in _lacks(entry)),
        -need.remarks,
        entry["id"],
    )


def _is_confirmed(entry: Entry) -> bool:
    return bool(entry["verified_on"] or entry["checks"])


def _lacks(entry: Entry) -> tuple[bool, bool, bool]:
    """Say whether there are no hours, no phone, and no exact point where one may be shown."""
    is_vague = entry["is_public"] and not entry["is_exact"]
    return not entry["hours"], not entry["phone"], is_vague


def _oldest(entry: Entry) -> str:
    """Return the oldest date that counts, '' if there is a fact without any."""
    if entry["verified_on"]:
        return entry["verified_on"]
    return min(provenance.dates(entry))


def kinds_of(entry: Entry, say: Words) -> str:
    """Return the kinds of help of an entry, for a keeper."""
    return ", ".join(say(records.TYPES[kind]) for kind in entry["types"])
