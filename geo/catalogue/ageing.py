"""Ageing: how long each fact stays as good as new, and after how long it is old.

Our own assumptions, with the reason beside each; `docs/trust.md` has the same table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from geo.catalogue.dates import PartialDate
from geo.i18n import Words, mark

State = Literal["fresh", "ageing", "old", "unknown"]


@dataclass(frozen=True)
class Rate:
    """After how many days a fact is no longer fresh, and after how many it is old; and why."""

    fresh: int
    old: int
    why: str


DAILY = Rate(90, 365, "they change with staff, season and money, and a wrong one is a lost way")
NUMBER = Rate(180, 365, "numbers are kept longer than hours, and a dead one leaves nobody to ask")
TERMS = Rate(365, 730, "rules and prices change with a budget, once a year")
LASTING = Rate(730, 1826, "who moves or gets another name does so rarely")
RATES: Mapping[str, Rate] = {
    **dict.fromkeys(("hours", "hours_note", "status", "status_note"), DAILY),
    **dict.fromkeys(("phone", "phone_note", "text_line", "text_word"), NUMBER),
    **dict.fromkeys(("eligibility", "required_documents", "fees", "fees_note"), TERMS),
    **dict.fromkeys(("walk_in", "languages", "wheelchair", "for_survivors", "website"), TERMS),
    **dict.fromkeys(("street", "city", "zip", "county", "latitude"), LASTING),
    **dict.fromkeys(("name", "organization", "service_types", "description_en"), LASTING),
    "counties_served": LASTING,
}
STATES: Mapping[State, str] = {
    "fresh": mark("new"),
    "ageing": mark("getting old"),
    "old": mark("old: call first"),
    "unknown": mark("nobody knows how old: call first"),
}


def state(field: str, day: str, today: date) -> State:
    """Return how good a fact of `day` still is: YYYY, YYYY-MM, YYYY-MM-DD, or '' if not known.

    A day that is known to the year or the month counts from its beginning: rather too old.

    >>> day = date(2026, 11, 26)
    >>> state("hours", "2026-08", day), state("street", "2026-08", day)
    ('ageing', 'fresh')
    """
    if not day:
        return "unknown"
    days, rate = PartialDate.parse(day).days_before(today), RATES[field]
    if days > rate.old:
        return "old"
    return "ageing" if days > rate.fresh else "fresh"


def ago(day: date, today: date, say: Words) -> str:
    """Return how long ago a day was, in words, to stand within a sentence.

    >>> from geo.i18n import words
    >>> ago(date(2026, 11, 14), date(2026, 11, 26), words("en"))
    '12 days ago'
    """
    days = max((today - day).days, 0)
    return say.many("{n} day ago", "{n} days ago", days) if days else say("today")
