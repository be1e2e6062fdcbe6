"""Offers: the tables of a feed joined: each service with the places at which it is to be had."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from geo.exchange import hsds
from geo.exchange.incoming import cells, their_hours
from geo.exchange.incoming.tables import (
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
    Tables,
    Term,
)
from geo.exchange.incoming.told import Told

SPANISH = hsds.key("taxonomy_term", "notes", "es")
SOURCE = hsds.key("taxonomy_term", "notes", "source")
COLUMNS = {label: column for column, label in hsds.TRANSLATIONS.items()}


def of(tables: Tables, today: date) -> Iterator[list[Told]]:
    """Yield for each service what is told of it at each of its places."""
    for service in tables.services:
        yield list(_of_service(tables, service, today))


def _of_service(tables: Tables, service: Service, today: date) -> Iterator[Told]:
    ats = list(tables.of(At, "service_id", service.id))
    known = {at.location_id for at in ats}
    ats += [At(location_id=one) for one in cells.several(service.location_id) if one not in known]
    shared = _shared(tables, service)
    places = {at.location_id: at for at in reversed(ats)}
    for at in reversed([*places.values()] or [At()]):
        place = tables.one(Location, at.location_id)
        own = "" if at.location_id.startswith("\0") and len(places) == 1 else at.location_id
        addresses = tables.of(Address, "location_id", at.location_id)
        hours, note, lost = their_hours.read(_schedules(tables, service, at), today)
        yield Told(
            **shared,  # type: ignore[arg-type]
            place=f"location/{own}" if own else "",
            location=place,
            address=_address(addresses),
            hints=[place.name, place.description, *(" ".join(one[2:]) for one in addresses)],
            has_place=bool(place.id) and not _is_virtual(place),
            phones=_phones(tables, service, at),
            hours=hours,
            hours_note=note,
            languages=_languages(tables, service, at),
            accessibility=[
                place.accessibility,
                *(one.description for one in tables.of(Accessibility, "location_id", place.id)),
            ],
            lost=[lost] if lost else [],
        )


def _shared(tables: Tables, service: Service) -> Mapping[str, object]:
    """Return what is told of a service wherever it is to be had."""
    own = service.id
    said = tables.of(Attribute, "service_id", own)
    who = [one.eligibility for one in tables.of(Eligibility, "service_id", own)]
    papers = [one.document for one in tables.of(Document, "service_id", own)]
    areas = [one.name for one in tables.of(Area, "service_id", own)]
    terms = [one.taxonomy_term_id for one in said] + cells.several(service.term_ids)
    return {
        "service": f"service/{own}" if own else "",
        "name": service.name,
        "organization": tables.one(Organization, service.organization_id).name,
        "terms": [_term(tables, one) for one in terms if one not in (SPANISH, SOURCE)],
        "description": service.description,
        "how_to_apply": service.application_process,
        "website": service.url,
        "areas": areas or cells.several(service.service_areas),
        "interpreter": service.interpretation_services,
        "documents": papers or cells.several(service.documents),
        "eligibility": service.eligibility_description or "; ".join(filter(None, who)),
        "fees": service.fees_description,
        "status": service.status,
        "alert": service.alert,
        "assured": service.assured_date,
        "modified": service.last_modified,
        "kept": {
            COLUMNS[one.label]: one.value
            for one in said
            if one.taxonomy_term_id == SPANISH and one.label in COLUMNS
        },
    }


def _term(tables: Tables, own: str) -> Term:
    found = tables.one(Term, own)
    return found if found.id else Term(id=own)


def _is_virtual(place: Location) -> bool:
    return place.location_type.casefold() in ("virtual", "true", "yes", "1")


def _address(told: Sequence[Address]) -> Address:
    """Return the address where somebody can go."""
    visited = [one for one in told if one.address_type.casefold() not in ("postal", "virtual")]
    return next(iter(visited), Address())


def _schedules(tables: Tables, service: Service, at: At) -> Sequence[Schedule]:
    of_service = tables.of(Schedule, "service_id", service.id)
    return (
        tables.of(Schedule, "service_at_location_id", at.id)
        or [one for one in of_service if one.location_id in ("", at.location_id)]
        or tables.of(Schedule, "location_id", at.location_id)
    )


def _phones(tables: Tables, service: Service, at: At) -> Sequence[Phone]:
    """Return the numbers, the nearest to this service at this place first."""
    of_service = tables.of(Phone, "service_id", service.id)
    return [
        *tables.of(Phone, "service_at_location_id", at.id),
        *(one for one in of_service if one.location_id in ("", at.location_id)),
        *tables.of(Phone, "location_id", at.location_id),
        *tables.of(Phone, "organization_id", service.organization_id),
    ]


def _languages(tables: Tables, service: Service, at: At) -> list[str]:
    told = [
        *tables.of(Language, "service_id", service.id),
        *tables.of(Language, "location_id", at.location_id),
    ]
    named = [one for row in told for one in ([row.code] if row.code else cells.several(row.name))]
    return named or cells.several(service.languages)
