"""Api words: what may be asked of the API, and how each word is read; the same for its document."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

MOST_A_PAGE = 1_000
A_PAGE = 50
LAST_PAGE = 1_000_000
NEAREST_M, FARTHEST_M = 1, 1_000_000
LONGEST = 1_000


class Unclear(ValueError):
    """A parameter that cannot be read; the message says what was wanted."""


@dataclass(frozen=True)
class Parameter:
    """A word of a question: what it means, what it may be, and how it is read."""

    about: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any]


def whole_number(text: str) -> int:
    """Return a number from 1 on.

    >>> whole_number("7")
    7
    """
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= LAST_PAGE:
        raise Unclear(f"a whole number from 1 to {LAST_PAGE}")
    return int(text)


def page_size(text: str) -> int:
    """Return how many are on a page; more than a page holds is as many as it holds."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
        raise Unclear("a whole number from 1 on")
    return min(int(text), MOST_A_PAGE)


def yes_or_no(text: str) -> bool:
    """Return whether the text says yes."""
    if text not in ("true", "false"):
        raise Unclear("true or false")
    return text == "true"


def identifier(text: str) -> str:
    """Return a UUID as ids are written."""
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
        raise Unclear("an id, which is a UUID")
    return str(UUID(text))


def moment(text: str) -> str:
    """Return a date, or a date and time with its zone, as both are compared: UTC, to the second.

    >>> moment("2026-11-01"), moment("2026-11-01T01:00:00-08:00")
    ('2026-11-01T00:00:00Z', '2026-11-01T09:00:00Z')
    """
    zoned = re.fullmatch(
        r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?", text.upper()
    )
    try:
        if zoned is None or not text.isascii():
            raise ValueError(text)
        known = datetime.fromisoformat(text.upper() if zoned[1] else f"{text}T00:00:00Z")
        return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (ValueError, OverflowError) as error:
        raise Unclear("a date such as 2026-11-01, or a date and time with its zone") from error


def zip_code(text: str) -> str:
    """Return a ZIP code."""
    if not re.fullmatch(r"[0-9]{5}", text):
        raise Unclear("five digits")
    return text


def metres(text: str) -> float:
    """Return a distance."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", text):
        known = float(text)
        if NEAREST_M <= known <= FARTHEST_M:
            return known
    raise Unclear(f"metres, from {NEAREST_M} to {FARTHEST_M}")


def shape(text: str) -> str:
    """Return the form that an answer is to have."""
    if text not in ("json", "ndjson"):
        raise Unclear("json or ndjson")
    return text


def words(text: str) -> str:
    """Return what is searched for."""
    if len(text) > LONGEST:
        raise Unclear(f"at most {LONGEST} characters")
    return text


ID = {"type": "string", "format": "uuid"}
TEXT = {"type": "string"}
FLAG = {"type": "boolean"}

PARAMETERS: Mapping[str, Parameter] = {
    "search": Parameter(
        "Words that people use for help, in English or Spanish; typing mistakes are forgiven.",
        {**TEXT, "maxLength": LONGEST},
        words,
    ),
    "page": Parameter(
        "Which page, from 1 on.",
        {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        whole_number,
    ),
    "per_page": Parameter(
        f"How many on a page; more than {MOST_A_PAGE} is {MOST_A_PAGE}.",
        {"type": "integer", "minimum": 1, "maximum": 999_999_999, "default": A_PAGE},
        page_size,
    ),
    "format": Parameter(
        "ndjson: everything, whole, one object a line, all of one version of the data.",
        {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
        shape,
    ),
    "taxonomy_term_id": Parameter("Only what this term is said of.", ID, identifier),
    "taxonomy_id": Parameter("Only what a term of this taxonomy is said of.", ID, identifier),
    "organization_id": Parameter("Only what this organization runs.", ID, identifier),
    "modified_after": Parameter(
        "Only if the data are newer than this date, or date and time with its zone.",
        {"anyOf": [{**TEXT, "format": "date"}, {**TEXT, "format": "date-time"}]},
        moment,
    ),
    "minimal": Parameter(
        "Every service on one page, with no more than tells that it is there.",
        {**FLAG, "default": False},
        yes_or_no,
    ),
    "full": Parameter(
        "Each object whole, as it is told alone.", {**FLAG, "default": False}, yes_or_no
    ),
    "full_service": Parameter(
        "Each organization with its services; the same as full.",
        {**FLAG, "default": False},
        yes_or_no,
    ),
    "postcode": Parameter(
        "A ZIP code: services that are offered there; with proximity, places near its middle.",
        {**TEXT, "pattern": "^[0-9]{5}$"},
        zip_code,
    ),
    "proximity": Parameter(
        "Metres from the middle of the ZIP code, without which it says nothing. Only places whose "
        "point is known are near it.",
        {"type": "number", "minimum": NEAREST_M, "maximum": FARTHEST_M},
        metres,
    ),
    "parent_id": Parameter(
        "Only terms under this one; here no term is under another.", ID, identifier
    ),
    "top_only": Parameter(
        "Only terms that are under no other: here all are.", {**FLAG, "default": False}, yes_or_no
    ),
}
