"""Hsds: the catalogue as the tables of the Human Services Data Specification 3.1 (Open Referral).

3.1 and 3.2 have the same tables. Only tables and columns that we fill are here, in our own words; a
table is a list of rows, each a mapping of columns that are not blank. Nothing is here of where a
place is that is kept private: it has no location, and so no address, point or accessibility.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from babel import Locale

from geo.catalogue import records
from geo.catalogue.dates import PartialDate
from geo.catalogue.places import Entry
from geo.exchange import schedules

VERSION = "3.1"
# Every id is UUIDv5 of this and "table/id of the entry[/what]": anyone can work it out.
NAMESPACE = UUID("34e87a8f-26bb-4163-8633-12250f199554")
COUNTRY, STATE = "US", "CA"
MOST_NAMED = 20  # services by which HSDS, which asks for a description, is told who runs them

Row = dict[str, str]
Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, its type as Frictionless Data calls it, and its rules."""

    name: str
    type: str = "string"
    format: str = ""
    required: bool = False
    words: tuple[str, ...] = ()  # the only ones allowed
    table: str = ""  # whose id it holds


@dataclass(frozen=True)
class Table:
    """A table of the specification: the file it is in, and its columns in their order."""

    name: str
    file: str
    columns: tuple[Column, ...] = field(default_factory=tuple)


def _id(name: str = "id", table: str = "", required: bool = False) -> Column:
    return Column(name, format="uuid", required=required or name == "id", table=table)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


PLACES = ("physical", "postal", "virtual")
TABLES: tuple[Table, ...] = (
    Table(
        "organization",
        "organizations.csv",
        (
            _id(),
            Column("name", required=True),
            Column("description", required=True),
            Column("website", format="uri"),
        ),
    ),
    Table(
        "service",
        "services.csv",
        (
            _id(),
            _id("organization_id", "organization", required=True),
            Column("name", required=True),
            Column("description"),
            Column("url", format="uri"),
            Column(
                "status",
                required=True,
                words=("active", "inactive", "defunct", "temporarily closed"),
            ),
            *_texts(
                "interpretation_services",
                "application_process",
                "fees_description",
                "eligibility_description",
            ),
            Column("assured_date", "date"),
            Column("alert"),
            Column("last_modified", "datetime"),
        ),
    ),
    Table(
        "location",
        "locations.csv",
        (
            _id(),
            Column("location_type", required=True, words=PLACES),
            Column("url", format="uri"),
            _id("organization_id", "organization"),
            *_texts("name", "description"),
            Column("latitude", "number"),
            Column("longitude", "number"),
            *_texts("external_identifier", "external_identifier_type"),
        ),
    ),
    Table(
        "service_at_location",
        "service_at_location.csv",
        (
            _id(),
            _id("service_id", "service", required=True),
            _id("location_id", "location", required=True),
        ),
    ),
    Table(
        "address",
        "addresses.csv",
        (
            _id(),
            _id("location_id", "location"),
            *(
                Column(name, required=True)
                for name in ("address_1", "city", "state_province", "postal_code", "country")
            ),
            Column("address_type", required=True, words=PLACES),
        ),
    ),
    Table(
        "phone",
        "phones.csv",
        (
            _id(),
            _id("service_id", "service"),
            Column("number", required=True),
            *_texts("type", "description"),
        ),
    ),
    Table(
        "schedule",
        "schedules.csv",
        (
            _id(),
            _id("service_id", "service"),
            _id("service_at_location_id", "service_at_location"),
            Column("freq", words=("WEEKLY", "MONTHLY")),
            Column("byday"),
            Column("description"),
            Column("opens_at", "time"),
            Column("closes_at", "time"),
            Column("notes"),
        ),
    ),
    Table(
        "service_area",
        "service_areas.csv",
        (_id(), _id("service_id", "service"), Column("name")),
    ),
    Table(
        "required_document",
        "required_documents.csv",
        (_id(), _id("service_id", "service"), Column("document")),
    ),
    Table(
        "language",
        "languages.csv",
        (_id(), _id("service_id", "service"), *_texts("name", "code")),
    ),
    Table(
        "accessibility",
        "accessibility.csv",
        (_id(), _id("location_id", "location"), Column("description")),
    ),
    Table(
        "taxonomy",
        "taxonomies.csv",
        (
            _id(),
            Column("name", required=True),
            Column("description", required=True),
            Column("uri", format="uri"),
            Column("version"),
        ),
    ),
    Table(
        "taxonomy_term",
        "taxonomy_terms.csv",
        (
            _id(),
            Column("code"),
            Column("name", required=True),
            Column("description", required=True),
            *_texts("taxonomy", "language"),
            _id("taxonomy_id", "taxonomy"),
        ),
    ),
    Table(
        "attribute",
        "attributes.csv",
        (
            _id(),
            _id("link_id", required=True),
            _id("taxonomy_term_id", "taxonomy_term", required=True),
            Column("link_type"),
            Column("link_entity", required=True),
            *_texts("value", "label"),
        ),
    ),
    Table(
        "url",
        "url.csv",
        (
            _id(),
            Column("label"),
            Column("url", format="uri", required=True),
            _id("service_id", "service"),
        ),
    ),
)
BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}

