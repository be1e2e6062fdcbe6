"""Rules: the text of opening hours -> rules: on these days, at these times, this holds.

The text is OpenStreetMap's opening_hours. `opening_hours` checks it and knows its dates; the rest
is decided here, because that library takes "Tu", "Tu 17:00+" and a note in quotes for plainly open,
ends a night at midnight when the next day has hours of its own, and misses Saturday 4 July.

PH is a holiday of the United States or California: the day itself and the day it is observed.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, NoReturn

import holidays
from opening_hours import (  # type: ignore[attr-defined]  # its stubs leave ParserError out
    OpeningHours,
    ParserError,
)

from geo.clock import DAY_MIN
from geo.errors import HoursError

Kind = Literal["open", "closed", "unknown"]
Reason = Literal["", "not_listed", "unreadable", "days_only", "open_end", "conditional", "always"]
ALL_DAY = (0, DAY_MIN)
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"\d\d:\d\d(?: ?- ?\d\d:\d\d)?\+?"
_WEEKDAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_NTH = r"\[(?:-?\d|\d-\d)(?:,(?:-?\d|\d-\d))*\]"
_DAY = f"(?:{_WEEKDAY}(?:-{_WEEKDAY}|{_NTH})?|PH)"
_DATE = f"({'|'.join(MONTHS)}) ?([0-9]{{1,2}})"
_SEPARATOR = re.compile(r'"[^"]*"| ?(?P<join>;|\|\||,(?= (?!\d\d:))) ?')
_RULE = re.compile(
    rf"(?P<days>.*?) ?(?P<times>{_TIME}(?: ?, ?{_TIME})*)?"
    r' ?(?P<state>open|closed|off|unknown)? ?(?P<note>"[^"]*")?',
    re.IGNORECASE,
)
_DAYS = re.compile(rf"(?P<when>.*?):? ?(?P<days>{_DAY}(?:,{_DAY})*)?", re.IGNORECASE)
_UNSUPPORTED = re.compile(r'[:"(]|\b(?:PH|SH|sunrise|sunset|dawn|dusk)\b', re.IGNORECASE)


class Span(NamedTuple):
    """What holds from one minute of a day to another; past 1440 is the next day."""

    start: int
    end: int
    kind: Kind
    reason: Reason = ""


@dataclass(frozen=True)
class Rule:
    """One part of an opening-hours text: on these days, at these times, this holds."""

    join: str  # ";" replaces earlier rules on its days, "," adds to them, "||" fills their gaps
    when: str  # years, months, dates or weeks as written; "" is always
    days: tuple[tuple[int, int], ...]  # (weekday, which of the month): 0 is Monday; 0 is every
    holidays: bool
    spans: tuple[Span, ...]
    note: str = ""  # what stands in quotes

    def covers(self, day: date) -> bool:
        """Tell whether the rule speaks of `day`."""
        if self.when and not self._calendar.is_open(datetime.combine(day, time(12))):
            return False
        if self.holidays and day in _holidays(day.year):
            return True
        if not self.days:
            return not self.holidays
        nth = (day.day - 1) // 7 + 1
        from_last = (day.day - monthrange(day.year, day.month)[1] - 1) // 7
        which = (0, nth, from_last)
        return any(day.weekday() == weekday and n in which for weekday, n in self.days)

    @cached_property
    def _calendar(self) -> OpeningHours:
        """What tells whether a day is within the dates `when`."""
        return OpeningHours(self.when)

    def names_date(self, day: date) -> bool:
        """Tell whether the rule speaks of `day` by its date."""
        return bool(re.search(_DATE, self.when.lower())) and self.covers(day)

    @property
    def dates(self) -> tuple[date, ...]:
        """Return the dates of every year, in 2028, that `when` lists; none if it says more."""
        only_dates = re.fullmatch(f"{_DATE}(,{_DATE})*", self.when.lower())
        return _dates(self.when) if only_dates else ()


SILENCE = Rule(";", "", (), False, (Span(*ALL_DAY, "unknown", "not_listed"),))


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Rule, ...]:
    """Return what `read` does, and keep it: for texts of the catalogue, not of a reader.

    Raises HoursError as `read`.
    """
    return read(text)


def read(text: str) -> tuple[Rule, ...]:
    """Return the rules of an opening-hours text; a blank one has none.

    Raises HoursError, which points at the place, where the text is not opening_hours of
    OpenStreetMap or says what cannot be decided here (school holidays, sunset, repeated times).

    >>> len(read("Mo-Fr 08:00-17:00; PH off"))
    2
    >>> read("Mo-Fr 8am-5pm")
    Traceback (most recent call last):
    ...
    geo.errors.HoursError: The opening hours 'Mo-Fr 8am-5pm' cannot be read from '8am-5pm' \
