"""State: open, closed or unknown at a moment, and until when.

Clocks are those of California, wherever the server is; the time is always an argument. A time of
day is the first moment at which the clock shows that time or a later one. That settles the night in
autumn when 1:30 comes twice and the one in spring when 2:30 does not come.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from geo.clock import DAY_MIN, TIMEZONE
from geo.errors import HoursError
from geo.hours.rules import ALL_DAY, Kind, Reason, Rule, Span, fold, is_holiday, parse

HORIZON_DAYS = 400  # a year and a month: a change further off is no news
FORTNIGHT = 14
CERTAINTY: tuple[Kind, ...] = ("closed", "unknown", "open")  # where two days meet, the last wins


@dataclass(frozen=True)
class State:
    """What is known of a place at one moment."""

    kind: Kind
    until: datetime | None  # when that changes; None if not within HORIZON_DAYS, or not known
    reason: Reason = ""
    holiday: bool = False  # a holiday that the hours do not speak of: they may differ today

    def minutes_left(self, at: datetime) -> int | None:
        """Return the minutes from `at` to `until`; `until - at` is wrong when the clocks change.

        >>> night = datetime(2026, 10, 31, 22, tzinfo=TIMEZONE)
        >>> state_at("Sa 22:00-06:00", night).minutes_left(night) / 60
        9.0
        """
        if self.until is None:
            return None
        return int((self.until.timestamp() - at.timestamp()) // 60)


def state_at(text: str, at: datetime) -> State:
    """Return what `text` says of the moment `at`, which must carry its time zone.

    A day without hours ("Tu") is unknown all that day. An open end ("17:00+") is closed before,
    then unknown, for nobody said when it ends: through the night if it starts at 17:00 or later.

    >>> noon = datetime(2026, 11, 24, 12, tzinfo=TIMEZONE)
    >>> found = state_at("Mo-Fr 08:00-17:00", noon)
    >>> found.kind, found.until.isoformat()
    ('open', '2026-11-24T17:00:00-08:00')
    >>> state_at("", noon)
    State(kind='unknown', until=None, reason='not_listed', holiday=False)
    """
    if at.tzinfo is None:
        raise HoursError(
            f"The time {at.isoformat()} has no time zone; give it one, such as geo.clock.TIMEZONE."
        )
    return _minute_state(text, int(at.timestamp() // 60))


def windows_on(text: str, day: date) -> list[tuple[datetime, datetime]] | None:
    """Return the times of `day`, midnight to midnight, when it is surely open; None if unknown.

    >>> [(start.hour, end.hour) for start, end in windows_on("Fr 22:00-02:00", date(2026, 11, 28))]
    [(0, 2)]
    >>> windows_on("Tu", date(2026, 11, 24)), windows_on("Tu", date(2026, 11, 25))
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


def states_on(text: str, day: date) -> list[tuple[datetime, State]]:
    """Return what `text` says of `day`, midnight to midnight: from when on, in UTC, and what.

    >>> found = states_on("Tu 08:00-17:00", date(2026, 11, 24))
    >>> [(start.hour, state.kind) for start, state in found]
    [(8, 'closed'), (16, 'open'), (1, 'closed')]
    """
    try:
        rules = parse(text)
    except HoursError:
        return [(_moment(day, 0), State("unknown", None, "unreadable"))]
    if not rules:
        return [(_moment(day, 0), state_by(rules, _moment(day, 0)))]
    starts = [
        _moment(day, span.start)
        for span in _spans(rules, day)
        if _moment(day, span.start) < _moment(day, span.end)
    ]
    return [(start, state_by(rules, start)) for start in starts]


@lru_cache(maxsize=8192)
def _minute_state(text: str, minute: int) -> State:
    """Return the state at a minute counted from 1970 in UTC."""
    try:
        rules = parse(text)
    except HoursError:
        return State("unknown", None, "unreadable")
    return state_by(rules, datetime.fromtimestamp(minute * 60, UTC))


def state_by(rules: tuple[Rule, ...], at: datetime) -> State:
    """Return the state at a moment with a time zone by `rules`, such as those of a reader's text.

    >>> state_by(parse("Mo-Fr 08:00-17:00"), datetime(2026, 11, 24, 10, tzinfo=TIMEZONE)).kind
    'open'
    """
    if not rules:
        return State("unknown", None, "not_listed")
    today = at.astimezone(TIMEZONE).date()
    current = next(span for span in _spans(rules, today) if at < _moment(today, span.end))
    until = _change(rules, today, current)
    always = current.kind == "open" and until is None
    return State(
        current.kind,
        until,
        "always" if always else current.reason,
        not always and is_holiday(today) and not _mentions(rules, today),
    )


def _change(rules: tuple[Rule, ...], today: date, current: Span) -> datetime | None:
    """Return when the kind of `current` ends, in the time zone of the place."""
    yearly = any(rule.periods or rule.holidays or any(n for _, n in rule.days) for rule in rules)
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
    """Tell whether the rules speak of holidays or of this very day.

    A rule of two weeks a year or less does ("Dec 24-Jan 02", "Nov Th[4]"), and one that closes the
    day. A season ("Nov-Mar") or a day of each month ("Mo[3]") that is open is not about a holiday.
    """
    for rule in rules:
        if rule.holidays:
            return True
        if rule.periods and rule.covers(day):
            closed = all(span[:3] == (*ALL_DAY, "closed") for span in rule.spans)
            year = (day + timedelta(days=ahead) for ahead in range(-182, 183))
            if closed or sum(map(rule.covers, year)) <= FORTNIGHT:
                return True
    return False


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
        _, _, kind, reason, _ = max(both, key=lambda span: CERTAINTY.index(span.kind))
        if spans and spans[-1][2:4] == (kind, reason):
            spans[-1] = spans[-1]._replace(end=end)
        else:
            spans.append(Span(start, end, kind, reason))
    return spans


def _day_spans(rules: tuple[Rule, ...], day: date) -> list[Span]:
    """Return what the rules say of `day` and the night after it; a later span hides an earlier."""
    return fold(rule for rule in rules if rule.covers(day))


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
