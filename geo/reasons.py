"""Reasons: why a stop is left out, and what would have to give; all of it found by trying.

A stop is tried in every place of every round of the plan, and alone with each team. What stands in
the way by the fewest minutes is the reason. Each way out that is told was tried and works.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo import finish, timing
from geo.i18n import mark
from geo.rounds import NEVER, Clock, LeftOut, Sentence, Team
from geo.timing import Outing

MOST_EXTRA = 240  # minutes more of a shift or a drive that are worth telling
EARLIER = (15, 30, 60, 90, 120)  # minutes that a team could start sooner
Orders = Sequence[list[int]]


@dataclass(frozen=True)
class Obstacle:
    """What is in the way, and by how many minutes."""

    kind: str
    minutes: float
    sentence: Sentence


def why(outing: Outing, orders: Orders, number: int) -> LeftOut:
    """Return why the stop is in none of the rounds and what would have to give for it to fit."""
    stop = outing.stops[number]
    if stop.windows == ():
        return LeftOut(stop, "closed", Sentence(CLOSED), (Sentence(ANOTHER_DAY),))
    able = [n for n, team in enumerate(outing.teams) if stop.needs <= team.skills]
    if not able:
        return _unskilled(outing, orders, number)
    alone = [(team, [number]) for team in able]
    tried = [one for one in finish.insertions(orders, number) if one[0] in able]
    if any(outing.fits(*one) for one in tried):
        return LeftOut(stop, "room", Sentence(ROOM))
    fits_alone = [one for one in alone if outing.fits(*one)]
    among = tried if fits_alone else [*alone, *tried]
    worst = min(
        (obstacle(outing, team, order, number) for team, order in among),
        key=lambda found: found.minutes,
    )
    remedies = [
        *_longer_shift(outing, tried, worst.kind),
        *_earlier_start(outing, tried, worst),
        *_longer_drive(outing, tried, worst.kind),
        *_instead(outing, orders, number, able),
        *([Sentence(ANOTHER_TEAM)] if fits_alone else []),
    ]
    return LeftOut(stop, worst.kind, worst.sentence, tuple(remedies))


def obstacle(outing: Outing, number: int, order: Sequence[int], newcomer: int) -> Obstacle:
    """Return what first stands in the way of an order that cannot be kept.

    The order is followed from the start of the shift, each visit as early as can be.
    """
    team, legs = outing.teams[number], outing.legs(number, order)
    for leg in legs:
        if leg >= NEVER:
            return Obstacle("no_way", NEVER, Sentence(NO_WAY))
        if team.longest_leg_minutes is not None and leg > team.longest_leg_minutes:
            values = {"found": leg, "most": team.longest_leg_minutes}
            return Obstacle("leg", leg - team.longest_leg_minutes, Sentence(LONG_LEG, values))
    clock = team.shift[0]
    for leg, place in zip(legs, order, strict=False):
        stop, clock = outing.stops[place], clock + leg
        start = timing.earliest_start(stop, clock)
        if start is None:
            return _too_late(outing, place, clock, own=place == newcomer)
        clock = start + stop.minutes
    clock += legs[-1]
    if clock > team.shift[1]:
        return _after_shift(outing, team, clock, order, newcomer)
    most = team.longest_drive_minutes
    if most is not None and sum(legs) > most:
        values = {"found": sum(legs), "most": most}
        return Obstacle("drive", sum(legs) - most, Sentence(LONG_DRIVE, values))
    assert team.break_
    clocks = {"earliest": Clock(team.break_.earliest), "latest": Clock(team.break_.latest)}
    return Obstacle("break", team.break_.minutes, Sentence(NO_BREAK, clocks))


def _too_late(outing: Outing, place: int, arrive: int, own: bool) -> Obstacle:
    """Return that the team is too late at a stop: the new one, or one that comes after it."""
    stop = outing.stops[place]
    fitting = [(o, c) for o, c in stop.open_times if o + stop.minutes <= c]
    if not fitting:
        values = {"minutes": stop.minutes}
        return Obstacle("hours", NEVER - 1, Sentence(TOO_SHORT, values))
    closes = fitting[-1][1]
    late = arrive + stop.minutes - closes
    values = {"closes": Clock(closes), "arrives": Clock(arrive), "minutes": stop.minutes}
    if not own:
        return Obstacle("other_stop", late, Sentence(OTHER_LATE, {**values, "other": stop.name}))
    return Obstacle("hours", late, Sentence(SHUT if arrive >= closes else TOO_LITTLE, values))


def _after_shift(
    outing: Outing, team: Team, back: int, order: Sequence[int], newcomer: int
) -> Obstacle:
    opens = min(opens for opens, _ in outing.stops[newcomer].open_times)
    clocks = {"ends": Clock(team.shift[1]), "back": Clock(back)}
    late = back - team.shift[1]
    if opens >= team.shift[1]:
        return Obstacle("hours", late, Sentence(OPENS_LATE, {**clocks, "opens": Clock(opens)}))
    return Obstacle("shift", late, Sentence(LATE if len(order) == 1 else LATE_WITH, clocks))


def _unskilled(outing: Outing, orders: Orders, number: int) -> LeftOut:
    stop = outing.stops[number]
    values = {"skills": ", ".join(sorted(stop.needs))}
    teams = [replace(team, skills=team.skills | stop.needs) for team in outing.teams]
    skilled = replace(outing, teams=teams)
    remedies = []
    if any(skilled.fits(*one) for one in finish.insertions(orders, number)):
        remedies.append(Sentence(WITH_SKILL, values))
    elif any(skilled.fits(team, [number]) for team in range(len(teams))):
        remedies.append(Sentence(TEAM_WITH_SKILL, values))
    return LeftOut(stop, "skill", Sentence(NEEDS, values), tuple(remedies))


def _longer_shift(
    outing: Outing, tried: Sequence[tuple[int, list[int]]], kind: str
) -> Iterator[Sentence]:
    """Yield the least that one shift would have to end later."""
    if kind not in ("shift", "break"):
        return
    open_end = [_with_team(team, shift=(team.shift[0], 2 * 1440)) for team in outing.teams]
    free = replace(outing, teams=open_end)
    ends = []
    for number, order in tried:
        legs, visited = outing.legs(number, order), outing.visited(order)
        first = timing.earliest(free.teams[number], visited, legs)
        if first is not None:
            ends.append((first - outing.teams[number].shift[1], number, first))
    extra, number, end = min(ends, default=(MOST_EXTRA + 1, 0, 0))
    if 0 < extra <= MOST_EXTRA:
        values = {"team": outing.teams[number].name, "minutes": extra, "ends": Clock(end)}
        yield Sentence(LONGER_SHIFT, values)


def _earlier_start(
    outing: Outing, tried: Sequence[tuple[int, list[int]]], worst: Obstacle
) -> Iterator[Sentence]:
    """Yield how much earlier the teams would have to start: what is missing, or a little more."""
    if worst.kind not in ("hours", "other_stop"):
        return
    extras = {worst.minutes, *(more for more in EARLIER if more > worst.minutes)}
    for extra in sorted(extra for extra in extras if extra <= EARLIER[-1]):
        early = [
            _with_team(team, shift=(max(team.shift[0] - int(extra), 0), team.shift[1]))
            for team in outing.teams
        ]
        free = replace(outing, teams=early)
        for number, order in tried:
            if free.fits(number, order):
                team = free.teams[number]
                yield Sentence(EARLIER_START, {"team": team.name, "begins": Clock(team.shift[0])})
                return


def _longer_drive(
    outing: Outing, tried: Sequence[tuple[int, list[int]]], kind: str
) -> Iterator[Sentence]:
    """Yield the least longest drive with which it would fit."""
    limit = {"leg": "longest_leg_minutes", "drive": "longest_drive_minutes"}.get(kind)
    if limit is None:
        return
    free = replace(outing, teams=[_with_team(team, **{limit: None}) for team in outing.teams])
    total = max if kind == "leg" else sum
    needed = [total(outing.legs(*one)) for one in tried if free.fits(*one)]
    if needed:
        sentence = LONGER_LEG if kind == "leg" else LONGER_DRIVE
        yield Sentence(sentence, {"minutes": min(needed)})


def _instead(
    outing: Outing, orders: Orders, number: int, able: Sequence[int]
) -> Iterator[Sentence]:
    """Yield the stop in whose place it would fit, the one that counts least."""
    found = [
        (outing.stops[out].must, outing.stops[out].priority, team, place)
        for team in able
        for place, out in enumerate(orders[team])
        if outing.fits(team, [*orders[team][:place], number, *orders[team][place + 1 :]])
    ]
    if found:
        *_, team, place = min(found)
        yield Sentence(WITHOUT, {"other": outing.stops[orders[team][place]].name})


def _with_team(team: Team, **changes: object) -> Team:
    return replace(team, **changes)  # type: ignore[arg-type]


CLOSED = mark("Closed all day.")
ANOTHER_DAY = mark("Choose a day when it is open.")
ROOM = mark("It still fits. Put it in by hand, or plan again.")
NEEDS = mark("Needs {skills}. No team has that.")
WITH_SKILL = mark("It fits if a team has {skills}.")
TEAM_WITH_SKILL = mark("One more team, with {skills}, could go there.")
NO_WAY = mark("No way there was found.")
LONG_LEG = mark("A drive of {found} minutes is needed. The longest allowed is {most}.")
LONG_DRIVE = mark("All drives would take {found} minutes. The most allowed is {most}.")
TOO_SHORT = mark("It is never open for {minutes} minutes at a time that day.")
SHUT = mark("Closes at {closes}. The earliest arrival is {arrives}.")
TOO_LITTLE = mark(
    "Closes at {closes}. The earliest arrival is {arrives}, and the visit takes {minutes} minutes."
)
OTHER_LATE = mark(
    "With this stop the team is at {other} only at {arrives}. That closes at {closes}, and the "
    "visit takes {minutes} minutes."
)
OPENS_LATE = mark("Opens at {opens}. The shift ends at {ends}.")
LATE = mark("The shift ends at {ends}. The team would be back at {back}.")
LATE_WITH = mark("The shift ends at {ends}. With this stop the team would be back at {back}.")
NO_BREAK = mark("With this stop there is no time for the break between {earliest} and {latest}.")
LONGER_SHIFT = mark("It fits if the shift of {team} is {minutes} minutes longer, to {ends}.")
EARLIER_START = mark("It fits if the shift of {team} starts at {begins}.")
LONGER_LEG = mark("It fits if one drive may take {minutes} minutes.")
LONGER_DRIVE = mark("It fits if all drives may take {minutes} minutes.")
WITHOUT = mark("It fits in the place of {other}.")
ANOTHER_TEAM = mark("One more team could go there.")
