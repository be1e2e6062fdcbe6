"""Rows: a catalogue as the rules take it: each row with where it stands and what it is."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from geo import settings
from geo.catalogue import approvals, bounds, nobodys_number, records, survivors, whereabouts
from geo.catalogue import never as fingerprints
from geo.catalogue.approvals import Approvals
from geo.catalogue.issue import NOTHING, WITHHELD, Issue, shortened
from geo.catalogue.never import Fingerprints

TOLD = (  # what readers are told in words of ours
    "name",
    "organization",
    "description_en",
    "description_es",
    "phone_note",
    "phone_note_es",
    "hours_note",
    "hours_note_es",
    "eligibility",
    "eligibility_es",
    "fees_note",
    "fees_note_es",
    "status_note",
    "status_note_es",
)


@dataclass(frozen=True)
class Row:
    """One row of the catalogue and where it stands."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell."""
        return self.cells[column]

    @cached_property
    def types(self) -> list[str]:
        """Return the types of the service."""
        return records.split(self["service_types"])

    @cached_property
    def is_public(self) -> bool:
        """Say whether the place may be shown; any policy but 'public' means it may not."""
        return self["location_policy"] == "public"

    @cached_property
    def is_private(self) -> bool:
        """Say whether it has a place that is kept private: 'none' is a line without one."""
        return not self.is_public and self["location_policy"] != "none"

    @cached_property
    def release(self) -> str:
        """Return the kind of the release on file, '' if none is or it has no form."""
        return survivors.release_of(self["release_ref"], date.max)

    @cached_property
    def lacks_release(self) -> bool:
        """Say whether it is a shelter of survivors shown in public without a written release."""
        about = ". ".join(self[column] for column in TOLD[1:])
        is_one = survivors.shelters_them(self.types, self["name"], about, self["for_survivors"])
        return self.is_public and is_one and self.release != survivors.AGREED

    @cached_property
    def known_as(self) -> frozenset[str]:
        """Return the names of the service and of who runs it, folded, whole and without addenda."""
        return known_as(self["name"], self["organization"])

    def withholds(self, column: str) -> bool:
        """Say whether no message may repeat a cell, or what follows from it."""
        hidden = not self.is_public or self.lacks_release
        return hidden or nobodys_number.is_in(self[column])

    @cached_property
    def place(self) -> whereabouts.Place:
        """Return what it says of where it is; a point outside its county is none."""
        point, degrees = None, [self["latitude"], self["longitude"]]
        if self["county"] in bounds.BOXES and bounds.are_degrees(degrees):
            lat, lon = map(float, degrees)
            point = (lat, lon) if bounds.is_inside(bounds.BOXES[self["county"]], lat, lon) else None
        drawn = self["location_precision"] in ("zip", "city")
        return whereabouts.Place(self["city"], self["zip"], self["county"], point, drawn)

    def issue(self, column: str, wanted: str, fix: str, found: object = None) -> Issue:
        """Return an issue about a cell; what must not be shown stays out of it."""
        if not self[column]:
            found = NOTHING
        elif self.withholds(column):
            found = WITHHELD
        elif found is None:
            found = shortened(self[column])
        return Issue(self.where, column, found, wanted, fix)


@dataclass(frozen=True)
class Rows:
    """The rows of a catalogue and what else the rules need to know."""

    rows: Sequence[Row]
    today: date
    zip_counties: Mapping[str, str]
    approved: Approvals = approvals.NOTHING
    never: Fingerprints = field(default_factory=Fingerprints)

    @cached_property
    def hidden_names(self) -> frozenset[str]:
        """Return what the places that are kept private, and who runs them, are known as."""
        private = (row for row in self if row.is_private)
        return frozenset().union(*(row.known_as for row in private))

    def shares_a_name(self, row: Row) -> bool:
        """Say whether a public row goes by a name of a place that is kept private."""
        return row.is_public and not self.hidden_names.isdisjoint(row.known_as)

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows as the file has them."""
        return iter(self.rows)

    def filled(self, *columns: str) -> Iterator[tuple[Row, str, str]]:
        """Yield row, column and text of each cell of `columns` that is not blank."""
        return ((row, name, row[name]) for row in self for name in columns if row[name])


Rule = Callable[[Rows], Iterator[Issue]]


def read_rows(
    frame: pd.DataFrame,
    lines: Sequence[int],
    today: date,
    zip_counties: Mapping[str, str],
    file_name: str,
) -> Rows:
    """Return the rows as rules take them, with what the settings say is approved, and never.

    See `checks.check`.
    """
    columns = list(records.COLUMNS)
    cells = frame[columns].to_numpy().tolist()
    rows = [
        Row(f"{file_name}:{line}", dict(zip(columns, row, strict=True)))
        for line, row in zip(lines, cells, strict=True)
    ]
    given = settings.read()
    prints = fingerprints.read(given.never, given.never_key)
    return Rows(rows, today, zip_counties, approvals.read(given.approved), prints)


def known_as(name: str, organization: str) -> frozenset[str]:
    """Return the names of a service and of who runs it, folded, whole and without addenda.

    >>> sorted(known_as("Oak House (north)", ""))
    ['oak house', 'oak house north']
    """
    names = [part for cell in (name, organization) for part in names_of(cell)]
    return frozenset(filter(None, map(survivors.folded, names)))


def names_of(name: str) -> list[str]:
    """Return a name whole and without addenda."""
    return [part for part in (name, re.split(r" \(|, | - ", name)[0]) if part]
