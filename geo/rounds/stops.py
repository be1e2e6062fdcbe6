"""Stops: an entry of the catalogue, or a place that was typed, as a stop of a day's round."""

from datetime import date, datetime, timedelta

from geo.catalogue.places import Entry
from geo.clock import TIMEZONE, minute_on
from geo.errors import QuestionError
from geo.hours.state import state_at, windows_on
from geo.i18n import mark
from geo.rounds.plan import Stop, Windows


def of(
    place: Entry,
    day: date,
    minutes: int = 20,
    must: bool = False,
    priority: int = 1,
    needs: frozenset[str] = frozenset(),
    meeting_point: tuple[float, float] | None = None,
) -> Stop:
    """Return an entry of an `Edition` as a stop on `day`.

    `meeting_point` (lat, lon) is a public point that the user gives; then that is where the team
    goes, and the stop is marked as approximate. Raises QuestionError for what is no stop without
    one: a line to call, an entry that is paused, a place that is private or only about known.
    """
    name = place["name"]
    if place["is_line"] or place["status"] != "open":
        message = LINE if place["is_line"] else PAUSED
        raise QuestionError(message, name=name)
    if meeting_point is None:
        if not place["is_public"]:
            raise QuestionError(PRIVATE, name=name)
        if not place["is_exact"]:
            raise QuestionError(ABOUT, name=name)
    lat, lon = meeting_point or (float(place["lat"]), float(place["lon"]))
    return Stop(
        key=place["id"],
        name=name,
        lat=lat,
        lon=lon,
        windows=windows(place["hours"], day),
        minutes=minutes,
        needs=needs,
        must=must,
        priority=priority,
        approximate=meeting_point is not None,
        holiday=holiday(place["hours"], day),
    )


def can_be_one(place: Entry) -> bool:
    """Return whether an entry can be a stop without a meeting point."""
    return not place["is_line"] and place["status"] == "open" and place["is_exact"]


def is_about(place: Entry) -> bool:
    """Return whether an entry could be a stop if it were known where it is."""
    known = place["is_line"] or place["is_exact"] or not place["is_public"]
    return place["status"] == "open" and not known


def windows(text: str, day: date) -> Windows | None:
    """Return when it is open from midnight of `day` to the end of the next day; None if unknown.

    Minutes after midnight by the clock on the wall. What is open through midnight is one window.

    >>> windows("Mo-Fr 08:00-12:00,13:00-17:00", date(2026, 11, 24))
    ((480, 720), (780, 1020), (1920, 2160), (2220, 2460))
    >>> windows("Tu 20:00-02:00", date(2026, 11, 24)), windows("", date(2026, 11, 24))
    (((1200, 1560),), None)
    """
    today, tomorrow = (windows_on(text, day + timedelta(days=n)) for n in (0, 1))
    if today is None:
        return None
    joined: list[tuple[int, int]] = []
    for opens, closes in [*today, *(tomorrow or [])]:
        start, end = minute_on(day, opens), minute_on(day, closes)
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined) if today else ()


def holiday(text: str, day: date) -> bool:
    """Return whether the day is a holiday that the hours do not speak of.

    >>> [holiday(text, date(2026, 11, 26)) for text in ("Mo-Fr 08:00-17:00", "24/7; PH off")]
    [True, False]
    """
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=TIMEZONE)
    return state_at(text, noon).holiday


LINE = mark("{name} is a line to call: there is no place to go to.")
PAUSED = mark("{name} is paused for now, so it is not a stop.")
PRIVATE = mark(
    "The address of {name} is not public, so it is not a stop. Call, and give a public place to "
    "meet at."
)
ABOUT = mark(
    "It is only about known where {name} is. Call, and give a public place to meet at, or choose "
    "another stop."
)
