"""Insertion: a team's order of stops, asked for each place whether one stop more fits there.

What is known without the newcomer is worked out once: when the team can leave each place, and how
late it may come to the next. Then a place is tried in a moment, however long the round. The answers
are those of `timing` for the whole order.

Source of the method: M. W. P. Savelsbergh, "The vehicle routing problem with time windows:
minimizing route duration", ORSA Journal on Computing 4(2), 1992; here with a break.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from geo.rounds import timing
from geo.rounds.plan import NEVER, Break, Stop, Team
from geo.rounds.timing import Outing

Moments = tuple[int, int]  # with the break still to come, and without one to come; `NEVER` for no


class Slack:
    """An order that a team may keep or not, and what time there is in it."""

    def __init__(self, outing: Outing, number: int, order: Sequence[int], team: Team) -> None:
        """Look at the order of the team numbered; `team` is that one, perhaps with other limits."""
        self._outing, self._team, self._pause = outing, team, team.break_ or Break(0, 0, 0)
        home = len(outing.stops) + 2 * number
        self._places = [home, *order, home + 1]
        self._stops, self._legs = outing.visited(order), outing.legs(number, order)
        self._unskilled = {n for n, stop in enumerate(self._stops) if not stop.needs <= team.skills}
        self._longest_before = list(accumulate(self._legs, max, initial=0))
        self._longest_after = list(accumulate(self._legs[::-1], max, initial=0))[::-1]
        self._leaves = [self._leaving(*departure) for departure in timing.departures(team)]
        self._latest, self._busy = self._arriving()

    def fits(self, newcomer: int, place: int, without: int = 0) -> bool:
        """Return whether the team can do all with a stop put in at a place, 0 for the first.

        With `without` 1 it is in place of the stop that is there.
        """
        after = place + without
        served = self._served(newcomer, place, after, self._latest[after][1])
        return any(self._in_time(done, leg, after) for done, leg in served)

    def back(self, newcomer: int, place: int, before: int) -> int | None:
        """Return the first minute at which the team can be back with a stop put in at a place.

        None if it cannot do all, or not be back before the minute `before`.
        """
        latest = min(self._latest[place][1], before - 1 - self._busy[place])
        served = self._served(newcomer, place, place, latest)
        backs = [
            self._onward(done, leg, place, before)
            for done, leg in served
            if self._in_time(done, leg, place)
        ]
        return min((back for back in backs if back < before), default=None)

    def _served(
        self, newcomer: int, place: int, after: int, latest: int
    ) -> Iterator[tuple[Moments, int]]:
        """Yield when the newcomer is done, for each departure, and the leg from there onward.

        Without the departures that cannot be where the leg ends by the minute `latest`.
        """
        stop, minutes = self._outing.stops[newcomer], self._outing.minutes
        come, go = (
            minutes[self._places[place]][newcomer],
            minutes[newcomer][self._places[after + 1]],
        )
        last = latest - come - stop.minutes - go
        able = [leaves[place] for leaves in self._leaves if min(leaves[place]) <= last]
        if able and self._allowed(stop, place, after, come, go):
            for leaves in able:
                yield self._done(stop, come, place, leaves), go

    def _allowed(self, stop: Stop, place: int, after: int, come: int, go: int) -> bool:
        """Return whether what does not hang on the hour is kept."""
        team = self._team
        legs = max(self._longest_before[place], come, go, self._longest_after[after + 1])
        if legs > (NEVER - 1 if team.longest_leg_minutes is None else team.longest_leg_minutes):
            return False
        most = team.longest_drive_minutes
        if most is not None:
            driven = sum(self._legs[:place]) + come + go + sum(self._legs[after + 1 :])
            if driven > most:
                return False
        return stop.needs <= team.skills and self._unskilled <= {*range(place, after)}

    def _leaving(self, depart: int, rested: bool) -> list[Moments]:
        """Return when the team can leave home and each stop, at the earliest."""
        leaves = [(NEVER, depart) if rested else (depart, NEVER)]
        for number, (stop, leg) in enumerate(zip(self._stops, self._legs, strict=False)):
            leaves.append(self._done(stop, leg, number, leaves[-1]))
        return leaves

    def _arriving(self) -> tuple[list[Moments], list[int]]:
        """Return when the team must be at each stop and at home, and how long it is busy then."""
        end = self._team.shift[1]
        latest, busy = [(min(end, self._pause.latest), end)], [0]
        for stop, leg in zip(self._stops[::-1], self._legs[:0:-1], strict=True):
            tired, fresh = latest[-1]
            done = max(tired - leg, self._rest_by(fresh - leg))
            fresh = _latest_start(stop, fresh - leg)
            latest.append((max(_latest_start(stop, done), self._rest_by(fresh)), fresh))
            busy.append(busy[-1] + leg + stop.minutes)
        return latest[::-1], busy[::-1]

    def _done(self, stop: Stop, leg: int, number: int, leaves: Moments) -> Moments:
        """Return when the stop that is the one numbered is done, from when the last was left."""
        tired, fresh = leaves
        if tired >= NEVER:
            return NEVER, _end(stop, fresh + leg)
        rested = [arrive for _, arrive, _ in timing.rests(self._pause, tired, leg, number)]
        return _end(stop, tired + leg), _end(stop, min([fresh + leg, *rested]))

    def _in_time(self, done: Moments, leg: int, after: int) -> bool:
        """Return whether the team, done then, can do what comes after."""
        (tired, fresh), (latest_tired, latest_fresh) = done, self._latest[after]
        return (
            fresh + leg <= latest_fresh
            or tired + leg <= latest_tired
            or tired <= self._rest_by(latest_fresh - leg)
        )

    def _onward(self, leaves: Moments, leg: int, place: int, before: int) -> int:
        """Return when the team is back that goes on to a place; `NEVER` if surely not `before`."""
        for number, stop in enumerate(self._stops[place:], start=place):
            if min(leaves) + leg + self._busy[number] >= before:
                return NEVER
            leaves, leg = self._done(stop, leg, number + 1, leaves), self._legs[number + 1]
        (tired, fresh), pause = leaves, self._pause
        backs = [fresh + leg]
        if tired + leg <= pause.latest:
            backs.append(tired + leg)
        if (at := max(tired, pause.earliest)) <= pause.latest:
            backs.append(at + pause.minutes + leg)
        return min(backs)

    def _rest_by(self, moment: int) -> int:
        """Return until when the team may be tired, to have rested by a moment."""
        last = min(self._pause.latest, moment - self._pause.minutes)
        return last if last >= self._pause.earliest else -NEVER


def _end(stop: Stop, arrive: int) -> int:
    start = timing.earliest_start(stop, arrive)
    return NEVER if start is None else start + stop.minutes


def _latest_start(stop: Stop, done: int) -> int:
    """Return the last start of a service that ends by `done`; `-NEVER` if there is none."""
    starts = [(opens, min(done, closes) - stop.minutes) for opens, closes in stop.open_times]
    return max((start for opens, start in starts if start >= opens), default=-NEVER)
