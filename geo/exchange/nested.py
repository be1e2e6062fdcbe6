"""Nested: tables of HSDS as objects in one another, as the API and the JSON file tell a service.

What is blank is left out: HSDS allows neither null nor an empty text. Numbers are numbers.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from geo.exchange.hsds import BY_NAME, Row, Tables

Thing = dict[str, Any]
Telling = Callable[[Row], Thing]

# The list in which a service holds the rows of a table that name it.
OF_A_SERVICE = {
    "phone": "phones",
    "schedule": "schedules",
    "service_area": "service_areas",
    "language": "languages",
    "required_document": "required_documents",
    "url": "additional_urls",
}
OF_A_LOCATION = {"address": "addresses", "accessibility": "accessibility"}
NUMBERS = {
    (table.name, column.name)
    for table in BY_NAME.values()
    for column in table.columns
    if column.type == "number"
}


class Nest:
    """The rows of tables, by id and by what they belong to."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._by_id = {name: {row["id"]: row for row in rows} for name, rows in tables.items()}
        self._of: dict[tuple[str, str], dict[str, list[Row]]] = {}
        owners = [(name, "service_id") for name in (*OF_A_SERVICE, "service_at_location")]
        owners += [(name, "location_id") for name in OF_A_LOCATION]
        owners += [("schedule", "service_at_location_id"), ("attribute", "link_id")]
        for name, owner in owners:
            held: dict[str, list[Row]] = defaultdict(list)
            for row in tables.get(name, ()):
                if owner in row:
                    held[row[owner]].append(row)
            self._of[name, owner] = held

    def services(self) -> Iterator[Thing]:
        """Yield every service with all that belongs to it, in the order of ids."""
        return map(self.service, self.tables.get("service", ()))

    def service(self, row: Row) -> Thing:
        """Return a service with all that belongs to it."""
        own = self.flat_service(row)
        for name, held in OF_A_SERVICE.items():
            own |= self._held(name, "service_id", row, held)
        own |= self._held("attribute", "link_id", row, "attributes", self._attribute)
        places = self._of["service_at_location", "service_id"][row["id"]]
        if places:
            own["service_at_locations"] = [self._at_location(place) for place in places]
        return own

    def flat_service(self, row: Row) -> Thing:
        """Return a service with who runs it and nothing that there may be several of."""
        runs = self._by_id["organization"][row["organization_id"]]
        return {**plain("service", row), "organization": plain("organization", runs)}

    def service_at_location(self, row: Row) -> Thing:
        """Return a service at a place, with both and all that belongs to them."""
        service = self._by_id["service"][row["service_id"]]
        return {**self._at_location(row), "service": self.flat_service(service)}

    def short_at_location(self, row: Row) -> Thing:
        """Return a service at a place, with no more of both than is told of each alone."""
        service = self._by_id["service"][row["service_id"]]
        place = self._by_id["location"][row["location_id"]]
        told = {**plain("service_at_location", row), "location": plain("location", place)}
        return {**told, "service": self.flat_service(service)}

    def organization(self, row: Row, services: Sequence[str]) -> Thing:
        """Return who runs these services, with each of them."""
        runs = [plain("service", self._by_id["service"][one]) for one in services]
        return {**plain("organization", row), "services": runs}

    def term(self, row: Row) -> Thing:
        """Return a term with the taxonomy that it is of."""
        of = self._by_id["taxonomy"][row["taxonomy_id"]]
        return {**plain("taxonomy_term", row), "taxonomy_detail": self.taxonomy(of)}

    def taxonomy(self, row: Row) -> Thing:
        """Return a taxonomy."""
        return plain("taxonomy", row)

    def _at_location(self, row: Row) -> Thing:
        place = self._by_id["location"][row["location_id"]]
        location = plain("location", place)
        for name, held in OF_A_LOCATION.items():
            location |= self._held(name, "location_id", place, held)
        told = {**plain("service_at_location", row), "location": location}
        return told | self._held("schedule", "service_at_location_id", row, "schedules")

    def _attribute(self, row: Row) -> Thing:
        term = self._by_id["taxonomy_term"][row["taxonomy_term_id"]]
        return {**plain("attribute", row), "taxonomy_term": plain("taxonomy_term", term)}

    def _held(
        self, name: str, owner: str, row: Row, held: str, told: Telling | None = None
    ) -> Thing:
        rows = self._of[name, owner].get(row["id"], [])
        return {held: [told(one) if told else plain(name, one) for one in rows]} if rows else {}


def plain(table: str, row: Row) -> Thing:
    """Return a row as an object, its numbers as numbers."""
    return {name: float(cell) if (table, name) in NUMBERS else cell for name, cell in row.items()}


def as_json(tables: Tables) -> bytes:
    """Return every service as an array, one a line."""
    rows = ",\n".join(map(_line, Nest(tables).services()))
    return f"[\n{rows}\n]\n".encode()


def as_lines(tables: Tables) -> bytes:
    """Return every service as an object of its own, one a line (NDJSON)."""
    return "".join(f"{_line(service)}\n" for service in Nest(tables).services()).encode()


def _line(service: Thing) -> str:
    return json.dumps(service, ensure_ascii=False, separators=(",", ":"))
