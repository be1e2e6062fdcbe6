"""Clocks: times as people write them, with AM and PM or without -> minutes, if only one way fits.

The rule, for a span from one time to another:

- What carries AM or PM, is noon, midnight or of 24 hours (17:00, 0800) is what it says.
- AM or PM at the end holds for the start too if the span then goes forward ("6-8 pm"); else the
  start is in the other half of the day ("8-5 pm"). So English writes spans (Unicode CLDR).
- A time without AM or PM is of the day: it opens from 5:00 to 20:00, closes by 22:00, and is open
  for 16 hours at most. "8-5" fits in one way; "6-8" in two, morning or evening, and is asked back.
- Only what starts at 17:00 or later, and says so, goes on past midnight ("8 pm-6"): so "6 pm-8" has
  two readings, two hours and a night.
- The times of one list follow one another: in "9-12, 6-8" the second is in the evening.
"""

from dataclasses import dataclass
from itertools import product

from geo.clock import DAY_MIN

NOON = DAY_MIN // 2
FIRST_START, LAST_START, LAST_END = 5 * 60, 20 * 60, 22 * 60
FIRST_NIGHT = 17 * 60
LONGEST = 16 * 60


@dataclass(frozen=True)
class Clock:
    """A time as it is written."""

    hour: int
    minute: int = 0
    half: str = ""  # "am", "pm" or not said
    exact: bool = False  # noon, midnight, or plainly of 24 hours
    padded: bool = False  # with a zero in front, as the clock of 24 hours has it

    @property
    def is_said(self) -> bool:
        """Tell whether it can be one time of the day only."""
        return bool(self.half) or self.exact or not 1 <= self.hour <= 12

    @property
    def minutes(self) -> tuple[int, ...]:
        """Return the minutes of the day that it can be."""
        if self.half:
            return (self.hour % 12 * 60 + self.minute + (NOON if self.half == "pm" else 0),)
        if self.is_said:
            return (self.hour * 60 + self.minute,)
        early = self.hour % 12 * 60 + self.minute
        return early, early + NOON


Raw = tuple[Clock, Clock | None]  # None: nobody says when it ends
Window = tuple[int, int | None]


def readings(spans: list[Raw]) -> list[list[Window]]:
    """Return each way in which the spans of one day can be read; several or none must be asked.

    >>> readings([(Clock(8), Clock(5))]), readings([(Clock(6), Clock(8))])
    ([[(480, 1020)]], [[(360, 480)], [(360, 1200)], [(1080, 1200)]])
    """
    choices = [_choices(start, end) for start, end in spans]
    return [list(ways) for ways in product(*choices) if _follow(ways)]


def all_readings(spans: list[Raw]) -> list[list[Window]]:
    """Return what to ask back when no reading fits: every one that goes forward."""
    choices = [
        [(a, b if b > a else b + DAY_MIN) for a in start.minutes for b in end.minutes if a != b]
        if end
        else [(a, None) for a in start.minutes]
        for start, end in spans
    ]
    return [list(ways) for ways in product(*choices)][:4]


def of_24_hours(spans: list[Raw]) -> list[Raw]:
    """Return the spans with their times taken as the clock of 24 hours shows them."""
    return [(_of_24(start), end and _of_24(end)) for start, end in spans]


def _of_24(clock: Clock) -> Clock:
    return Clock(clock.hour, clock.minute, clock.half, exact=True)


def _choices(start: Clock, end: Clock | None) -> list[Window]:
    """Return the ways to read one span."""
    if end is None:
        return [(a, None) for a in start.minutes if start.is_said or FIRST_START <= a <= LAST_START]
    midnight = end.minutes == (0,)
    if start.is_said and end.is_said:
        return _said(start, end)
    if end.half and not midnight:
        return _by_the_end(start, end)
    found: list[Window] = []
    for a, b in product(start.minutes, (DAY_MIN,) if midnight else end.minutes):
        if not start.is_said and not FIRST_START <= a <= LAST_START:
            continue
        if a < b and b - a <= LONGEST and (b <= LAST_END or end.is_said):
            found.append((a, b))
        elif b < a and start.is_said and a >= FIRST_NIGHT and b + DAY_MIN - a <= LONGEST:
            found.append((a, b + DAY_MIN))
    return found


def _said(start: Clock, end: Clock) -> list[Window]:
    """Return the span of two times that can be one only; a day and a night must be told so."""
    a, b = start.minutes[0] % DAY_MIN, end.minutes[0]
    b = b if b > a else b + DAY_MIN
    long = b - a > LONGEST and not (start.half and end.half) and (a, b) != (0, DAY_MIN)
    return [] if (b - a == DAY_MIN and a) or (long and b > DAY_MIN) else [(a, b)]


def _by_the_end(start: Clock, end: Clock) -> list[Window]:
    """Return the span whose end alone says AM or PM."""
    b = end.minutes[0]
    same = next((a for a in start.minutes if (a >= NOON) == (b >= NOON)), None)
    if same is not None and same < b:
        return [(same, b)]
    other = next((a for a in start.minutes if (a >= NOON) != (b >= NOON)), None)
    if other is None:
        return []
    until = b if b > other else b + DAY_MIN
    return [(other, until)] if until - other <= LONGEST else []


def _follow(ways: tuple[Window, ...]) -> bool:
    """Tell whether each span begins after the end of the one before it."""
    ends = [end if end is not None else DAY_MIN for _, end in ways]
    starts = [start for start, _ in ways]
    return all(end <= start for end, start in zip(ends, starts[1:], strict=False))
