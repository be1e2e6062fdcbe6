"""Hours: opening hours -> open, closed or unknown, and until when.

The text is OpenStreetMap's opening_hours. `opening_hours` checks it and knows its dates; the rest
is decided here, because that library takes "Tu", "Tu 17:00+" and a note in quotes for plainly open,
ends a night at midnight when the next day has hours of its own, and misses Saturday 4 July.

- Clocks are those of California, wherever the server is; the time is always an argument.
- A time of day is the first moment at which the clock shows that time or a later one. That settles
  the night in autumn when 1:30 comes twice and the one in spring when 2:30 does not come.
- PH is a holiday of the United States or California: the day itself and the day it is observed.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple, NoReturn
from zoneinfo import ZoneInfo

import holidays
from babel.dates import format_skeleton
from babel.lists import format_list
from opening_hours import (  # type: ignore[attr-defined]  # its stubs leave ParserError out
    OpeningHours,
    ParserError,
)

from geo.errors import HoursError
from geo.i18n import Words, mark, words

TIMEZONE = ZoneInfo("America/Los_Angeles")
REASONS = ("not_listed", "unreadable", "days_only", "open_end", "conditional", "always")

Kind = Literal["open", "closed", "unknown"]
Times = tuple[tuple[time, time | None], ...] | None

DAY_MIN = 24 * 60
ALL_DAY = (0, DAY_MIN)
HORIZON_DAYS = 400  # a year and a month: a change further off is no news
CERTAINTY: tuple[Kind, ...] = ("closed", "unknown", "open")  # where two days meet, the last wins
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ORDINALS = {
    1: mark("first"),
    2: mark("second"),
    3: mark("third"),
    4: mark("fourth"),
    5: mark("fifth"),
    -1: mark("last"),
}

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


@dataclass(frozen=True)
class State:
    """What is known of a place at one moment."""

    kind: Kind
    until: datetime | None  # when that changes; None if not within HORIZON_DAYS, or not known
    reason: str = ""  # one of REASONS, or ""
    holiday: bool = False  # a holiday that the hours do not speak of: they may differ today

    def minutes_left(self, at: datetime) -> int | None:
        """Return the minutes from `at` to `until`; `until - at` is wrong when the clocks change.

        >>> night = datetime(2026, 10, 31, 22, tzinfo=TIMEZONE)
        >>> state("Sa 22:00-06:00", night).minutes_left(night) / 60
        9.0
        """
        if self.until is None:
            return None
        return int((self.until.timestamp() - at.timestamp()) // 60)


class Span(NamedTuple):
    """What holds from one minute of a day to another; past 1440 is the next day."""

    start: int
    end: int
    kind: Kind
    reason: str = ""


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
        if self.when and not _calendar(self.when).is_open(datetime.combine(day, time(12))):
            return False
        if self.holidays and day in _holidays(day.year):
            return True
        if not self.days:
            return not self.holidays
        nth = (day.day - 1) // 7 + 1
        from_last = (day.day - monthrange(day.year, day.month)[1]) // 7
        which = (0, nth, from_last)
        return any(day.weekday() == weekday and n in which for weekday, n in self.days)


SILENCE = Rule(";", "", (), False, (Span(*ALL_DAY, "unknown", "not_listed"),))
"""What "PH off" alone says of all other days."""


@dataclass(frozen=True)
class Line:
    """The hours of some days, free of any language, as a person would list them."""

    days: tuple[int, ...] = ()  # weekdays, 0 is Monday
    nth: tuple[int, ...] = ()  # which of those in the month, -1 is the last; () is every one
    dates: tuple[date, ...] = ()  # of every year: their own year, 2028, means nothing
    holidays: bool = False
    times: Times = ()  # () is closed, None unknown; an end not after its start is on the next day


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Rule, ...]:
    """Return the rules of an opening-hours text; a blank one has none.

    Raises HoursError, which points at the place, where the text is not opening_hours of
    OpenStreetMap or says what cannot be decided here (school holidays, sunset, repeated times).

    >>> len(parse("Mo-Fr 08:00-17:00; PH off"))
    2
    >>> parse("Mo-Fr 8am-5pm")
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


