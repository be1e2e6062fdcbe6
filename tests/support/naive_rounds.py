"""Naive rounds: the best plan by trying every order, minute by minute, to compare with.

For each minute at which a team could leave, a table tells when it could leave the next stop. The
tables are laid out by the rules as they are told to people, without anything of `geo.timing`.
"""

import math
from functools import cache

import numpy as np

DAY = 2 * 1440
NEVER = 10**9


def best(stops, teams, minutes):
    """Return (what is lost in weights, minutes out and once more on the road) of the best plan."""
    weights = [3 ** (stop.priority - 1) for stop in stops]
    ordinary = sum(w for w, stop in zip(weights, stops, strict=True) if not stop.must)
    weights = [ordinary + 1 if stop.must else w for w, stop in zip(weights, stops, strict=True)]
    costs = [rounds(stops, team, number, minutes) for number, team in enumerate(teams)]

    @cache
    def least(number, free):
        if number == len(teams):
            return (sum(w for n, w in enumerate(weights) if free >> n & 1), 0)
        found = []
        for taken, cost in costs[number].items():
            if taken & free == taken:
                lost, rest = least(number + 1, free & ~taken)
                found.append((lost, rest + cost))
        return min(found)

    return least(0, (1 << len(stops)) - 1)


def rounds(stops, team, number, minutes):
    """Return the least cost of a round for each set of stops (as bits) that one can be made of."""
    whole = [[math.ceil(round(m, 6)) if m == m else NEVER for m in row] for row in minutes]
    home, costs = len(stops) + 2 * number, {0: 0}
    ready = [begin_table(stop) for stop in stops]
    begin, end = team.shift
    leave = np.arange(begin, end + 1)
    pause = team.break_
    no = np.full(len(leave), NEVER)
    rested = leave >= pause.earliest + pause.minutes if pause else leave >= 0
    states = np.where(rested, NEVER, leave), np.where(rested, leave, NEVER), leave

    def resting(clock):
        """Return when a break begun at once or at its earliest is over."""
        if pause is None:
            return no
        start = np.maximum(clock, pause.earliest)
        return np.where(start <= pause.latest, start + pause.minutes, NEVER)

    def go(here, taken, clocks, driven):
        tired, fresh, free = clocks
        back = whole[here][home + 1]
        if here != home and allowed(back, driven + back):
            at_home = np.where(tired + back <= (pause.latest if pause else -1), tired + back, NEVER)
            arrive = np.minimum.reduce([fresh + back, resting(tired) + back, at_home])
            out = np.where(arrive <= end, arrive - leave, NEVER)
            if out.min() < NEVER:
                usual = np.where(free + back <= end, free + back - leave, NEVER)
                cost = least_out(out, usual, rested)
                cost += driven + back
                costs[taken] = min(costs.get(taken, NEVER), cost)
        for there, stop in enumerate(stops):
            leg = whole[here][there]
            if taken >> there & 1 or not stop.needs <= team.skills:
                continue
            if not allowed(leg, driven + leg):
                continue
            table = ready[there]
            rest_here = no if here == home else resting(tired) + leg
            arrive = np.minimum.reduce([fresh + leg, rest_here, resting(tired + leg)])
            next_clocks = [look(table, clock) for clock in (tired + leg, arrive, free + leg)]
            if min(next_clocks[0].min(), next_clocks[1].min()) < NEVER:
                go(there, taken | 1 << there, next_clocks, driven + leg)

    def allowed(leg, driven):
        return leg <= (team.longest_leg_minutes or NEVER - 1) and driven <= (
            team.longest_drive_minutes or NEVER - 1
        )

    go(home, 0, states, 0)
    return costs


def least_out(out, out_free, rested):
    """Return the time out of the day: no break moves its start where it need not."""
    usual = out_free.argmin()
    if rested[usual]:
        return int(out_free[usual])
    parts = [out[: usual + 1], out[~rested], out[rested]]
    return int(next(part.min() for part in parts if part.size and part.min() < NEVER))


def begin_table(stop):
    """Return for each minute of arrival the first minute at which the service can be done."""
    table = np.full(DAY + 1, NEVER)
    for arrive in range(DAY + 1):
        for opens, closes in stop.windows if stop.windows is not None else [(0, DAY)]:
            start = max(arrive, opens)
            if start + stop.minutes <= closes:
                table[arrive] = min(table[arrive], start + stop.minutes)
    return table


def look(table, clock):
    return np.where(clock <= DAY, table[np.minimum(clock, DAY)], NEVER)
