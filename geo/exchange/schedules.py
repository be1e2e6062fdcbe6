"""Schedules: opening hours <-> rows of an HSDS schedule, one a span of time, without loss.

HSDS repeats by week or by month; it has no holidays, no open ends and no exceptions to a rule. What
it cannot say is one row with the hours in words and, in its notes, as they are written here.
Times are of the clock in California: a number of hours from UTC would be wrong half of the year.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from geo.clock import DAY_MIN
from geo.errors import HoursError
from geo.hours import timetable
from geo.hours.rules import ALL_DAY, Rule, parse

Row = dict[str, str]
Day = tuple[int, int]  # weekday, which of the month: 0 is Monday; 0 is every
Spans = tuple[tuple[int, int], ...]  # minutes; past 1440 is the next day

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ZONE = "Times are those of California (America/Los_Angeles)."
NO_HOLIDAYS = "Closed on public holidays."
WRITTEN = "As written in the way of OpenStreetMap: "
END_OF_DAY = "23:59:00"  # there is no 24:00


def of(hours: str, note: str = "") -> list[Row]:
    """Return the rows for opening hours as the catalogue has them, and a note on them in words.

    Each has some of freq, byday, opens_at, closes_at, description, notes. Blank hours without a
    note have none. `is_told_in_words` says whether a row could not be told as a rule.

    >>> [(row["freq"], row["byday"], row["opens_at"]) for row in of("Tu[2,4] 08:00-11:00")]
    [('MONTHLY', '2TU,4TU', '08:00:00')]
    """
    if not hours:
        return [{"description": note, "notes": ZONE}] if note else []
    week = _week(parse(hours))
    if week is None:
        words = " · ".join(timetable.describe(hours, "en"))
        told = " · ".join(filter(None, (words, note)))
        return [{"description": told, "notes": f"{WRITTEN}{hours}. {ZONE}"}]
    days, no_holidays = week
    said = " ".join(filter(None, (note, NO_HOLIDAYS if no_holidays else "")))
    rows = []
    for freq, span, byday in _by_span(days):
        row = {
            "freq": freq,
            "byday": byday,
            **dict(zip(("opens_at", "closes_at"), _clocks(*span), strict=True)),
        }
        rows.append(row | ({"description": said} if said else {}) | {"notes": ZONE})
    return rows


def is_told_in_words(row: Mapping[str, str]) -> bool:
    """Say whether a row holds hours that no rule of HSDS can say."""
    return WRITTEN in row.get("notes", "")


def hours(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the opening hours that rows of `of` say, as the catalogue writes them.

    Raises
    ------
    HoursError : a row says what the catalogue cannot hold, such as every second week
    """
    for row in rows:
        if written := re.match(rf"{WRITTEN}(.*)\. {re.escape(ZONE)}$", row.get("notes", "")):
            return written[1]
    days: dict[Day, Spans] = {}
    for row in rows:
        if row.get("freq"):
            for day in _days(row):
                days[day] = tuple(sorted({*days.get(day, ()), _span(row)}))
    parts = list(_parts(days))
    if parts and any(NO_HOLIDAYS in row.get("description", "") for row in rows):
        parts.append("; PH off")
    return "".join(parts).removeprefix("; ").removeprefix(", ")


def _week(rules: Iterable[Rule]) -> tuple[dict[Day, Spans], bool] | None:
    """Return the spans of each day of the week or month, and whether holidays are off.

    None if rules of HSDS cannot say it: dates, open ends, exceptions, notes.
    """
    days: dict[Day, Spans] = {}
    no_holidays = False
    for rule in rules:
        shut = {span.kind for span in rule.spans} == {"closed"}
        if no_holidays:  # a rule after it may open on holidays again
            return None
        if rule.holidays and not rule.days:
            if not shut or rule.periods or _has_note(rule) or rule.join == "||":
                return None
            no_holidays = True
            continue
        if not _is_plain(rule, shut):
            return None
        for day in rule.days or [(weekday, 0) for weekday in range(7)]:
            others = [one for one in days if one[0] == day[0] and one != day]
            if others and rule.join == ";" and 0 in (day[1], *(n for _, n in others)):
                return None
            before = days.get(day, ()) if rule.join == "," else ()
            spans = () if shut else tuple(span[:2] for span in rule.spans)
            days[day] = tuple(sorted({*before, *spans}))
    return {day: spans for day, spans in days.items() if spans}, no_holidays