def state(text: str, at: datetime) -> State:
    """Return what `text` says of the moment `at`, which must carry its time zone.

    A day without hours ("Tu") is unknown all that day. An open end ("17:00+") is closed before,
    then unknown, for nobody said when it ends: through the night if it starts at 17:00 or later.

    >>> noon = datetime(2026, 11, 24, 12, tzinfo=TIMEZONE)
    >>> found = state("Mo-Fr 08:00-17:00", noon)
    >>> found.kind, found.until.isoformat()
    ('open', '2026-11-24T17:00:00-08:00')
    >>> state("", noon)
    State(kind='unknown', until=None, reason='not_listed', holiday=False)
    """
    if at.tzinfo is None:
        raise HoursError(
            f"The time {at.isoformat()} has no time zone; give it one, such as hours.TIMEZONE."
        )
    return _state(text, at, at.fold)


def windows(text: str, day: date) -> list[tuple[datetime, datetime]] | None:
    """Return the times of `day`, midnight to midnight, when it is surely open; None if unknown.

    >>> [(start.hour, end.hour) for start, end in windows("Fr 22:00-02:00", date(2026, 11, 28))]
    [(0, 2)]
    >>> windows("Tu", date(2026, 11, 24)), windows("Tu", date(2026, 11, 25))
    (None, [])
    """
    try:
        rules = parse(text)
    except HoursError:
        return None
    spans = _spans(rules, day)
    found = [
        (_moment(day, span.start).astimezone(TIMEZONE), _moment(day, span.end).astimezone(TIMEZONE))
        for span in spans
        if span.kind == "open" and _moment(day, span.start) < _moment(day, span.end)
    ]
    unknown = not rules or any(span.kind == "unknown" for span in spans)
    return None if unknown and not found else found


def weekly(text: str) -> list[Line] | None:
    """Return the hours as lines to show, in the order of the week; None if lines cannot tell them.

    >>> [(line.days, line.nth) for line in weekly("We 08:00-11:00; Tu[2,4] 08:00-11:00")]
    [((2,), ()), ((1,), (2, 4))]
    """
    rules = parse(text)
    if not rules:
        return []
    week: list[Times] = [()] * 7
    special: list[Line] = []
    for rule in rules:
        lines = _lines(rule)
        if lines is None or any(_hides(line, other) for line in lines for other in special):
            return None
        for line in lines:
            if rule.join == "," and (not line.days or any(week[day] != () for day in line.days)):
                return None
            if line.days and not line.nth:
                for day in line.days:
                    week[day] = line.times
            else:
                special.append(line)
    grouped: dict[Times, list[int]] = {}
    for day, times in enumerate(week):
        grouped.setdefault(times, []).append(day)
    if len(grouped) > 1 or special:
        grouped.pop((), None)
    return [Line(days=tuple(days), times=times) for times, days in grouped.items()] + special


def describe(text: str, language: str) -> list[str]:
    """Return the hours in words, one line for each group of days; none for a blank text.

    >>> describe("Sa 00:00-24:00; PH off", "en")
    ['Saturday: open 24 hours', 'Holidays: closed']
    """
    if not text.strip():
        return []
    say = words(language)
    try:
        lines = weekly(text)
    except HoursError:
        lines = None
    if lines is None:
        return [say("Hours as written: {text}", text=" ".join(text.split()))]
    return [_sentence(line, say) for line in lines]


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
            _calendar(days["when"])
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
    reason = ""
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


@lru_cache(maxsize=256)
def _calendar(when: str) -> OpeningHours:
    """Return what tells whether a day is within the dates `when`."""
    return OpeningHours(when)


def _dates(when: str) -> tuple[date, ...]:
    """Return the dates that `when` names, in 2028, a leap year; ValueError if there is no such."""
    named = re.findall(_DATE, when.lower())
    return tuple(date(2028, MONTHS.index(month) + 1, int(day)) for month, day in named)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    """Return the holidays of a year in California, with the days on which they are observed."""
    return frozenset(holidays.country_holidays("US", subdiv="CA", years=year))


