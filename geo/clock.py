"""Clock: the one that this app goes by, California's, wherever the server is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TIMEZONE = ZoneInfo("America/Los_Angeles")
DAY_MIN = 24 * 60


def now() -> datetime:
    """Return this moment, with its time zone."""
    return datetime.now(TIMEZONE)


def today() -> date:
    """Return the day it is in California."""
    return now().date()


def minute_of(clock: time) -> int:
    """Return how many minutes after midnight a clock shows.

    >>> minute_of(time(9, 30))
    570
    """
    return clock.hour * 60 + clock.minute


def minute_on(day: date, moment: datetime) -> int:
    """Return how many minutes after midnight of `day` a moment is, by the clock on the wall.

    >>> minute_on(date(2026, 11, 24), datetime(2026, 11, 25, 1, 30))
    1530
    """
    return (moment.date() - day).days * DAY_MIN + minute_of(moment.time())


def at_minute(day: date, minute: int) -> datetime:
    """Return the moment so many minutes after midnight of `day`, by the clock on the wall.

    >>> at_minute(date(2026, 11, 24), 1530).isoformat()
    '2026-11-25T01:30:00-08:00'
    """
    return datetime.combine(day, time(), TIMEZONE) + timedelta(minutes=minute)


def clock_at(minute: int) -> str:
    """Return a minute of a day, or of the next, as a clock of 24 hours shows it.

    >>> clock_at(570), clock_at(1530)
    ('09:30', '01:30')
    """
    hours, minutes = divmod(minute % DAY_MIN, 60)
    return f"{hours:02}:{minutes:02}"
