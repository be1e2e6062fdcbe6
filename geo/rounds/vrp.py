"""Vrp: a day out in the terms of the solver.

A stop can be visited in one of its windows. A team's break is a job of its own that must be done:
where one of the stops is, or at home, before the team leaves or after it is back. Skills are
capacities: a stop that needs a nurse is a load that only a team with a nurse can carry; and so is
the break of a team, which only that team can take.

A stop is worth more than any time can be: a plan first has the most stops, counted by priority,
and of those plans it is the shortest. One that must be visited counts more than all that need not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from geo.clock import DAY_MIN
from geo.rounds.plan import NEVER, Stop, Team
from geo.rounds.solver import WITHOUT_LIMIT, Choice, Job, Problem, Solved, Table, Vehicle
from geo.rounds.timing import Outing

FORBIDDEN = 100_000  # minutes: over two months, so no shift has room for it
LATEST = 4 * DAY_MIN
MOST_REST_PLACES = 40  # for the breaks of all teams: the search gets slow with more


def weights(stops: Sequence[Stop]) -> list[int]:
    """Return what each stop counts: 1, 3 or 9 by its priority; more than all those if it must be.

    >>> weights([Stop("a", "A", 38, -121), Stop("b", "B", 38, -121, must=True)])
    [1, 2]
    """
    normal = [3 ** (stop.priority - 1) for stop in stops]
    most = 1 + sum(w for stop, w in zip(stops, normal, strict=True) if not stop.must)
    return [most if stop.must else w for stop, w in zip(stops, normal, strict=True)]


def build(outing: Outing, most_time: int = WITHOUT_LIMIT) -> Problem:
    """Return the problem whose jobs begin with the stops, in their order.

    `most_time` is how many minutes a team may be out at most.
    """
    teams = outing.teams
    unit = 1 + 2 * sum(team.shift[1] - team.shift[0] for team in teams)  # no plan costs as much
    resting = [number for number, team in enumerate(teams) if team.break_]
    skills = sorted({skill for stop in outing.stops for skill in stop.needs})
    prizes = [unit * weight for weight in weights(outing.stops)]
    no_rest = (0,) * len(resting)
    visits = [
        Job(
            tuple(
                _visits(outing, place, (*(int(s in stop.needs) for s in skills), *no_rest), prize)
            )
        )
        for place, (stop, prize) in enumerate(zip(outing.stops, prizes, strict=True))
    ]
    rests = [
        Job(tuple(_rests(outing, resting, number, len(skills))), required=True)
        for number in resting
    ]
    limits = sorted({_longest(team) for team in teams})
    tables = [_table(outing, resting, limit) for limit in limits]
    return Problem(
        jobs=[*visits, *rests],
        vehicles=[
            replace(
                _vehicle(outing, number, skills, resting, limits.index(_longest(team))),
                most_time=most_time,
            )
            for number, team in enumerate(teams)
        ],
        durations=tables,
        distances=tables,
        duration_cost=1,
        distance_cost=1,
        begin=[
            (number, len(visits) + count, _home(teams[number]))
            for count, number in enumerate(resting)
        ],
    )


def orders(solved: Solved, outing: Outing) -> list[list[int]]:
    """Return for each team the stops of its round by number, in order."""
    orders: list[list[int]] = [[] for _ in outing.teams]
    for team, jobs in solved.routes:
        orders[team] = [job for job in jobs if job < len(outing.stops)]
    return orders


def _visits(outing: Outing, place: int, loads: tuple[int, ...], prize: int) -> Iterator[Choice]:
    """Yield the ways to visit a stop; none if no team could be there at such an hour."""
    stop = outing.stops[place]
    first = min(team.shift[0] for team in outing.teams)
    last = max(team.shift[1] for team in outing.teams)
    for opens, closes in stop.open_times:
        late = closes - stop.minutes
        if opens <= late and late >= first and opens + stop.minutes <= last:
            yield Choice(place, opens, late, stop.minutes, loads, prize)


def _rests(outing: Outing, resting: Sequence[int], number: int, skills: int) -> Iterator[Choice]:
    """Yield where a team's break can be: first at home, before it leaves or after it is back."""
    pause = outing.teams[number].break_
    assert pause
    loads = (*(0 for _ in range(skills)), *(int(number == other) for other in resting))
    home = len(outing.minutes) + 2 * resting.index(number)
    yield Choice(home, pause.earliest, LATEST, pause.minutes, loads)
    yield Choice(home + 1, 0, pause.latest, 0, loads)
    for place in _spread(outing, MOST_REST_PLACES // len(resting)):
        yield Choice(place, pause.earliest, pause.latest, pause.minutes, loads)


def _home(team: Team) -> int:
    """Return which rest at home a team can have that has nothing else to do: before or after."""
    assert team.break_
    return int(team.break_.earliest + team.break_.minutes > team.shift[1])


def _spread(outing: Outing, most: int) -> list[int]:
    """Return all stops, or as many as may be that are far from each other."""
    many = len(outing.stops)
    if many <= most:
        return list(range(many))
    minutes = np.array(outing.minutes)[:many, :many]
    chosen, nearest = [0], minutes[0].copy()
    while len(chosen) < most:
        chosen.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, minutes[chosen[-1]])
    return chosen


def _vehicle(
    outing: Outing, number: int, skills: Sequence[str], resting: Sequence[int], profile: int
) -> Vehicle:
    """Return a team as a vehicle."""
    team, many = outing.teams[number], len(outing.stops)
    start, most = many + 2 * number, team.longest_drive_minutes
    return Vehicle(
        start=start,
        end=start + 1,
        early=team.shift[0],
        late=team.shift[1],
        capacity=(
            *(many * (skill in team.skills) for skill in skills),
            *(int(number == other) for other in resting),
        ),
        most_distance=WITHOUT_LIMIT if most is None else most,
        profile=profile,
    )


def _longest(team: Team) -> int:
    return NEVER - 1 if team.longest_leg_minutes is None else team.longest_leg_minutes


def _table(outing: Outing, resting: Sequence[int], longest: int) -> Table:
    """Return the minutes of every leg; for teams with a break also from and to their rest at home.

    That rest is a place of its own: reached from the start only, or left to the end only, so that
    nobody rests by passing through. A team that does nothing else stays where it is.
    """
    table = np.array(outing.minutes, dtype=np.int64)
    table[table > longest] = FORBIDDEN
    np.fill_diagonal(table, 0)
    size, more = len(table), 2 * len(resting)
    wide = np.full((size + more, size + more), FORBIDDEN, dtype=np.int64)
    wide[:size, :size] = table
    np.fill_diagonal(wide, 0)
    for count, number in enumerate(resting):
        start, before = len(outing.stops) + 2 * number, size + 2 * count
        end, after = start + 1, before + 1
        wide[before, :size] = table[start]
        wide[:size, after] = table[:, end]
        wide[start, before] = wide[before, end] = wide[start, after] = wide[after, end] = 0
    return wide
