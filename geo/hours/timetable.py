"""Timetable: opening hours -> lines of words, as a person would list them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import pairwise
from typing import NamedTuple

from babel.lists import format_list

from geo.clock import DAY_MIN
from geo.errors import HoursError
from geo.hours import notes
from geo.hours.periods import AnyPeriod, Day, Easter, Period, Weeks, days_of
from geo.hours.rules import ALL_DAY, Rule, Span, fold, parse
from geo.i18n import Words, mark, words

ORDINALS = {
    1: mark("first"),
    2: mark("second"),
    3: mark("third"),
    4: mark("fourth"),
    5: mark("fifth"),
    -1: mark("last"),
    -2: mark("next to last"),
    -3: mark("third from last"),
    -4: mark("fourth from last"),
    -5: mark("fifth from last"),
}
EASTER = {0: mark("Easter Sunday"), -2: mark("Good Friday"), 1: mark("Easter Monday")}
WEEK = tuple(range(7))
FEW_DAYS = 14  # so many days a year are told as an exception, more as a season


class Window(NamedTuple):
    """From one time of day to another; an end not after its start is on the next day."""

    start: time
    end: time | None  # None is not known
    later: bool = False  # till then surely, perhaps longer
    sure: bool = True
    note: str = ""
    closed: bool = False  # a break of the hours that other lines tell


Times = tuple[Window, ...] | None


@dataclass(frozen=True)
class Line:
    """The hours of some days, free of any language, as a person would list them."""

    days: tuple[int, ...] = ()  # weekdays, 0 is Monday
    nth: tuple[int, ...] = ()  # which of those in the month, -1 is the last; () is every one
    periods: tuple[AnyPeriod, ...] = ()  # within which; () is always
    holidays: bool = False
    times: Times = ()  # () is closed, None unknown
    note: str = ""  # about a closed day
    also: bool = False  # besides what an earlier line says of these days
    otherwise: bool = False  # when no other line says anything


@dataclass
class _Group:
    """The rules about one choice of days, by weekday; key 0 where there are no weekdays."""

    which: Line  # without days and times
    rules: dict[int, list[Rule]] = field(default_factory=dict)
    also: dict[int, bool] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        """Return how special the days are; a reader takes the more special line for true."""
        line = self.which
        if line.holidays:
            return 2
        if not (line.periods or line.nth):
            return 0
        return 3 if line.periods and (line.nth or len(_dates(line.periods)) <= FEW_DAYS) else 1


class _UntoldError(Exception):
    """Lines cannot tell these rules."""


def weekly(text: str) -> list[Line] | None:
    """Return the hours as lines to show, in the order of the week; None if lines cannot tell them.

    >>> [(line.days, line.nth) for line in weekly("We 08:00-11:00; Tu[2,4] 08:00-11:00")]
    [((2,), ()), ((1,), (2, 4))]
    """
    try:
        return _weekly(parse(text))
    except _UntoldError:
        return None


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
        return [say("As written: {text}", text=" ".join(text.split()))]
    return [_sentence(line, say) for line in lines]


def _weekly(rules: Sequence[Rule]) -> list[Line]:
    """Return the lines of `rules`; raise _UntoldError if there are none that tell them."""
    groups: list[_Group] = []
    others: list[Line] = []
    for rule in rules:
        for which in _choices(rule):
            if rule.join == "||":
                always = which.days == WEEK and not which.periods
                days = () if always else which.days
                times, note = _times(fold([rule]))
                others += [replace(which, otherwise=True, days=days, times=times, note=note)]
            else:
                _put(rule, which, groups)
    lines = [line for group in groups for line in _lines(group)]
    if len(lines) > 1:
        lines = [line for line in lines if not _says_nothing(line)] or lines[:1]
    return lines + others


def _says_nothing(line: Line) -> bool:
    """Tell whether a line only says of weekdays that they are closed: so is what is not listed."""
    ordinary = not (line.nth or line.periods or line.holidays)
    return ordinary and line.times == () and not line.note


def _choices(rule: Rule) -> Iterator[Line]:
    """Yield a line without times for each choice of days that a rule speaks of."""
    every = tuple(sorted({day for day, n in rule.days if not n}))
    if not rule.days and not rule.holidays:
        every = WEEK
    if every:
        yield Line(days=every, periods=rule.periods)
    for day in dict.fromkeys(day for day, n in rule.days if n):
        nth = tuple(n for weekday, n in rule.days if weekday == day and n)
        yield Line(days=(day,), nth=nth, periods=rule.periods)
    if rule.holidays:
        yield Line(holidays=True, periods=rule.periods)


def _put(rule: Rule, which: Line, groups: list[_Group]) -> None:
    """Put a rule with those of the same choice of days, or open a group for it."""
    key = replace(which, days=which.days if which.nth else ())
    group = next((one for one in groups if one.which == key), None)
    adds = rule.join == "," or rule.is_break
    beneath = False
    for earlier in groups:
        if earlier.which == key or not _share(which, earlier):
            continue
        if _Group(key).rank < earlier.rank or (
            _Group(key).rank == earlier.rank and (adds or not _within(key, earlier.which))
        ):
            raise _UntoldError
        beneath = True
    if group is None:
        group = _Group(key)
        groups.append(group)
    for day in which.days or (0,):
        rules = group.rules.setdefault(day, [])
        if not rules:
            group.also[day] = adds and beneath and rule.join == ","
        elif not adds:
            group.also[day] = False
        rules.append(rule)


def _share(which: Line, earlier: _Group) -> bool:
    """Tell whether a choice of days and an earlier group speak of some day both."""
    if which.periods and earlier.which.periods:
        years = {*_years(which.periods), *_years(earlier.which.periods)}
        one, other = (_dates(p, years) for p in (which.periods, earlier.which.periods))
        if one.isdisjoint(other):
            return False
    if which.holidays or earlier.which.holidays:
        return True
    if set(which.days).isdisjoint(earlier.rules):
        return False
    nth, before = which.nth, earlier.which.nth
    return not (nth and before) or not set(nth).isdisjoint(before)


def _within(later: Line, earlier: Line) -> bool:
    """Tell whether the dates of one choice of days are fewer, and all within those of another."""
    if not (later.periods and earlier.periods) or later.nth or earlier.nth:
        return False
    years = {*_years(later.periods), *_years(earlier.periods)}
    return _dates(later.periods, years) < _dates(earlier.periods, years)


def _years(periods: tuple[AnyPeriod, ...]) -> set[int]:
    """Return the years that `periods` name, or a leap year."""
    named = [period for period in periods if isinstance(period, Period) and period.first.year]
    return {y for period in named for y in (period.first.year, period.last.year)} or {2028}


def _dates(periods: tuple[AnyPeriod, ...], years: set[int] | None = None) -> set[date]:
    return {day for year in years or _years(periods) for day in days_of(periods, year)}


def _lines(group: _Group) -> Iterator[Line]:
    """Yield the lines of a group: one for the days that have the same hours."""
    days = WEEK if group.rank == 0 else sorted(group.rules)
    told: dict[Line, list[int]] = {}
    for day in days:
        times, note = _times(fold(group.rules.get(day, [])))
        line = replace(group.which, also=group.also.get(day, False), times=times, note=note)
        if line.times and all(window.closed for window in line.times) and group.rank == 0:
            line = replace(line, times=())
        told.setdefault(line, []).append(day)
    for line, its in told.items():
        yield line if group.which.holidays else replace(line, days=tuple(its))


def _times(spans: list[Span]) -> tuple[Times, str]:
    """Return the `times` and the `note` of a line."""
    if not spans:
        return (), ""
    if all(span.kind == "closed" for span in spans):
        if spans[-1][:2] == ALL_DAY:
            return (), spans[-1].note
        return tuple(_window(span) for span in spans), ""
    held = [span for span in _flat(spans) if span.kind != "closed"]
    if not held:
        return (), ""
    if all(span.kind == "unknown" and span[:2] == ALL_DAY and not span.note for span in held):
        return None, ""
    windows: list[Window] = []
    for span in held:
        window = _window(span)
        if windows and windows[-1].end == window.start and window.end is None:
            windows[-1] = windows[-1]._replace(later=True)
        else:
            windows.append(window)
    return tuple(windows), ""


def _flat(spans: list[Span]) -> list[Span]:
    """Return what holds, without overlaps: where two spans do, the later one."""
    flat: list[Span] = []
    edges = sorted({edge for span in spans for edge in span[:2]})
    for start, end in pairwise(edges):
        here = next((span for span in reversed(spans) if span.start <= start < span.end), None)
        if here is None:
            continue
        if flat and flat[-1].end == start and flat[-1][2:] == here[2:]:
            flat[-1] = flat[-1]._replace(end=end)
        else:
            flat.append(here._replace(start=start, end=end))
    return flat


def _window(span: Span) -> Window:
    """Return a span as a window of the day; raise _UntoldError if it goes round the clock."""
    if span.end - span.start >= DAY_MIN and span[:2] != ALL_DAY:
        raise _UntoldError
    return Window(
        _clock(span.start),
        None if span.reason == "open_end" else _clock(span.end),
        sure=span.kind != "unknown" or span.reason == "open_end",
        note=span.note,
        closed=span.kind == "closed",
    )


def _clock(minute: int) -> time:
    """Return the time of day of a minute that may be in the next day."""
    return time(minute // 60 % 24, minute % 60)


def _sentence(line: Line, say: Words) -> str:
    """Return a line in words."""
    if line == Line(days=WEEK, times=(Window(time(), time()),)):
        return say("Open 24 hours, every day")
    if line.times is None:
        told = say("hours not known")
    elif not line.times:
        told = say("closed")
        if line.note:
            told = say("{times}, {note}", times=told, note=notes.told(line.note, say))
    else:
        told = _list([_window_told(window, say) for window in line.times], say)
        if line.times[0].closed:
            told = say("closed {times}", times=told)
    if line.also:
        told = say("also {times}", times=told)
    text = f"{_when(line, say)}: {told}"
    return text[0].upper() + text[1:]


def _when(line: Line, say: Words) -> str:
    """Return the days of a line in words."""
    parts = []
    if line.periods:
        parts.append(_list([_period(period, say) for period in line.periods], say))
    if line.holidays:
        parts.append(say("holidays"))
    elif line.nth:
        which = _list([say(ORDINALS[n]) for n in line.nth], say)
        day = say.weekday(line.days[0])
        monthly = say("{which} {day} of the month", which=which, day=day)
        parts.append(say("{which} {day}", which=which, day=day) if line.periods else monthly)
    elif line.days and not (line.days == WEEK and _is_told_by_dates(line)):
        parts.append(_weekdays(line.days, say))
    if line.otherwise:
        parts.append(say("at other times"))
    return ", ".join(parts)


def _is_told_by_dates(line: Line) -> bool:
    """Tell whether the dates of a line need no "every day" behind them."""
    short = line.periods and len(_dates(line.periods)) <= FEW_DAYS
    return bool(line.periods and (short or line.times == ()))


def _weekdays(days: Sequence[int], say: Words) -> str:
    """Return weekdays in words, three or more in a row as a span."""
    if tuple(days) == WEEK:
        return say("every day")
    runs: list[list[int]] = []
    for day in days:
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


def _period(period: AnyPeriod, say: Words) -> str:
    """Return a period in words: 'November to March', 'December 24 to 26'."""
    if isinstance(period, Easter):
        if period.days in EASTER:
            return say(EASTER[period.days])
        if period.days < 0:
            return say.many("{n} day before Easter", "{n} days before Easter", -period.days)
        return say.many("{n} day after Easter", "{n} days after Easter", period.days)
    if isinstance(period, Weeks):
        weeks = say("weeks {first} to {last} of the year", first=period.first, last=period.last)
        if period.step > 1:
            return say("every {step} weeks, {weeks}", step=period.step, weeks=weeks)
        one = say("week {n} of the year", n=period.first)
        return one if period.first == period.last else weeks
    first, last = _day(period.first, period, say), _day(period.last, period, say)
    if first == last:
        return first
    same_month = period.first[:2] == period.last[:2]
    if same_month and period.said_as == "dates" and not period.first.year:
        month = _month(period.first.month, say)
        days = {"first": period.first.day, "last": period.last.day}
        return say("{month} {first} to {last}", month=month, **days)
    return say("{first} to {last}", first=first, last=last)


def _day(day: Day, period: Period, say: Words) -> str:
    """Return the first or last day of a period as exactly as it is said."""
    if period.said_as == "years":
        return str(day.year)
    if period.said_as == "months":
        return say.month(date(day.year, day.month, 1)) if day.year else _month(day.month, say)
    if day.year:
        return say.date(date(*day))
    return say.day(date(2028, day.month, day.day))


def _month(number: int, say: Words) -> str:
    """Return the name of a month."""
    return str(say.locale.months["stand-alone"]["wide"][number])


def _window_told(window: Window, say: Words) -> str:
    """Return one window of the day in words."""
    told = _span_told(window, say)
    if window.note:
        note = notes.told(window.note, say)
        return note if not told else say("{times}, {note}", times=told, note=note)
    return told if window.sure else say("{times}, but not for sure", times=told)


def _span_told(window: Window, say: Words) -> str:
    """Return from when to when; '' if only the note of the window says when."""
    if window[:2] == (time(), time()):
        return say("open 24 hours") if window.sure else ""
    opens = _time(window.start, say)
    if window.end is None:
        return say("from {start}, closing time not known", start=opens)
    closes = _time(window.end, say)
    if time() < window.end <= window.start:
        told = say("{start} to {end} the next day", start=opens, end=closes)
    else:
        told = say("{start} to {end}", start=opens, end=closes)
    return say("{times} or later", times=told) if window.later else told


def _time(clock: time, say: Words) -> str:
    """Return a time of day in words."""
    if clock == time():
        return say("midnight")
    return say.time(datetime.combine(date(2028, 1, 1), clock))


def _list(items: list[str], say: Words) -> str:
    """Return the items as one list: 'a', 'a and b', 'a, b, and c'."""
    return format_list(items, locale=say.locale)
