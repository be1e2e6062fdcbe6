"""Duty: shifts and breaks as they are typed, by the clock on the wall, in minutes of a round."""

import re
from datetime import date

from geo.clock import DAY_MIN, at_minute
from geo.errors import QuestionError
from geo.i18n import mark
from geo.rounds.plan import Break, Clock, Team

LONGEST_NIGHT = 12 * 60  # minutes over midnight that nobody is asked about again; our own
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
FORWARD, BACKWARD = (120, 180), (60, 120)  # what no clock shows, and what it shows twice: 2 AM law


def clock(text: str) -> int | None:
    """Return the minute of a time of 24 hours; None for what is none.

    >>> clock("22:30"), clock("24:00"), clock("9")
    (1350, None, None)
    """
    match = CLOCK.fullmatch(text)
    return int(match[1]) * 60 + int(match[2]) if match else None


def shift(begins: int, ends: int, sure: bool = False) -> tuple[int, int]:
    """Return a shift; an end that is not after its start is on the next day.

    Raises QuestionError if it is then longer than a night and nobody is `sure` of it.

    >>> shift(540, 1020), shift(1320, 360)
    ((540, 1020), (1320, 1800))
    """
    ends += DAY_MIN if ends <= begins else 0
    if ends > DAY_MIN and ends - begins > LONGEST_NIGHT and not sure:
        raise QuestionError(
            mark(
                "The shift from {begins} to {ends} is {hours} hours long, through the night. Is "
                "that meant?"
            ),
            begins=Clock(begins),
            ends=Clock(ends),
            hours=round((ends - begins) / 60, 1),
        )
    return begins, ends


def meets(on_duty: tuple[int, int], earliest: int, latest: int) -> bool:
    """Return whether a break can be begun while a team is on duty."""
    first, last = _by_night(on_duty, earliest, latest)
    return first < on_duty[1] and last >= on_duty[0]


def pause(on_duty: tuple[int, int], earliest: int, latest: int, minutes: int) -> Break:
    """Return the break of a shift; a time before a night shift starts is on the next day.

    Raises QuestionError if it lies outside the shift.

    >>> pause((1320, 1800), 60, 120, 30)
    Break(earliest=1500, latest=1560, minutes=30)
    """
    first, last = _by_night(on_duty, earliest, latest)
    if not meets(on_duty, earliest, latest) or first + minutes > on_duty[1]:
        raise QuestionError(
            mark(
                "The break between {earliest} and {latest} is outside the shift from {begins} to "
                "{ends}. Choose a time within it."
            ),
            earliest=Clock(first),
            latest=Clock(last),
            begins=Clock(on_duty[0]),
            ends=Clock(on_duty[1]),
        )
    return Break(first, last, minutes)


def check_clocks(day: date, team: Team) -> None:
    """Raise QuestionError if a team is on duty in the hour in which the clocks change."""
    for midnight in (0, DAY_MIN):
        before, after = (at_minute(day, midnight + n).utcoffset() for n in (0, DAY_MIN - 1))
        if before is None or after is None or before == after:
            continue
        first, last = (midnight + n for n in (FORWARD if after > before else BACKWARD))
        if team.shift[0] < last and team.shift[1] > first:
            raise QuestionError(
                mark(
                    "The clocks change that night. {team} can be on duty until {until}, or from "
                    "{onward} on, not over that hour."
                ),
                team=team.name,
                until=Clock(first),
                onward=Clock(last),
            )


def _by_night(on_duty: tuple[int, int], earliest: int, latest: int) -> tuple[int, int]:
    """Return when a break is begun, on the next day if that is where the shift has such a time."""
    latest += DAY_MIN if latest < earliest else 0
    if latest < on_duty[0] and on_duty[1] > DAY_MIN:
        return earliest + DAY_MIN, latest + DAY_MIN
    return earliest, latest
