"""Keeper: the last good edition of the catalogue, read again when its file changes."""

import logging
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from threading import Lock
from typing import cast

import geopandas as gpd
import pandas as pd
from cachetools.keys import hashkey

from geo import areas, clock, settings
from geo.catalogue import (
    checks,
    csv_file,
    do_not_list,
    history,
    imported,
    losses,
    records,
    sources,
)
from geo.catalogue.issue import Issue, Said
from geo.catalogue.losses import Ledger
from geo.catalogue.places import Entry, is_public, locate
from geo.errors import CatalogueError
from geo.files import whole

log = logging.getLogger(__name__)
NEVER_ACCEPTED = (
    "{name} was never accepted, so after a restart nobody sees if half of it is missing. "
    "Look over its counts (`python -m geo check`), then run `python -m geo accept`."
)

Stamps = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class Edition:
    """One good reading of the catalogue; two readings are never the same one."""

    number: int  # rises with each good reading; 0 is "there never was one"
    places: gpd.GeoDataFrame
    # Of no other edition of the process, also where several catalogues are kept.
    _serial: int = field(default_factory=count().__next__, init=False, repr=False)

    def key(self, *more: Hashable) -> Hashable:
        """Return a key for what is made of this edition and `more`.

        A cache that has it does not keep the edition, which is some kilobytes a place.
        """
        return hashkey(self._serial, *more)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Return the places one by one: a row of a frame costs far more to reach.

        A column at a time: `DataFrame.to_dict` takes three times as long for text.
        """
        names = [name for name in self.places.columns if name != "geometry"]
        columns = (self.places[name].to_numpy().tolist() for name in names)
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        return tuple(cast("list[Entry]", rows))

    @property
    def closed(self) -> tuple[str, ...]:
        """Return the ids of the entries that are kept in the file but closed, and so not shown."""
        closed: tuple[str, ...] = self.places.attrs.get("closed", ())
        return closed

    @property
    def unconfirmed(self) -> frozenset[str]:
        """Return which of the closed are so since nobody could confirm them."""
        found: frozenset[str] = self.places.attrs.get("unconfirmed", frozenset())
        return found

    @property
    def gone(self) -> tuple[str, ...]:
        """Return the names of those closed whose place was no secret and who may be listed."""
        names: tuple[str, ...] = self.places.attrs.get("gone", ())
        return names

    @property
    def data_date(self) -> str:
        """Return the newest date that any source or check in the catalogue has."""
        dates = [*self.places[["source_date", "verified_on"]].to_numpy().ravel()]
        dates += [one.date for said in self.places["sources"] for one in said.values()]
        return max(dates, default="")


class Keeper:
    """Reads a catalogue again when its file changes; a bad file never replaces a good one.

    Nor does one that has lost too much of what was there, before somebody accepts it. `faults`
    says what is wrong with the file now, if anything.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Issue] = []
        self.ledger = Ledger(path)
        self._lock = Lock()
        self._stamp: Stamps | None = None
        self._record: tuple[int, ...] = ()
        self._edition = Edition(0, locate(pd.DataFrame(columns=list(records.COLUMNS), dtype=str)))
        self.current()

    def current(self) -> Edition:
        """Return the newest good edition; while one caller reads the file, others have the old."""
        if self.is_behind and self._lock.acquire(blocking=False):
            try:
                if self.is_behind:
                    now = stamps(self.path), _stamp(losses.record_of(self.path))
                    self._edition = self._read()
                    self._stamp, self._record = now
            finally:
                self._lock.release()
        return self._edition

    @property
    def last(self) -> Edition:
        """Return the newest good edition that is known, without a look at the file."""
        return self._edition

    @property
    def is_behind(self) -> bool:
        """Return whether there is something new to read, so that `current` may take a while.

        What was accepted matters only while an edition is held back.
        """
        if stamps(self.path) != self._stamp:
            return True
        return self.is_held_back and _stamp(losses.record_of(self.path)) != self._record

    @property
    def accepted_on(self) -> str:
        """Return the ISO date on which the file was last accepted, '' if it never was."""
        return self.ledger.accepted.day if self.ledger.accepted else ""

    @property
    def is_held_back(self) -> bool:
        """Return whether the file has no fault but that it has lost too much."""
        return bool(self.faults) and all(fault.rule == losses.RULE for fault in self.faults)

    def _read(self) -> Edition:
        good = self._edition
        places, self.faults = read_catalogue(self.path, clock.today(), self.ledger)
        if not self.faults:
            if self.ledger.accepted is None:
                log.warning("%s", NEVER_ACCEPTED.format(name=self.path.name))
            log.info("%s: %d places are up.", self.path, len(places))
            return Edition(good.number + 1, places)
        for fault in self.faults:
            log.error("%s", fault)
        kept = (
            f"the last good {len(good.places)} places stay up" if good.number else "no list is up"
        )
        log.error("%s has %d faults: %s.", self.path, len(self.faults), kept)
        return good