@lru_cache(maxsize=8192)
def _state(text: str, at: datetime, fold: int) -> State:  # noqa: ARG001
    """Return the state at a moment; for Python the first and the second 1:30 differ in fold only.

    It is kept by moment, as one run asks for thousands of places, and by minute, for the next run.
    """
    return _minute_state(text, int(at.timestamp() // 60))


@lru_cache(maxsize=8192)
def _minute_state(text: str, minute: int) -> State:
    """Return the state at a minute counted from 1970 in UTC."""
    try:
        rules = parse(text)
    except HoursError:
        return State("unknown", None, "unreadable")
    if not rules:
        return State("unknown", None, "not_listed")
    at = datetime.fromtimestamp(minute * 60, UTC)
    today = at.astimezone(TIMEZONE).date()
    current = next(span for span in _spans(rules, today) if at < _moment(today, span.end))
    until = _change(rules, today, current)
    always = current.kind == "open" and until is None
    return State(
        current.kind,
        until,
        "always" if always else current.reason,
        not always and today in _holidays(today.year) and not _mentions(rules, today),
    )


def _change(rules: tuple[Rule, ...], today: date, current: Span) -> datetime | None:
    """Return when the kind of `current` ends, in the time zone of the place."""
    yearly = any(rule.when or rule.holidays or any(n for _, n in rule.days) for rule in rules)
    horizon = HORIZON_DAYS if yearly else 8
    for day in (today + timedelta(days=ahead) for ahead in range(horizon)):
        for span in _spans(rules, day):
            if span.kind == current.kind or (day == today and span.start <= current.start):
                continue
            start = _moment(day, span.start)
            if start < _moment(day, span.end):
                return start.astimezone(TIMEZONE)
    return None


def _mentions(rules: tuple[Rule, ...], day: date) -> bool:
    """Tell whether the rules speak of holidays or of this very date."""
    return any(
        rule.holidays or (re.search(_DATE, rule.when.lower()) and rule.covers(day))
        for rule in rules
    )


def _spans(rules: tuple[Rule, ...], day: date) -> list[Span]:
    """Return what holds from midnight to midnight, without gaps; a night goes on past midnight."""
    night = [
        span._replace(start=span.start - DAY_MIN, end=span.end - DAY_MIN)
        for span in _day_spans(rules, day - timedelta(days=1))
        if span.end > DAY_MIN
    ]
    own = _day_spans(rules, day)
    edges = {edge for span in night + own for edge in (span.start, span.end)}
    spans: list[Span] = []
    for start, end in pairwise(sorted({0, DAY_MIN, *(e for e in edges if 0 < e < DAY_MIN)})):
        both = _at(night, start), _at(own, start)
        _, _, kind, reason = max(both, key=lambda span: CERTAINTY.index(span.kind))
        if spans and spans[-1][2:] == (kind, reason):
            spans[-1] = spans[-1]._replace(end=end)
        else:
            spans.append(Span(start, end, kind, reason))
    return spans


def _day_spans(rules: tuple[Rule, ...], day: date) -> list[Span]:
    """Return what the rules say of `day` and the night after it; a later span covers an earlier."""
    spans: list[Span] = []
    fallback: list[Span] = []
    for rule in rules:
        if not rule.covers(day):
            continue
        if rule.join == "||":
            fallback[:0] = rule.spans
            continue
        is_break = all(span.kind == "closed" and span[:2] != ALL_DAY for span in rule.spans)
        if rule.join == ";" and not is_break:
            spans.clear()
        spans += rule.spans
    return fallback + spans


def _at(spans: list[Span], minute: int) -> Span:
    """Return the last of `spans` that holds at `minute`; closed if there is none."""
    held = (span for span in reversed(spans) if span.start <= minute < span.end)
    return next(held, Span(minute, minute, "closed"))


@lru_cache(maxsize=8192)
def _moment(day: date, minute: int) -> datetime:
    """Return, in UTC, the first moment at which the clock shows that minute of `day` or a later."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    moment = wall.replace(tzinfo=TIMEZONE).astimezone(UTC)
    shown = moment.astimezone(TIMEZONE)
    if shown.replace(tzinfo=None) == wall:
        return moment
    return shown.replace(minute=0).astimezone(UTC)  # the clock goes from 1:59 straight to 3:00


def _lines(rule: Rule) -> list[Line] | None:
    """Return the lines that tell one rule, None if lines cannot."""
    if rule.join == "||" or rule.note or rule.spans[0].reason == "conditional":
        return None
    if any(n and n not in ORDINALS for _, n in rule.days):
        return None
    dates_only = re.fullmatch(f"{_DATE}(,{_DATE})*", rule.when.lower())
    if rule.when and (not dates_only or rule.days or rule.holidays):
        return None
    times: Times = ()
    for span in rule.spans:
        all_day = span[:2] == ALL_DAY
        if span.reason in ("days_only", "not_listed"):
            times = None
        elif span.kind == "closed" and all_day:
            times = ()
        elif span.kind == "closed" or (span.end - span.start >= DAY_MIN and not all_day):
            return None
        else:
            end = None if span.reason == "open_end" else _clock(span.end)
            times = (*(times or ()), (_clock(span.start), end))
    if rule.when:
        return [Line(dates=_dates(rule.when), times=times)]
    every = tuple(sorted({day for day, n in rule.days if not n}))
    if not rule.days and not rule.holidays:
        every = tuple(range(7))
    lines = [Line(days=every, times=times)] if every else []
    for day in dict.fromkeys(day for day, n in rule.days if n):
        nth = tuple(n for weekday, n in rule.days if weekday == day and n)
        lines.append(Line(days=(day,), nth=nth, times=times))
    return lines + ([Line(holidays=True, times=times)] if rule.holidays else [])


def _hides(later: Line, earlier: Line) -> bool:
    """Tell whether `later` replaces `earlier` on some day, which a list of lines cannot show."""
    if earlier.dates or earlier.holidays:
        return not later.dates
    shared = not later.nth or not set(later.nth).isdisjoint(earlier.nth)
    return shared and not set(later.days).isdisjoint(earlier.days)


def _clock(minute: int) -> time:
    """Return the time of day of a minute that may be in the next day."""
    return time(minute // 60 % 24, minute % 60)


def _sentence(line: Line, say: Words) -> str:
    """Return a line in words."""
    whole_day = line.times == ((time(), time()),)
    if whole_day and len(line.days) == 7:
        return say("Open 24 hours, every day")
    if line.times is None:
        hours = say("hours not known")
    elif not line.times:
        hours = say("closed")
    elif whole_day:
        hours = say("open 24 hours")
    else:
        hours = _list([_window(start, end, say) for start, end in line.times], say)
    text = f"{_when(line, say)}: {hours}"
    return text[0].upper() + text[1:]


def _when(line: Line, say: Words) -> str:
    """Return the days of a line in words."""
    if line.holidays:
        return say("Holidays")
    if line.dates:
        names = [format_skeleton("MMMMd", day, locale=say.locale) for day in line.dates]
        return _list(names, say)
    if len(line.days) == 7:
        return say("Every day")
    if line.nth:
        which = _list([say(ORDINALS[n]) for n in line.nth], say)
        return say("{which} {day} of the month", which=which, day=say.weekday(line.days[0]))
    runs: list[list[int]] = []
    for day in line.days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = []
    for run in runs:
        first, last = say.weekday(run[0]), say.weekday(run[-1])
        if len(run) > 2:
            names.append(say("{first} to {last}", first=first, last=last))
        else:
            names += [first, last][: len(run)]
    return _list(names, say)


def _window(start: time, end: time | None, say: Words) -> str:
    """Return one window of the day in words."""
    opens = _time(start, say)
    if end is None:
        return say("from {start}, closing time not known", start=opens)
    if time() < end <= start:
        return say("{start} to {end} the next day", start=opens, end=_time(end, say))
    return say("{start} to {end}", start=opens, end=_time(end, say))


def _time(clock: time, say: Words) -> str:
    """Return a time of day in words."""
    if clock == time():
        return say("midnight")
    return say.time(datetime.combine(date(2028, 1, 1), clock))


def _list(items: list[str], say: Words) -> str:
    """Return the items as one list: 'a', 'a and b', 'a, b, and c'."""
    return format_list(items, locale=say.locale)
