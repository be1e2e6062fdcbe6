"""Periods: the years, months, dates and weeks in which a rule of opening hours holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from geo.hours.scanner import Scanner

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MOST_YEARS = 14  # 2000-2200 is rather a clock; no clock's span is under a quarter of an hour

_END = r"(?![0-9A-Za-z])"
_YEAR = r"20\d\d"
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_DATE = rf"(?:(?P<year>{_YEAR}) )?(?P<month>{_MONTH}) ?(?P<day>\d\d?){_END}"
_LAST = rf"(?P<last>(?:(?P<to_year>{_YEAR}) )?(?:(?P<to_month>{_MONTH}) ?)?(?P<to_day>\d\d?)){_END}"
_FLAGS = re.IGNORECASE
_DATES = re.compile(rf"{_DATE}(?:-{_LAST})?", _FLAGS)
_MONTHS = re.compile(
    rf"(?:(?P<year>{_YEAR}) )?(?P<month>{_MONTH})(?:-(?P<to_month>{_MONTH}))?{_END}(?!-)",
    _FLAGS,
)
_YEARS = re.compile(rf"(?P<year>{_YEAR})(?:-(?P<to_year>\d{{4}}))?{_END}(?! ?-)")
_WEEKS = re.compile(
    rf"week (?P<first>\d\d?)(?:-(?P<last>\d\d?)(?:/(?P<step>\d\d?))?)?{_END}", _FLAGS
)
_EASTER = re.compile(rf"easter(?: (?P<days>[+-]\d\d?) days?)?{_END}", _FLAGS)
_MORE = re.compile(r",(?=\S)")


class Day(NamedTuple):
    """A day of a year; year 0 is every year."""

    year: int
    month: int
    day: int


@dataclass(frozen=True)
class Period:
    """From one day to another, both within; without years over the turn of the year too."""

    first: Day
    last: Day
    said_as: Literal["dates", "months", "years"] = "dates"

    def covers(self, day: date) -> bool:
        """Tell whether `day` is within.

        >>> Period(Day(0, 11, 1), Day(0, 3, 31), "months").covers(date(2026, 12, 25))
        True
        """
        if self.first.year:
            return self.first <= (day.year, day.month, day.day) <= self.last
        asked, first, last = (day.month, day.day), self.first[1:], self.last[1:]
        if first <= last:
            return first <= asked <= last
        return asked >= first or asked <= last


@dataclass(frozen=True)
class Weeks:
    """Weeks of the year as ISO 8601 counts them."""

    first: int
    last: int
    step: int = 1

    def covers(self, day: date) -> bool:
        """Tell whether `day` is in one of the weeks."""
        week = day.isocalendar().week
        return self.first <= week <= self.last and (week - self.first) % self.step == 0


@dataclass(frozen=True)
class Easter:
    """Easter Sunday, or the day so many days after it."""

    days: int = 0

    def covers(self, day: date) -> bool:
        """Tell whether `day` is that day."""
        return day == easter(day.year) + timedelta(days=self.days)


AnyPeriod = Period | Weeks | Easter


def scan(scanner: Scanner) -> tuple[AnyPeriod, ...]:
    """Return the periods that stand here, joined by commas; none if there are none.

    Raises HoursError where they name a date that does not exist or go backwards.
    """
    found: list[AnyPeriod] = []
    start = scanner.at
    while period := _one(scanner):
        found.append(period)
        after = scanner.at
        if scanner.take(_MORE) is None:
            break
        start = scanner.at
        weeks = isinstance(period, Weeks)
        if weeks and scanner.rest[:1].isdigit():
            scanner.refuse("write each of the weeks with the word: week 10,week 12")
        if not _begins(scanner.rest):
            scanner.at = after
            break
    years = {period.first.year for period in found if isinstance(period, Period)}
    if len(years) > 1 and 0 in years:
        scanner.refuse("in a list each date names its year, or none does", start)
    return tuple(found)


def _begins(rest: str) -> bool:
    return any(pattern.match(rest) for pattern in (_EASTER, _WEEKS, _DATES, _MONTHS, _YEARS))


def _one(scanner: Scanner) -> AnyPeriod | None:
    """Return the period that stands here, None if there is none."""
    start = scanner.at
    if match := scanner.take(_EASTER):
        return Easter(int(match["days"] or 0))
    if match := scanner.take(_WEEKS):
        first = int(match["first"])
        last, step = int(match["last"] or first), int(match["step"] or 1)
        if not (1 <= first <= last <= 53 and step):
            scanner.refuse("weeks go from 01 to 53, forwards", start)
        return Weeks(first, last, step)
    if match := scanner.take(_DATES):
        return _dates(match, scanner, start)
    if match := scanner.take(_MONTHS):
        month = _number(match["month"])
        to_month = _number(match["to_month"] or match["month"])
        year = int(match["year"] or 0)
        to_year = year + 1 if year and to_month < month else year
        end = Day(to_year, to_month, LONGEST_MONTHS[to_month - 1])
        return Period(Day(year, month, 1), end, "months")
    if match := scanner.take(_YEARS):
        year = int(match["year"])
        to_year = int(match["to_year"] or year)
        if not 0 <= to_year - year <= MOST_YEARS:
            scanner.refuse(
                "this says years; times of the clock have a colon, as in 08:00-17:00", start
            )
        return Period(Day(year, 1, 1), Day(to_year, 12, 31), "years")
    return None


def _dates(match: re.Match[str], scanner: Scanner, start: int) -> Period:
    """Return the period of a date, or from one to another."""
    first = Day(int(match["year"] or 0), _number(match["month"]), int(match["day"]))
    last = first
    if match["last"]:
        month = _number(match["to_month"] or match["month"])
        last = Day(int(match["to_year"] or first.year), month, int(match["to_day"]))
        if not match["to_month"] and last.day <= first.day:
            scanner.refuse("it ends before it begins; name the month of its end too", start)
        if match["to_month"] and last[1:] == first[1:] and last.year == first.year:
            scanner.refuse("it ends on the day on which it begins", start)
        if bool(first.year) != bool(last.year):
            scanner.refuse("name the year of both dates, or of none", start)
        if match["to_year"] is None and last < first and first.year:
            last = last._replace(year=first.year + 1)
        if first.year and last < first:
            scanner.refuse("it ends before it begins", start)
        same_month = match["to_month"] and first.month == last.month
        if same_month and last.year == first.year and last.day < first.day:
            scanner.refuse("it ends before it begins: that is nearly the whole year", start)
    for day in (first, last):
        if not 1 <= day.day <= LONGEST_MONTHS[day.month - 1] or not _exists(day):
            scanner.refuse("there is no such date", start)
    return Period(first, last)


def _exists(day: Day) -> bool:
    """Tell whether a date is in the calendar; without a year, in that of a leap year."""
    try:
        date(day.year or 2028, day.month, day.day)
    except ValueError:
        return False
    return True


def _number(month: str) -> int:
    """Return 1 for 'jan'."""
    return MONTHS.index(month.lower()) + 1


def days_of(periods: tuple[AnyPeriod, ...], year: int) -> Iterator[date]:
    """Yield each day of a year that one of `periods` covers."""
    day = date(year, 1, 1)
    while day.year == year:
        if any(period.covers(day) for period in periods):
            yield day
        day += timedelta(days=1)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    Source: J. Meeus, Astronomical Algorithms (1991), chapter 8, after Nature of 20 April 1876.

    >>> easter(2026), easter(2027)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28))
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, leap_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quarters, quarter_rest = divmod(of_century, 4)
    weekday = (32 + 2 * leap_rest + 2 * quarters - epact - quarter_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
