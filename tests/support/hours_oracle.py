"""Hours oracle: open, closed or unknown, worked out naively from what the words mean.

It shares nothing with `geo.hours`: it reads a text by splitting it, paints the minutes of a day and
of the night after it one rule after the other, and takes the later and surer of two days. Holidays
are those of a calendar on the wall.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
from dateutil.easter import easter

CLOSED, UNKNOWN, OPEN = 0, 1, 2
DAY = 24 * 60
STEP_MIN = 5
LA = ZoneInfo("America/Los_Angeles")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TIME = r"\d\d:\d\d(?:-\d\d:\d\d)?\+?"
# Of the United States and of California, with the days on which those of a weekend are kept.
OFF = {
    2026: "01-01 01-19 02-16 03-31 05-25 06-19 07-03 07-04 09-07 10-12 11-08 11-11 11-26 11-27 "
    "12-25",
    2027: "01-01 01-18 02-15 03-31 05-31 06-18 06-19 07-04 07-05 09-06 10-11 10-29 11-11 11-25 "
    "11-26 12-24 12-25 12-31",
}
HOLIDAYS = {date.fromisoformat(f"{year}-{day}") for year in OFF for day in OFF[year].split()}


def kinds_of(text: str, first: date, days: int) -> np.ndarray:
    """Return the kind at each fifth minute from midnight before `first` on, in absolute time."""
    rules = parts(text)
    told = [_day(rules, first + timedelta(days=n)) for n in range(-1, days)]
    found = []
    for n in range(days):
        night, own = told[n][DAY:], told[n + 1][:DAY]
        found.append(np.maximum(night, own)[_shown(first + timedelta(days=n))])
    return np.concatenate(found)


@cache
def _shown(day: date) -> np.ndarray:
    """Return the minute that counts at each step of a day: after the clock went back, 1:59."""
    at = datetime(day.year, day.month, day.day, tzinfo=LA).astimezone(UTC)
    minutes: list[int] = []
    while (wall := at.astimezone(LA)).date() == day:
        minutes.append(max([wall.hour * 60 + wall.minute, *([119] if wall.fold else [])]))
        at += timedelta(minutes=STEP_MIN)
    return np.array(minutes)


def parts(text: str) -> list[tuple[str, str]]:
    """Return each rule with what joins it to those before: `;`, `,` or `||`."""
    cut = re.split(r'(; | \|\| |, (?!\d\d:))(?=(?:[^"]*"[^"]*")*[^"]*$)', text)
    return [*zip((";", *(sign.strip() for sign in cut[1::2])), cut[::2], strict=True)]


def _day(rules: list[tuple[str, str]], day: date) -> np.ndarray:
    """Return what is said of the 2,880 minutes from midnight before a day on."""
    silent = not rules[0][1] or all(re.search(r"\b(off|closed)$", rule) for _, rule in rules)
    minutes = np.full(2 * DAY, CLOSED, dtype=np.int8)
    if silent:
        minutes[:DAY] = UNKNOWN
    if not rules[0][1]:
        return minutes
    spoken = np.full(2 * DAY, -1, dtype=np.int8)  # what was said, but for what a rule replaced
    gaps = spoken.copy()
    for join, rule in rules:
        if not _covers(rule, day):
            continue
        if join == "||":
            _paint(gaps, rule)
            continue
        if join == ";" and not _is_break(rule):
            minutes[:], spoken[:] = CLOSED, -1
        _paint(minutes, rule)
        _paint(spoken, rule)
    return np.where((spoken < 0) & (gaps >= 0), gaps, minutes)


def _is_break(rule: str) -> bool:
    """Tell whether a rule takes hours out of a day, which it leaves as it is otherwise."""
    return bool(re.search(rf"{TIME} (off|closed)$", rule))


def _paint(minutes: np.ndarray, rule: str) -> None:
    """Write what a rule says over the minutes of its day."""
    note = bool(re.search(r'"[^"]*"$', rule))
    bare = re.sub(r'\s*"[^"]*"$', "", rule)
    word = re.search(r"\b(open|off|closed|unknown)$", bare)
    times = re.findall(TIME, bare)
    kind = UNKNOWN if not times and not word and "24/7" not in bare else OPEN
    if word and word[1] in ("off", "closed"):
        kind = CLOSED
    elif (word and word[1] == "unknown") or (note and not word):
        kind = UNKNOWN
    if not times:
        minutes[:DAY] = kind
    for one in times:
        clocks = [int(h) * 60 + int(m) for h, m in re.findall(r"(\d\d):(\d\d)", one)]
        start, end = clocks[0], clocks[-1]
        if end < start:
            end += DAY
        minutes[start:end] = kind
        if one.endswith("+"):
            last = DAY
            if end >= 22 * 60:
                last = min(end + 8 * 60, 2 * DAY)
            elif end >= 17 * 60:
                last = end + 10 * 60
            minutes[end:last] = CLOSED if kind == CLOSED else UNKNOWN


def _covers(rule: str, day: date) -> bool:
    """Tell whether a rule speaks of a day."""
    bare = re.sub(r'"[^"]*"', "", rule)
    bare = re.sub(TIME, "", bare)
    bare = re.sub(r"\b(open|off|closed|unknown)\s*$", "", bare)
    bare = re.sub(r",\s*,*\s*$", "", bare.strip().replace("24/7", "")).strip()
    days = re.search(r"(?<![A-Za-z])((?:(?:Mo|Tu|We|Th|Fr|Sa|Su)[-\w\[\],]*|PH)(?:,PH)?)$", bare)
    when = bare[: days.start()].strip() if days else bare
    return (not when or _in_season(when, day)) and (not days or _on_weekday(days[1], day))


def _on_weekday(said: str, day: date) -> bool:
    for one in re.findall(r"PH|[MTWFS][a-z](?:-[MTWFS][a-z]|\[[^\]]*\])?", said):
        if one == "PH":
            if day in HOLIDAYS:
                return True
        elif "[" in one:
            if one[:2] == DAYS[day.weekday()] and any(_is_nth(day, n) for n in _numbers(one[3:-1])):
                return True
        else:
            first, last = DAYS.index(one[:2]), DAYS.index(one[-2:])
            at = day.weekday()
            if first <= at <= last if first <= last else at >= first or at <= last:
                return True
    return False


def _numbers(said: str) -> list[int]:
    found: list[int] = []
    for one in said.split(","):
        ends = re.fullmatch(r"(\d)-(\d)", one)
        found += range(int(ends[1]), int(ends[2]) + 1) if ends else [int(one)]
    return found


def _is_nth(day: date, n: int) -> bool:
    """Count the weeks to the edge of the month."""
    step, count, at = timedelta(weeks=1 if n < 0 else -1), 1, day
    while (at + step).month == day.month:
        at, count = at + step, count + 1
    return count == abs(n)


def _in_season(said: str, day: date) -> bool:
    return any(_in_one_season(one, day) for one in said.split(","))


def _in_one_season(one: str, day: date) -> bool:
    if one.startswith("week "):
        weeks, _, step = one[5:].partition("/")
        first, _, last = weeks.partition("-")
        return day.isocalendar()[1] in range(int(first), int(last or first) + 1, int(step or 1))
    if one.startswith("easter"):
        ahead = re.search(r"([+-]\d+) days?", one)
        return day == easter(day.year) + timedelta(days=int(ahead[1]) if ahead else 0)
    if years := re.fullmatch(r"(20\d\d)(?:-(20\d\d))?", one):
        return int(years[1]) <= day.year <= int(years[2] or years[1])
    year = re.match(r"(20\d\d) ", one)
    if year and day.year != int(year[1]):
        return False
    first, _, last = one.removeprefix(year[0] if year else "").partition("-")
    low = _date(first, 1, 0)
    high = _date(last, 31, low[0]) if last else (low[0], low[1] if " " in first else 31)
    asked = (day.month, day.day)
    return low <= asked <= high if low <= high else asked >= low or asked <= high


def _date(said: str, day: int, month: int) -> tuple[int, int]:
    """Return month and day of `Dec 25`, `Dec` or `25`."""
    name, _, number = said.partition(" ")
    if name.isdigit():
        return month, int(name)
    return MONTHS.index(name) + 1, int(number) if number else day