(character 7) on. Write them as OpenStreetMap does, such as \
'Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00; PH off'.
    """
    tidy = " ".join(text.split())
    if not tidy:
        return ()
    try:
        OpeningHours(tidy)
    except ParserError as error:
        column = re.search(r"--> \d+:(\d+)", str(error))
        _refuse(tidy, int(column[1]) - 1 if column else 0)
    pieces = list(_pieces(tidy))
    rules = tuple(_rule(tidy, *piece) for piece in pieces)
    for rule, (join, _, position) in zip(rules, pieces[1:], strict=False):
        if join == "," and rule.spans[0].reason == "days_only":
            _refuse(tidy, position, "The days of a rule are joined by a comma without a space.")
    if all(span.kind == "closed" for rule in rules for span in rule.spans):
        return (SILENCE, *rules)
    return rules


def is_holiday(day: date) -> bool:
    """Return whether `day` is a holiday of the United States or California, or kept as one.

    >>> is_holiday(date(2026, 11, 26)), is_holiday(date(2026, 7, 3)), is_holiday(date(2026, 7, 6))
    (True, True, False)
    """
    return day in _holidays(day.year)


def _refuse(text: str, position: int, why: str = "") -> NoReturn:
    """Raise the error that says where `text` cannot be read and what was wanted."""
    place = f"from {text[position:]!r} (character {position + 1}) on"
    raise HoursError(
        f"The opening hours {text!r} cannot be read {place if text[position:] else 'at the end'}."
        f"{why and ' ' + why} Write them as OpenStreetMap does, such as"
        " 'Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00; PH off'."
    )


def _pieces(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield how each rule is joined to the one before it, the rule, and where it starts."""
    join, start = ";", 0
    for match in _SEPARATOR.finditer(text):
        if match["join"]:
            yield join, text[start : match.start()], start
            join, start = match["join"], match.end()
    yield join, text[start:], start


def _rule(text: str, join: str, piece: str, position: int) -> Rule:
    """Return one rule; refuse it if it says what cannot be decided here."""
    parts = _RULE.fullmatch(piece)
    selector = parts["days"] if parts else piece
    days = _DAYS.fullmatch("" if selector == "24/7" else selector)
    if parts is None or days is None or _UNSUPPORTED.search(days["when"]):
        _refuse(text, position, "Only weekdays, dates, PH and times of the clock can be used.")
    if days["when"]:
        try:
            OpeningHours(days["when"])
            _dates(days["when"])
        except ParserError:
            _refuse(text, position)
        except ValueError:
            _refuse(text, position, "There is no such date.")
    tokens = re.findall(_DAY, days["days"] or "", re.IGNORECASE)
    spans = tuple(_rule_spans(parts, always=selector == "24/7"))
    if any(span.start == span.end for span in spans):
        _refuse(text, position, "It ends when it starts; the whole day is 00:00-24:00.")
    return Rule(
        join=join,
        when=days["when"],
        days=tuple(pair for token in tokens if token.upper() != "PH" for pair in _weekdays(token)),
        holidays="PH" in (token.upper() for token in tokens),
        spans=spans,
        note=(parts["note"] or "").strip('"'),
    )


def _weekdays(token: str) -> Iterator[tuple[int, int]]:
    """Yield (weekday, which of the month) of 'Mo', 'Fr-Mo' or 'Tu[2,4]'."""
    first = WEEKDAYS.index(token[:2].lower())
    if token[2:3] == "-":
        last = WEEKDAYS.index(token[3:].lower())
        yield from (((first + step) % 7, 0) for step in range((last - first) % 7 + 1))
    elif token[2:]:
        for entry in token[3:-1].split(","):
            low, _, high = entry.rpartition("-") if entry[1:] and entry[0] != "-" else (entry,) * 3
            yield from ((first, n) for n in range(int(low), int(high) + 1))
    else:
        yield first, 0


def _rule_spans(parts: "re.Match[str]", always: bool) -> Iterator[Span]:
    """Yield what a rule says of each of its days."""
    said = (parts["state"] or "").lower()
    kind: Kind = "open"
    reason: Reason = ""
    if said in ("closed", "off"):
        kind = "closed"
    elif said == "unknown" or (parts["note"] and said != "open"):
        kind, reason = "unknown", "conditional"  # a note without `open` is a condition, says OSM
    elif not (parts["times"] or said or always):
        kind, reason = "unknown", "days_only"
    for window in re.findall(_TIME, parts["times"] or "00:00-24:00"):
        clocks = re.findall(r"(\d\d):(\d\d)", window)
        minutes = [int(hour) * 60 + int(minute) for hour, minute in clocks]
        start, end = minutes[0], minutes[-1]
        if len(minutes) == 2:
            end += DAY_MIN if end < start else 0
            yield Span(start, end, kind, reason)
        if window.endswith("+"):
            late = Span(end, _latest(end), kind, reason)
            yield late._replace(kind="unknown", reason="open_end") if kind == "open" else late


def _latest(start: int) -> int:
    """Return the minute at which an open end is over at the latest.

    Source: opening_hours.js, the evaluator of the OpenStreetMap community, which takes ten hours
    from 17:00 on, eight from 22:00 on, and else the end of the day.
    """
    if start >= 22 * 60:
        return min(start + 8 * 60, 2 * DAY_MIN)
    return start + 10 * 60 if start >= 17 * 60 else DAY_MIN


def _dates(when: str) -> tuple[date, ...]:
    """Return the dates that `when` names, in 2028, a leap year; ValueError if there is no such."""
    named = re.findall(_DATE, when.lower())
    return tuple(date(2028, MONTHS.index(month) + 1, int(day)) for month, day in named)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    """Return the holidays of a year in California, with the days on which they are observed."""
    return frozenset(holidays.country_holidays("US", subdiv="CA", years=year))
