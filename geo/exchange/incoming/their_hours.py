"""Their hours: opening hours as the schedules of a feed tell them -> as OpenStreetMap writes them.

Hours are taken whole or not at all: a day left out would read as closed.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from geo.clock import DAY_MIN
from geo.errors import HoursError
from geo.exchange import schedules
from geo.exchange.incoming import cells
from geo.exchange.incoming.tables import Schedule

CLOCK = re.compile(
    r"(?:.*T)?(\d{1,2})(?:[:.](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?m?\.?"
    r"(?:Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NO_OWNER = {"service_at_location_id": "", "service_id": "", "location_id": ""}
LOST = "opening hours that our way of writing them cannot say"


def read(told: Sequence[Schedule], today: date) -> tuple[str, str, str]:
    """Return the hours, what is said of them in words, and what was lost ('' if nothing).

    Schedules that ended, or have not begun, are passed over.
    """
    return _read(tuple(row._replace(**NO_OWNER) for row in told), today)


@lru_cache(maxsize=4096)
def _read(told: tuple[Schedule, ...], today: date) -> tuple[str, str, str]:
    now = [row for row in told if _holds(row, today)]
    timed = [row for row in now if row.freq or row.byday or row.weekday or row.opens_at]
    words = list(dict.fromkeys(row.description for row in now if row.description))
    ours = [row for row in now if schedules.WRITTEN in row.notes]
    if ours:
        return schedules.hours([{"notes": ours[0].notes}]), "", ""
    if timed and all(word == schedules.NO_HOLIDAYS for word in words):
        note = ""
    else:
        note = " ".join(word.removesuffix(schedules.NO_HOLIDAYS).strip() for word in words).strip()
    try:
        if any(row.valid_to or row.bymonthday for row in timed):
            raise HoursError("They hold for some dates only.")
        return schedules.hours([_as_rule(row) for row in timed]), note, ""
    except (HoursError, ValueError):
        return "", note, LOST


def _holds(row: Schedule, today: date) -> bool:
    start, end = cells.day(row.valid_from), cells.day(row.valid_to)
    return not (end and end < today.isoformat()) and not (start and start > today.isoformat())


def _as_rule(row: Schedule) -> dict[str, str]:
    days = row.byday or row.weekday
    freq = row.freq.upper() or "WEEKLY"
    if freq == "DAILY" and not days:
        freq, days = "WEEKLY", ",".join(NAMES)
    opens, closes = _clock(row.opens_at), _clock(row.closes_at)
    if opens == closes:
        raise HoursError("They close when they open: all day, or never?")
    return {
        "freq": freq,
        "byday": ",".join(map(_day, re.split(r"[,;\s]+", days.strip(" ,;")))),
        "interval": row.interval if row.interval != "0" else "1",
        "opens_at": opens,
        "closes_at": closes,
        "description": row.description,
    }


def _day(text: str) -> str:
    """Return a day as rules write it.

    >>> _day("Mon"), _day("THURSDAY"), _day("2TU")
    ('MO', 'TH', '2TU')
    """
    bare = text.strip(".").casefold()
    known = next((name for name in NAMES if len(bare) > 2 and name.startswith(bare)), "")
    return (known[:2] if known else bare).upper()


def _clock(text: str) -> str:
    """Return a time of day with seconds.

    >>> _clock("9:00am"), _clock("12:30 p.m."), _clock("08:00Z"), _clock("17:00:00-08:00")
    ('09:00:00', '12:30:00', '08:00:00', '17:00:00')
    """
    told = CLOCK.fullmatch(text.strip())
    if not told or not (told[2] or told[3]):
        raise HoursError("This is no time of day.")
    hour, minute, half = int(told[1]), int(told[2] or 0), (told[3] or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            raise HoursError("This is no time of day.")
        hour = hour % 12 + (12 if half == "p" else 0)
    if minute > 59 or hour * 60 + minute > DAY_MIN:
        raise HoursError("This is no time of day.")
    return f"{hour:02d}:{minute:02d}:00"
