"""Assets: files this server hands out under a name that holds their content, so they keep for ever.

Leaflet comes out of an installed package; nothing is ever fetched from another host. Our scripts
and styles lie in one folder whose name is the mark of all of them: they import each other by
relative names, and still no two versions are ever mixed.
"""

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from threading import Condition

import js_lib_leaflet
from cachetools import LRUCache, cached

from geo.catalogue.keeper import Edition
from geo.gaps import on_map
from geo.store import served
from geo.streets import squares, store
from geo.web import bare_script, base_map, one_script
from geo.web.packing import Packed

STATIC = Path(__file__).parent / "static"
LEAFLET = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
# A component, and the map, go out as one script each, with all that they import, but for a module
# whose memory is shared with a script that is there before.
COMPONENTS = ("cards", "files", "find", "found", "frame", "held", "panel", "stops")
WHOLE = ("map/main.js", *(f"{name}/{name}.js" for name in COMPONENTS))
APART = {"find/find.js": ("find/fetched.js",)}
EDITIONS = 3  # of the points: the newest, and those before it that a page may still ask for
FOREVER = "public, max-age=31536000, immutable"
KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


_points: "LRUCache[Hashable, Asset]" = LRUCache(EDITIONS)
_turn = Condition()


@dataclass(frozen=True)
class Asset:
    """One file to hand out."""

    address: str
    kind: str
    packed: Packed

    @property
    def body(self) -> bytes:
        """Return what is in it."""
        return self.packed.body


def make(name: str, body: bytes) -> Asset:
    """Return the asset of `body`; its address changes when, and only when, `body` does."""
    path = Path(name)
    return _packed(f"/assets/{path.stem}-{_mark(body)}{path.suffix}", body)


@cached(LRUCache[Hashable, dict[str, Asset]](1), condition=Condition())
def fixed() -> dict[str, Asset]:
    """Return the assets that stay the same while the server runs, by name.

    The name of a script or style of ours is its path in `static`, such as "map/main.js".
    """
    libraries = [LEAFLET / "leaflet.js", LEAFLET / "leaflet.css"]
    made = {path.name: make(path.name, path.read_bytes()) for path in libraries}
    data = {"ground.json": base_map.ground(), "cells.json": on_map.cells()}
    data["no_points.json"] = base_map.no_points()
    return made | {name: make(name, body) for name, body in data.items()} | _ours()


def _ours() -> dict[str, Asset]:
    """Return our scripts and styles, all in one folder under the mark of all of them."""
    bodies, folder = _bodies(), mark()
    return {name: _packed(f"/assets/{folder}/{name}", body) for name, body in bodies.items()}


def mark() -> str:
    """Return the mark of our scripts and styles: it changes when, and only when, one does."""
    return _mark("".join(f"{name} {_mark(body)}\n" for name, body in _bodies().items()).encode())


def _bodies() -> dict[str, bytes]:
    paths = sorted(path for path in STATIC.rglob("*") if path.suffix in KINDS)
    names = [path.relative_to(STATIC).as_posix() for path in paths]
    return {name: _text(name).encode() for name in names}


def _text(name: str) -> str:
    if name in WHOLE:
        return one_script.module(STATIC, name, APART.get(name, ()))
    text = (STATIC / name).read_text(encoding="utf-8")
    return bare_script.bare(text) if name.endswith(".js") else text


@cached(_points, condition=_turn)
def points(edition: Edition) -> Asset:
    """Return the points of an edition of the catalogue, which can from now on be found."""
    return make("points.json", base_map.points(edition.places))


@cached(LRUCache[Hashable, Asset | None](1_024), condition=Condition())
def square(streets: store.Streets, zoom: int, x: int, y: int) -> Asset | None:
    """Return a square of the streets; None if there is no such square."""
    body = squares.cut(streets, zoom, x, y)
    if body is None:
        return None
    address = f"/streets/{streets.mark}/{zoom}/{x}/{y}"
    return Asset(address, KINDS[".json"], Packed(body))


def find(address: str) -> Asset | None:
    """Return the asset at an address; None if there is none.

    The points of the editions before are still found, for a page that was on its way when the
    catalogue changed.
    """
    edition = served.keeper().current()
    if not served.tiles_of(edition):
        points(edition)
    with _turn:
        editions = {asset.address: asset for asset in _points.values()}
    return _by_address().get(address) or editions.get(address)


@cached(LRUCache[Hashable, dict[str, Asset]](1), condition=Condition())
def _by_address() -> dict[str, Asset]:
    return {asset.address: asset for asset in fixed().values()}


def _packed(address: str, body: bytes) -> Asset:
    return Asset(address, KINDS[Path(address).suffix], Packed(body))


def _mark(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:12]
