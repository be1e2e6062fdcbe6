"""Shared: the search index of an edition, built once for all who ask."""

from collections.abc import Hashable
from threading import Condition

from cachetools import LRUCache, cached

from geo.catalogue.keeper import Edition
from geo.search.index import Index, build_index


@cached(LRUCache[Hashable, Index](2), condition=Condition())
def index(edition: Edition) -> Index:
    """Return the search index of an edition; it is built once, when the edition is first seen."""
    return build_index(edition.places)
