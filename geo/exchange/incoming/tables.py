"""Tables: the tables of a feed in the one form that the rest works on, whatever its dialect.

A row is a tuple with the few cells that are used. A table is held by what its rows belong to: the
tables of a feed come in any order, and most rows are only ever asked for by their owner.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar


class Organization(NamedTuple):
    """Who runs services."""

    id: str = ""
    name: str = ""


class Service(NamedTuple):
    """A service; the last five are cells with several entries, of Ohana."""

    id: str = ""
    organization_id: str = ""
    name: str = ""
    description: str = ""
    url: str = ""
    status: str = ""
    interpretation_services: str = ""
    application_process: str = ""
    fees_description: str = ""
    eligibility_description: str = ""
    assured_date: str = ""
    alert: str = ""
    last_modified: str = ""
    location_id: str = ""
    languages: str = ""
    service_areas: str = ""
    term_ids: str = ""
    documents: str = ""


class Location(NamedTuple):
    """A place, or a virtual one."""

    id: str = ""
    location_type: str = ""
    name: str = ""
    description: str = ""
    latitude: str = ""
    longitude: str = ""
    accessibility: str = ""


class At(NamedTuple):
    """A service at a location."""

    id: str = ""
    service_id: str = ""
    location_id: str = ""


class Address(NamedTuple):
    """Where a location is."""

    location_id: str = ""
    address_type: str = ""
    attention: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state_province: str = ""
    postal_code: str = ""
    country: str = ""


class Phone(NamedTuple):
    """A number to call or to send a text to."""

    service_at_location_id: str = ""
    service_id: str = ""
    location_id: str = ""
    organization_id: str = ""
    number: str = ""
    extension: str = ""
    type: str = ""
    description: str = ""


class Schedule(NamedTuple):
    """A span of opening hours, or hours in words."""

    service_at_location_id: str = ""
    service_id: str = ""
    location_id: str = ""
    weekday: str = ""
    freq: str = ""
    byday: str = ""
    interval: str = ""
    bymonthday: str = ""
    valid_from: str = ""
    valid_to: str = ""
    opens_at: str = ""
    closes_at: str = ""
    description: str = ""
    notes: str = ""


class Area(NamedTuple):
    """Whom a service is for, by where they live."""

    service_id: str = ""
    service_at_location_id: str = ""
    name: str = ""


class Language(NamedTuple):
    """A language that is spoken."""

    service_id: str = ""
    location_id: str = ""
    code: str = ""
    name: str = ""


class Document(NamedTuple):
    """A paper to bring."""

    service_id: str = ""
    document: str = ""


class Eligibility(NamedTuple):
    """Who may come (1.x)."""

    service_id: str = ""
    eligibility: str = ""


class Accessibility(NamedTuple):
    """How a location can be entered."""

    location_id: str = ""
    description: str = ""


class Term(NamedTuple):
    """A word of a taxonomy."""

    id: str = ""
    code: str = ""
    name: str = ""


class Attribute(NamedTuple):
    """A term that is said of a service or of something else."""

    link_id: str = ""
    link_entity: str = ""
    service_id: str = ""
    taxonomy_term_id: str = ""
    label: str = ""
    value: str = ""


ALL: tuple[type[Any], ...] = (
    Organization,
    Service,
    Location,
    At,
    Address,
    Phone,
    Schedule,
    Area,
    Language,
    Document,
    Eligibility,
    Accessibility,
    Term,
    Attribute,
)
# By which cells the rows of a table are found; the others are found by their id.
OWNERS = {
    At: ("service_id",),
    Address: ("location_id",),
    Phone: ("service_at_location_id", "service_id", "location_id", "organization_id"),
    Schedule: ("service_at_location_id", "service_id", "location_id"),
    Area: ("service_id",),
    Language: ("service_id", "location_id"),
    Document: ("service_id",),
    Eligibility: ("service_id",),
    Accessibility: ("location_id",),
    Attribute: ("service_id",),
}

R = TypeVar("R", bound=tuple[Any, ...])


class Tables:
    """The rows of a feed: services in their order, the rest by id or by owner."""

    def __init__(self) -> None:
        self.services: list[Service] = []
        self._by_id: dict[type[Any], dict[str, Any]] = {table: {} for table in ALL}
        self._of: dict[tuple[type[Any], str], dict[str, list[Any]]] = defaultdict(dict)

    def add(self, row: tuple[Any, ...]) -> None:
        """Take up a row; of two with one id the first counts."""
        kept: Any = row
        if isinstance(kept, Service):
            self.services.append(kept)
            return
        if isinstance(kept, Attribute) and not kept.service_id:
            if kept.link_entity.casefold() not in ("service", "services", ""):
                return
            kept = kept._replace(service_id=kept.link_id)
        owners = OWNERS.get(type(kept))
        if owners is None:
            self._by_id[type(kept)].setdefault(kept.id, kept)
        for owner in owners or ():
            if own := getattr(kept, owner):
                self._of[type(kept), owner].setdefault(own, []).append(kept)
                break

    def one(self, table: type[R], own: str) -> R:
        """Return the row with this id; a blank one if there is none."""
        found: R = self._by_id[table].get(own) or table()
        return found

    def of(self, table: type[R], owner: str, own: str) -> Sequence[R]:
        """Return the rows whose first filled owner is this one."""
        found: Sequence[R] = self._of[table, owner].get(own, ()) if own else ()
        return found
