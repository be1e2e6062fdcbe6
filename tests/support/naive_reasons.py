"""Naive reasons: why a stop is left out, by timing every whole order anew, to compare with."""

from dataclasses import replace

from geo.rounds import improve, left_out, timing
from geo.rounds.plan import NEVER, Clock, LeftOut, Sentence


def why(outing, orders, number):
    """Return why the stop is in none of the rounds and what would have to give for it to fit."""
    stop = outing.stops[number]
    if stop.windows == ():
        return LeftOut(stop, "closed", Sentence(left_out.CLOSED), (Sentence(left_out.ANOTHER_DAY),))
    able = [n for n, team in enumerate(outing.teams) if stop.needs <= team.skills]
    if not able:
        return unskilled(outing, orders, number)
    alone = [(team, [number]) for team in able]
    tried = [one for one in improve.insertions(orders, number) if one[0] in able]
    if any(outing.fits(*one) for one in tried):
        return LeftOut(stop, "room", Sentence(left_out.ROOM))
    fits_alone = [one for one in alone if outing.fits(*one)]
    among = tried if fits_alone else [*alone, *tried]
    worst = min(
        (obstacle(outing, team, order, number) for team, order in among),
        key=lambda found: found.minutes,
    )
    remedies = [
        *longer_shift(outing, tried, worst.kind),
        *earlier_start(outing, tried, worst),
        *longer_drive(outing, tried, worst.kind),
        *instead(outing, orders, number, able),
        *([Sentence(left_out.ANOTHER_TEAM)] if fits_alone else []),
    ]
    return LeftOut(stop, worst.kind, worst.sentence, tuple(remedies))


def obstacle(outing, number, order, newcomer):
    """Return what first stands in the way of an order that cannot be kept.

    The order is followed from the start of the shift, each visit as early as can be.
    """
    team, legs = outing.teams[number], outing.legs(number, order)
    for leg in legs:
        if leg >= NEVER:
            return left_out.Obstacle("no_way", NEVER, Sentence(left_out.NO_WAY))
        if team.longest_leg_minutes is not None and leg > team.longest_leg_minutes:
            values = {"found": leg, "most": team.longest_leg_minutes}
            return left_out.Obstacle(
                "leg", leg - team.longest_leg_minutes, Sentence(left_out.LONG_LEG, values)
            )
    clock = team.shift[0]
    for leg, place in zip(legs, order, strict=False):
        stop, clock = outing.stops[place], clock + leg
        start = timing.earliest_start(stop, clock)
        if start is None:
            return too_late(stop, clock, place == newcomer)
        clock = start + stop.minutes
    clock += legs[-1]
    if clock > team.shift[1]:
        opens = min(opens for opens, _ in outing.stops[newcomer].open_times)
        return after_shift(team, clock, len(order) == 1, opens)
    most = team.longest_drive_minutes
    if most is not None and sum(legs) > most:
        values = {"found": sum(legs), "most": most}
        return left_out.Obstacle("drive", sum(legs) - most, Sentence(left_out.LONG_DRIVE, values))
    for place in order:
        if lacking := outing.stops[place].needs - team.skills:
            values = {"other": outing.stops[place].name, "skills": ", ".join(sorted(lacking))}
            return left_out.Obstacle(
                "other_stop", NEVER - 1, Sentence(left_out.OTHER_NEEDS, values)
            )
    clocks = {"earliest": Clock(team.break_.earliest), "latest": Clock(team.break_.latest)}
    return left_out.Obstacle("break", team.break_.minutes, Sentence(left_out.NO_BREAK, clocks))


def too_late(stop, arrive, own):
    fitting = [closes for opens, closes in stop.open_times if opens + stop.minutes <= closes]
    if not fitting:
        sentence = Sentence(left_out.TOO_SHORT, {"minutes": stop.minutes})
        return left_out.Obstacle("hours", NEVER - 1, sentence)
    closes = fitting[-1]
    late = arrive + stop.minutes - closes
    values = {"closes": Clock(closes), "arrives": Clock(arrive), "minutes": stop.minutes}
    if not own:
        sentence = Sentence(left_out.OTHER_LATE, values | {"other": stop.name})
        return left_out.Obstacle("other_stop", late, sentence)
    message = left_out.SHUT if arrive >= closes else left_out.TOO_LITTLE
    return left_out.Obstacle("hours", late, Sentence(message, values))


