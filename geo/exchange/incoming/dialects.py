"""Dialects: what a table and its columns are called in HSDS 1.x, 2.0, 3.x and in Ohana.

A table is known by its file's name, or else by its header; a column by any of its names. What a
feed says of its own version is not read.
"""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from geo.exchange.incoming.tables import (
    ALL,
    Accessibility,
    Address,
    Area,
    At,
    Attribute,
    Document,
    Eligibility,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    Term,
)

# Names of files and of lists in JSON, in small letters without signs and without an s at the end.
NAMES: Mapping[str, type[Any]] = {
    "organization": Organization,
    "organisation": Organization,
    "service": Service,
    "location": Location,
    "serviceatlocation": At,
    "servicesatlocation": At,
    "addresse": Address,
    "addres": Address,
    "physicaladdres": Address,
    "physicaladdresse": Address,
    "phone": Phone,
    "schedule": Schedule,
    "regularschedule": Schedule,
    "operatinghour": Schedule,
    "event": Schedule,
    "servicearea": Area,
    "language": Language,
    "requireddocument": Document,
    "eligibility": Eligibility,
    "eligibilitie": Eligibility,
    "accessibility": Accessibility,
    "accessibilityfordisabilitie": Accessibility,
    "taxonomyterm": Term,
    "term": Term,
    "taxonomy": Term,
    "attribute": Attribute,
    "serviceattribute": Attribute,
    "otherattribute": Attribute,
    "servicetaxonomy": Attribute,
    "servicestaxonomy": Attribute,
    "servicetaxonomie": Attribute,
}
# Tables that are no part of a row of ours: never taken for another by their header.
PASSED_OVER = {
    "contact", "program", "funding", "costoption", "metadata", "metatabledescription", "unit",
    "servicecapacity", "organizationidentifier", "url", "additionalurl", "postaladdres",
    "postaladdresse", "mailaddres", "mailaddresse", "holidayschedule", "paymentaccepted",
    "paymentsaccepted", "taxonomie", "file", "taxonomydetail",
}  # fmt: skip
# Which table it is if only the header can tell: the first whose columns are all there.
SIGNS: Sequence[tuple[type[Any], frozenset[str]]] = (
    (Address, frozenset({"location_id", "city", "postal_code"})),
    (Schedule, frozenset({"opens_at", "closes_at"})),
    (Phone, frozenset({"number", "service_id"})),
    (Service, frozenset({"organization_id", "name", "status"})),
    (Location, frozenset({"latitude", "longitude", "name"})),
)
# Other names of a column, the better first.
SYNONYMS: Mapping[str, Sequence[str]] = {
    "url": ("website", "web_site", "urls"),
    "fees_description": ("fees",),
    "eligibility_description": ("eligibility",),
    "application_process": ("how_to_apply",),
    "term_ids": ("taxonomy_ids", "categories", "category_ids", "taxonomy_id"),
    "documents": ("required_documents",),
    "type": ("number_type", "phone_type"),
    "number": ("phone_number", "phone"),
    "address_1": ("address", "street_address", "address1", "street", "street_1"),
    "address_2": ("address2", "street_2"),
    "state_province": ("state", "region", "province"),
    "postal_code": ("postalcode", "zip", "zip_code", "zipcode", "postcode"),
    "latitude": ("lat",),
    "longitude": ("lon", "lng", "long"),
    "opens_at": ("opens", "open_time", "start_time"),
    "closes_at": ("closes", "close_time", "end_time"),
    "weekday": ("day", "day_of_week"),
    "last_modified": ("last_updated", "updated_at", "modified_date"),
    "taxonomy_term_id": ("taxonomy_id", "term_id"),
    "link_entity": ("link_table",),
    "address_type": ("type",),
}
OF_A_TABLE: Mapping[tuple[type[Any], str], Sequence[str]] = {
    (Area, "name"): ("service_area", "area", "description"),
    (Language, "name"): ("language",),
    (Term, "name"): ("term",),
    (Term, "id"): ("taxonomy_id",),
    (Accessibility, "description"): ("accessibility",),
    (Service, "description"): ("short_desc", "short_description"),
    (Location, "description"): ("short_desc", "short_description"),
    (Attribute, "link_entity"): ("link_type",),
    (Location, "location_type"): ("virtual",),
}

Maker = Callable[[Sequence[str]], tuple[Any, ...]]


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """Return the name of a column as it is compared.

    >>> plain(" Postal Code "), plain("addressType")
    ('postal_code', 'address_type')
    """
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip().strip("\ufeff\"'"))
    return re.sub(r"[^a-z0-9]+", "_", split.casefold()).strip("_")


def table_of(name: str, header: Sequence[str] = ()) -> type[Any] | None:
    """Return which table a file or a list of this name is; None for one that is not used.

    >>> table_of("services_at_location").__name__, table_of("contacts")
    ('At', None)
    """
    bare = plain(name).replace("_", "").removesuffix("s")
    if bare in NAMES or bare in PASSED_OVER:
        return NAMES.get(bare)
    known = {*map(plain, header)}
    return next((table for table, signs in SIGNS if signs <= known), None)


def maker(table: type[Any], header: Sequence[str]) -> Maker:
    """Return what makes a row of a table from the cells under this header; equal ones kept once."""
    names = [*map(plain, header)]
    found = [
        [names.index(one) for one in _called(table, column) if one in names]
        for column in table._fields
    ]
    firsts = [spots[0] if spots else -1 for spots in found]
    others = [(at, spots[1:]) for at, spots in enumerate(found) if len(spots) > 1]

    def make(cells: Sequence[str]) -> tuple[Any, ...]:
        row = [sys.intern(cells[spot]) if spot >= 0 else "" for spot in firsts]
        for at, spots in others:
            if not row[at]:
                row[at] = next((cells[spot] for spot in spots if cells[spot]), "")
        made: tuple[Any, ...] = table._make(row)
        return made

    return make


def _called(table: type[Any], column: str) -> Sequence[str]:
    others = (*OF_A_TABLE.get((table, column), ()), *SYNONYMS.get(column, ()))
    fields = {*table._fields} - {column}
    return (column, *(name for name in others if name not in fields))


CALLED: Mapping[type[Any], Sequence[Sequence[str]]] = {
    table: [_called(table, column) for column in table._fields] for table in ALL
}
