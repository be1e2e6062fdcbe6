"""Timetable: opening hours -> lines of words, as a person would list them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from babel.dates import format_skeleton
from babel.lists import format_list

from geo.clock import DAY_MIN
from geo.errors import HoursError
from geo.hours.rules import ALL_DAY, Rule, parse
from geo.i18n import Words, mark, words

Times = tuple[tuple[time, time | None], ...] | None

ORDINALS = {
    1: mark("first"),
    2: mark("second"),
    3: mark("third"),
    4: mark("fourth"),
    5: mark("fifth"),
    -1: mark("last"),
}


@dataclass(frozen=True)
class Line:
    """The hours of some days, free of any language, as a person would list them."""

    days: tuple[int, ...] = ()  # weekdays, 0 is Monday
    nth: tuple[int, ...] = ()  # which of those in the month, -1 is the last; () is every one
    dates: tuple[date, ...] = ()  # of every year: their own year, 2028, means nothing
    holidays: bool = False
    times: Times = ()  # () is closed, None unknown; an end not after its start is on the next day


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


def _lines(rule: Rule) -> list[Line] | None:
    """Return the lines that tell one rule, None if lines cannot."""
    if rule.join == "||" or rule.note or rule.spans[0].reason == "conditional":
        return None
    if any(n and n not in ORDINALS for _, n in rule.days):
        return None
    if rule.when and (not rule.dates or rule.days or rule.holidays):
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
        return [Line(dates=rule.dates, times=times)]
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
        told = say("hours not known")
    elif not line.times:
        told = say("closed")
    elif whole_day:
        told = say("open 24 hours")
    else:
        told = _list([_window(start, end, say) for start, end in line.times], say)
    text = f"{_when(line, say)}: {told}"
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
