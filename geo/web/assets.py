"""Assets: files this server hands out under a name that holds their content, so they keep for ever.

Leaflet comes out of an installed package; nothing is ever fetched from another host.
"""

import gzip
import hashlib
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from threading import Condition

import js_lib_leaflet
from cachetools import LRUCache, cached

from geo import settings
from geo.catalogue.keeper import Edition, keeper_of
from geo.gaps import on_map
from geo.streets import squares, store
from geo.web import base_map

STATIC = Path(__file__).parent / "static"
LEAFLET = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
FOREVER = "public, max-age=31536000, immutable"
KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """One file to hand out: `packed` is `body` in gzip."""

    address: str
    kind: str
    body: bytes
    packed: bytes


def make(name: str, body: bytes) -> Asset:
    """Return the asset of `body`; its address changes when, and only when, `body` does."""
    path = Path(name)
    mark = hashlib.sha256(body).hexdigest()[:12]
    address = f"/assets/{path.stem}-{mark}{path.suffix}"
    return Asset(address, KINDS[path.suffix], body, gzip.compress(body, 9, mtime=0))


@cached(LRUCache[Hashable, dict[str, Asset]](1), condition=Condition())
def fixed() -> dict[str, Asset]:
    """Return the assets that stay the same while the server runs, by their plain name."""
    files = [LEAFLET / "leaflet.js", LEAFLET / "leaflet.css"]
    files += sorted(path for path in STATIC.iterdir() if path.suffix in KINDS)
    found = {path.name: make(path.name, path.read_bytes()) for path in files}
    made = {"ground.json": base_map.ground(), "cells.json": on_map.cells()}
    return found | {name: make(name, body) for name, body in made.items()}


@cached(LRUCache[Hashable, Asset](2), condition=Condition())
def points(edition: Edition) -> Asset:
    """Return the points of an edition of the catalogue."""
    return make("points.json", base_map.points(edition.places))


@cached(LRUCache[Hashable, Asset | None](1_024), condition=Condition())
def square(found: store.Streets, zoom: int, x: int, y: int) -> Asset | None:
    """Return a square of the streets; None if there is no such square."""
    body = squares.cut(found, zoom, x, y)
    if body is None:
        return None
    address = f"/streets/{found.mark}/{zoom}/{x}/{y}"
    return Asset(address, KINDS[".json"], body, gzip.compress(body, 6, mtime=0))


def find(address: str) -> Asset | None:
    """Return the asset at an address; None if there is none."""
    edition = keeper_of(settings.read().catalogue).current()
    known = [*fixed().values(), points(edition)]
    return next((asset for asset in known if asset.address == address), None)
