"""Hsds shapes: what HSDS 3.1 and 3.2 allow in each object, as JSON Schema; facts, in our words.

Narrower than theirs: a name that is none of theirs is refused too.
"""

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

OF = {
    "phone": "phones", "schedule": "schedules", "service_area": "service_areas",
    "language": "languages", "required_document": "required_documents", "url": "additional_urls",
    "attribute": "attributes", "service_at_location": "service_at_locations",
    "address": "addresses", "accessibility": "accessibility",
}  # fmt: skip
PLACE = ("physical", "postal", "virtual")

# Of each object: the names that are required; then texts, UUIDs, URIs, date-times and numbers that
# are allowed; the lists and the single objects in it; and the words a name is limited to.
SHAPES = {
    "service": (
        "id name status",
        "name alternate_name description interpretation_services application_process "
        "fees_description eligibility_description assured_date alert",
        "id organization_id program_id", "url", "last_modified", "minimum_age maximum_age",
        "url phone schedule service_area service_at_location language required_document attribute",
        "organization",
        {"status": ("active", "inactive", "defunct", "temporarily closed")},
    ),
    "organization": (
        "id name description", "name alternate_name description legal_status",
        "id parent_organization_id", "website uri", "", "year_incorporated", "phone attribute",
        "", {},
    ),
    "location": (
        "id location_type",
        "name alternate_name description transportation external_identifier "
        "external_identifier_type",
        "id organization_id", "url", "", "latitude longitude",
        "language address accessibility phone schedule attribute", "", {"location_type": PLACE},
    ),
    "service_at_location": (
        "id", "description", "id service_id location_id", "", "", "",
        "service_area phone schedule attribute", "location", {},
    ),
    "address": (
        "id address_1 city state_province postal_code country address_type",
        "attention address_1 address_2 city region state_province postal_code country",
        "id location_id", "", "", "", "attribute", "", {"address_type": PLACE},
    ),
    "phone": (
        "id number", "number type description",
        "id location_id service_id organization_id contact_id service_at_location_id", "", "",
        "extension", "language attribute", "", {},
    ),
    "schedule": (
        "id",
        "valid_from valid_to dtstart until byday byweekno bymonthday byyearday description "
        "opens_at closes_at attending_type notes",
        "id service_id location_id service_at_location_id", "schedule_link", "",
        "timezone count interval", "attribute", "", {"freq": ("WEEKLY", "MONTHLY")},
    ),
    "service_area": (
        "id", "name description extent extent_type uri", "id service_id service_at_location_id",
        "", "", "", "attribute", "", {},
    ),
    "required_document": ("id", "document", "id service_id", "uri", "", "", "attribute", "", {}),
    "language": (
        "id", "name code note", "id service_id location_id phone_id", "", "", "", "attribute",
        "", {},
    ),
    "accessibility": (
        "id", "description details", "id location_id", "url", "", "", "attribute", "", {},
    ),
    "taxonomy_term": (
        "id name description", "code name description taxonomy language",
        "id parent_id taxonomy_id", "term_uri", "", "", "", "", {},
    ),
    "attribute": (
        "id", "link_type link_entity value label", "id link_id taxonomy_term_id", "", "", "", "",
        "taxonomy_term", {},
    ),
    "url": ("id url", "label", "id organization_id service_id", "url", "", "", "", "", {}),
}  # fmt: skip


def _schema(name: str) -> dict:
    required, texts, uuids, uris, times, numbers, lists, ones, words = SHAPES[name]
    text = {"type": "string", "minLength": 1}
    allowed = {
        **dict.fromkeys(texts.split(), text),
        **dict.fromkeys(uuids.split(), text | {"format": "uuid"}),
        **dict.fromkeys(uris.split(), text | {"format": "uri"}),
        **dict.fromkeys(times.split(), text | {"format": "date-time"}),
        **{key: {"type": "number"} for key in numbers.split()},
        **{OF[one]: {"type": "array", "items": {"$ref": one}} for one in lists.split()},
        **{one: {"$ref": one} for one in ones.split()},
        **{key: {"enum": [*these]} for key, these in words.items()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": allowed,
        "required": required.split(),
        "additionalProperties": False,
    }


def validator(name: str) -> Draft202012Validator:
    """Return what says whether something is such an object, with formats looked at."""
    known = [(one, Resource.from_contents(_schema(one))) for one in SHAPES]
    registry = Registry().with_resources(known)
    return Draft202012Validator(_schema(name), registry=registry, format_checker=FormatChecker())
