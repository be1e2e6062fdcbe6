"""Geojson: the catalogue for a map (RFC 7946), and its known points as KML.

Only what is known to the street or better is a point. What is only known to be somewhere in a town,
a line to call and a place that is kept private have none: `geometry` is null.
"""

import json
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from geo.catalogue import provenance, wording
from geo.catalogue.places import Entry
from geo.exchange import flat
from geo.i18n import words

KML = "http://www.opengis.net/kml/2.2"
DECIMALS = 6  # a tenth of a metre


def as_geojson(entries: Sequence[Entry]) -> bytes:
    """Return a feature collection, a feature a line, in the order of the catalogue."""
    columns = flat.COLUMNS
    features = [
        _line(
            {
                "type": "Feature",
                "id": entry["id"],
                "geometry": _point(entry),
                "properties": dict(zip(columns, cells, strict=True)),
            }
        )
        for entry, cells in zip(entries, flat.rows(entries), strict=True)
    ]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n").encode()


def _point(entry: Entry) -> dict[str, Any] | None:
    if not entry["is_exact"]:
        return None
    place = [round(float(entry[name]), DECIMALS) for name in ("lon", "lat")]
    return {"type": "Point", "coordinates": place}


def _line(feature: dict[str, Any]) -> str:
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def as_kml(entries: Sequence[Entry]) -> bytes:
    """Return the places with a point as KML 2.2, each with what it is, where and how to call."""
    say = words("en")
    ElementTree.register_namespace("", KML)
    root = ElementTree.Element(f"{{{KML}}}kml")
    document = ElementTree.SubElement(root, f"{{{KML}}}Document")
    for entry in entries:
        point = _point(entry)
        if point is None:
            continue
        mark = ElementTree.SubElement(
            document, f"{{{KML}}}Placemark", {"id": f"place-{entry['id']}"}
        )
        lines = [entry["description_en"], wording.where(entry, say), entry["phone"]]
        lines.append(provenance.age(entry, say))
        told = {"name": entry["name"], "description": "\n".join(filter(None, lines))}
        for name, text in told.items():
            ElementTree.SubElement(mark, f"{{{KML}}}{name}").text = text
        at = ElementTree.SubElement(mark, f"{{{KML}}}Point")
        lon, lat = point["coordinates"]
        ElementTree.SubElement(at, f"{{{KML}}}coordinates").text = f"{lon},{lat}"
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
