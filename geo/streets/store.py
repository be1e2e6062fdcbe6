"""Store: the imported streets of all counties, read again when a file changes.

`python -m geo streets 06025` puts one file a county into the folder `STREETS`. Without any there
are no streets, and everything else works as before.
"""

import hashlib
import logging
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Condition

import geopandas as gpd
import pandas as pd
from cachetools import LRUCache, cached

from geo import settings
from geo.errors import StreetsError
from geo.streets import parquet

log = logging.getLogger(__name__)
Stamps = tuple[tuple[Path, int, int, int], ...]


@dataclass(frozen=True, eq=False)
class Streets:
    """The streets of all counties that were imported, each edge once.

    `frame` has the columns of `formats.parquet.COLUMNS`; two counties that meet share nodes.
    """

    frame: gpd.GeoDataFrame
    years: Mapping[str, int]  # of the file of each county, by its number such as 06025
    mark: str  # changes when, and only when, a file does

    @property
    def counties(self) -> tuple[str, ...]:
        """Return the numbers of the counties, in order."""
        return tuple(self.years)

    @property
    def year(self) -> int:
        """Return the year of the oldest file."""
        return min(self.years.values())


def load(folder: Path) -> Streets | None:
    """Return the streets in a folder, None if there are none; a file is read again if it changes.

    Raises
    ------
    StreetsError : a file is damaged
    """
    found = _load(_stamps(folder))
    if isinstance(found, StreetsError):
        raise found
    return found


def current() -> Streets | None:
    """Return the streets that are served; damaged ones are as if there were none."""
    return load_or_none(settings.read().streets)


def load_or_none(folder: Path) -> Streets | None:
    """Return what `load` does; damaged streets are as if there were none, and logged once."""
    try:
        return load(folder)
    except StreetsError:
        return None


def _stamps(folder: Path) -> Stamps:
    stamps = []
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9][0-9].parquet")):
        about = path.stat()
        stamps.append((path, about.st_mtime_ns, about.st_size, about.st_ino))
    return tuple(stamps)


@cached(LRUCache[Hashable, Streets | StreetsError | None](1), condition=Condition())
def _load(stamps: Stamps) -> Streets | StreetsError | None:
    """Return the streets of these files or, kept so that it is told once, what is wrong."""
    if not stamps:
        return None
    try:
        frames = {path.stem: parquet.read(path) for path, *_ in stamps}
    except StreetsError as error:
        log.error("%s There are no streets until then.", error)
        return error
    years = {county: int(frame.attrs["year"]) for county, frame in frames.items()}
    for frame in frames.values():
        frame.attrs = {}
    whole = pd.concat(frames.values(), ignore_index=True).drop_duplicates("tlid", ignore_index=True)
    mark = hashlib.sha256(repr(stamps).encode()).hexdigest()[:12]
    log.info("Streets of %s are up: %d edges.", ", ".join(years), len(whole))
    return Streets(whole, years, mark)