STATUSES = {"open": "active", "paused": "temporarily closed", "closed": "defunct"}
AREAS = {
    "imperial": "Imperial County, California",
    "san_joaquin": "San Joaquin County, California",
}
TRANSLATIONS = {
    "description_es": "description",
    "eligibility_es": "eligibility_description",
    "fees_note_es": "fees_description",
    "phone_note_es": "phone",
    "hours_note_es": "schedule",
    "status_note_es": "alert",
}
TYPES_TAXONOMY = ("types", "Kinds of help", "The kinds of help that this catalogue tells apart.")
NOTES_TAXONOMY = ("notes", "Notes of this catalogue", "What HSDS has no column for.")
OPEN_ELIGIBILITY = (
    "open-eligibility",
    "Open Eligibility",
    "By Auntbertha, Inc.; CC BY-SA 3.0, https://creativecommons.org/licenses/by-sa/3.0/.",
)
TAXONOMIES = (TYPES_TAXONOMY, NOTES_TAXONOMY, OPEN_ELIGIBILITY)
NOTES = {
    "es": ("In Spanish", "The same text in Spanish; the label tells of which field."),
    "source": ("Source", "Who says what is told of this service, and when it was said."),
}
ENGLISH = Locale("en")


def key(table: str, *parts: str) -> str:
    """Return the id of a row, the same in each run and after each edit.

    >>> key("service", "hck7q3") == str(uuid5(NAMESPACE, "service/hck7q3"))
    True
    """
    return str(uuid5(NAMESPACE, "/".join((table, *parts))))


def tables(
    entries: Sequence[Entry], modified: str, terms: Mapping[str, Sequence[str]] | None = None
) -> Tables:
    """Return every table that has rows, each sorted by id.

    `entries` are those of an edition; `modified` is the date of that edition, as exact as it is
    known: HSDS has one for each service, and we keep none. `terms`: for each of our types terms of
    another taxonomy, Open Eligibility, which are then said of the services too.
    """
    found: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    changed = f"{PartialDate.parse(modified).first_day}T00:00:00Z" if modified else ""
    found["organization"] = list(_organizations(entries))
    others = terms or {}
    for entry in entries:
        for name, row in (*_rows(entry, changed), *_other_terms(entry, others)):
            found[name].append({column: cell for column, cell in row.items() if cell})
    used = {row["taxonomy_term_id"] for row in found["attribute"]}
    known = _terms(dict.fromkeys(term for listed in others.values() for term in listed))
    found["taxonomy_term"] = [row for row in known if row["id"] in used]
    kept = {row["taxonomy_id"] for row in found["taxonomy_term"]}
    found["taxonomy"] = [row for row in _taxonomies() if row["id"] in kept]
    return {name: sorted(rows, key=lambda row: row["id"]) for name, rows in found.items() if rows}


