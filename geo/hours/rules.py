"""Rules: the text of opening hours -> rules: on these days, at these times, this holds.

The text is OpenStreetMap's opening_hours, the part of it that people use here, read strictly: what
might be taken for something that nobody meant ("Dec 25th" for a Thursday) is refused where it
stands. PH is a holiday of the United States or California: the day itself and the day on which it
is observed.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, NoReturn

import holidays

from geo.clock import DAY_MIN
from geo.hours import periods
from geo.hours.periods import AnyPeriod, Period
from geo.hours.refusals import why
from geo.hours.scanner import BLANKS, Scanner

Kind = Literal["open", "closed", "unknown"]
Reason = Literal["", "not_listed", "unreadable", "days_only", "open_end", "conditional", "always"]
ALL_DAY = (0, DAY_MIN)
NOTHING_CLOSES = "Susan B. Anthony Day"
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_WEEKDAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_WHICH = "(?:-?[1-5]|[1-5]-[1-5])"
_DAY = re.compile(
    rf"(?:{_WEEKDAY}(?:-{_WEEKDAY}|\[{_WHICH}(?:,{_WHICH})*\])?|PH)(?![0-9A-Za-z])", re.IGNORECASE
)
_MORE_DAYS = re.compile(r",(?=[A-Z])", re.IGNORECASE)
_COLON = re.compile(r":(?= )")
_TIME = re.compile(r"(\d\d):(\d\d)(?: ?- ?(\d\d):(\d\d))?(\+)?(?!\d)")
_MORE_TIMES = re.compile(r"\s?,\s*(?=\d)")
_STATE = re.compile(r"(open|closed|off|unknown)(?![0-9A-Za-z])", re.IGNORECASE)
_NOTE = re.compile(r'"([^"]*)"')
_ALWAYS = re.compile(r"24/7(?![0-9A-Za-z])")
_HYPHEN = re.compile(r"-\s*(?=\S)")
_JOIN = re.compile(r"\s*(;|(?<=\s)\|\|(?=\s)|,(?=\s))\s*")


class Span(NamedTuple):
    """What holds from one minute of a day to another; past 1440 is the next day."""

    start: int
    end: int
    kind: Kind
    reason: Reason = ""
    note: str = ""  # what stands in quotes


@dataclass(frozen=True)
class Rule:
    """One part of an opening-hours text: on these days, at these times, this holds."""

    join: str  # ";" replaces earlier rules on its days, "," adds to them, "||" fills their gaps
    periods: tuple[AnyPeriod, ...]  # within which of these; none is always
    days: tuple[tuple[int, int], ...]  # (weekday, which of the month): 0 is Monday; 0 is every
    holidays: bool
    spans: tuple[Span, ...]
    character: int = 1  # of the text, where it begins

    @property
    def is_break(self) -> bool:
        """Tell whether it only closes for some hours, so that the rest of the day stands."""
        return all(span.kind == "closed" and span[:2] != ALL_DAY for span in self.spans)

    def covers(self, day: date) -> bool:
        """Tell whether the rule speaks of `day`."""
        if self.periods and not any(period.covers(day) for period in self.periods):
            return False
        if self.holidays and is_holiday(day):
            return True
        if not self.days:
            return not self.holidays
        nth = (day.day - 1) // 7 + 1
        from_last = (day.day - monthrange(day.year, day.month)[1] - 1) // 7
        which = (0, nth, from_last)
        return any(day.weekday() == weekday and n in which for weekday, n in self.days)


SILENCE = Rule(";", (), (), False, (Span(*ALL_DAY, "unknown", "not_listed"),))


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
    >>> read("Mo-Fr 8:00-17:00")
    Traceback (most recent call last):
    ...
    geo.errors.HoursError: The opening hours 'Mo-Fr 8:00-17:00' cannot be read from '8:00-17:00' \
(character 7) on: write 08:00. Write them as OpenStreetMap does, such as \
'Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00; PH off'.
    """
    scanner = Scanner(text)
    rules: list[Rule] = []
    join = ";" if scanner.rest else ""
    while join:
        rules.append(_rule(scanner, join))
        at = scanner.at
        match = scanner.take(_JOIN)
        if match is None and scanner.take(BLANKS) and scanner.rest:
            _stop(scanner)
        join = match[1] if match else ""
        if join == "," and rules[-1].spans[0].reason == "days_only":
            scanner.refuse("the days of a rule are joined by a comma without a blank", at)
    if all(span.kind == "closed" for rule in rules for span in rule.spans) and rules:
        return (SILENCE, *rules)
    return tuple(rules)


