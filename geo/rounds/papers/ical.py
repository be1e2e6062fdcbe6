"""Ical: rounds as a calendar (iCalendar, RFC 5545): one event a stop, on the clocks of California.

Nobody is named: no organizer, no attendee. An event keeps its UID, so that a newer plan of the
same day replaces what a calendar has instead of standing beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from geo.files.clean_text import plain

YEAR = timedelta(days=366)  # before and after the visits, the rules of their clocks are told
DIGITS = 6  # of degrees: a tenth of a metre, and what RFC 5545 asks for
MAKER = "-//service-map//rounds//EN"


@dataclass(frozen=True)
class Visit:
    """One event; `key` is the same whenever the same stop is meant on the same day."""

    key: str
    title: str
    start: datetime  # with its time zone
    end: datetime
    place: str
    about: Sequence[str] = ()  # lines
    lat: float | None = None
    lon: float | None = None


def write(visits: Sequence[Visit], made_at: datetime) -> bytes:
    """Return a calendar of `visits`, with the rules of their time zones in it."""
    calendar = Calendar()
    calendar.add("PRODID", MAKER)
    calendar.add("VERSION", "2.0")
    for visit in visits:
        calendar.add_component(_event(visit, made_at))
    days = [visit.start.date() for visit in visits]
    if days:
        calendar.add_missing_timezones(min(days) - YEAR, max(days) + YEAR)
    return bytes(calendar.to_ical())


def _event(visit: Visit, made_at: datetime) -> Event:
    event = Event()
    event.add("UID", str(uuid5(NAMESPACE_URL, f"service-map:visit:{visit.key}")))
    event.add("DTSTAMP", made_at)
    event.add("DTSTART", visit.start)
    event.add("DTEND", visit.end)
    event.add("SUMMARY", plain(visit.title))
    event.add("LOCATION", plain(visit.place))
    event.add("DESCRIPTION", "\n".join(filter(None, map(plain, visit.about))))
    if visit.lat is not None and visit.lon is not None:
        event.add("GEO", (round(visit.lat, DIGITS), round(visit.lon, DIGITS)))
    return event