def _organization(entry: Entry) -> str:
    """Return who runs a service: where nobody is named, the service itself."""
    return entry["organization"] or entry["name"]


def _organizations(entries: Iterable[Entry]) -> Iterator[Row]:
    run: dict[str, list[str]] = {}
    for entry in entries:
        run.setdefault(_organization(entry), []).append(entry["name"])
    for name, services in run.items():
        named = sorted({*services})
        listed = "; ".join(named[:MOST_NAMED])
        more = f"; and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        what = "1 service" if len(services) == 1 else f"{len(services)} services"
        about = f"Runs {what} in this catalogue: {listed}{more}."
        yield {"id": key("organization", name), "name": name, "description": about}


def _rows(entry: Entry, changed: str) -> Iterator[tuple[str, Row]]:
    """Yield the rows of one entry, each with its table."""
    own, service = entry["id"], key("service", entry["id"])
    yield "service", _service(entry, changed)
    place = _location(entry)
    if place:
        yield "location", place
        at = key("service_at_location", own)
        yield "service_at_location", {"id": at, "service_id": service, "location_id": place["id"]}
        yield from _of_location(entry, place["id"])
        link = {"service_at_location_id": at}
    else:
        link = {"service_id": service}
    for number, row in enumerate(schedules.of(entry["hours"], entry["hours_note"])):
        yield "schedule", {"id": key("schedule", own, str(number)), **link, **row}
    yield from _of_service(entry, service)


def _service(entry: Entry, changed: str) -> Row:
    spoken = records.INTERPRETER in entry["spoken"]
    cost = (records.FEES.get(entry["fees"], ""), entry["fees_note"])
    return {
        "id": key("service", entry["id"]),
        "organization_id": key("organization", _organization(entry)),
        "name": entry["name"],
        "description": entry["description_en"],
        "url": entry["website"],
        "status": STATUSES[entry["status"]],
        "interpretation_services": "Other languages with an interpreter" if spoken else "",
        "application_process": records.WALK_IN.get(entry["walk_in"], ""),
        "fees_description": ". ".join(filter(None, cost)),
        "eligibility_description": entry["eligibility"],
        "assured_date": entry["verified_on"],
        "alert": entry["status_note"],
        "last_modified": changed,
    }


def _location(entry: Entry) -> Row:
    """Return where a service is; {} for one whose place is private, and for one without a place."""
    identity = {
        "id": key("location", entry["id"]),
        "organization_id": key("organization", _organization(entry)),
        "name": entry["name"],
        "external_identifier": entry["id"],
        "external_identifier_type": "locator",
    }
    if entry["is_line"]:
        return {**identity, "location_type": "virtual", "url": entry["website"]}
    if not entry["is_public"]:
        return {}
    place = {**identity, "location_type": "physical"}
    if entry["is_exact"]:
        place |= {"latitude": entry["latitude"], "longitude": entry["longitude"]}
    if not _has_address(entry):
        town = " ".join(filter(None, (entry["city"], entry["zip"])))
        known = ", ".join(filter(None, (entry["street"], town)))
        county = AREAS.get(entry["county"], "")
        place["description"] = f"In {known or county}." if known or county else ""
    return place


def _has_address(entry: Entry) -> bool:
    return bool(entry["is_public"] and entry["street"] and entry["city"] and entry["zip"])


def _of_location(entry: Entry, place: str) -> Iterator[tuple[str, Row]]:
    if _has_address(entry) and not entry["is_line"]:
        yield (
            "address",
            {
                "id": key("address", entry["id"]),
                "location_id": place,
                "address_1": entry["street"],
                "city": entry["city"],
                "state_province": STATE,
                "postal_code": entry["zip"],
                "country": COUNTRY,
                "address_type": "physical",
            },
        )
    if told := records.WHEELCHAIR.get(entry["wheelchair"]):
        row = {"id": key("accessibility", entry["id"]), "location_id": place, "description": told}
        yield "accessibility", row


