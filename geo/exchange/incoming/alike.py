"""Alike: rows of a feed that look like an entry of ours, told to a person and never joined."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from geo.catalogue.do_not_list import digits, plain

SIMILAR = 90  # of 100: how like two names are, their words in order of the alphabet
ROWS = 2_000  # names compared at a time
CLOSE = 4  # decimals of a degree: about 10 m


@dataclass(frozen=True)
class Likeness:
    """A row of a feed, the entry of ours that it looks like, and by what."""

    external_id: str
    id: str
    by: str


def likenesses(rows: Sequence[Mapping[str, str]], ours: pd.DataFrame) -> list[Likeness]:
    """Return of each row the entries of ours with its phone, a name like its own, or its place.

    `ours` has the columns of the catalogue. A place that is not public is in no cell, so like none.
    """
    known = ours.to_dict("records")
    by_phone, by_place = _grouped(known, _phone), _grouped(known, _places)
    by_name = _by_name([row["name"] for row in rows], [row["name"] for row in known])
    found = []
    for row in rows:
        why: dict[str, list[str]] = defaultdict(list)
        for name, ids in (
            ("phone", [own for key in _phone(row) for own in by_phone.get(key, ())]),
            ("name", [known[number]["id"] for number in by_name.get(row["name"], ())]),
            ("place", [own for key in _places(row) for own in by_place.get(key, ())]),
        ):
            for own in dict.fromkeys(ids):
                why[own].append(name)
        found += [
            Likeness(row["external_id"], own, ", ".join(names))
            for own, names in sorted(why.items())
        ]
    return found


def _grouped(known: Iterable[Mapping[str, str]], keys) -> Mapping[str, list[str]]:  # type: ignore[no-untyped-def]
    found: dict[str, list[str]] = defaultdict(list)
    for row in known:
        for key in keys(row):
            found[key].append(row["id"])
    return found


def _phone(row: Mapping[str, str]) -> list[str]:
    return [digits(row["phone"])] if row["phone"] else []


def _places(row: Mapping[str, str]) -> list[str]:
    found = []
    if row["street"] and row["zip"]:
        found.append(f"{plain(row['street'])} {row['zip']}")
    if row["latitude"]:
        lat, lon = float(row["latitude"]), float(row["longitude"])
        found.append(f"{lat:.{CLOSE}f} {lon:.{CLOSE}f}")
    return found


def _by_name(theirs: Sequence[str], ours: Sequence[str]) -> Mapping[str, list[int]]:
    """Return for each name the numbers of those of ours that are like it."""
    names = list(dict.fromkeys(theirs))
    mine = [_sorted(name) for name in ours]
    found: dict[str, list[int]] = defaultdict(list)
    for start in range(0, len(names) if mine else 0, ROWS):
        part = names[start : start + ROWS]
        sums = process.cdist(
            [*map(_sorted, part)], mine, scorer=fuzz.ratio, score_cutoff=SIMILAR, dtype=np.uint8
        )
        for row, column in zip(*np.nonzero(sums), strict=True):
            found[part[row]].append(int(column))
    return found


def _sorted(name: str) -> str:
    return " ".join(sorted(plain(name).split()))
