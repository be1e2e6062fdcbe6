"""Types map: what a feed's own words for kinds of help are in ours, as a person wrote it down.

A table of two columns, `term` and `service_types`: the id, code or name of a term, and one or more
of our types, split by ; and none for a term that is none of them. Nothing else gives a type.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.catalogue import records
from geo.errors import CatalogueError
from geo.exchange import hsds
from geo.exchange.incoming import parcel, sheets
from geo.exchange.incoming.tables import Term

COLUMNS = ("term", "service_types")
OURS = {hsds.key("taxonomy_term", "types", kind): (kind,) for kind in records.TYPES}


@dataclass(frozen=True)
class TypesMap:
    """Our types of each term, by its id, code or name in small letters."""

    by_term: Mapping[str, tuple[str, ...]]

    def types(self, terms: Iterable[Term]) -> tuple[list[str], list[Term]]:
        """Return the types that terms stand for, and the terms that the map does not have."""
        found: dict[str, None] = {}
        unknown = []
        for term in terms:
            names = [one.casefold() for one in term if one]
            kinds = next((self.by_term[one] for one in names if one in self.by_term), None)
            if kinds is None:
                unknown.append(term)
            found |= dict.fromkeys(kinds or ())
        return [*found], unknown


def read(path: Path | None) -> TypesMap:
    """Return the map of a file; without one it knows the terms of our own export alone.

    Raises
    ------
    CatalogueError : it has other columns, or a type that is none of ours
    """
    known: dict[str, tuple[str, ...]] = dict(OURS)
    if path is None:
        return TypesMap(known)
    with parcel.files(path) as files:
        sheet = sheets.read(files[0])
        names = [name.casefold() for name in sheet.header]
        if not {*COLUMNS} <= {*names}:
            wanted = "the columns term and service_types"
            raise CatalogueError(f"{path.name}:1: found other columns, wanted {wanted}.")
        spots = [names.index(column) for column in COLUMNS]
        for line, row in enumerate(sheet.rows, 2):
            term, cell = (row[spot] for spot in spots)
            kinds = tuple(records.split(cell))
            if wrong := {*kinds} - {*records.TYPES}:
                wanted = f"some of {', '.join(records.TYPES)}"
                raise CatalogueError(f"{path.name}:{line}: found {min(wrong)!r}, wanted {wanted}.")
            known[term.casefold()] = kinds
    return TypesMap(known)
