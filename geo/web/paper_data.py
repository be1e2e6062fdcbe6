"""Paper data: what papers and files to take along need of each entry besides its words.

The same for every reader and for all entries at once: which of them a reader takes is not asked.
"""

import base64
import json
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import segno

from geo.catalogue import wording
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.errors import HoursError
from geo.exchange import schedules
from geo.hours.rules import is_holiday
from geo.web.plain import listing

DIGITS = 6  # of degrees: a tenth of a metre
HOLIDAYS_DAYS = 400


def of(edition: Edition, today: date) -> bytes:
    """Return as JSON the points, hours and codes of all entries.

    `holidays` are those of the next 400 days, `codes` the dial codes. `entries`, as in the edition:
    `id`; `sensitive`, whether a link to it may tell a watcher something; `point`, lat and lon in
    degrees, of those known to the street; `hours`, each how often, which days, from when until when
    as in RFC 5545, null where no rule can say it; `code`, the number of its code, -1 for none.
    """
    codes: dict[str, int] = {}
    entries = [_entry(entry, codes) for entry in edition.entries]
    days = (today + timedelta(days=number) for number in range(HOLIDAYS_DAYS))
    told = {
        "holidays": [day.isoformat() for day in days if is_holiday(day)],
        "codes": [dial_code(number) for number in codes],
        "entries": entries,
    }
    return json.dumps(told, separators=(",", ":")).encode()


@lru_cache(maxsize=2_048)
def dial_code(number: str) -> str:
    """Return the modules of a QR code that dials `number`, such as "tel:988".

    Row by row, eight to a byte, the first highest, dark is 1; in base64. A code is a square, so its
    side is the root of how many there are, but for the last bits of the last byte.
    """
    rows = segno.make(number, error="m", micro=False).matrix
    bits = [module & 1 for row in rows for module in row]
    bits += [0] * (-len(bits) % 8)
    packed = (int("".join(map(str, bits[k : k + 8])), 2) for k in range(0, len(bits), 8))
    return base64.b64encode(bytes(packed)).decode()


def _entry(entry: Entry, codes: dict[str, int]) -> dict[str, Any]:
    number = wording.dial(entry["phone"])
    return {
        "id": entry["id"],
        "sensitive": listing.is_discreet(entry["types"]),
        "point": [round(entry["lat"], DIGITS), round(entry["lon"], DIGITS)]
        if entry["is_exact"]
        else None,
        "hours": _rules(entry["hours"]),
        "code": codes.setdefault(number, len(codes)) if number else -1,
    }


def _rules(hours: str) -> list[list[str]] | None:
    """Return when it is open, as rules; None where hours cannot be read or only words tell them."""
    try:
        rows = schedules.of(hours)
    except HoursError:  # one odd text may not take the papers of all other places
        return None
    if not rows or any(schedules.is_told_in_words(row) for row in rows):
        return None
    return [[row["freq"], row["byday"], row["opens_at"][:5], row["closes_at"][:5]] for row in rows]
