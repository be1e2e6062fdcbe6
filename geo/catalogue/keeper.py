"""Keeper: the last good edition of the catalogue, read again when its file changes."""

import logging
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import cast

import geopandas as gpd
import pandas as pd

from geo import areas, clock, settings
from geo.catalogue import checks, csv_file, records
from geo.catalogue.checks import Issue
from geo.catalogue.places import Entry, locate
from geo.errors import CatalogueError

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Edition:
    """One good reading of the catalogue; two readings are never the same one."""

    number: int  # rises with each good reading; 0 is "there never was one"
    places: gpd.GeoDataFrame

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Return the places one by one: a row of a frame costs far more to reach."""
        rows = self.places.drop(columns="geometry").to_dict("records")
        return tuple(cast("list[Entry]", rows))

    @property
    def data_date(self) -> str:
        """Return the newest date that any source or check in the catalogue has."""
        dates = self.places[["source_date", "verified_on"]].to_numpy().ravel()
        return max(dates, default="")


class Keeper:
    """Reads a catalogue again when its file changes; a bad file never replaces a good one.

    `faults` says what is wrong with the file now, if anything.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Issue] = []
        self._lock = Lock()
        self._stamp: tuple[int, ...] | None = None
        self._edition = Edition(0, locate(pd.DataFrame(columns=list(records.COLUMNS), dtype=str)))
        self.current()

    def current(self) -> Edition:
        """Return the newest good edition; while one caller reads the file, others have the old."""
        stamp = self._file_stamp()
        if stamp != self._stamp and self._lock.acquire(blocking=False):
            try:
                if stamp != self._stamp:
                    self._edition, self._stamp = self._read(), stamp
            finally:
                self._lock.release()
        return self._edition

    def _read(self) -> Edition:
        good = self._edition
        places, self.faults = read_catalogue(self.path, clock.today())
        if not self.faults:
            log.info("%s: %d places are up.", self.path, len(places))
            return Edition(good.number + 1, places)
        for fault in self.faults:
            log.error("%s", fault)
        kept = (
            f"the last good {len(good.places)} places stay up" if good.number else "no list is up"
        )
        log.error("%s has %d faults: %s.", self.path, len(self.faults), kept)
        return good

    def _file_stamp(self) -> tuple[int, ...]:
        try:
            found = self.path.stat()
        except OSError:
            return ()
        return (found.st_mtime_ns, found.st_size, found.st_ino)


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


def read_catalogue(path: Path, today: date) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """Return the places of a catalogue file and every fault found; with faults, no places."""
    table = csv_file.read(path, settings.read().most_bytes)
    faults = list(table.issues) or checks.check(
        table.frame, table.lines, today, areas.zip_counties(), path.name
    )
    rows = table.frame[:0] if faults else table.frame
    return locate(rows[rows["status"] != "closed"]), faults
