"""Api document: what the API answers, as OpenAPI 3.1; `api` goes by the same lists."""

from collections.abc import Mapping
from typing import Any

from geo.exchange.hsds import BY_NAME, Column
from geo.web.api_words import ID, PARAMETERS

_PAGES = ("page", "per_page", "format")
_OF_SERVICES = ("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")
# Of each list: the parameters that it knows. Others are passed over.
LISTS: Mapping[str, tuple[str, ...]] = {
    "services": (*_OF_SERVICES, "minimal", "full", *_PAGES),
    "organizations": ("search", "taxonomy_term_id", "taxonomy_id", "full", "full_service", *_PAGES),
    "service_at_locations": (*_OF_SERVICES, "postcode", "proximity", "full", *_PAGES),
    "taxonomies": _PAGES,
    "taxonomy_terms": ("taxonomy_id", "parent_id", "top_only", *_PAGES),
}
_OBJECTS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
_ABOUT = {
    "services": "services",
    "organizations": "organizations that run services",
    "service_at_locations": "services at a place, or at none that one can visit",
    "taxonomies": "taxonomies",
    "taxonomy_terms": "terms: kinds of help, and kinds of notes",
}
_LINKS = {
    "service": ("organization",),
    "service_at_location": ("location", "service"),
    "attribute": ("taxonomy_term",),
}
_HELD = {
    "service": {
        "phones": "phone",
        "schedules": "schedule",
        "service_areas": "service_area",
        "languages": "language",
        "required_documents": "required_document",
        "additional_urls": "url",
        "attributes": "attribute",
        "service_at_locations": "service_at_location",
    },
    "organization": {"services": "service"},
    "location": {"addresses": "address", "accessibility": "accessibility"},
    "service_at_location": {"schedules": "schedule"},
}
_FORMATS = {"date": "date", "datetime": "date-time"}


def document(base: str) -> dict[str, Any]:
    """Return the document of the API on the host with the address `base`."""
    paths: dict[str, Any] = {"/": {"get": _read("about", "What this is", "About", {})}}
    for name, words in LISTS.items():
        listed = _read(f"list_{name}", f"Pages of {_ABOUT[name]}", f"Page_of_{name}", {"400": _BAD})
        listed["responses"]["200"]["content"]["application/x-ndjson"] = {
            "schema": {"type": "string"}
        }
        listed["parameters"] = [_parameter(word) for word in words]
        paths[f"/{name}"] = {"get": listed}
        one = _read(f"get_{name}", f"One of the {_ABOUT[name]}", _OBJECTS[name], _GONE)
        place = {"in": "path", "required": True, "schema": {"type": "string"}}
        one["parameters"] = [{"name": "id", "description": "A UUID.", **place}]
        paths[f"/{name}/{{id}}"] = {"get": one}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Help in Imperial and San Joaquin counties, California",
            "description": "The HSDS API of Open Referral, to read only. Blank means not known. "
            "An answer is of the version of the data that its header Data-Version names.",
            "version": "1",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": f"{base}/hsds"}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _parameter(word: str) -> dict[str, Any]:
    known = PARAMETERS[word]
    told = {"name": word, "in": "query", "required": False, "description": known.about}
    return {**told, "schema": dict(known.schema)}


def _of(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _told_as_problem(about: str) -> dict[str, Any]:
    return {
        "description": about,
        "content": {"application/problem+json": {"schema": _of("Problem")}},
    }


_BAD = _told_as_problem("A parameter cannot be read; the problem names it and what was wanted.")
_GONE = {
    "404": _told_as_problem("There is no such id."),
    "410": _told_as_problem("It closed, or was taken from the list."),
}


def _read(operation: str, about: str, answer: str, also: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": about,
        "responses": {
            "200": {
                "description": about,
                "headers": {
                    name: {"schema": {"type": "string"}} for name in ("Data-Version", "ETag")
                },
                "content": {"application/json": {"schema": _of(answer)}},
            },
            "304": {"description": "It is as it was when If-None-Match was given out."},
            **also,
            "405": _told_as_problem("Things are only read here; Allow tells how."),
            "503": _told_as_problem(
                "The catalogue cannot be read just now; Retry-After tells when."
            ),
        },
    }


def _schemas() -> dict[str, Any]:
    text, number, flag = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
    schemas: dict[str, Any] = {
        "About": _object(
            dict.fromkeys(("version", "profile", "openapi_url", "description", "data_guide"), text),
            ("version", "profile", "openapi_url"),
        ),
        "Problem": _object(
            {"title": text, "status": number, "detail": text, "parameter": text},
            ("title", "status", "detail"),
        ),
        "Minimal": _object(
            dict.fromkeys(("name", "status", "last_modified", "modified_date"), text) | {"id": ID},
            ("id", "name", "status", "modified_date"),
        ),
    }
    for name, one in _OBJECTS.items():
        item = {"anyOf": [_of(one), _of("Minimal")]} if name == "services" else _of(one)
        counted = dict.fromkeys(("total_items", "total_pages", "page_number", "size"), number)
        ends = dict.fromkeys(("first_page", "last_page", "empty"), flag)
        page = {**counted, **ends, "contents": {"type": "array", "items": item}}
        schemas[f"Page_of_{name}"] = _object(page, tuple(page))
    for name, table in BY_NAME.items():
        fields = {column.name: _field(column) for column in table.columns}
        fields |= {one: _of(one) for one in _LINKS.get(name, ())}
        if name == "taxonomy_term":
            fields["taxonomy_detail"] = _of("taxonomy")
        fields |= {
            held: {"type": "array", "items": _of(one)} for held, one in _HELD.get(name, {}).items()
        }
        schemas[name] = _object(
            fields, tuple(column.name for column in table.columns if column.required)
        )
    return schemas


def _object(fields: Mapping[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(fields),
        "required": list(required),
        "additionalProperties": False,
    }


def _field(column: Column) -> dict[str, Any]:
    if column.type == "number":
        return {"type": "number"}
    if column.words:
        return {"type": "string", "enum": list(column.words)}
    told = _FORMATS.get(column.type) or column.format
    return {"type": "string", "minLength": 1} | ({"format": told} if told else {})
