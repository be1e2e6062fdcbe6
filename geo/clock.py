"""Clock: the one that this app goes by, California's, wherever the server is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

TIMEZONE = ZoneInfo("America/Los_Angeles")
DAY_MIN = 24 * 60


def now() -> datetime:
    """Return this moment, with its time zone."""
    return datetime.now(TIMEZONE)


def today() -> date:
    """Return the day it is in California."""
    return now().date()
