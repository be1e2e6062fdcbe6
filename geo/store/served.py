"""Served: the edition that readers see: of the catalogue file or, if a store is set, of the store.

A store that is away, or of another version, never takes away an edition that is up: it is looked
for again every few seconds, and `faults` says what is wrong meanwhile.
"""

import logging
import time
from functools import cache
from threading import Lock

import pandas as pd

from geo import settings
from geo.catalogue import records
from geo.catalogue.issue import Issue, Said
from geo.catalogue.keeper import Edition, Keeper, keeper_of
from geo.catalogue.places import locate
from geo.errors import StoreError
from geo.store import connection, editions, tiles

log = logging.getLogger(__name__)
RULE = "store"
TILES = "tiles"  # what an edition is marked with, of which there are tiles
LOOK_S = 3.0  # between two looks at the store
FIX = "`python -m geo store status` tells more. The last good edition stays up."


class StoreKeeper:
    """Keeps the newest edition of a store that it could read; used as a `Keeper` of a file is."""

    is_held_back = False  # an edition is judged before it is loaded
    accepted_on = ""

    def __init__(self, url: str) -> None:
        self.faults: list[Issue] = []
        self._url = url
        self._lock = Lock()
        self._looked = float("-inf")
        self._up = 0
        self._edition = Edition(0, locate(pd.DataFrame(columns=list(records.COLUMNS), dtype=str)))
        self.current()

    def current(self) -> Edition:
        """Return the newest edition; while one caller looks for it, others have the old."""
        if self.is_behind and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = time.monotonic()
                self._lock.release()
        return self._edition

    @property
    def last(self) -> Edition:
        """Return the newest edition that is known, without a look at the store."""
        return self._edition

    @property
    def is_behind(self) -> bool:
        """Return whether it is time to look: `current` may take a while."""
        return time.monotonic() - self._looked > LOOK_S

    def _look(self) -> None:
        try:
            with connection.reading(self._url) as found:
                newest = editions.state(found).number
            if newest != self._up:
                up, places = editions.places(self._url)
                places.attrs[TILES] = tiles.mark(up)
                self._edition = Edition(self._edition.number + 1, places)
                self._up = up.number
                log.info("Edition %d of the store: %d places are up.", up.number, len(places))
            self.faults = []
        except StoreError as error:
            if not self.faults:
                log.error("%s The last good edition stays up.", error)
            fault = Issue("store", "", Said(str(error)), "an edition", FIX, RULE)
            self.faults = [fault]


@cache
def _store_keeper(url: str) -> StoreKeeper:
    """Return the one keeper of this store in this process."""
    return StoreKeeper(url)


def keeper() -> Keeper | StoreKeeper:
    """Return who keeps what is served, by the settings."""
    given = settings.read()
    return _store_keeper(given.store_url) if given.store_url else keeper_of(given.catalogue)


def tiles_of(edition: Edition) -> str:
    """Return the mark of the tiles of an edition; '' if all its places go to the browser.

    They do unless they are more than `PLACES_IN_BROWSER`, and are in a store.
    """
    is_large = len(edition.places) > settings.read().places_in_browser
    mark: str = edition.places.attrs.get(TILES, "")
    return mark if is_large else ""
