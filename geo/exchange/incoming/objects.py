"""Objects: services nested in JSON, one after the other, each as the few tables it holds."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import IO, Any

import ijson

from geo.errors import CatalogueError
from geo.exchange.incoming.dialects import CALLED, plain, table_of
from geo.exchange.incoming.parcel import File
from geo.exchange.incoming.tables import (
    Accessibility,
    Address,
    At,
    Attribute,
    Location,
    Organization,
    Service,
    Tables,
    Term,
)

LISTS = ("contents", "services", "organizations", "data", "items", "results")
# How a row names what it holds alone, and how what a row holds names the row.
HELD: Mapping[type[Any], str] = {
    Organization: "organization_id",
    Location: "location_id",
    Term: "taxonomy_term_id",
    Service: "service_id",
}
OWNER: Mapping[type[Any], str] = {
    Service: "service_id",
    Location: "location_id",
    At: "service_at_location_id",
    Organization: "organization_id",
}


def read(file: File) -> Iterator[Tables]:
    """Yield each object of a file: a list of services, a page, one object, or one a line.

    Raises
    ------
    CatalogueError : it is not JSON in UTF-8; what came before is not to be kept
    """
    try:
        for found in _objects(file):
            tables = Tables()
            if isinstance(found, dict):
                _take(tables, _kind(found), found, {})
            yield tables
    except (ijson.JSONError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        wanted = "JSON in UTF-8 from its first sign to its last"
        raise CatalogueError(f"{file.name}: found text that is none, wanted {wanted}.") from error


def _objects(file: File) -> Iterator[Any]:
    if _is_lines(file):
        with _opened(file) as stream:
            for line in stream:
                if line.strip():
                    yield json.loads(line)
        return
    prefix = _prefix(file)
    with _opened(file) as stream:
        yield from ijson.items(stream, prefix)


def _opened(file: File) -> IO[bytes]:
    stream = file.open()
    if stream.read(3) == b"\xef\xbb\xbf":
        return stream
    stream.close()
    return file.open()


def _is_lines(file: File) -> bool:
    """Say whether the first line is a whole object and something comes after it."""
    with _opened(file) as stream:
        first = stream.readline().strip()
        if not first.startswith(b"{") or not first.endswith(b"}"):
            return False
        try:
            json.loads(first)
        except ValueError:
            return False
        return file.ending in (".ndjson", ".jsonl") or bool(stream.readline().strip())


def _prefix(file: File) -> str:
    """Return where the objects are: in a list, in a list of a page, or the file is one."""
    listed = ""
    with _opened(file) as stream:
        for where, event, value in ijson.parse(stream):
            if not where and event == "start_array":
                return "item"
            if not where and event == "map_key" and value in ("id", "name"):
                return ""
            if event == "start_array" and where in LISTS:
                listed = listed or f"{where}.item"
            elif listed and event != "map_key":
                return listed
    return listed


def _kind(found: Mapping[str, Any]) -> type[Any]:
    keys = {plain(key) for key in found}
    if {"service", "location"} <= keys:
        return At
    if "services" in keys and "organization" not in keys:
        return Organization
    return Service


def _take(
    tables: Tables, table: type[Any], found: Mapping[str, Any], above: Mapping[str, str]
) -> str:
    """Add an object and all that is nested in it; return its id."""
    cells = {plain(key): _text(value) for key, value in found.items()}
    own = cells.get("id", "") or f"\0{id(found)}"
    cells |= {"id": own} | {name: cell for name, cell in above.items() if cell}
    below = dict(above) | ({OWNER[table]: own} if table in OWNER else {})
    if table is Service:
        below["link_id"] = own
    for key, value in found.items():
        if not isinstance(value, dict | list):
            continue
        held = table_of(key)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and held is not None:
                theirs = _held(tables, table, held, one, below)
                if (name := HELD.get(held)) and not isinstance(value, list):
                    cells[name] = theirs
    row = table._make([_first(cells, names) for names in CALLED[table]])
    tables.add(row._replace(id="") if table is Service and own.startswith("\0") else row)
    return own


def _first(cells: Mapping[str, str], names: Sequence[str]) -> str:
    """Return the first cell of these names that is filled."""
    for name in names:
        if cell := cells.get(name):
            return cell
    return ""


def _held(
    tables: Tables, table: type[Any], held: type[Any], one: Mapping[str, Any], below: dict[str, str]
) -> str:
    if held is Term and table is Service:  # 1.x and Ohana: terms right in the service
        term = _take(tables, Term, one, {})
        tables.add(Attribute(service_id=below["service_id"], taxonomy_term_id=term))
        return term
    if held is Location and table is Service:
        place = _take(tables, Location, one, {})
        tables.add(At(service_id=below["service_id"], location_id=place))
        return place
    if held in (Organization, Term):
        return _take(tables, held, one, {})
    if held is Service and table is At:
        return _service_at(tables, one, below)
    if held is Location:
        return _take(tables, Location, one, {})
    if held in (Address, Accessibility):
        return _take(tables, held, one, {"location_id": below.get("location_id", "")})
    return _take(tables, held, one, _nearest(held, below))


def _service_at(tables: Tables, one: Mapping[str, Any], below: dict[str, str]) -> str:
    own = _take(tables, Service, one, {})
    below["service_id"] = own
    return own


def _nearest(held: type[Any], below: Mapping[str, str]) -> Mapping[str, str]:
    """Return the ids that a nested row belongs to: that of what it stands in, and a service's."""
    if held is Attribute:
        return {"service_id": below.get("link_id", ""), "link_entity": "service"}
    return {name: own for name, own in below.items() if name in held._fields}


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(str(one) for one in value if isinstance(one, str | int))
    if isinstance(value, float | Decimal):
        return format(Decimal(str(value)), "f")
    return str(value).strip()
