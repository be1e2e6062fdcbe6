"""Plan: the stops and teams of a day out, and the plan that is made of them.

Times are whole minutes after midnight of the day, on the clocks of California; past 1440 is the
next day. A leg is counted in whole minutes, rounded up, so that the times on paper add up. Points
are (lat, lon) in degrees, WGS 84. Nothing here is ever stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from geo.clock import DAY_MIN, at_minute
from geo.i18n import Words, mark, words
from geo.travel.engines import Travel

Window = tuple[int, int]
Windows = tuple[Window, ...]

NEVER = 1_000_000  # minutes: no way there
ALWAYS: Windows = ((0, 2 * DAY_MIN),)  # to the end of the next day

SKILLS: Mapping[str, str] = {  # what a stop may need and a team have, by key
    "nurse": mark("a nurse"),
    "spanish": mark("someone who speaks Spanish"),
    "case_worker": mark("a case worker"),
    "lift": mark("a vehicle with a wheelchair lift"),
}
STATUSES: Mapping[str, str] = {
    "searched": mark("The search is done. No shorter plan was found."),
    "time_limit": mark("The time ran out. A shorter plan may exist."),
    "so_far": mark("The best plan so far; the search goes on."),
    "stopped": mark("You stopped the search. A shorter plan may exist."),
    "broken": mark(
        "The search broke off. This is the best plan it had. To look for a shorter one, plan again."
    ),
    "by_hand": mark("Changed by hand."),
    "again": mark("Made again, in the order that this page still held."),
}


SHARES: Mapping[str, str] = {  # how the stops are shared among several teams
    "even": mark("Evenly: all are back as early as can be"),
    "miles": mark("Least time and driving: some teams may stay at home"),
    "teams": mark("As few teams as can do it"),
}


class Clock(int):
    """A time of the day in minutes; in a sentence it is told as '3:20 PM'."""

    def told(self, say: Words) -> str:
        """Return the time as a reader of this language writes it, and if it is on the next day."""
        clock = say.time(at_minute(date(1, 1, 1), int(self)))
        return say("{time} the next day", time=clock) if self > DAY_MIN else clock


@dataclass(frozen=True)
class Sentence:
    """A sentence of `i18n`, or a word, with its values, to be told in any language.

    >>> Sentence("Closes at {closes}.", {"closes": Clock(900)}).told(words("en"))
    'Closes at 3:00\u202fPM.'
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def told(self, say: Words) -> str:
        """Return the sentence in the language of `say`."""
        return say(self.message, **self.values)

    def __str__(self) -> str:
        """Return the sentence in English, for messages to the operator."""
        return self.told(words("en"))


def skill_names(keys: Iterable[str]) -> tuple[Sentence, ...]:
    """Return skills by their keys, to be told in any language; an unknown one is its own name.

    >>> [str(name) for name in skill_names({"spanish", "nurse"})]
    ['a nurse', 'someone who speaks Spanish']
    """
    return tuple(Sentence(SKILLS.get(key, key)) for key in sorted(keys))


def team_name(number: int) -> Sentence:
    """Return what a team is called that has a number, from 1 on, and no name."""
    return Sentence(mark("Team {n}"), {"n": number})


@dataclass(frozen=True)
class Stop:
    """A door to knock at. `windows` None: hours unknown, allowed but marked; (): never open."""

    key: str  # the id of a service, or one made up for a place that was typed
    name: str
    lat: float
    lon: float
    windows: Windows | None = None
    minutes: int = 20  # at the stop
    needs: frozenset[str] = frozenset()  # keys of `SKILLS`
    must: bool = False
    priority: int = 1  # 1 to 3: a 2 counts as much as three 1s, a 3 as nine
    approximate: bool = False  # met at a public point that the user gave
    holiday: bool = False  # the day is a holiday that the hours do not speak of
    assumed: bool = False  # nobody knows the hours: the windows are those that a team assumes
    typed: bool = False  # the hours are the team's own, or it is a place that has none
    opening: Windows | None = None  # the hours, where `between` has cut the windows
    between: Window | None = None  # when the team has to be there

    @property
    def hours_unknown(self) -> bool:
        """Return whether nobody knows when it is open that day."""
        return self.windows is None or self.assumed

    @property
    def open_times(self) -> Windows:
        """Return when a visit may be: always, where its hours are unknown."""
        return ALWAYS if self.windows is None else self.windows


