"""Files: the catalogue as files for anyone to take, each made once an edition."""

import gzip
import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Condition

from cachetools import LRUCache, cached

from geo.catalogue.keeper import Edition
from geo.exchange import flat, geojson, hsds, nested, package
from geo.i18n import mark


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name, its media type, whom it is for, and what makes it."""

    name: str
    media: str
    about: str
    make: Callable[[Edition], bytes]


def _hsds(edition: Edition) -> hsds.Tables:
    return hsds.tables(edition.entries, edition.data_date)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "places.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            mark("For Excel, LibreOffice or Numbers: one row for each place or line."),
            lambda edition: flat.as_xlsx(flat.COLUMNS, flat.rows(edition.entries)),
        ),
        Kind(
            "places.csv",
            "text/csv; charset=utf-8",
            mark("The same as plain text, for any program. A cell that a spreadsheet could take "
            "for a formula begins with an apostrophe."),
            lambda edition: flat.as_csv(flat.COLUMNS, flat.rows(edition.entries)),
        ),
        Kind(
            "places.geojson",
            "application/geo+json",
            mark("For a map program such as QGIS. Only known points are points; the rest is there "
            "without one."),
            lambda edition: geojson.as_geojson(edition.entries),
        ),
        Kind(
            "places.kml",
            "application/vnd.google-earth.kml+xml",
            mark("For Google Earth and other globes: the places with a known point."),
            lambda edition: geojson.as_kml(edition.entries),
        ),
        Kind(
            "places-hsds.zip",
            "application/zip",
            mark("For a 211 or another directory: the tables of the standard HSDS 3.1 "
            "(Open Referral)."),
            lambda edition: package.archive(_hsds(edition)),
        ),
        Kind(
            "places-hsds.json",
            "application/json",
            mark("The same standard as one JSON file, each service with all that belongs to it."),
            lambda edition: nested.as_json(_hsds(edition)),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class File:
    """A file as it goes out; `packed` is `body` in gzip, `mark` changes when `body` does."""

    kind: Kind
    body: bytes
    packed: bytes
    mark: str


@cached(LRUCache[Hashable, File](2 * len(KINDS)), key=Edition.key, condition=Condition())
def of(edition: Edition, name: str) -> File:
    """Return the file of this name of an edition."""
    kind = KINDS[name]
    body = kind.make(edition)
    mark_of = hashlib.sha256(body).hexdigest()[:24]
    return File(kind, body, gzip.compress(body, 6, mtime=0), mark_of)