def after_shift(team, back, alone, opens):
    clocks, late = {"ends": Clock(team.shift[1]), "back": Clock(back)}, back - team.shift[1]
    if opens >= team.shift[1]:
        sentence = Sentence(left_out.OPENS_LATE, clocks | {"opens": Clock(opens)})
        return left_out.Obstacle("hours", late, sentence)
    message = left_out.LATE if alone else left_out.LATE_WITH
    return left_out.Obstacle("shift", late, Sentence(message, clocks))


def unskilled(outing, orders, number):
    stop = outing.stops[number]
    values = {"skills": ", ".join(sorted(stop.needs))}
    teams = [replace(team, skills=team.skills | stop.needs) for team in outing.teams]
    skilled = replace(outing, teams=teams)
    remedies = []
    if any(skilled.fits(*one) for one in improve.insertions(orders, number)):
        remedies.append(Sentence(left_out.WITH_SKILL, values))
    elif any(skilled.fits(team, [number]) for team in range(len(teams))):
        remedies.append(Sentence(left_out.TEAM_WITH_SKILL, values))
    return LeftOut(stop, "skill", Sentence(left_out.NEEDS, values), tuple(remedies))


def longer_shift(outing, tried, kind):
    """Yield the least that one shift would have to end later."""
    if kind not in ("shift", "break"):
        return
    open_end = [replace(team, shift=(team.shift[0], 2 * 1440)) for team in outing.teams]
    free = replace(outing, teams=open_end)
    ends = []
    for number, order in tried:
        legs, visited = outing.legs(number, order), outing.visited(order)
        first = timing.earliest(free.teams[number], visited, legs)
        if first is not None:
            ends.append((first - outing.teams[number].shift[1], number, first))
    extra, number, end = min(ends, default=(left_out.MOST_EXTRA + 1, 0, 0))
    if 0 < extra <= left_out.MOST_EXTRA:
        values = {"team": outing.teams[number].name, "minutes": extra, "ends": Clock(end)}
        yield Sentence(left_out.LONGER_SHIFT, values)


def earlier_start(outing, tried, worst):
    """Yield how much earlier the teams would have to start: what is missing, or a little more."""
    if worst.kind not in ("hours", "other_stop"):
        return
    extras = {worst.minutes, *(more for more in left_out.EARLIER if more > worst.minutes)}
    for extra in sorted(extra for extra in extras if extra <= left_out.EARLIER[-1]):
        early = [
            replace(team, shift=(max(team.shift[0] - int(extra), 0), team.shift[1]))
            for team in outing.teams
        ]
        free = replace(outing, teams=early)
        for number, order in tried:
            if free.fits(number, order):
                team = free.teams[number]
                yield Sentence(
                    left_out.EARLIER_START, {"team": team.name, "begins": Clock(team.shift[0])}
                )
                return


def longer_drive(outing, tried, kind):
    """Yield the least longest drive with which it would fit."""
    limit = {"leg": "longest_leg_minutes", "drive": "longest_drive_minutes"}.get(kind)
    if limit is None:
        return
    free = replace(outing, teams=[replace(team, **{limit: None}) for team in outing.teams])
    total = max if kind == "leg" else sum
    needed = [total(outing.legs(*one)) for one in tried if free.fits(*one)]
    if needed:
        sentence = left_out.LONGER_LEG if kind == "leg" else left_out.LONGER_DRIVE
        yield Sentence(sentence, {"minutes": min(needed)})


def instead(outing, orders, number, able):
    """Yield the stop in whose place it would fit, the one that counts least."""
    found = [
        (outing.stops[out].must, outing.stops[out].priority, team, place)
        for team in able
        for place, out in enumerate(orders[team])
        if outing.fits(team, [*orders[team][:place], number, *orders[team][place + 1 :]])
    ]
    if found:
        *_, team, place = min(found)
        yield Sentence(left_out.WITHOUT, {"other": outing.stops[orders[team][place]].name})
