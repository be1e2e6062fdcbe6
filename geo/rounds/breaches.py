"""Breaches: what a round that was changed by hand does not keep, in sentences."""

from collections.abc import Iterator
from dataclasses import replace

from geo.i18n import mark
from geo.rounds.plan import NEVER, Clock, Round, Sentence, Team, Visit, skill_names


def told(round_: Round) -> Round:
    """Return the round with what is not kept said in sentences."""
    visits = tuple(
        replace(visit, breaches=tuple(_visit_breaches(visit, round_.team)))
        for visit in round_.visits
    )
    return replace(round_, visits=visits, breaches=tuple(_round_breaches(round_)))


def _visit_breaches(visit: Visit, team: Team) -> Iterator[Sentence]:
    stop = visit.stop
    if not stop.needs <= team.skills:
        yield Sentence(NEEDS, {"skills": skill_names(stop.needs - team.skills)})
    if visit.leg_minutes >= NEVER:
        yield Sentence(NO_WAY)
    elif team.longest_leg_minutes is not None and visit.leg_minutes > team.longest_leg_minutes:
        values = {"found": visit.leg_minutes, "most": team.longest_leg_minutes}
        yield Sentence(LONG_LEG, values)
    if not any(opens <= visit.start and visit.done <= shut for opens, shut in stop.open_times):
        yield _outside_hours(visit)


def _outside_hours(visit: Visit) -> Sentence:
    windows = visit.stop.open_times
    if not windows:
        return Sentence(CLOSED)
    clocks = {"arrives": Clock(visit.start), "done": Clock(visit.done)}
    within = [shut for opens, shut in windows if opens <= visit.start < shut]
    if within:
        return Sentence(CUT_SHORT, {**clocks, "closes": Clock(within[0])})
    return Sentence(SHUT, {**clocks, "closes": Clock(windows[-1][1])})


def _round_breaches(round_: Round) -> Iterator[Sentence]:
    team = round_.team
    if round_.back_minutes >= NEVER:
        yield Sentence(NO_WAY_BACK)
    elif team.longest_leg_minutes is not None and round_.back_minutes > team.longest_leg_minutes:
        values = {"found": round_.back_minutes, "most": team.longest_leg_minutes}
        yield Sentence(LONG_WAY_BACK, values)
    if round_.leave_start < team.shift[0]:
        clocks = {"begins": Clock(team.shift[0]), "found": Clock(round_.leave_start)}
        yield Sentence(EARLY, clocks)
    if round_.back_at > team.shift[1]:
        yield Sentence(LATE, {"ends": Clock(team.shift[1]), "found": Clock(round_.back_at)})
    if team.longest_drive_minutes is not None and round_.drive_minutes > team.longest_drive_minutes:
        values = {"found": round_.drive_minutes, "most": team.longest_drive_minutes}
        yield Sentence(LONG_DRIVE, values)
    pause = team.break_
    if pause and round_.break_at is None:
        before = round_.leave_start >= pause.earliest + pause.minutes
        if not before and round_.back_at > pause.latest:
            clocks = {"earliest": Clock(pause.earliest), "latest": Clock(pause.latest)}
            yield Sentence(NO_BREAK, clocks)


CLOSED = mark("Closed all day.")
SHUT = mark("Closed when the team gets there at {arrives}. It closes at {closes}.")
CUT_SHORT = mark("Closes at {closes}, before the visit ends at {done}.")
NEEDS = mark("Needs {skills}, which this team does not have.")
NO_WAY = mark("No way there was found.")
NO_WAY_BACK = mark("No way back was found.")
LONG_LEG = mark("The drive there takes {found} minutes. The longest allowed is {most}.")
LONG_WAY_BACK = mark("The drive back takes {found} minutes. The longest allowed is {most}.")
EARLY = mark("The shift starts at {begins}. The team would leave at {found}.")
LATE = mark("The shift ends at {ends}. The team is back at {found}.")
LONG_DRIVE = mark("All drives take {found} minutes. The most allowed is {most}.")
NO_BREAK = mark("There is no time for the break between {earliest} and {latest}.")