@cache
def keeper_of(path: Path) -> Keeper:
    """Return the one keeper of this file in this process."""
    return Keeper(path)


def load_catalogue(path: Path, today: date) -> gpd.GeoDataFrame:
    """Return the places of a catalogue file; any fault raises `CatalogueError` with all of them.

    Its columns are those of `records.COLUMNS`, as text, and those that `locate` adds.
    """
    places, faults = read_catalogue(path, today)
    if faults:
        raise CatalogueError("\n".join(map(str, faults)))
    return places


def read_catalogue(
    path: Path, today: date, ledger: Ledger | None = None
) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """Return the places of a catalogue file and every fault found; with faults, no places.

    Its file of sources and what feeds told are read with it. Too much lost is a fault as well: of
    what was accepted, and of what `ledger` saw go up.
    """
    ledger = ledger or Ledger(path)
    catalogue, lines, faults = read_both(path, today)
    more, their_faults = read_imported(path, catalogue, today)
    faults = [*faults, *their_faults] or ledger.judge(catalogue)
    if not faults:
        ledger.note(catalogue)
    rows = catalogue.frame[:0] if faults else with_feeds(catalogue.frame, more)
    shut = rows["status"] == "closed"
    told = history.read(history.beside(path))
    if told.fault:
        log.warning("%s", told.fault)
    places = locate(rows[~shut], sources.by_entry(lines.frame), told.checks)
    places.attrs["closed"] = tuple(rows["id"][shut])
    listed, _ = do_not_list.look(do_not_list.beside(path))  # its faults are told already
    pairs = zip(rows["name"], rows["phone"], shut & is_public(rows), strict=True)
    gone = (name for name, phone, told in pairs if told and not listed.has(name, phone, ""))
    places.attrs["gone"] = tuple(gone)
    places.attrs["unconfirmed"] = told.unconfirmed.intersection(rows["id"][shut])
    return places, faults


def read_both(path: Path, today: date) -> tuple[csv_file.Table, csv_file.Table, list[Issue]]:
    """Return the rows of a catalogue, the lines of its file of sources, and every fault in them.

    Both are of one time: if they are changed together meanwhile, both are read again.
    """
    beside, most_bytes = sources.beside(path), settings.read().most_bytes
    together: Stamps | None = None
    while together != (together := tuple(map(_stamp, (beside, whole.journal(path))))):
        faults = list(_cut_off(path))
        catalogue, lines = csv_file.read(path, most_bytes), sources.read(beside, most_bytes)
    faults += catalogue.issues
    faults += checks.check(catalogue.frame, catalogue.lines, today, areas.zip_counties(), path.name)
    faults += lines.issues
    listed, wrong = do_not_list.look(do_not_list.beside(path))
    faults += wrong
    faults += do_not_list.check(catalogue, listed, path.name)
    if not catalogue.issues:
        faults += sources.check(lines, catalogue, today, areas.zip_counties(), beside.name)
    return catalogue, lines, faults


def _cut_off(path: Path) -> Iterator[Issue]:
    """Finish a change of both files that was cut off, or yield why that cannot be done."""
    try:
        whole.finish(path)
    except OSError as error:
        found = Said(f"a change that was cut off ({error.strerror})")
        fix = "Run `python -m geo check` as somebody who may write there."
        yield Issue(path.name, "", found, "a file and its sources of one time", fix, "file")


def read_imported(
    path: Path, catalogue: csv_file.Table, today: date
) -> tuple[pd.DataFrame, list[Issue]]:
    """Return the rows of the feeds that go with a catalogue, and every fault in them."""
    lines = zip(catalogue.frame["id"], catalogue.lines, strict=True)
    ids = {own: f"{path.name}:{line}" for own, line in lines}
    return imported.read_all(path, catalogue.frame, ids, today)


def with_feeds(rows: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a catalogue and after them those of the feeds."""
    return pd.concat([rows.assign(feed=""), more], ignore_index=True) if len(more) else rows


def stamps(path: Path) -> Stamps:
    """Return what changes when a catalogue does, its file of sources or a feed beside it."""
    beside = (sources.beside(path), whole.journal(path), do_not_list.beside(path))
    return tuple(map(_stamp, (path, *beside, history.beside(path), *imported.files(path))))


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)
