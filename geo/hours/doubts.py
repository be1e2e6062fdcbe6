"""Doubts: hours that can be read, but that hardly anybody meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from geo.clock import DAY_MIN, clock_at
from geo.errors import HoursError
from geo.hours.rules import ALL_DAY, Rule, Span, fold, parse

LONG_MIN = 16 * 60
SHORT_MIN = 15
SUNDAY = 6
_CONDITION = re.compile(
    r"appointment|appt|call|phone|cita|llam|only|if|when|while|may|weather|below|unless|s[oó]lo|si\b",
    re.IGNORECASE,
)
# Six years have every date on nearly every weekday; they begin at the year's first rule by year.
DAYS_LOOKED_AT = 6 * 365 + 2


@dataclass(frozen=True)
class Doubt:
    """One doubt about hours, in words for an operator."""

    kind: str  # "dead_rule", "ends_in_the_morning", "opens_at_night", "long_day", ...
    character: int  # of the text, where the part begins that it is about; counted from 1
    found: str  # that part
    fix: str


def doubts(hours: str) -> tuple[Doubt, ...]:
    """Return the doubts about an opening-hours text; none if it cannot be read: that is a fault.

    >>> doubts("Mo-Fr 09:00-05:00")[0].fix
    'It lasts 20 hours, into the next morning. If 5 in the afternoon is meant, write 09:00-17:00.'
    >>> doubts("Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00")[0].character
    1
    >>> doubts("Mo-Fr 22:00-06:00; PH off")
    ()
    """
    try:
        rules = parse(hours)
    except HoursError:
        return ()
    said = [rule for rule in rules if rule.spans[0].reason != "not_listed"]
    found = [*_dead_rules(hours, said), *_spans(hours, said), *_sunday_only(hours, said)]
    found += [*_never_open(hours, said), *_conditions(hours, said)]
    return tuple(sorted(found, key=lambda doubt: (doubt.character, doubt.kind)))


def _dead_rules(hours: str, rules: list[Rule]) -> Iterator[Doubt]:
    """Yield a doubt for each rule that a later one replaces on every day on which it matters."""
    if len(rules) < 2:
        return
    wiped: dict[int, int] = {}
    living: set[int] = set()
    for day in _days(rules):
        on = [number for number, rule in enumerate(rules) if rule.covers(day)]
        last = max((n for n in on if _wipes(rules[n])), default=-1)
        for number in on:
            if rules[number].join == "||" or number >= last:
                if _matters(rules, on, number):
                    living.add(number)
            else:
                wiped.setdefault(number, last)
        if len(living) == len(rules):
            return
    for number in sorted(wiped.keys() - living):
        yield _dead_rule(hours, rules[number], rules[wiped[number]])


def _wipes(rule: Rule) -> bool:
    """Tell whether a rule leaves nothing of the earlier ones on its days."""
    closes = all(span[:3] == (*ALL_DAY, "closed") for span in rule.spans)
    return (rule.join == ";" and not rule.is_break) or (rule.join == "," and closes)


def _days(rules: list[Rule]) -> Iterator[date]:
    """Yield days enough to see every rule at work."""
    years = [
        period.first.year
        for rule in rules
        for period in rule.periods
        if hasattr(period, "first") and hasattr(period.first, "year") and period.first.year
    ]
    first = date(min(years, default=2024), 1, 1)
    yield from (first + timedelta(days=ahead) for ahead in range(DAYS_LOOKED_AT))


def _matters(rules: list[Rule], on: list[int], number: int) -> bool:
    """Tell whether the day would be another without that rule; a day of no rules is closed."""
    closed = [Span(*ALL_DAY, "closed")]
    with_it = fold(rules[n] for n in on) or closed
    without = fold(rules[n] for n in on if n != number) or closed
    return with_it != without


def _dead_rule(hours: str, rule: Rule, later: Rule) -> Doubt:
    fix = (
        f"It never holds: the part at character {later.character} takes its place on all its days."
    )
    joined = _joined(rule, later)
    if joined:
        fix += f" If both hold, write their times as one part: {joined}. If not, take it out."
    elif later.spans[0].kind == "open" and rule.spans[0].kind == "closed":
        fix += " Put it behind that part."
    else:
        fix += " If both hold, join the two with a comma and a blank. If not, take it out."
    return Doubt("dead_rule", rule.character, _part(hours, rule), fix)


def _joined(rule: Rule, later: Rule) -> str:
    """Return the times of two rules as one list; '' if they are no times or overlap."""
    spans = sorted([*rule.spans, *later.spans])
    if any(span.kind != "open" or span[:2] == ALL_DAY for span in spans):
        return ""
    if any(after.start < before.end for before, after in pairwise(spans)):
        return ""
    return ",".join(f"{clock_at(span.start)}-{_end(span.end)}" for span in spans)


def _spans(hours: str, rules: list[Rule]) -> Iterator[Doubt]:
    """Yield the doubts about the times of each rule."""
    for rule in rules:
        doubted = [doubt for span in rule.spans for doubt in _span(hours, rule, span)]
        yield from doubted
        if not doubted:
            yield from _day(hours, rule)


def _span(hours: str, rule: Rule, span: Span) -> Iterator[Doubt]:
    """Yield the doubts about one span of open doors; the whole day and an open end have none."""
    start, end, kind, reason, _ = span
    if kind == "closed" or reason in ("open_end", "days_only") or span[:2] == ALL_DAY:
        return
    length, part = end - start, _part(hours, rule)
    if _slipped(start, end):
        afternoon = end - DAY_MIN + DAY_MIN // 2
        fix = (
            f"It lasts {_hours(length)} hours, into the next morning. If {_told(afternoon)} is "
            f"meant, write {clock_at(start)}-{_end(afternoon)}."
        )
        yield Doubt("ends_in_the_morning", rule.character, part, fix)
    elif 30 < start < 5 * 60 and length < DAY_MIN:
        later = start + DAY_MIN // 2
        until = end if end > later else end + DAY_MIN // 2
        fix = (
            f"It opens at night. If {_told(later)} is meant, write {clock_at(later)}-{_end(until)}."
        )
        yield Doubt("opens_at_night", rule.character, part, fix)
    elif length < SHORT_MIN:
        fix = f"It is open for {length} minutes only. Look at the times again."
        yield Doubt("short_window", rule.character, part, fix)


def _slipped(start: int, end: int) -> bool:
    """Tell whether a span of the day and the night is rather one that ends in the afternoon.

    So it is if it lasts more than 16 hours, or if it opens by day, before 14:00, and ends between
    1:00 and 8:00. A night from 17:00 to 8:00, or from 18:00 to 2:00, is one.
    """
    afternoon = end - DAY_MIN + DAY_MIN // 2
    if end <= DAY_MIN or not start < afternoon <= DAY_MIN:
        return False
    by_day = 5 * 60 <= start < 14 * 60 and 60 <= end - DAY_MIN < 8 * 60
    return end - start > LONG_MIN or by_day


def _day(hours: str, rule: Rule) -> Iterator[Doubt]:
    """Yield the doubts about all that a rule says of a day."""
    spans = sorted(span for span in rule.spans if span.kind == "open")
    part = _part(hours, rule)
    if any(after.start < before.end for before, after in pairwise(spans)):
        fix = "Two of its times overlap. Look at them again."
        yield Doubt("overlap", rule.character, part, fix)
        return
    total = sum(span.end - span.start for span in spans)
    if LONG_MIN <= total < DAY_MIN:
        fix = f"It is open {_hours(total)} hours a day. Is that so? The whole day is 00:00-24:00."
        yield Doubt("long_day", rule.character, part, fix)


def _sunday_only(hours: str, rules: list[Rule]) -> Iterator[Doubt]:
    """Yield a doubt if the doors are open, or may be, on Sundays alone."""
    opening = [rule for rule in rules if any(span.kind != "closed" for span in rule.spans)]
    days = {day for rule in opening for day, _ in rule.days or [(n, 0) for n in range(7)]}
    if opening and days == {SUNDAY} and not any(rule.holidays for rule in opening):
        first = opening[0]
        fix = "It is open on Sundays only. Are the weekdays missing?"
        yield Doubt("sunday_only", first.character, _part(hours, first), fix)


def _never_open(hours: str, rules: list[Rule]) -> Iterator[Doubt]:
    """Yield a doubt if a break is cut out of no hours at all."""
    breaks = [rule for rule in rules if rule.is_break]
    if breaks and all(span.kind == "closed" for rule in rules for span in rule.spans):
        fix = "It only says when it is closed. If that is when it is open, take off out."
        yield Doubt("never_open", breaks[0].character, _part(hours, breaks[0]), fix)


def _conditions(hours: str, rules: list[Rule]) -> Iterator[Doubt]:
    """Yield a doubt for each note that is no condition, but makes its times unsure."""
    for rule in rules:
        span = rule.spans[0]
        if span.note and span.reason == "conditional" and not _CONDITION.search(span.note):
            fix = (
                "A note makes the times unsure: it is never told as open. If the doors are open"
                ' then, write open before the note, as in Tu 09:00-12:00 open "ring twice".'
            )
            yield Doubt("note_is_condition", rule.character, _part(hours, rule), fix)


def _part(hours: str, rule: Rule) -> str:
    """Return a rule as it is written, without what comes after it."""
    rest = hours[rule.character - 1 :]
    ends = [other.character for other in parse(hours) if other.character > rule.character]
    return rest[: min(ends) - rule.character].rstrip(" ;,|\t\n") if ends else rest.strip()


def _end(minute: int) -> str:
    """Return an end as the field has it: midnight is 24:00."""
    return clock_at(minute) if minute % DAY_MIN else "24:00"


def _hours(minutes: int) -> str:
    """Return minutes in hours: '20', '16.5'."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def _told(minute: int) -> str:
    """Return a time after noon in words."""
    hour, past = divmod(minute % DAY_MIN or DAY_MIN, 60)
    if (hour, past) in ((12, 0), (24, 0)):
        return "noon" if hour == 12 else "midnight"
    when = "in the afternoon" if hour < 18 else "in the evening"
    return f"{(hour - 1) % 12 + 1}{f':{past:02}' if past else ''} {when}"