def _is_plain(rule: Rule, shut: bool) -> bool:
    """Say whether a rule is only days and times at which it is open, or days on which it is not."""
    if rule.periods or _has_note(rule) or rule.holidays or rule.join == "||":
        return False
    if shut:
        return all(span[:2] == ALL_DAY for span in rule.spans)
    return all(span.kind == "open" and not span.reason for span in rule.spans)


def _has_note(rule: Rule) -> bool:
    return any(span.note for span in rule.spans)


def _by_span(days: Mapping[Day, Spans]) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Yield how often, from when until when and on which days."""
    for freq, monthly in (("WEEKLY", False), ("MONTHLY", True)):
        found: dict[tuple[int, int], list[Day]] = {}
        for day in sorted(days):
            for span in days[day] if bool(day[1]) == monthly else ():
                found.setdefault(span, []).append(day)
        for span, on in sorted(found.items(), key=lambda one: (one[1], one[0])):
            yield freq, span, ",".join(f"{n or ''}{BYDAY[weekday]}" for weekday, n in on)


def _clocks(start: int, end: int) -> tuple[str, str]:
    if (start, end) == ALL_DAY:
        return "00:00:00", END_OF_DAY
    clocks = [divmod(minute % DAY_MIN, 60) for minute in (start, end)]
    opens, closes = (f"{hour:02d}:{minute:02d}:00" for hour, minute in clocks)
    return opens, closes


def _span(row: Mapping[str, str]) -> tuple[int, int]:
    opens, closes = row["opens_at"], row["closes_at"]
    if (opens, closes) == ("00:00:00", END_OF_DAY):
        return ALL_DAY
    start, end = (int(clock[:2]) * 60 + int(clock[3:5]) for clock in (opens, closes))
    return start, end if end > start else end + DAY_MIN


def _days(row: Mapping[str, str]) -> Iterator[Day]:
    """Yield the days of a row: "MO,TU" or "2TU,-1FR"."""
    if row.get("interval", "1") not in ("", "1") or row["freq"] not in ("WEEKLY", "MONTHLY"):
        raise HoursError("These hours repeat in a way that the catalogue cannot hold.")
    for part in row["byday"].split(","):
        told = re.fullmatch(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", part.strip())
        if not told or bool(told[1]) != (row["freq"] == "MONTHLY"):
            raise HoursError(f"Found {part!r} as a day, wanted one such as MO, or 2TU by month.")
        yield BYDAY.index(told[2]), int(told[1] or 0)


def _parts(days: Mapping[Day, Spans]) -> Iterator[str]:
    """Yield the rules that say the spans of each day, each with how it is joined to the others."""
    if len(days) == 7 and {*days.values()} == {(ALL_DAY,)} and all(n == 0 for _, n in days):
        yield "24/7"
        return
    weekly: dict[Spans, list[int]] = {}
    for weekday, n in sorted(days):
        if not n:
            weekly.setdefault(days[weekday, n], []).append(weekday)
    for spans, weekdays in weekly.items():
        yield f"; {_ranges(weekdays)} {_times(spans)}"
    monthly: dict[tuple[int, Spans], list[int]] = {}
    for weekday, n in sorted(days):
        if n:
            monthly.setdefault((weekday, days[weekday, n]), []).append(n)
    for (weekday, spans), which in monthly.items():
        join = ", " if (weekday, 0) in days else "; "
        yield f"{join}{DAYS[weekday]}[{','.join(map(str, which))}] {_times(spans)}"


def _ranges(weekdays: Sequence[int]) -> str:
    """Return weekdays in order as OpenStreetMap writes them.

    >>> _ranges([0, 1, 2, 4, 5]), _ranges([1, 3])
    ('Mo-We,Fr-Sa', 'Tu,Th')
    """
    runs: list[list[int]] = []
    for weekday in weekdays:
        if runs and weekday == runs[-1][-1] + 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return ",".join(
        DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs
    )


def _times(spans: Spans) -> str:
    return ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)


def _clock(minute: int) -> str:
    late = minute if minute <= DAY_MIN else minute - DAY_MIN
    return f"{late // 60:02d}:{late % 60:02d}"
