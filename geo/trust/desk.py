"""Desk: what lies before a keeper, on a terminal and on a page, and what they do with it."""

import logging
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from geo.catalogue import history, imported, keeper, places, provenance, remarks, sources
from geo.catalogue.history import Act
from geo.catalogue.places import Entry
from geo.errors import CatalogueError
from geo.i18n import Words
from geo.trust import decisions, queue
from geo.trust.decisions import Decision, Kept, Noted
from geo.trust.queue import Need
from geo.trust.reports import Box, Report, ReportsError

log = logging.getLogger(__name__)
FACTS = ("status", "phone", "hours", "street", "city", "zip", "website", "eligibility", "languages")


@dataclass(frozen=True)
class Keeping:
    """What keepers work on."""

    catalogue: Path
    box: Box | None = None  # of reports, if any are taken
    noted: Noted = nullcontext  # where each act is told too


@dataclass(frozen=True)
class Desk:
    """The catalogue, its entries with those of feeds, the reports."""

    kept: Kept
    entries: Sequence[Entry]
    reports: Sequence[Report]

    def of(self, own: str) -> Entry | None:
        """Return an entry that is shown, or None."""
        return next((entry for entry in self.entries if entry["id"] == own), None)

    def cells(self, own: str) -> dict[str, str]:
        """Return the cells of an entry of ours or of a feed, whether it is shown or closed.

        Raises
        ------
        CatalogueError : there is none
        """
        if row := self.kept.row(own):
            return row
        if entry := self.of(own):
            return {name: str(entry[name]) for name in ("name", *FACTS)}  # type: ignore[literal-required]
        raise CatalogueError("There is no entry of this id.")

    def reports_of(self, own: str) -> list[Report]:
        """Return the reports of an entry that wait, of what is missing for ''."""
        return [report for report in self.reports if report.entry == own]

    def needs(self, today: date, most: int) -> list[Need]:
        """Return the most urgent entries; the checker is asked about those alone."""
        first = queue.make(self.entries, self.kept.log, self.reports, {}, today)[:most]
        found = _remarks(self.kept, [need.entry["id"] for need in first], today)
        return queue.make([need.entry for need in first], self.kept.log, self.reports, found, today)


def lay(keeping: Keeping) -> Desk:
    """Return all that is needed to review; no rule is asked, so that it opens at once.

    Raises
    ------
    CatalogueError : a file cannot be read
    ReportsError : the reports cannot be read
    """
    path = keeping.catalogue
    kept = decisions.read(path)
    feeds = [
        imported.read(file).frame.drop(columns="external_id").assign(feed=file.stem)
        for file in imported.files(path)
    ]
    rows = pd.concat([kept.table.frame.assign(feed=""), *feeds], ignore_index=True)
    rows = rows[rows["status"] != "closed"]
    located = places.locate(rows, sources.by_entry(kept.lines.frame), kept.log.checks)
    waiting = keeping.box.waiting() if keeping.box else []
    return Desk(kept, keeper.Edition(1, located).entries, waiting)


def _remarks(kept: Kept, ids: Sequence[str], today: date) -> dict[str, int]:
    chosen = kept.table.frame["id"].isin(ids)
    lines = [line for line, own in zip(kept.table.lines, chosen, strict=True) if own]
    part = replace(kept.table, frame=kept.table.frame[chosen], lines=tuple(lines), issues=())
    none = replace(kept.lines, frame=kept.lines.frame[:0], lines=(), issues=())
    by_line = dict(zip((f"row:{line}" for line in lines), part.frame["id"], strict=True))
    found: dict[str, int] = {}
    for issue in remarks.find(part, none, [], today, ("row", "fact")):
        found[by_line[issue.where]] = found.get(by_line[issue.where], 0) + 1
    return found


def save(
    keeping: Keeping, wanted: Decision, today: date, seen: Collection[int] | None = None
) -> tuple[Act, int]:
    """Write a decision down; return its act, and how many reports it closed.

    `seen` are the numbers of the reports that were looked at; None is all that wait.

    Raises
    ------
    CatalogueError, ReportsError, OSError : see `decisions.decide`; nothing is written
    """
    path, box, noted = keeping.catalogue, keeping.box, keeping.noted
    if wanted.what != "reports":
        return decisions.decide(path, wanted, today, noted), 0
    waiting = box.waiting() if box else []
    own = [one for one in waiting if one.entry == wanted.entry]
    own = own if seen is None else [one for one in own if one.number in seen]
    if not own or box is None:
        raise CatalogueError("No report of this entry waits.")
    days = tuple((today - one.day).days for one in own)
    act = decisions.decide(path, replace(wanted, waited=days), today, noted)
    try:
        return act, box.close([one.number for one in own], today)
    except ReportsError as error:
        log.error("%s The act is in the log, and its reports still wait.", error)
        return act, 0


def since(entry: Entry, name: str, say: Words) -> str:
    """Return who says a fact, and since when."""
    if check := entry["checks"].get(name):
        return say("confirmed on {day} by {role}", day=check.day, role=say.raw(check.role))
    said = provenance.of_fact(entry, name)
    return say("of {day}, {name}", day=said.date or say("date not known"), name=said.name)


def told(act: Act, say: Words) -> str:
    """Return a line of the log in words."""
    head = say("Act {n}, {day}, {role}", n=act.number, day=act.day, role=say.raw(act.role))
    what = say(history.ACTS[act.what])
    if act.of:
        what = say("{what} (act {n})", what=what, n=act.of)
    values = [f"{name}: {act.old[name]!r} -> {act.new[name]!r}" for name in act.new]
    more = "; ".join(values) or ", ".join(act.fields)
    return f"{', '.join(filter(None, (head, act.how)))}: {': '.join(filter(None, (what, more)))}"