class Break(NamedTuple):
    """A break of so many minutes, begun between `earliest` and `latest`."""

    earliest: int
    latest: int
    minutes: int


@dataclass(frozen=True)
class Team:
    """Who goes: one vehicle, from where and to where, from when to when."""

    name: Sentence | str
    start: tuple[float, float]
    end: tuple[float, float]
    shift: tuple[int, int]
    skills: frozenset[str] = frozenset()  # keys of `SKILLS`
    break_: Break | None = None
    longest_leg_minutes: int | None = None  # between two stops, to the first, or back
    longest_drive_minutes: int | None = None  # all day
    start_name: str = ""  # as it was typed
    end_name: str = ""

    def called(self, say: Words) -> str:
        """Return its name in the language of `say`."""
        return self.name.told(say) if isinstance(self.name, Sentence) else self.name


@dataclass(frozen=True, eq=False)
class Question:
    """What a plan is asked for: the day, where to go, who goes, and the ways between all of them.

    The windows of the stops are those of the day. `travel` is as in `Plan`.
    """

    day: date
    stops: Sequence[Stop]  # at most `limits.MOST_STOPS`
    teams: Sequence[Team]  # at most `limits.MOST_TEAMS`
    travel: Travel
    share: str = "miles"  # a key of SHARES


@dataclass(frozen=True)
class Visit:
    """One stop of a round. The break, if it is here, is before `start` or after `done`."""

    stop: Stop
    arrive: int
    wait: int  # at this stop, without the break
    start: int
    leave: int
    slack: int | None  # from the end of the service to closing; None where hours are unknown
    leg_minutes: int  # of the way here
    leg_miles: float
    breaches: tuple[Sentence, ...] = ()  # what is not kept; only in plans changed by hand

    @property
    def done(self) -> int:
        """Return when the service ends."""
        return self.start + self.stop.minutes


@dataclass(frozen=True)
class Round:
    """The day of one team; without visits it stays where it is."""

    team: Team
    leave_start: int
    visits: tuple[Visit, ...]
    break_at: int | None  # on the way; None: none is needed, or it is before or after the round
    back_minutes: int  # of the last leg
    back_miles: float
    back_at: int
    drive_minutes: int
    on_site_minutes: int
    waiting_minutes: int
    miles: float
    breaches: tuple[Sentence, ...] = ()  # of the round as a whole

    @property
    def cost(self) -> int:
        """Return minutes out, and those on the road once more; what a plan makes least."""
        return self.back_at - self.leave_start + self.drive_minutes


@dataclass(frozen=True)
class LeftOut:
    """A stop that is in no round: why, and what would have to give; both were tried."""

    stop: Stop
    kind: str  # closed, skill, no_way, leg, drive, hours, shift, break, other_stop; it would fit:
    # room; it was taken out by hand: dropped; the search goes on: not_yet
    reason: Sentence
    remedies: tuple[Sentence, ...] = ()


@dataclass(frozen=True, eq=False)
class Plan:
    """A round for each team, in the order of the teams, and the stops that are in none.

    `travel` holds the ways from each to each of: the stops in their order, then for each team its
    start and its end. `pins` are stops that by hand were put 'first' or 'last'.
    """

    day: date
    stops: tuple[Stop, ...]
    teams: tuple[Team, ...]
    travel: Travel
    rounds: tuple[Round, ...]
    left_out: tuple[LeftOut, ...]
    status: str = "searched"  # a key of STATUSES
    pins: Mapping[str, str] = field(default_factory=dict)
    share: str = "miles"  # a key of SHARES
    more_miles: float | None = None  # than with the least time and driving; None: not known

    @property
    def engine(self) -> str:
        """Return the name of what measured the ways."""
        return self.travel.engine

    @property
    def estimate(self) -> bool:
        """Return whether the ways are estimated, not measured on streets."""
        return self.travel.estimate

    @property
    def miles(self) -> float:
        """Return how far all teams drive."""
        return sum(round_.miles for round_ in self.rounds)