def is_holiday(day: date) -> bool:
    """Return whether `day` is a holiday of the United States or California, or kept as one.

    >>> is_holiday(date(2026, 11, 26)), is_holiday(date(2026, 7, 3)), is_holiday(date(2026, 7, 6))
    (True, True, False)
    """
    return day in _holidays(day.year)


def fold(rules: Iterable[Rule]) -> list[Span]:
    """Return what `rules` say together of a day that each covers; a later span hides an earlier."""
    spans: list[Span] = []
    fallback: list[Span] = []
    for rule in rules:
        if rule.join == "||":
            fallback[:0] = rule.spans
            continue
        if rule.join == ";" and not rule.is_break:
            spans.clear()
        spans += rule.spans
    return fallback + spans


def _rule(scanner: Scanner, join: str) -> Rule:
    """Return the rule that stands here; refuse it if it says what cannot be decided here."""
    start = scanner.at
    always = bool(scanner.take(_ALWAYS))
    when = () if always else periods.scan(scanner)
    if when:
        scanner.take(_COLON)
    days_at = scanner.at
    if when and scanner.take(BLANKS) and scanner.at == days_at and scanner.rest[:1].isalnum():
        scanner.refuse("put a blank between")
    days_at = scanner.at
    tokens = [] if always else list(_days(scanner))
    _refuse_one_day_twice(scanner, when, tokens, days_at)
    scanner.take(BLANKS)
    windows = [] if always else list(_windows(scanner))
    scanner.take(BLANKS)
    state = scanner.take(_STATE)
    scanner.take(BLANKS)
    note = scanner.take(_NOTE)
    if scanner.at == start or not (always or when or tokens or windows or state or note):
        scanner.refuse(why(scanner.text, start), start)
    nothing_said = when and not (tokens or windows or state or note)
    if nothing_said and re.match(r"$|;|,|\|\|", scanner.rest):
        scanner.refuse("say what holds then: off, or the times")
    said = state[1].lower() if state else ""
    if said in ("closed", "off") and len(windows) > 1:
        at = state.start() if state else start
        scanner.refuse("it closes all these times; write a break as a rule of its own", at)
    kind, reason = _state(said, bool(note), bool(windows or always))
    return Rule(
        join=join,
        periods=when,
        days=tuple(pair for token in tokens if token != "PH" for pair in _weekdays(token)),
        holidays="PH" in tokens,
        spans=tuple(_spans(windows, kind, reason, note[1] if note else "")),
        character=start + 1,
    )


def _stop(scanner: Scanner) -> NoReturn:
    """Refuse the text from here on; a hyphen that joined well is passed over."""
    scanner.take(BLANKS)
    at = scanner.at
    blank = at and scanner.text[at - 1].isspace()
    if scanner.take(_HYPHEN) and (blank or scanner.text[at + 1].isspace()):
        scanner.refuse("write Mo-Fr without blanks", at)
    if _DAY.match(scanner.rest):
        scanner.refuse("put a ; before the next days")
    scanner.refuse(why(scanner.text, scanner.at))


