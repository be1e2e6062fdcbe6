"""Intervals: what a text of hours says of some weeks, as the minutes at which that changes.

For who cannot read the text, such as a browser: of the days told they say the same as `state`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from geo.hours.rules import Kind, Reason
from geo.hours.state import State, states_on

KINDS: Sequence[Kind] = ("closed", "unknown", "open")
REASONS: Sequence[Reason] = get_args(Reason)


@dataclass(frozen=True)
class Intervals:
    """What holds from each of `starts` on, in minutes since 1970 in UTC, until the next.

    `says` has a number for each: that of the kind, three times that of the reason, and a hundred on
    a holiday that the hours do not speak of. `after` is the minute at which the kind that holds at
    the end will change; None where that is not known.
    """

    starts: tuple[int, ...]
    says: tuple[int, ...]
    after: int | None


def of(text: str, first: date, days: int) -> Intervals:
    """Return what `text` says from midnight before `first` on, for so many days, at least one.

    >>> of("Tu 08:00-17:00", date(2026, 11, 24), 1).says
    (0, 2, 0)
    """
    starts: list[int] = []
    says: list[int] = []
    state = State("unknown", None)
    for day in (first + timedelta(days=ahead) for ahead in range(days)):
        for start, state in states_on(text, day):
            said = KINDS.index(state.kind) + 3 * REASONS.index(state.reason) + 100 * state.holiday
            if not says or says[-1] != said:
                starts.append(int(start.timestamp() // 60))
                says.append(said)
    after = int(state.until.timestamp() // 60) if state.until else None
    return Intervals(tuple(starts), tuple(says), after)
