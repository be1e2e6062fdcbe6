"""Feed: what the API hands out of one edition, each object made into bytes once.

Every collection is in the order of ids. A page of it is the objects of some positions, joined.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.catalogue.keeper import Edition
from geo.exchange import hsds, package
from geo.exchange.hsds import Row, Tables
from geo.exchange.nested import Nest, Thing, plain
from geo.sphere import Floats

Facet = Mapping[str, frozenset[int]]  # by value of a parameter: the positions that have it


@dataclass(frozen=True, eq=False)
class Collection:
    """Objects of one kind in the order of ids: short as in a list, and whole."""

    ids: tuple[str, ...]
    short: tuple[bytes, ...]
    whole: tuple[bytes, ...]
    facets: Mapping[str, Facet]  # by name of a parameter

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Return where the object of an id is."""
        return {one: number for number, one in enumerate(self.ids)}

    def page(self, positions: Sequence[int], number: int, size: int, whole: bool) -> bytes:
        """Return page `number`, counted from 1, of `size` objects, with how many there are."""
        first = (number - 1) * size
        shown = positions[first : first + size]
        objects = self.whole if whole else self.short
        pages = -(-len(positions) // size)
        told = {
            "total_items": len(positions),
            "total_pages": pages,
            "page_number": number,
            "size": len(shown),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not shown,
        }
        contents = b",".join([objects[one] for one in shown])
        return json.dumps(told).encode()[:-1] + b', "contents": [' + contents + b"]}"


@dataclass(frozen=True, eq=False)
class Feed:
    """An edition as the API tells it; `version` changes when, and only when, what is told does."""

    version: str
    modified: str  # the date of all that is told, as each service has it
    services: Collection
    organizations: Collection
    service_at_locations: Collection
    taxonomies: Collection
    taxonomy_terms: Collection
    minimal: tuple[bytes, ...]  # of each service: what a harvester compares
    services_of: tuple[int, ...]  # of each entry of the edition: the position of its service
    located: NDArray[np.intp]  # positions of the services at a location whose point is told
    points: Floats  # of each of `located`: lat, lon


def feed(edition: Edition) -> Feed:
    """Return what the API tells of an edition."""
    tables = hsds.tables(edition.entries, edition.data_date)
    nest = Nest(tables)
    services, places = tables.get("service", ()), tables.get("service_at_location", ())
    terms = tables.get("taxonomy_term", ())
    runs = {row["id"]: [row["organization_id"]] for row in services}
    runs_of = _grouped((runs[row["id"]][0], row["id"]) for row in services)
    areas = _grouped((row["service_id"], row["name"]) for row in tables.get("service_area", ()))
    located, points = _located(tables, places)
    itself = {row["id"]: [row["id"]] for row in services}
    about = {**_kinds(tables), "organization_id": runs}
    told = _collection(services, nest.flat_service, nest.service, _by("id", about))
    runners = {
        name: {one: [kind for own in runs_of[one] for kind in of.get(own, ())] for one in runs_of}
        for name, of in _kinds(tables).items()
    }
    return Feed(
        version=hashlib.sha256(package.archive(tables)).hexdigest()[:16],
        modified=services[0].get("last_modified", "") if services else "",
        services=told,
        organizations=_collection(
            tables.get("organization", ()),
            lambda row: plain("organization", row),
            lambda row: nest.organization(row, runs_of[row["id"]]),
            _by("id", {**runners, "service_id": runs_of}),
        ),
        service_at_locations=_collection(
            places,
            nest.short_at_location,
            nest.service_at_location,
            _by("service_id", {**about, "area": areas, "service_id": itself}),
        ),
        taxonomies=_collection(tables.get("taxonomy", ()), nest.taxonomy, nest.taxonomy, {}),
        taxonomy_terms=_collection(
            terms,
            nest.term,
            nest.term,
            _by("id", {"taxonomy_id": {row["id"]: [row["taxonomy_id"]] for row in terms}}),
        ),
        minimal=tuple(_bytes(_minimal(row)) for row in services),
        services_of=tuple(
            told.position[hsds.key("service", entry["id"])] for entry in edition.entries
        ),
        located=located,
        points=points,
    )


Of = Mapping[str, Sequence[str]]  # by id: the values of a parameter


def _kinds(tables: Tables) -> Mapping[str, Of]:
    """Return the terms, and the taxonomies, that are said of each service."""
    taxonomy = {row["id"]: row["taxonomy_id"] for row in tables.get("taxonomy_term", ())}
    said = [(row["link_id"], row["taxonomy_term_id"]) for row in tables.get("attribute", ())]
    return {
        "taxonomy_term_id": _grouped(said),
        "taxonomy_id": _grouped((own, taxonomy[term]) for own, term in said),
    }


def _grouped(pairs: Iterable[tuple[str, str]]) -> Of:
    found: dict[str, list[str]] = defaultdict(list)
    for own, value in pairs:
        found[own].append(value)
    return found


def _by(owner: str, about: Mapping[str, Of]) -> Mapping[str, tuple[str, Of]]:
    """Return of each parameter which column of a row names whom its values are of."""
    return {name: (owner, of) for name, of in about.items()}


def _collection(
    rows: Sequence[Row],
    short: Callable[[Row], Thing],
    whole: Callable[[Row], Thing],
    about: Mapping[str, tuple[str, Of]],
) -> Collection:
    facets: dict[str, Facet] = {}
    for name, (owner, of) in about.items():
        found: dict[str, set[int]] = defaultdict(set)
        for number, row in enumerate(rows):
            for value in of.get(row[owner], ()):
                found[value].add(number)
        facets[name] = {value: frozenset(numbers) for value, numbers in found.items()}
    return Collection(
        ids=tuple(row["id"] for row in rows),
        short=tuple(_bytes(short(row)) for row in rows),
        whole=tuple(_bytes(whole(row)) for row in rows),
        facets=facets,
    )


def _minimal(row: Row) -> Thing:
    """Return what tells that a service is there, and whether it changed.

    HSDS asks for an id and a `modified_date`, which its own schema does not know: so all are here.
    """
    told = {name: row[name] for name in ("id", "name", "status", "last_modified") if name in row}
    return told | {"modified_date": row.get("last_modified", "")}


def _located(tables: Tables, places: Sequence[Row]) -> tuple[NDArray[np.intp], Floats]:
    """Return which services at a location have a point that is told, and lat, lon of each."""
    known = {
        row["id"]: (float(row["latitude"]), float(row["longitude"]))
        for row in tables.get("location", ())
        if "latitude" in row
    }
    found = [(n, known[at]) for n, row in enumerate(places) if (at := row["location_id"]) in known]
    numbers = np.array([number for number, _ in found], dtype=np.intp)
    return numbers, np.array([point for _, point in found], dtype=float).reshape(-1, 2)


def _bytes(thing: Thing) -> bytes:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":")).encode()