def _days(scanner: Scanner) -> Iterator[str]:
    """Yield the days that stand here as written: 'Mo-Fr', 'Tu[2,4]', 'PH'."""
    while token := scanner.take(_DAY):
        if token[0][:2].lower() == token[0][3:].lower():
            scanner.refuse("it begins and ends on one day; the whole week is Mo-Su", token.start())
        if re.search(r"(\d)-(\d)", token[0]) and not _goes_forward(token[0]):
            scanner.refuse("which of the month goes forwards, as in Tu[1-3]", token.start())
        yield "PH" if token[0].upper() == "PH" else token[0]
        if scanner.take(_MORE_DAYS) is None:
            return
        if _DAY.match(scanner.rest) is None:
            _stop(scanner)


def _goes_forward(token: str) -> bool:
    """Tell whether 'Tu[1-3]' begins before it ends."""
    return all(low < high for low, high in re.findall(r"(\d)-(\d)", token))


def _refuse_one_day_twice(
    scanner: Scanner, when: tuple[AnyPeriod, ...], tokens: list[str], at: int
) -> None:
    """Refuse a date with a weekday: it would hold only in the years in which the two meet."""
    one_date = any(
        isinstance(period, Period) and period.first == period.last and period.said_as == "dates"
        for period in when
    )
    if one_date and any(token[2:3] != "-" for token in tokens):
        scanner.refuse("a date has no weekday; take it out", at)


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


def _windows(scanner: Scanner) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether the end is open of the times that stand here, in minutes."""
    while match := scanner.take(_TIME):
        start = int(match[1]) * 60 + int(match[2])
        end = int(match[3]) * 60 + int(match[4]) if match[3] else start
        begins = match.start()
        if start >= DAY_MIN or match[2] > "59" or (match[4] or "") > "59" or end > 2 * DAY_MIN:
            scanner.refuse("there is no such time of the clock", begins)
        if not (match[3] or match[5]):
            if scanner.rest.lstrip(" -"):
                _stop(scanner)
            scanner.refuse("it has no end; if nobody knows it, write a + such as 17:00+")
        if match[3] and start == end:
            scanner.refuse("it ends when it starts; the whole day is 00:00-24:00", begins)
        yield start, end + (DAY_MIN if end < start else 0), bool(match[5])
        if scanner.take(_MORE_TIMES) is None:
            return
        if _TIME.match(scanner.rest) is None:
            _stop(scanner)


def _state(said: str, noted: bool, timed: bool) -> tuple[Kind, Reason]:
    """Return what a rule says of its times, by its word of state and whether it has a note."""
    if said in ("closed", "off"):
        return "closed", ""
    if said == "unknown" or (noted and said != "open"):
        return "unknown", "conditional"  # a note without `open` is a condition, says OSM
    return ("open", "") if timed or said else ("unknown", "days_only")


def _spans(
    windows: list[tuple[int, int, bool]], kind: Kind, reason: Reason, note: str
) -> Iterator[Span]:
    """Yield what a rule says of each of its days."""
    for start, end, open_end in windows or [(*ALL_DAY, False)]:
        if end > start:
            yield Span(start, end, kind, reason, note)
        if open_end:
            late = Span(end, _latest(end), kind, reason, note)
            yield late._replace(kind="unknown", reason="open_end") if kind == "open" else late


def _latest(start: int) -> int:
    """Return the minute at which an open end is over at the latest.

    Source: opening_hours.js, the evaluator of the OpenStreetMap community, which takes ten hours
    from 17:00 on, eight from 22:00 on, and else the end of the day.
    """
    if start >= 22 * 60:
        return min(start + 8 * 60, 2 * DAY_MIN)
    return start + 10 * 60 if start >= 17 * 60 else DAY_MIN


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    """Return the holidays of a year, with the days on which they are observed.

    Of the nation and of California: either may close an office. Of California's the library tells
    one on which nothing closes.
    """
    nation = holidays.country_holidays("US", years=year)
    state = holidays.country_holidays("US", subdiv="CA", years=year)
    return frozenset(nation) | {day for day, name in state.items() if name != NOTHING_CLOSES}
