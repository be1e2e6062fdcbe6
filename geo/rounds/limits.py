"""Limits: what can be asked of a plan, and the sentence for what cannot."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, unary_union

from geo import areas
from geo.clock import DAY_MIN
from geo.errors import QuestionError
from geo.i18n import mark
from geo.rounds import duty
from geo.rounds.plan import SHARES, Question, Stop, Team
from geo.sphere import METRES_A_MILE, great_circle_m
from geo.travel.engines import Travel

MOST_STOPS, MOST_TEAMS = 250, 20
LONGEST_VISIT = 480  # minutes
LAST_MINUTE = 2 * DAY_MIN  # of a shift: the end of the next day
MOST_MILES = 10.0  # from both counties to where a team starts or ends; our own assumption
TRAFFIC = (0.5, 3.0)


def check(question: Question) -> None:
    """Raise QuestionError if there can be no plan; it says why in a sentence."""
    stops, teams, travel = question.stops, question.teams, question.travel
    if question.share not in SHARES:
        raise QuestionError(
            "Found {found!r} for how the stops are shared. Wanted one of {wanted}.",
            found=question.share,
            wanted=", ".join(SHARES),
        )
    _check_stops(stops)
    if not teams:
        raise QuestionError(mark("There is no team. Say who goes, from where and when."))
    if len(teams) > MOST_TEAMS:
        raise QuestionError(
            mark("Found {found} teams. Plan for at most {most} at a time."),
            found=len(teams),
            most=MOST_TEAMS,
        )
    for team in teams:
        check_team(team)
        duty.check_clocks(question.day, team)
    size = len(stops) + 2 * len(teams)
    if travel.minutes.shape != (size, size):
        raise QuestionError(
            "The table of ways has the shape {found}, wanted {size} by {size}: the stops, then "
            "the start and the end of each team.",
            found=travel.minutes.shape,
            size=size,
        )
    for number, team in enumerate(teams):
        _check_reach(stops, number, team, travel)


def check_points(points: Sequence[tuple[float, float]]) -> None:
    """Raise QuestionError if a point is not on the earth."""
    for lat, lon in points:
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            raise QuestionError(
                mark(
                    "Found latitude {lat} and longitude {lon}. Wanted degrees, -90 to 90 and "
                    "-180 to 180. Are the two swapped, or is one missing?"
                ),
                lat=lat,
                lon=lon,
            )


def check_traffic(traffic: float) -> None:
    """Raise QuestionError if a traffic factor makes no sense."""
    low, high = TRAFFIC
    if not low <= traffic <= high:
        raise QuestionError(
            mark(
                "Found {found} for the traffic. Wanted {low} to {high}; 1 is a usual day, 1.2 a "
                "fifth slower."
            ),
            found=traffic,
            low=low,
            high=high,
        )


def check_team(team: Team) -> None:
    """Raise QuestionError if a team's day cannot be."""
    check_points([team.start, team.end])
    for point in (team.start, team.end):
        if miles_off(point) > MOST_MILES:
            raise QuestionError(
                mark(
                    "The start or the end of {team} is {miles} miles from Imperial and San "
                    "Joaquin counties. Choose a place in one of them, or within {most} miles."
                ),
                team=team.name,
                miles=round(miles_off(point)),
                most=round(MOST_MILES),
            )
    begins, ends = team.shift
    if not 0 <= begins < ends <= LAST_MINUTE:
        raise QuestionError(
            mark("The shift of {team} must end after it starts, and by the end of the next day."),
            team=team.name,
        )
    pause = team.break_
    if pause and not (0 <= pause.earliest <= pause.latest and 0 < pause.minutes <= ends - begins):
        raise QuestionError(
            mark(
                "The break of {team} must be shorter than the shift, and its first start not after "
                "its last."
            ),
            team=team.name,
        )
    for limit in (team.longest_leg_minutes, team.longest_drive_minutes):
        if limit is not None and limit < 1:
            raise QuestionError(
                mark("Found {found} minutes for the longest drive. Wanted 1 or more."), found=limit
            )


@cache
def _counties() -> BaseGeometry:
    """Return the two counties as one shape."""
    return unary_union([shape(one["geometry"]) for one in areas.features("counties")])


def miles_off(point: tuple[float, float]) -> float:
    """Return about how far a point is from both counties; 0 inside one.

    >>> miles_off((37.74, -121.43)), round(miles_off((34.05, -118.24)), -1)
    (0.0, 130.0)
    """
    here = Point(point[1], point[0])
    there = nearest_points(_counties(), here)[0]
    return float(great_circle_m(point, [(there.y, there.x)])[0]) / METRES_A_MILE


def _check_stops(stops: Sequence[Stop]) -> None:
    if not stops:
        raise QuestionError(mark("There is no stop. Choose at least one place to go to."))
    if len(stops) > MOST_STOPS:
        raise QuestionError(
            mark("Found {found} stops. Plan at most {most} at a time: choose a town or a type."),
            found=f"{len(stops):,}",
            most=MOST_STOPS,
        )
    key, count = Counter(stop.key for stop in stops).most_common(1)[0]
    if count > 1:
        name = next(stop.name for stop in stops if stop.key == key)
        raise QuestionError(
            mark("{name} is in the list {count} times. Keep it once."), name=name, count=count
        )
    for stop in stops:
        if not 1 <= stop.minutes <= LONGEST_VISIT:
            raise QuestionError(
                mark("Found {found} minutes at {name}. Wanted 1 to {most}."),
                found=stop.minutes,
                name=stop.name,
                most=LONGEST_VISIT,
            )
        if stop.priority not in (1, 2, 3):
            raise QuestionError(
                mark("Found {found} as the priority of {name}. Wanted 1, 2 or 3."),
                found=stop.priority,
                name=stop.name,
            )


def _check_reach(stops: Sequence[Stop], number: int, team: Team, travel: Travel) -> None:
    """Refuse a shift in which a team cannot go to any stop and back."""
    home, many = len(stops) + 2 * number, len(stops)
    both_ways = travel.minutes[home, :many] + travel.minutes[:many, home + 1]
    if np.isnan(both_ways).all():
        raise QuestionError(
            mark("No way was found from the start of {team} to any stop and on to its end."),
            team=team.name,
        )
    least, shift = float(np.nanmin(both_ways)), team.shift[1] - team.shift[0]
    if least > shift:
        raise QuestionError(
            mark(
                "The shift of {team} has {shift} minutes. The way to the nearest stop and back "
                "alone takes {least}. Make the shift longer, or choose other stops."
            ),
            team=team.name,
            shift=shift,
            least=round(least),
        )
