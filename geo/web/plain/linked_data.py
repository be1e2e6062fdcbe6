"""Linked data: one entry in the words of schema.org, for search engines.

Only what the page says as well. What hours cannot say there (months, seasons, holidays, words) is
left out; nothing is here of where a private place is.
"""

from collections.abc import Iterator
from typing import Any

from geo.catalogue import records, wording
from geo.catalogue.places import Entry
from geo.errors import HoursError
from geo.exchange import schedules
from geo.i18n import Words
from geo.web.plain import drawing

CONTEXT = "https://schema.org"
DAYS = dict(
    zip(
        schedules.BYDAY,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
KINDS_OF_PLACE = {"clinic": "MedicalClinic", "hospital": "Hospital"}

Node = dict[str, Any]


def of(entry: Entry, say: Words, url: str) -> Node:
    """Return an entry as a Service; `url` is the public address of its page, '' if unknown.

    {} for one whose place is private: of that nothing is told.
    """
    if entry["is_private"]:
        return {}
    provider = {
        "@type": "Organization",
        "name": entry["organization"] or entry["name"],
        "url": drawing.web(entry["website"]),
    }
    areas = [
        {"@type": "AdministrativeArea", "name": f"{say(records.COUNTIES[county])}, California"}
        for county in entry["serves"]
    ]
    return _known(
        {
            "@context": CONTEXT,
            "@type": "Service",
            "name": entry["name"],
            "description": wording.in_language(entry, "description", say),
            "serviceType": [say(records.TYPES[kind]) for kind in entry["types"]],
            "url": url,
            "provider": _known(provider),
            "areaServed": areas,
            "availableChannel": _channel(entry),
            "hoursAvailable": list(_hours(entry)),
        }
    )


def _channel(entry: Entry) -> Node:
    phone = wording.dial(entry["phone"]).removeprefix("tel:")
    spoken = [code for code in entry["spoken"] if code != records.INTERPRETER]
    channel = _known(
        {
            "servicePhone": {"@type": "ContactPoint", "telephone": phone} if phone else {},
            "availableLanguage": spoken,
            "serviceLocation": _place(entry),
        }
    )
    return {"@type": "ServiceChannel", **channel} if channel else {}


def _place(entry: Entry) -> Node:
    """Return where it is, as sure as that is known; {} for a line and for what has no place."""
    if entry["is_line"] or not entry["is_public"]:
        return {}
    address = _known(
        {
            "streetAddress": entry["street"],
            "addressLocality": entry["city"],
            "postalCode": entry["zip"],
        }
    )
    if not address:
        return {}
    more = [KINDS_OF_PLACE[kind] for kind in entry["types"] if kind in KINDS_OF_PLACE]
    point = {"@type": "GeoCoordinates", "latitude": entry["lat"], "longitude": entry["lon"]}
    state = {"addressRegion": "CA", "addressCountry": "US"}
    return _known(
        {
            "@type": ["Place", *more] if more else "Place",
            "name": entry["name"],
            "address": {"@type": "PostalAddress", **address, **state},
            "geo": point if entry["is_exact"] else {},
            "isAccessibleForFree": True if entry["fees"] == "free" else None,
        }
    )


def _hours(entry: Entry) -> Iterator[Node]:
    """Yield the spans of the week; of a paused service none, for it is not open then."""
    try:
        rows = schedules.of(entry["hours"]) if entry["status"] == "open" else []
    except HoursError:  # the page says of such hours that they are not known
        return
    for row in rows:
        if row.get("freq") == "WEEKLY":
            yield {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [f"{CONTEXT}/{DAYS[day]}" for day in row["byday"].split(",")],
                "opens": row["opens_at"][:5],
                "closes": row["closes_at"][:5],
            }


def _known(node: Node) -> Node:
    """Return a node without what is unknown."""
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}
