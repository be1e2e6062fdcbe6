"""Choice: what a team has said of a stop, and the stop of a day that it makes."""

from dataclasses import dataclass
from datetime import date

from geo.catalogue.places import Entry
from geo.clock import DAY_MIN
from geo.errors import QuestionError
from geo.i18n import mark
from geo.rounds import stops
from geo.rounds.plan import ALWAYS, Clock, Sentence, Stop, Window, Windows

TYPED = "typed-"  # how the key of a place begins that is on no list


@dataclass(frozen=True)
class Choice:
    """One stop: an entry of the list or, with a `name`, a place that was typed."""

    key: str  # the id of the entry, or made up
    name: str = ""
    point: tuple[float, float] | None = None  # of a typed place, or a public meeting point
    minutes: int | None = None  # None: as long as at the others
    must: bool = False
    priority: int = 1
    needs: tuple[str, ...] = ()  # keys of `rounds.plan.SKILLS`
    why: tuple[Sentence, ...] = ()  # it needs a check, if that is what it was chosen for
    hours: Window | None = None  # open that day, as the team was told; minutes after midnight
    between: Window | None = None  # the team has to be there between these


@dataclass(frozen=True)
class Usual:
    """What goes for every stop of which nothing else is said."""

    day: date
    minutes: int
    assumed: Window | None  # open then, where nobody knows the hours; None: at any time


def stop(choice: Choice, entry: Entry | None, usual: Usual) -> Stop:
    """Return a choice as a stop of a day; a typed place has no hours but those it was given.

    Raises QuestionError if it is no stop, or closed when the team has to be there.
    """
    made = Stop(choice.key, choice.name, *(choice.point or (0.0, 0.0)), windows=ALWAYS)
    if entry:
        made = stops.of(entry, usual.day, meeting_point=choice.point)
    windows, assumed = made.windows, False
    if choice.hours:
        windows = daily(choice.hours)
    elif windows is None and usual.assumed:
        windows, assumed = daily(usual.assumed), True
    opening, between = windows, choice.between
    if between:
        wanted = daily(between)
        windows = wanted if windows is None or assumed else _both(windows, wanted)
        if not windows:
            raise QuestionError(
                NOT_THEN, name=made.name, start=Clock(between[0]), end=Clock(between[1])
            )
    return Stop(
        key=made.key,
        name=made.name,
        lat=made.lat,
        lon=made.lon,
        windows=windows,
        minutes=choice.minutes or usual.minutes,
        needs=frozenset(choice.needs),
        must=choice.must,
        priority=choice.priority,
        approximate=made.approximate,
        holiday=made.holiday and not choice.hours,
        assumed=assumed,
        typed=entry is None or choice.hours is not None,
        opening=opening if between else None,
        between=between,
    )


def daily(window: Window) -> Windows:
    """Return a time of the clock on the day and on the next; an end before its start is next day.

    >>> daily((540, 1020)), daily((1320, 120))
    (((540, 1020), (1980, 2460)), ((1320, 1560), (2760, 2880)))
    """
    begins, ends = window
    ends += DAY_MIN if ends <= begins else 0
    if ends - begins >= DAY_MIN:
        return ALWAYS
    last = ALWAYS[0][1]
    days = ((begins + n, min(ends + n, last)) for n in (0, DAY_MIN))
    return tuple(day for day in days if day[0] < last)


def _both(one: Windows, other: Windows) -> Windows:
    """Return when both are open."""
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted(pair for pair in pairs if pair[0] < pair[1]))


NOT_THEN = mark("{name} is closed that day between {start} and {end}. Choose another time.")
