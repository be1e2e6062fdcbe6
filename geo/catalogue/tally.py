"""Tally: how much a catalogue holds, how much of each fact is known, how old and from whom it is.

Only counts are told, so nothing of a place that is not public can be in them. Ages are counted from
the newest date in the data, so that the same data always give the same figures.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from geo.catalogue import provenance, records
from geo.catalogue.places import Entry
from geo.settings import DATA

ELSEWHERE = "elsewhere"
KNOWN: Mapping[str, Callable[[Entry], bool]] = {
    "hours": lambda entry: bool(entry["hours"]),
    "a phone": lambda entry: bool(entry["phone"]),
    "a point at the door or on the street": lambda entry: entry["is_exact"],
    "text in Spanish": lambda entry: bool(entry["description_es"]),
    "languages spoken": lambda entry: bool(entry["languages"]),
    "cost": lambda entry: bool(entry["fees"] or entry["fees_note"]),
    "wheelchair access": lambda entry: bool(entry["wheelchair"]),
    "checked by a person of this project": lambda entry: bool(entry["verified_on"]),
}
AGED = ("hours", "phone", "text_line", "street", "latitude", "languages", "fees", "status")


def is_place(entry: Entry) -> bool:
    """Say whether somebody can go there and may know where it is."""
    return entry["is_public"] and not entry["is_line"]


def county(entry: Entry) -> str:
    """Return 'imperial', 'san_joaquin' or, for lines and what lies outside, `ELSEWHERE`."""
    return entry["county"] if entry["county"] in records.COUNTIES else ELSEWHERE


def kinds(entries: Iterable[Entry]) -> dict[str, Counter[str]]:
    """Return how many entries there are of each kind, by county; one may be of several kinds."""
    found = {kind: Counter[str]() for kind in records.TYPES}
    for entry in entries:
        for kind in entry["types"]:
            found[kind][county(entry)] += 1
    return found


def known(entries: Sequence[Entry]) -> dict[str, int]:
    """Return of how many entries each fact is known."""
    return {fact: sum(map(is_known, entries)) for fact, is_known in KNOWN.items()}


def ages(entries: Iterable[Entry], field: str) -> Counter[str]:
    """Return how many facts of a field are of a source of each year, '' without a date."""
    filled = [entry for entry in entries if entry[field]]  # type: ignore[literal-required]
    said = [entry["sources"].get(field) or provenance.of_row(entry) for entry in filled]
    return Counter(source.date[:4] for source in said)


def licences(entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """Return how many entries name a source of each kind, by its name and licence."""
    with (DATA / "licences.csv").open(encoding="utf-8", newline="") as file:
        kinds = list(csv.DictReader(file))
    found = {(kind["source"], kind["licence"]): 0 for kind in kinds}
    for entry in entries:
        said = (provenance.of_row(entry), *entry["sources"].values())
        names = {name for source in said for name in records.split(source.name)}
        first = (next(kind for kind in kinds if kind["contains"] in name) for name in names)
        for source in {(kind["source"], kind["licence"]) for kind in first}:
            found[source] += 1
    return found
