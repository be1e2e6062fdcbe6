"""Do not list: services that asked not to be listed, and stay out when a feed brings them back.

`data/do_not_list.csv` lies beside the catalogue. One filled cell of a line is enough to match, so
that a name written otherwise does not bring back what its phone number tells apart. Where such a
service was, only its closed row in the catalogue says: that is its third mark.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from geo.catalogue import csv_file
from geo.catalogue.bounds import DEGREES
from geo.catalogue.issue import Issue, Said
from geo.catalogue.records import split
from geo.errors import CatalogueError

NAME = "do_not_list.csv"
RULE = "do_not_list"
COLUMNS: Mapping[str, str] = {
    "name": "what the service is called",
    "phone": "its number, as any feed may write it",
    "external_id": "its id in a feed, such as service/12, or 12 alone",
    "reason": "why it is not listed, in a few words; never where it is",
}
COMPARED = ("name", "phone", "status", "street", "city", "latitude", "longitude", "service_types")
STREETS = {  # words of an address that are written in two ways
    "ave": "avenue",
    "av": "avenue",
    "blvd": "boulevard",
    "ct": "court",
    "dr": "drive",
    "hwy": "highway",
    "ln": "lane",
    "pl": "place",
    "rd": "road",
    "st": "street",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}


@dataclass(frozen=True)
class DoNotList:
    """What tells a service that is not to be listed."""

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    external_ids: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)  # by name and by number
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # what is wanted, by kind

    def has(self, name: str, phone: str, external_id: str) -> bool:
        """Say whether a service is on the list: by its name, its number or its id in a feed.

        >>> DoNotList(external_ids=frozenset({"12"})).has("Oak House", "", "service/12/location/3")
        True
        """
        service, _, bare = external_id.partition("/location/")[0].rpartition("/")
        ids = {external_id, f"{service}/{bare}".strip("/"), bare}
        return bool(
            (self.names and name and plain(name) in self.names)
            or (self.phones and phone and digits(phone) in self.phones)
            or not ids.isdisjoint(self.external_ids)
        )

    def wanted_at(self, row: Mapping[str, str]) -> str:
        """Return what is wanted instead if a service on the list was where a row is, else ''.

        One with a kind of help in common: several services may share a house.
        """
        there = [self.places[key] for key in _places(row) if key in self.places]
        kinds = split(row["service_types"])
        return next((one[kind] for one in there for kind in kinds if kind in one), "")


def beside(catalogue: Path) -> Path:
    """Return where the list of a catalogue is kept, whether the file is there or not."""
    return catalogue.with_name(NAME)


def read(path: Path) -> DoNotList:
    """Return the list; an empty one if there is no file.

    Raises
    ------
    CatalogueError : it cannot be read: then nothing may be taken in
    """
    found, issues = look(path)
    if issues:
        raise CatalogueError("\n".join(map(str, issues)))
    return found


def of(catalogue: Path, most_bytes: int) -> DoNotList:
    """Return the list of a catalogue, with where its services were.

    Raises
    ------
    CatalogueError : the list cannot be read
    """
    return with_places(read(beside(catalogue)), csv_file.read(catalogue, most_bytes).frame)


def look(path: Path) -> tuple[DoNotList, tuple[Issue, ...]]:
    """Return the list, and every fault of its file; with faults it is empty."""
    if not path.exists() and not path.is_symlink():
        return DoNotList(), ()
    table = csv_file.read(path, columns=tuple(COLUMNS))
    bare = len(table.frame) == 0 and [one.rule for one in table.issues] == ["rows"]
    if table.issues and not (bare and table.issues[0].where == path.name):
        return DoNotList(), table.issues
    columns = {name: {*table.frame[name]} - {""} for name in COLUMNS}
    found = DoNotList(
        frozenset(map(plain, columns["name"])) - {""},
        frozenset(map(digits, columns["phone"])) - {""},
        frozenset(one.strip() for one in columns["external_id"]),
        _reasons(table.frame),
    )
    return found, ()


def with_places(listed: DoNotList, rows: pd.DataFrame) -> DoNotList:
    """Return the list with where its services were: what the catalogue's closed rows say of them.

    The list itself holds no address. A row whose place is not public has none either.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _cells(rows[rows["status"].eq("closed")]):
        if listed.has(row["name"], row["phone"], ""):
            for key in _places(row):
                found[key] |= dict.fromkeys(split(row["service_types"]), _wanted(row, listed))
    return replace(listed, places=found)


