"""Catalogue: a checked file of services -> located places, and the last good ones kept."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo import areas, checks, records, settings
from geo.checks import Issue
from geo.errors import CatalogueError
from geo.formats import csv
from geo.hours import TIMEZONE

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Edition:
    """One good reading of the catalogue; two readings are never the same one."""

    number: int  # rises with each good reading; 0 is "there never was one"
    places: gpd.GeoDataFrame

    @cached_property
    def entries(self) -> tuple[dict[str, Any], ...]:
        """Return the places one by one: a row of a frame costs far more to reach."""
        return tuple(self.places.drop(columns="geometry").to_dict("records"))

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
        places, self.faults = read(self.path, datetime.now(TIMEZONE).date())
        if not self.faults:
            log.warning("%s: %d places are up.", self.path, len(places))
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
def keeper(path: Path) -> Keeper:
    """Return the one keeper of this file in this process."""
    return Keeper(path)


def load(path: Path, today: date) -> gpd.GeoDataFrame:
    """Return the places of a catalogue file; any fault raises `CatalogueError` with all of them.

    Its columns are those of `records.COLUMNS`, as text, and those that `locate` adds.
    """
    places, faults = read(path, today)
    if faults:
        raise CatalogueError("\n".join(map(str, faults)))
    return places


def read(path: Path, today: date) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """Return the places of a catalogue file and every fault found; with faults, no places."""
    table = csv.read(path, settings.read().most_bytes)
    faults = list(table.issues) or checks.check(
        table.frame, table.lines, today, areas.zip_counties(), path.name
    )
    rows = table.frame[:0] if faults else table.frame
    return locate(rows[rows["status"] != "closed"]), faults


def locate(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return `rows` with what the rest of the library works on.

    Added: `lat`, `lon` (degrees; NaN without a place), `radius_m` (0 for a point, else that of the
    area it is somewhere in), `geometry`, `types`, `serves`, `spoken` (lists), `group` (the number
    of its mark) and `is_line` (bool). The index counts from 0: the number of a place on the map.
    """
    places = rows.reset_index(drop=True)
    lat = pd.to_numeric(places["latitude"], errors="coerce").astype(float).to_numpy(copy=True)
    lon = pd.to_numeric(places["longitude"], errors="coerce").astype(float).to_numpy(copy=True)
    radius = np.zeros(len(places))
    about = places[["location_precision", "city", "zip"]].itertuples(index=False, name=None)
    for number, (precision, city, zip_code) in enumerate(about):
        area = areas.around(city, zip_code) if precision in ("zip", "city") else None
        if area:
            lat[number], lon[number], radius[number] = area.lat, area.lon, area.radius_m
    types = [records.split(cell) for cell in places["service_types"]]
    places = places.assign(
        lat=lat,
        lon=lon,
        radius_m=radius,
        types=types,
        serves=[records.split(cell) for cell in places["counties_served"]],
        spoken=[records.split(cell) for cell in places["languages"]],
        group=np.array([records.group_of(kinds) for kinds in types], dtype=int),
        is_line=np.array(["hotline" in kinds for kinds in types], dtype=bool),
    )
    points = gpd.points_from_xy(lon, lat, crs="EPSG:4326")
    points[np.isnan(lat)] = None
    return gpd.GeoDataFrame(places, geometry=points)
