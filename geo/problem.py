"""Problem: a day out in the terms of the solver.

Each stop can be visited in one of several ways: in each of its windows, without the team's break,
or with the break right before or right after the service. A team can take one break along, and is
paid for it what its round costs to begin: so a round without the break it needs is never best. It
is also paid if it leaves after the break is over, or is back by the latest minute for it. Skills,
too, are capacities: a stop that needs a nurse is a load that only a team with a nurse can carry.

A stop is worth more than any time can be: a plan first has the most stops, counted by priority,
and of those plans it is the shortest. One that must be visited counts more than all that need not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geo.engines.rounds import WITHOUT_LIMIT, Choice, Problem, Solved, Table, Vehicle
from geo.rounds import NEVER, Break, Stop, Team
from geo.timing import Outing

FORBIDDEN = 100_000  # minutes: over two months, so no shift has room for it
LATEST = 4 * 1440


def weights(stops: Sequence[Stop]) -> list[int]:
    """Return what each stop counts: 1, 3 or 9 by its priority; more than all those if it must be.

    >>> weights([Stop("a", "A", 38, -121), Stop("b", "B", 38, -121, must=True)])
    [1, 2]
    """
    normal = [3 ** (stop.priority - 1) for stop in stops]
    most = 1 + sum(w for stop, w in zip(stops, normal, strict=True) if not stop.must)
    return [most if stop.must else w for stop, w in zip(stops, normal, strict=True)]


def unit(teams: Sequence[Team]) -> int:
    """Return a cost in minutes that no plan can reach."""
    return 1 + 2 * sum(team.shift[1] - team.shift[0] for team in teams)


def build(outing: Outing) -> Problem:
    """Return the problem whose jobs begin with the stops, in their order."""
    teams, stops = outing.teams, outing.stops
    prizes = [unit(teams) * weight for weight in weights(stops)]
    terms = _Terms(outing, 1 + sum(prizes))
    at_stops = [
        list(terms.choices(number, stop, prize))
        for number, (stop, prize) in enumerate(zip(stops, prizes, strict=True))
    ]
    limits = sorted({_longest(team) for team in teams})
    tables = [_table(outing, terms.homes, limit) for limit in limits]
    return Problem(
        jobs=[*at_stops, *terms.at_home()],
        vehicles=[terms.vehicle(n, limits.index(_longest(team))) for n, team in enumerate(teams)],
        durations=tables,
        distances=tables,
        required=False,
        duration_cost=1,
        distance_cost=1,
    )


def orders(solved: Solved, outing: Outing) -> list[list[int]]:
    """Return for each team the stops of its round by number, in order."""
    found: list[list[int]] = [[] for _ in outing.teams]
    for team, jobs in solved.routes:
        found[team] = [job for job in jobs if job < len(outing.stops)]
    return found


@dataclass(frozen=True, eq=False)
class _Terms:
    """What skills and breaks are called: numbers of capacities."""

    outing: Outing
    rest_prize: int

    @property
    def skills(self) -> list[str]:
        """Return the skills that any stop needs."""
        return sorted({skill for stop in self.outing.stops for skill in stop.needs})

    @property
    def breaks(self) -> list[Break]:
        """Return the different breaks of the teams."""
        return sorted({team.break_ for team in self.outing.teams if team.break_})

    @property
    def homes(self) -> list[int]:
        """Return the teams that have a break."""
        return [n for n, team in enumerate(self.outing.teams) if team.break_]

    def loads(self, needs: frozenset[str], pause: Break | None) -> tuple[int, ...]:
        """Return what a visit takes of each capacity."""
        skills = (int(skill in needs) for skill in self.skills)
        return (*skills, *(int(pause == other) for other in self.breaks))

    def vehicle(self, number: int, profile: int) -> Vehicle:
        """Return a team as a vehicle."""
        team = self.outing.teams[number]
        start = len(self.outing.stops) + 2 * number
        many = len(self.outing.stops)
        skills = (many * (skill in team.skills) for skill in self.skills)
        most = team.longest_drive_minutes
        return Vehicle(
            start,
            start + 1,
            *team.shift,
            (*skills, *(int(team.break_ == pause) for pause in self.breaks)),
            WITHOUT_LIMIT if most is None else most,
            self.rest_prize if team.break_ else 0,
            profile,
        )

    def choices(self, place: int, stop: Stop, prize: int) -> Iterator[Choice]:
        """Yield the ways to visit a stop; none if no team could be there at such an hour."""
        first = min(team.shift[0] for team in self.outing.teams)
        last = max(team.shift[1] for team in self.outing.teams)
        for opens, closes in stop.open_times:
            plain = (opens, closes - stop.minutes, stop.minutes)
            ways: list[tuple[int, int, int, Break | None]] = [(*plain, None)]
            ways += [
                (*way, pause)
                for pause in self.breaks
                for way in _with_break(opens, closes, stop.minutes, pause)
            ]
            for early, late, lasts, pause in ways:
                if early <= late and late >= first and early + lasts <= last:
                    worth = prize + (self.rest_prize if pause else 0)
                    loads = self.loads(stop.needs, pause)
                    yield Choice(place, max(early, 0), late, lasts, loads, worth)

    def at_home(self) -> Iterator[list[Choice]]:
        """Yield for each team with a break its rest before it leaves or after it is back."""
        first = len(self.outing.minutes)
        for count, number in enumerate(self.homes):
            pause = self.outing.teams[number].break_
            assert pause
            loads, rested = self.loads(frozenset(), pause), pause.earliest + pause.minutes
            place = first + 2 * count
            yield [
                Choice(place, rested, LATEST, 0, loads, self.rest_prize),
                Choice(place + 1, 0, pause.latest, 0, loads, self.rest_prize),
            ]


def _with_break(
    opens: int, closes: int, minutes: int, pause: Break
) -> Iterator[tuple[int, int, int]]:
    """Yield when a visit with a break can begin, from when to when, and how long both take.

    A break that cannot touch the service waits for it, or comes after a wait.
    """
    last = closes - minutes
    if opens - pause.minutes > pause.latest:
        yield pause.latest, pause.latest, opens - pause.latest + minutes
    else:
        early = max(pause.earliest, opens - pause.minutes)
        yield early, min(pause.latest, last - pause.minutes), pause.minutes + minutes
    if closes < pause.earliest:
        yield last, last, pause.earliest - last + pause.minutes
    else:
        early = max(opens, pause.earliest - minutes)
        yield early, min(last, pause.latest - minutes), minutes + pause.minutes


def _longest(team: Team) -> int:
    return NEVER - 1 if team.longest_leg_minutes is None else team.longest_leg_minutes


def _table(outing: Outing, homes: Sequence[int], longest: int) -> Table:
    """Return the minutes of every leg; for each team in `homes` also from and to its rest there.

    That rest is a place of its own: reached from the start only, or left to the end only, so that
    nobody rests by passing through.
    """
    table = np.array(outing.minutes, dtype=np.int64)
    table[table > longest] = FORBIDDEN
    np.fill_diagonal(table, 0)
    size, more = len(table), 2 * len(homes)
    wide = np.full((size + more, size + more), FORBIDDEN, dtype=np.int64)
    wide[:size, :size] = table
    np.fill_diagonal(wide, 0)
    stops = len(outing.stops)
    for count, number in enumerate(homes):
        start, before = stops + 2 * number, size + 2 * count
        end, after = start + 1, before + 1
        wide[start, before] = wide[after, end] = 0
        wide[before, :size] = table[start]
        wide[:size, after] = table[:, end]
    return wide
