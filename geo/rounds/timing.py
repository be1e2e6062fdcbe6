"""Timing: an order of stops -> when to leave, arrive, wait, serve, rest and be back.

A service begins and ends within one window. A team leaves as late as it can without being longer
out. Its break is begun at a stop, before or after the service, between its earliest and its latest
minute; none is needed on the way by a team that is back by the latest, or whose stops open so late
that it would leave after a rest anyway. A break does not make a team leave later if that can be.
The time out is the least there is so for the order: each departure worth trying is tried.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from geo.rounds import breaches
from geo.rounds.plan import NEVER, Break, Round, Stop, Team, Visit
from geo.sphere import METRES_A_MILE
from geo.travel.engines import Travel


@dataclass(frozen=True, eq=False)
class Outing:
    """The stops, the teams, and every leg: whole minutes, `NEVER` for no way, and miles."""

    stops: Sequence[Stop]
    teams: Sequence[Team]
    minutes: Sequence[Sequence[int]]  # from and to: the stops, then each team's start and end
    miles: Sequence[Sequence[float]]

    def legs(self, team: int, order: Sequence[int]) -> list[int]:
        """Return the minutes of each leg of a round through the stops numbered, the last back."""
        return [self.minutes[a][b] for a, b in self._pairs(team, order)]

    def leg_miles(self, team: int, order: Sequence[int]) -> list[float]:
        """Return the miles of each leg of such a round."""
        return [self.miles[a][b] for a, b in self._pairs(team, order)]

    def visited(self, order: Sequence[int]) -> list[Stop]:
        """Return the stops that are numbered."""
        return [self.stops[number] for number in order]

    def fits(self, team: int, order: Sequence[int]) -> bool:
        """Return whether the team can do these stops in this order with everything kept."""
        return fits(self.teams[team], self.visited(order), self.legs(team, order))

    def among(self, teams: Sequence[int]) -> "Outing":
        """Return the same with some of the teams only."""
        many = len(self.stops)
        ends = [many + 2 * team + side for team in teams for side in (0, 1)]
        places = [*range(many), *ends]
        minutes = [[self.minutes[a][b] for b in places] for a in places]
        miles = [[self.miles[a][b] for b in places] for a in places]
        return Outing(self.stops, [self.teams[team] for team in teams], minutes, miles)

    def _pairs(self, team: int, order: Sequence[int]) -> Iterator[tuple[int, int]]:
        home = len(self.stops) + 2 * team
        return zip([home, *order], [*order, home + 1], strict=True)


class Rest(NamedTuple):
    """Where the break is: at a stop, before or after its service; None: at home, or not needed."""

    stop: int | None = None
    before: bool = False
    at: int = 0


class Times(NamedTuple):
    """When a team leaves, begins each service, rests, and is back."""

    leave: int
    starts: tuple[int, ...]
    rest: Rest
    back: int


def outing(stops: Sequence[Stop], teams: Sequence[Team], travel: Travel) -> Outing:
    """Return the question with the legs of `travel` in whole minutes, rounded up."""
    whole = np.ceil(np.round(travel.minutes, 6))
    minutes = np.where(np.isfinite(whole), whole, NEVER).astype(int)
    miles = np.nan_to_num(travel.metres) / METRES_A_MILE
    return Outing(stops, teams, minutes.tolist(), miles.tolist())


def fits(team: Team, stops: Sequence[Stop], legs: Sequence[int]) -> bool:
    """Return whether the team can do these stops in this order with everything kept."""
    return earliest(team, stops, legs) is not None


def earliest(team: Team, stops: Sequence[Stop], legs: Sequence[int]) -> int | None:
    """Return the first minute at which the team can be back; None if it cannot keep the order."""
    if not _allowed(team, stops, legs):
        return None
    tries = (_forward(team, stops, legs, *departure) for departure in departures(team))
    return min((times.back for times in tries if times), default=None)


def best(team: Team, stops: Sequence[Stop], legs: Sequence[int]) -> Times | None:
    """Return the times with the least time out; None if the order cannot be kept."""
    if not _allowed(team, stops, legs):
        return None
    first, pause = team.shift[0], team.break_
    free = _shortest(team, stops, legs, (first, team.shift[1]), rested=True)
    if pause is None or free is None or free.leave >= pause.earliest + pause.minutes:
        return free
    last = pause.earliest + pause.minutes - 1
    return (
        _shortest(team, stops, legs, (first, free.leave), rested=False)
        or _shortest(team, stops, legs, (first, last), rested=False)
        or _shortest(team, stops, legs, (last + 1, team.shift[1]), rested=True)
    )


def _shortest(
    team: Team,
    stops: Sequence[Stop],
    legs: Sequence[int],
    departures: tuple[int, int],
    rested: bool,
) -> Times | None:
    """Return the times with the least time out, leaving between two minutes; of those the first."""
    busy = sum(legs) + sum(stop.minutes for stop in stops)
    shortest: Times | None = None
    depart, last = departures
    while depart <= last and (times := _forward(team, stops, legs, depart, rested)):
        late = min(_latest_departure(team, stops, legs, times), last)
        if shortest is None or times.back - late < shortest.back - shortest.leave:
            shortest = _forward(team, stops, legs, late, rested)
            assert shortest
        if times.back - late == busy + _resting(team, times):
            break
        depart = late + 1
    return shortest


def schedule(outing: Outing, number: int, order: Sequence[int]) -> Round:
    """Return the round of a team that visits the stops numbered in `order`.

    Where something cannot be kept the times are those of going on all the same, and `breaches` of
    the visit or of the round say what it is.
    """
    team, visited = outing.teams[number], outing.visited(order)
    legs, long = outing.legs(number, order), outing.leg_miles(number, order)
    if not order:
        return Round(team, team.shift[0], (), None, 0, 0.0, team.shift[0], 0, 0, 0, 0.0)
    sound = best(team, visited, legs)
    times = sound or _regardless(team, visited, legs)
    drive, on_site = sum(legs), sum(stop.minutes for stop in visited)
    round_ = Round(
        team=team,
        leave_start=times.leave,
        visits=tuple(_visits(team, visited, legs, long, times)),
        break_at=None if times.rest.stop is None else times.rest.at,
        back_minutes=legs[-1],
        back_miles=long[-1],
        back_at=times.back,
        drive_minutes=drive,
        on_site_minutes=on_site,
        waiting_minutes=times.back - times.leave - drive - on_site - _resting(team, times),
        miles=sum(long),
    )
    return round_ if sound else breaches.told(round_)


def earliest_start(stop: Stop, arrive: int) -> int | None:
    """Return when the service can begin, to end before closing; None if not that day."""
    for opens, closes in stop.open_times:
        start = max(arrive, opens)
        if start + stop.minutes <= closes:
            return start
    return None


def _resting(team: Team, times: Times) -> int:
    """Return the minutes of the break that is on the way."""
    return team.break_.minutes if team.break_ and times.rest.stop is not None else 0


def _latest_start(stop: Stop, done: int) -> int:
    """Return the last start of a service that ends by `done`, where there is one."""
    for opens, closes in reversed(stop.open_times):
        start = min(done, closes) - stop.minutes
        if start >= opens:
            return start
    raise AssertionError(f"{stop.key} has no start that ends by {done}.")


def _allowed(team: Team, stops: Sequence[Stop], legs: Sequence[int]) -> bool:
    """Return whether what does not hang on the hour is kept."""
    longest = NEVER - 1 if team.longest_leg_minutes is None else team.longest_leg_minutes
    most = NEVER if team.longest_drive_minutes is None else team.longest_drive_minutes
    return (
        max(legs) <= longest
        and sum(legs) <= most
        and all(stop.needs <= team.skills for stop in stops)
    )


def departures(team: Team) -> list[tuple[int, bool]]:
    """Return the earliest departures, and whether the team has rested, or need not, by then."""
    first, pause = team.shift[0], team.break_
    if pause is None:
        return [(first, True)]
    rested = pause.earliest + pause.minutes
    return [(first, True)] if first >= rested else [(first, False), (rested, True)]


def _forward(
    team: Team, stops: Sequence[Stop], legs: Sequence[int], depart: int, rested: bool
) -> Times | None:
    """Return the earliest times for a departure, or None.

    Two times are kept from stop to stop: the earliest without the break so far, and with it. An
    earlier time is never worse, so the last one is the earliest there is.
    """
    pause = team.break_ or Break(0, 0, 0)
    tired: int | None = None if rested else depart  # when it can leave, the break still to come
    fresh: int | None = depart if rested else None
    tired_starts: list[int] = []
    fresh_starts: list[int] = []
    rest = Rest()
    for number, stop in enumerate(stops):
        leg = legs[number]
        start = None if fresh is None else earliest_start(stop, fresh + leg)
        if tired is not None:
            for at, arrive, where in rests(pause, tired, leg, number):
                other = earliest_start(stop, arrive)
                if other is not None and (start is None or other < start):
                    start, rest = other, where._replace(at=at)
                    fresh_starts = tired_starts.copy()
            waiting = earliest_start(stop, tired + leg)
            tired = None if waiting is None else waiting + stop.minutes
            tired_starts.append(waiting or 0)
        fresh = None if start is None else start + stop.minutes
        fresh_starts.append(start or 0)
        if tired is None and fresh is None:
            return None
    so_far = (tired, tired_starts), (fresh, fresh_starts), rest
    return _arrived(team, legs[-1], depart, pause, *so_far)


def _arrived(
    team: Team,
    leg: int,
    depart: int,
    pause: Break,
    tired: tuple[int | None, list[int]],
    fresh: tuple[int | None, list[int]],
    rest: Rest,
) -> Times | None:
    """Return the times with the earliest return within the shift."""
    ways_home: list[Times] = []
    if fresh[0] is not None:
        ways_home.append(Times(depart, tuple(fresh[1]), rest, fresh[0] + leg))
    if tired[0] is not None:
        starts, last = tuple(tired[1]), len(tired[1]) - 1
        if tired[0] + leg <= pause.latest:
            ways_home.append(Times(depart, starts, Rest(), tired[0] + leg))
        if (at := max(tired[0], pause.earliest)) <= pause.latest:
            back = at + pause.minutes + leg
            ways_home.append(Times(depart, starts, Rest(last, False, at), back))
    first = min(ways_home, key=lambda times: times.back, default=None)
    return first if first and first.back <= team.shift[1] else None


def rests(pause: Break, leave: int, leg: int, number: int) -> Iterator[tuple[int, int, Rest]]:
    """Yield when a break can be on the way to stop `number`, when that lets it begin, and where."""
    at = max(leave + leg, pause.earliest)
    if at <= pause.latest:
        yield at, at + pause.minutes, Rest(number, True)
    at = max(leave, pause.earliest)
    if number and at <= pause.latest:
        yield at, at + pause.minutes + leg, Rest(number - 1, False)


def _latest_departure(team: Team, stops: Sequence[Stop], legs: Sequence[int], times: Times) -> int:
    """Return the last departure from which the team is back as early; the break stays there."""
    pause, rest = team.break_ or Break(0, 0, 0), times.rest
    moment = times.back
    for number in reversed(range(len(stops))):
        moment -= legs[number + 1]
        if rest.stop == number and not rest.before:
            moment = min(moment - pause.minutes, pause.latest)
        moment = _latest_start(stops[number], moment)
        if rest.stop == number and rest.before:
            moment = min(moment - pause.minutes, pause.latest)
    return moment - legs[0]


def _regardless(team: Team, stops: Sequence[Stop], legs: Sequence[int]) -> Times:
    """Return times for an order that cannot be kept: on to the next stop, open or not."""
    pause, first = team.break_, team.shift[0]
    rested = pause is None or first >= pause.earliest + pause.minutes
    clock, starts, rest = first, list[int](), Rest()
    for number, stop in enumerate(stops):
        arrive = clock + legs[number]
        if pause and not rested and pause.earliest <= arrive <= pause.latest:
            rested, rest, arrive = True, Rest(number, True, arrive), arrive + pause.minutes
        start = earliest_start(stop, arrive)
        starts.append(arrive if start is None else start)
        clock = starts[-1] + stop.minutes
        if pause and not rested and pause.earliest <= clock <= pause.latest:
            rested, rest, clock = True, Rest(number, False, clock), clock + pause.minutes
    leave = first if rest == Rest(0, True, rest.at) else starts[0] - legs[0]
    return Times(leave, tuple(starts), rest, clock + legs[-1])


def _visits(
    team: Team, stops: Sequence[Stop], legs: Sequence[int], long: Sequence[float], times: Times
) -> Iterator[Visit]:
    """Yield the visits of a round whose times are known."""
    pause, rest = team.break_ or Break(0, 0, 0), times.rest
    leave = times.leave
    for number, (stop, start) in enumerate(zip(stops, times.starts, strict=True)):
        arrive, done = leave + legs[number], start + stop.minutes
        here = rest.stop == number
        leave = rest.at + pause.minutes if here and not rest.before else done
        closes = [shut for opens, shut in stop.open_times if opens <= start and done <= shut]
        yield Visit(
            stop=stop,
            arrive=arrive,
            wait=leave - arrive - stop.minutes - (pause.minutes if here else 0),
            start=start,
            leave=leave,
            slack=closes[0] - done if closes and stop.windows is not None else None,
            leg_minutes=legs[number],
            leg_miles=long[number],
        )
