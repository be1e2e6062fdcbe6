"""Outings: small days out with round numbers, for the tests of plans."""

import random
import threading
from datetime import date

import numpy as np

from geo import timing
from geo.rounds import Break, Stop, Team
from geo.travel import Travel

DAY = date(2026, 11, 24)
HOME = (37.74, -121.43)  # Tracy


def stop(key, *windows, minutes=20, **more):
    """Return a stop with these windows; none at all: hours unknown."""
    return Stop(key, key.title(), *HOME, windows=windows or None, minutes=minutes, **more)


def team(begins=540, ends=1020, name="One", **more):
    return Team(name, HOME, HOME, (begins, ends), **more)


def travel(rows):
    """Return ways of so many minutes; a mile takes two."""
    minutes = np.array(rows, dtype=float)
    return Travel(minutes, minutes * 804.672, "table", True)


def line(*at):
    """Return the ways between places that lie on a line at so many minutes."""
    return travel([[abs(a - b) for b in at] for a in at])


def outing(stops, teams, ways):
    return timing.outing(stops, teams, ways)


def silent(*arguments, tell, **named):
    """Be a search that says nothing, however long one waits."""
    threading.Event().wait()


def random_one(seed, most=6):
    """Return stops, teams and ways with everything that a question can have."""
    dice = random.Random(seed)
    many, crews = dice.randint(1, most), dice.choice([1, 1, 2])
    points = [(dice.uniform(-20, 20), dice.uniform(-20, 20)) for _ in range(many + 2 * crews)]
    stretch = dice.uniform(0.5, 2)
    ways = travel([[stretch * (abs(a - c) + abs(b - d)) for c, d in points] for a, b in points])
    stops = [_random_stop(dice, f"s{n}") for n in range(many)]
    return stops, [_random_team(dice, f"t{n}") for n in range(crews)], ways


def _random_stop(dice, key):
    opens = dice.randrange(420, 900, 15)
    shut = opens + dice.randrange(30, 300, 15)
    again = shut + dice.randrange(15, 120, 15)
    windows = [None, (), ((opens, shut),), ((opens, shut),), ((opens, shut), (again, again + 90))]
    return Stop(
        key,
        key,
        *HOME,
        windows=dice.choice(windows),
        minutes=dice.choice([5, 10, 20, 45]),
        needs=frozenset(dice.sample(["nurse", "spanish"], dice.choice([0, 0, 0, 1]))),
        must=dice.random() < 0.15,
        priority=dice.choice([1, 1, 2, 3]),
    )


def _random_team(dice, name):
    begins, earliest = dice.randrange(420, 700, 15), dice.randrange(600, 760, 15)
    pause = Break(earliest, earliest + dice.choice([0, 30, 60]), dice.choice([15, 30, 45]))
    return team(
        begins,
        begins + dice.randrange(180, 540, 30),
        name,
        skills=frozenset(dice.sample(["nurse", "spanish"], dice.choice([0, 1, 2]))),
        break_=dice.choice([None, pause]),
        longest_leg_minutes=dice.choice([None, None, 40]),
        longest_drive_minutes=dice.choice([None, None, 120]),
    )