def check(table: csv_file.Table, listed: DoNotList, file_name: str) -> Iterator[Issue]:
    """Yield an issue for each row of a catalogue that is shown and is not to be listed.

    By its name or its number; or by its place, if that is where a closed row on the list was and
    they have a kind of help in common.
    """
    if listed == DoNotList():
        return
    gone = with_places(listed, table.frame)
    fix = f"It asked not to be listed ({NAME} says why): close it, or take its line out there."
    for line, row in zip(table.lines, _cells(table.frame), strict=True):
        if row["status"] == "closed":
            continue
        where = f"{file_name}:{line}"
        if listed.has(row["name"], row["phone"], ""):
            wanted = _wanted(row, listed)
            yield Issue(where, "name", Said("one on the do-not-list"), wanted, fix, RULE)
        elif wanted := gone.wanted_at(row):
            found = Said("the place of one on the do-not-list")
            yield Issue(where, "street", found, wanted, fix, RULE)


def of_feed(rows: pd.DataFrame, listed: DoNotList) -> "pd.Series[bool]":
    """Return which rows of feeds, with their `external_id`, are on a list, by any of its marks."""
    outer = rows["external_id"].to_numpy().tolist()
    found = (
        listed.has(row["name"], row["phone"], one) or bool(listed.wanted_at(row))
        for row, one in zip(_cells(rows), outer, strict=True)
    )
    return pd.Series([*found], index=rows.index, dtype=bool)


def _cells(rows: pd.DataFrame) -> Iterator[dict[str, str]]:
    for cells in zip(*(rows[name].to_numpy().tolist() for name in COMPARED), strict=True):
        yield dict(zip(COMPARED, cells, strict=True))


def _places(row: Mapping[str, str]) -> list[str]:
    """Return by what two rows are at one place: the address, the point to about 10 m."""
    found = []
    if row["street"] and row["city"]:
        words = (STREETS.get(word, word) for word in plain(row["street"]).split())
        found.append(f"{' '.join(words)}, {plain(row['city'])}")
    degrees = [row["latitude"], row["longitude"]]
    if all(map(DEGREES.fullmatch, degrees)):
        found.append(" ".join(f"{float(one):.4f}" for one in degrees))
    return found


def _wanted(row: Mapping[str, str], listed: DoNotList) -> str:
    keys = (plain(row["name"]), digits(row["phone"]))
    why = next((listed.reasons[key] for key in keys if listed.reasons.get(key)), "")
    return f"a service that may be listed (reason: {why})" if why else "one that may be listed"


def _reasons(frame: pd.DataFrame) -> dict[str, str]:
    cells = frame[["name", "phone", "reason"]].itertuples(index=False, name=None)
    pairs = [(key, why) for name, phone, why in cells for key in (plain(name), digits(phone))]
    return {key: why for key, why in pairs if key}


def plain(name: str) -> str:
    """Return a name as it is compared: no case, accents or signs.

    >>> plain("  Casa de Paz, Inc. "), plain("CASA  DE PAZ INC")
    ('casa de paz inc', 'casa de paz inc')
    """
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", letters))


def digits(phone: str) -> str:
    """Return the digits of a number, without those of the United States and of an extension.

    >>> digits("+1 (209) 555-0100 ext. 4"), digits("988")
    ('2095550100', '988')
    """
    found = "".join(re.findall(r"[0-9]", re.split(r"(?i)\s*(?:e?xt?\.?|#)\s*\d", phone)[0]))
    return found[1:] if len(found) == 11 and found[0] == "1" else found
