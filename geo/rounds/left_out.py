"""Left out: why a stop is left out, and what would have to give; all of it found by trying.

A stop is tried in every place of every round of the plan, and alone with each team. What stands in
the way by the fewest minutes is the reason. Each way out that is told was tried and works.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geo.i18n import mark
from geo.rounds import timing
from geo.rounds.insertion import Slack
from geo.rounds.limits import LAST_MINUTE
from geo.rounds.plan import NEVER, Clock, LeftOut, Sentence, Stop, Team, skill_names
from geo.rounds.timing import Outing

MOST_EXTRA = 240  # minutes more of a shift or a drive that are worth telling
EARLIER = (15, 30, 60, 90, 120)  # minutes that a team could start sooner
Orders = Sequence[list[int]]
Place = tuple[int, int]  # team, and before which of its stops


@dataclass(frozen=True)
class Obstacle:
    """What is in the way, and by how many minutes."""

    kind: str
    minutes: float
    sentence: Sentence


class _Tries:
    """The rounds of a plan, in each place of which a stop can be tried."""

    def __init__(self, outing: Outing, orders: Orders) -> None:
        self.outing, self.orders = outing, orders
        self._slacks: dict[tuple[int, Team], Slack] = {}
        self.rounds = self.with_limits(outing.teams)
        self.clocks = [_clocks(outing, team, order) for team, order in enumerate(orders)]

    def with_limits(self, teams: Sequence[Team]) -> list[Slack]:
        """Return the round of each team, as it would be with other limits."""
        for number, team in enumerate(teams):
            if (number, team) not in self._slacks:
                self._slacks[number, team] = Slack(self.outing, number, self.orders[number], team)
        return [self._slacks[number, team] for number, team in enumerate(teams)]

    def places(self, teams: Iterable[int]) -> list[Place]:
        """Return every place there is in the rounds of some teams."""
        return [(team, place) for team in teams for place in range(len(self.orders[team]) + 1)]

    def with_(self, number: int, team: int, place: int) -> list[int]:
        """Return the order of a team with a stop put in."""
        return [*self.orders[team][:place], number, *self.orders[team][place:]]


def why(outing: Outing, orders: Orders, numbers: Sequence[int]) -> tuple[LeftOut, ...]:
    """Return why each of some stops is in none of the rounds, and what would have to give."""
    tries = _Tries(outing, orders)
    return tuple(_why(tries, number) for number in numbers)


def _why(tries: _Tries, number: int) -> LeftOut:
    outing, stop = tries.outing, tries.outing.stops[number]
    if stop.windows == ():
        return LeftOut(stop, "closed", Sentence(CLOSED), (Sentence(ANOTHER_DAY),))
    able = [n for n, team in enumerate(outing.teams) if stop.needs <= team.skills]
    if not able:
        return _unskilled(tries, number)
    places = tries.places(able)
    if any(tries.rounds[team].fits(number, place) for team, place in places):
        return LeftOut(stop, "room", Sentence(ROOM))
    fits_alone = any(outing.fits(team, [number]) for team in able)
    among = [] if fits_alone else [(team, [number]) for team in able]
    among += [(team, tries.with_(number, team, place)) for team, place in places]
    worst = min(
        (_obstacle(tries, team, order, number) for team, order in among),
        key=lambda obstacle: obstacle.minutes,
    )
    longer = _longer_shift(tries, number, places, worst.kind)
    if longer:
        worst = _as_reckoned(worst, longer)
    remedies = [
        *_own_terms(stop),
        *([longer] if longer else []),
        *_earlier_start(tries, number, places, worst),
        *_longer_drive(tries, number, places, worst.kind),
        *_instead(tries, number, able),
        *([Sentence(ANOTHER_TEAM)] if fits_alone else []),
    ]
    return LeftOut(stop, worst.kind, worst.sentence, tuple(remedies))


def _clocks(outing: Outing, number: int, order: Sequence[int]) -> list[int]:
    """Return when a team leaves home and each stop, as early as can be, as far as it gets."""
    clocks = [outing.teams[number].shift[0]]
    for leg, place in zip(outing.legs(number, order), order, strict=False):
        start = timing.earliest_start(outing.stops[place], clocks[-1] + leg)
        if start is None:
            break
        clocks.append(start + outing.stops[place].minutes)
    return clocks


def _obstacle(tries: _Tries, number: int, order: Sequence[int], newcomer: int) -> Obstacle:
    """Return what first stands in the way of a round with a newcomer that cannot be kept.

    The order is followed from the start of the shift, each visit as early as can be.
    """
    outing, team = tries.outing, tries.outing.teams[number]
    legs, longest = outing.legs(number, order), team.longest_leg_minutes
    if max(legs) > (NEVER - 1 if longest is None else longest):
        return _long_leg(legs, longest)
    begin = min(order.index(newcomer), len(tries.clocks[number]) - 1)
    clock = tries.clocks[number][begin]
    for leg, place in zip(legs[begin:], order[begin:], strict=False):
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
    for place in order:
        if lacking := outing.stops[place].needs - team.skills:
            who = {"other": outing.stops[place].name, "skills": skill_names(lacking)}
            return Obstacle("other_stop", NEVER - 1, Sentence(OTHER_NEEDS, who))
    assert team.break_
    clocks = {"earliest": Clock(team.break_.earliest), "latest": Clock(team.break_.latest)}
    return Obstacle("break", team.break_.minutes, Sentence(NO_BREAK, clocks))


def _long_leg(legs: Sequence[int], longest: int | None) -> Obstacle:
    """Return that the first leg that cannot be is too long, or that there is no way."""
    leg = next(leg for leg in legs if leg >= NEVER or (longest is not None and leg > longest))
    if leg >= NEVER or longest is None:
        return Obstacle("no_way", NEVER, Sentence(NO_WAY))
    return Obstacle("leg", leg - longest, Sentence(LONG_LEG, {"found": leg, "most": longest}))


def _too_late(outing: Outing, place: int, arrive: int, own: bool) -> Obstacle:
    """Return that the team is too late at a stop: the new one, or one that comes after it."""
    stop = outing.stops[place]
    fitting = [(o, c) for o, c in stop.open_times if o + stop.minutes <= c]
    if not fitting:
        length: dict[str, object] = {"minutes": stop.minutes}
        if own:
            return Obstacle("hours", NEVER - 1, Sentence(TOO_SHORT, length))
        other = Sentence(OTHER_SHORT, {**length, "other": stop.name})
        return Obstacle("other_stop", NEVER - 1, other)
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


def _unskilled(tries: _Tries, number: int) -> LeftOut:
    stop = tries.outing.stops[number]
    values = {"skills": skill_names(stop.needs)}
    teams = [replace(team, skills=team.skills | stop.needs) for team in tries.outing.teams]
    places, skilled = tries.places(range(len(teams))), tries.with_limits(teams)
    remedies = []
    if any(skilled[team].fits(number, place) for team, place in places):
        remedies.append(Sentence(WITH_SKILL, values))
    elif any(replace(tries.outing, teams=teams).fits(team, [number]) for team in range(len(teams))):
        remedies.append(Sentence(TEAM_WITH_SKILL, values))
    return LeftOut(stop, "skill", Sentence(NEEDS, values), tuple(remedies))


def _longer_shift(
    tries: _Tries, number: int, places: Sequence[Place], kind: str
) -> Sentence | None:
    """Return the least that one shift would have to end later, if that is little enough."""
    if kind not in ("shift", "break"):
        return None
    teams = tries.outing.teams
    free = tries.with_limits([replace(team, shift=(team.shift[0], LAST_MINUTE)) for team in teams])
    extra, longer = MOST_EXTRA + 1, 0
    for team, place in places:
        ends = teams[team].shift[1]
        back = free[team].back(number, place, ends + extra)
        if back is not None:
            extra, longer = back - ends, team
    if not 0 < extra <= MOST_EXTRA:
        return None
    end = teams[longer].shift[1] + extra
    values = {"team": teams[longer].name, "minutes": extra, "ends": Clock(end)}
    return Sentence(LONGER_SHIFT, values)


def _as_reckoned(worst: Obstacle, longer: Sentence) -> Obstacle:
    """Return the obstacle that a longer shift mends, told by the same reckoning."""
    back, extra = longer.values["ends"], longer.values["minutes"]
    assert isinstance(back, Clock) and isinstance(extra, int)
    if worst.kind != "shift" or worst.minutes == extra:
        return worst
    return Obstacle(
        "shift", extra, Sentence(LATE_WITH, {"ends": Clock(back - extra), "back": back})
    )


def _own_terms(stop: Stop) -> Iterator[Sentence]:
    """Yield what was only assumed, or asked for, of when a visit may be."""
    if stop.assumed and stop.windows and not stop.between:
        opens, closes = stop.windows[0]
        yield Sentence(ASSUMED, {"opens": Clock(opens), "closes": Clock(closes)})
    if stop.between:
        start, end = stop.between
        yield Sentence(BETWEEN, {"start": Clock(start), "end": Clock(end)})


def _earlier_start(
    tries: _Tries, number: int, places: Sequence[Place], worst: Obstacle
) -> Iterator[Sentence]:
    """Yield how much earlier the teams would have to start: what is missing, or a little more."""
    if worst.kind not in ("hours", "other_stop"):
        return
    extras = {worst.minutes, *(more for more in EARLIER if more > worst.minutes)}
    for extra in sorted(extra for extra in extras if extra <= EARLIER[-1]):
        early = [
            replace(team, shift=(max(team.shift[0] - int(extra), 0), team.shift[1]))
            for team in tries.outing.teams
        ]
        rounds = tries.with_limits(early)
        for team, place in places:
            if rounds[team].fits(number, place):
                values = {"team": early[team].name, "begins": Clock(early[team].shift[0])}
                yield Sentence(EARLIER_START, values)
                return


def _longer_drive(
    tries: _Tries, number: int, places: Sequence[Place], kind: str
) -> Iterator[Sentence]:
    """Yield the least longest drive with which it would fit."""
    limit = {"leg": "longest_leg_minutes", "drive": "longest_drive_minutes"}.get(kind)
    if limit is None:
        return
    free = tries.with_limits([_with_team(team, **{limit: None}) for team in tries.outing.teams])
    total = max if kind == "leg" else sum
    needed = [
        total(tries.outing.legs(team, tries.with_(number, team, place)))
        for team, place in places
        if free[team].fits(number, place)
    ]
    if needed:
        sentence = LONGER_LEG if kind == "leg" else LONGER_DRIVE
        yield Sentence(sentence, {"minutes": min(needed)})


def _instead(tries: _Tries, number: int, able: Sequence[int]) -> Iterator[Sentence]:
    """Yield the stop in whose place it would fit, the one that counts least."""
    stops, orders = tries.outing.stops, tries.orders
    fitting = [
        (stops[out].must, stops[out].priority, team, place)
        for team in able
        for place, out in enumerate(orders[team])
        if tries.rounds[team].fits(number, place, without=1)
    ]
    if fitting:
        *_, team, place = min(fitting)
        yield Sentence(WITHOUT, {"other": stops[orders[team][place]].name})


def _with_team(team: Team, **changes: object) -> Team:
    return replace(team, **changes)  # type: ignore[arg-type]


CLOSED = mark("Closed all day.")
ASSUMED = mark(
    "Its hours are not known. The plan assumes {opens} to {closes}. Call, and type in its hours."
)
BETWEEN = mark("You asked to be there between {start} and {end}.")
ANOTHER_DAY = mark("Choose a day when it is open.")
ROOM = mark("It still fits. Put it in by hand, or plan again.")
NEEDS = mark("Needs {skills}. No team has that.")
WITH_SKILL = mark("It fits if a team has {skills}.")
TEAM_WITH_SKILL = mark("One more team, with {skills}, could go there.")
NO_WAY = mark("No way there was found.")
LONG_LEG = mark("A drive of {found} minutes is needed. The longest allowed is {most}.")
LONG_DRIVE = mark("All drives would take {found} minutes. The most allowed is {most}.")
TOO_SHORT = mark("It is never open for {minutes} minutes at a time that day.")
OTHER_SHORT = mark(
    "{other} is in that round and is never open for {minutes} minutes at a time that day."
)
SHUT = mark("Closes at {closes}. The earliest arrival is {arrives}.")
TOO_LITTLE = mark(
    "Closes at {closes}. The earliest arrival is {arrives}, and the visit takes {minutes} minutes."
)
OTHER_NEEDS = mark("{other} is in that round and needs {skills}, which the team does not have.")
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