def _of_service(entry: Entry, service: str) -> Iterator[tuple[str, Row]]:
    own = entry["id"]
    link = {"service_id": service}
    if entry["phone"]:
        voice = {"number": entry["phone"], "type": "voice", "description": entry["phone_note"]}
        yield "phone", {"id": key("phone", own, "voice"), **link, **voice}
    if entry["text_line"]:
        text = {"number": entry["text_line"], "type": "text", "description": _to_send(entry)}
        yield "phone", {"id": key("phone", own, "text"), **link, **text}
    for county in entry["serves"]:
        row = {"id": key("service_area", own, county), **link, "name": AREAS[county]}
        yield "service_area", row
    for paper in records.split(entry["required_documents"]):
        document = {"document": records.DOCUMENTS[paper]}
        yield "required_document", {"id": key("required_document", own, paper), **link, **document}
    for code in entry["spoken"]:
        if code != records.INTERPRETER:
            named = {"name": ENGLISH.languages[code], "code": code}
            yield "language", {"id": key("language", own, code), **link, **named}
    for kind in entry["types"]:
        yield "attribute", _attribute(entry, "type", kind, ("types", kind), "", "")
    for column, label in TRANSLATIONS.items():
        if spanish := str(entry[column]):  # type: ignore[literal-required]
            yield "attribute", _attribute(entry, "es", column, ("notes", "es"), spanish, label)
    yield from _sources(entry)


def _to_send(entry: Entry) -> str:
    words = list(dict.fromkeys(filter(None, (entry["text_word"], entry["text_word_es"]))))
    return f"Send {' or '.join(words)}" if words else ""


def _sources(entry: Entry) -> Iterator[tuple[str, Row]]:
    """Yield who says so: as an address where there is one, else as an attribute."""
    said = [("", entry["source_name"], entry["source_ref"], entry["source_date"])]
    said += [
        (name, source.name, source.ref, source.date) for name, source in entry["sources"].items()
    ]
    for column, name, ref, day in said:
        what = f"{column.removesuffix('_en')}: " if column else ""
        told = what + ", ".join(filter(None, (name, day)))
        links = [one for one in records.split(ref) if re.match(r"https?://", one)]
        for number, address in enumerate(links):
            row = {"label": f"Source: {told}", "url": address}
            number_key = key("url", entry["id"], column, str(number))
            yield "url", {"id": number_key, "service_id": key("service", entry["id"]), **row}
        if not links:
            yield "attribute", _attribute(entry, "source", column, ("notes", "source"), told, "")


def _other_terms(entry: Entry, terms: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Row]]:
    for term in dict.fromkeys(term for kind in entry["types"] for term in terms.get(kind, ())):
        term_key = (OPEN_ELIGIBILITY[0], term)
        yield "attribute", _attribute(entry, "open eligibility", term, term_key, "", "")


def _attribute(
    entry: Entry, link: str, what: str, term: tuple[str, str], value: str, label: str
) -> Row:
    link_type = {"type": "service type", "es": "translation"}.get(link, link)
    return {
        "id": key("attribute", entry["id"], link, what),
        "link_id": key("service", entry["id"]),
        "taxonomy_term_id": key("taxonomy_term", *term),
        "link_type": link_type,
        "link_entity": "service",
        "value": value,
        "label": label,
    }


def _taxonomies() -> Iterator[Row]:
    for code, name, about in TAXONOMIES:
        yield {"id": key("taxonomy", code), "name": name, "description": about, "version": "1"}


def _terms(others: Iterable[str]) -> Iterator[Row]:
    told = [
        ("types", code, label, f"Kind of help: {label}.") for code, label in records.TYPES.items()
    ]
    told += [("notes", code, name, about) for code, (name, about) in NOTES.items()]
    told += [(OPEN_ELIGIBILITY[0], name, name, f"{name}, of Open Eligibility.") for name in others]
    names = {code: name for code, name, _ in TAXONOMIES}
    for taxonomy, code, name, about in told:
        yield {
            "id": key("taxonomy_term", taxonomy, code),
            "code": code,
            "name": name,
            "description": about,
            "taxonomy": names[taxonomy],
            "language": "en",
            "taxonomy_id": key("taxonomy", taxonomy),
        }
