"""Pages: small plain pages as bytes, each made once an edition and a quarter of an hour."""

from collections.abc import Hashable
from datetime import datetime
from threading import Condition

from cachetools import LRUCache, cached

from geo.catalogue.keeper import Edition
from geo.web import plain_page
from geo.web.plain import lists, place_page
from geo.web.plain.address import Address
from geo.web.plain.listing import Site
from geo.web.plain_page import Bytes

QUARTER_MIN = 15
_made: "LRUCache[Hashable, Bytes]" = LRUCache(800)  # about 14 kB each


def quarter(now: datetime) -> datetime:
    """Return the beginning of the quarter of an hour that `now` is in."""
    return now.replace(minute=now.minute // QUARTER_MIN * QUARTER_MIN, second=0, microsecond=0)


@cached(_made, key=Edition.key, condition=Condition())
def made(edition: Edition, address: Address, at: datetime, site: Site) -> Bytes:
    """Return a page as of `at`, the beginning of a quarter of an hour.

    Raises
    ------
    KeyError : `address` is that of an entry that the edition does not have
    """
    draw = place_page.page if address.entry else lists.page
    return plain_page.pack(draw(edition, address, at, site))


def is_made(edition: Edition, address: Address, at: datetime, site: Site) -> bool:
    """Return whether `made` has that page ready."""
    return edition.key(address, at, site) in _made
