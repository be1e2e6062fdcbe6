"""Hsds: the whole catalogue out as HSDS and in again, judged by readers that are not ours."""

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from frictionless import Package

from geo.catalogue.keeper import Edition, load_catalogue
from geo.exchange import hsds, nested, package, schedules
from geo.hours.state import windows_on
from geo.settings import DATA
from tests.score.row import Reached, Trial, faultless
from tests.support import hsds_shapes

FIGURE = "faults of the whole catalogue as HSDS 3.1: tables, objects, and what comes back"
TARGET = "0 faults"
NOT_COVERED = "the schemas are told in our words, and stricter; what 211s do with it"

WEEK = [date(2026, 11, day) for day in range(22, 29)]


def measure(trial: Trial) -> Reached:
    """Write both forms, have them judged, and read each entry again."""
    entries = Edition(1, load_catalogue(DATA / "services.csv", date(2026, 11, 26))).entries
    entries = entries[: trial.count(len(entries), 40)]
    told = hsds.tables(entries, "2026-11-26")
    if trial.is_broken:
        told["service"][0] = {**told["service"][0], "status": "open", "name": "Another name"}
    services = json.loads(nested.as_json(told))
    faults = [*of_tables(told), *of_objects(services), *of_both(told, services)]
    faults += of_return(entries, services)
    return faultless(len(services), faults, "faults")


def of_tables(told: Any) -> Iterator[str]:
    """Yield what an independent reader of packages finds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.zip"
        path.write_bytes(package.archive(told))
        yield from map(str, Package(str(path)).validate().flatten(["type", "note"]))


def of_objects(services: Sequence[Any]) -> Iterator[str]:
    """Yield what the shapes of the standard do not allow."""
    shape = hsds_shapes.validator("service")
    for service in services:
        for error in shape.iter_errors(service):
            yield f"{service.get('id')} {error.json_path}: {error.message}"


def of_both(told: Any, services: Sequence[Any]) -> Iterator[str]:
    """Yield where the two forms do not hold the same services."""
    with zipfile.ZipFile(io.BytesIO(package.archive(told))) as files:
        rows = files.read("services.csv").decode().count("\n") - 1
    if rows < len(services):
        yield f"{rows} rows, {len(services)} objects"


def of_return(entries: Sequence[Any], services: Sequence[Any]) -> Iterator[str]:
    """Yield what of an entry does not come back: name, words, numbers, kinds, place, hours."""
    by_id = {service["id"]: service for service in services}
    for entry in entries:
        back = by_id.get(hsds.key("service", entry["id"]))
        if back is None:
            yield f"{entry['id']} is missing"
            continue
        for name in differing(entry, back):
            yield f"{entry['id']} {name}"


def differing(entry: Any, back: Any) -> Iterator[str]:
    """Yield the names of what an entry says otherwise than the service that was made of it."""
    if (back["name"], back["description"]) != (entry["name"], entry["description_en"]):
        yield "name or description"
    numbers = {phone["number"] for phone in back.get("phones", [])}
    if numbers != {entry["phone"], entry["text_line"]} - {""}:
        yield "numbers"
    if not {*entry["types"]} <= {one["taxonomy_term"]["code"] for one in back["attributes"]}:
        yield "kinds"
    at = back.get("service_at_locations", [])
    points = {(one["location"].get("latitude"), one["location"].get("longitude")) for one in at} - {
        (None, None)
    }
    exact = entry["is_public"] and entry["location_precision"] in ("exact", "street")
    own = {(float(entry["latitude"]), float(entry["longitude"]))} if exact else set()
    if points != own:
        yield "point"
    rows = [row for one in at for row in one.get("schedules", [])] or back.get("schedules", [])
    again = schedules.hours(rows)
    if [windows_on(again, day) for day in WEEK] != [
        windows_on(entry["hours"], day) for day in WEEK
    ]:
        yield "hours"
