"""Routes: stops, teams and the ways between them -> a plan for the day.

The dataclasses are in `rounds`. `plan` knows nothing of maps and engines: it takes a ready table of
ways. A driven minute costs twice as much as one of waiting or service: that is our own assumption.
"""

from collections.abc import Callable, Sequence
from datetime import date

from geo import apart
from geo.rounds import Plan, Stop, Team
from geo.travel import Travel


def matrix(
    stops: Sequence[Stop],
    teams: Sequence[Team],
    engine: str = "crow",
    mode: str = "driving",
    traffic: float = 1.0,
) -> Travel:
    """Return the ways from each to each of: the stops, then each team's start and its end.

    `traffic` multiplies the minutes: 1.2 is a fifth slower than usual.
    """
    raise NotImplementedError


def plan(
    day: date,
    stops: Sequence[Stop],
    teams: Sequence[Team],
    travel: Travel,
    seconds: float = 20.0,
    seed: int = 1,
    tell: Callable[[Plan], None] | None = None,
) -> Plan:
    """Return the best plan that is found, the same for the same seed."""
    raise NotImplementedError


def start(
    day: date,
    stops: Sequence[Stop],
    teams: Sequence[Team],
    travel: Travel,
    seconds: float = 20.0,
    seed: int = 1,
) -> "apart.Job[Plan, Plan]":
    """Start `plan` in a process of its own and return the job; `told` there is the best so far."""
    raise NotImplementedError
