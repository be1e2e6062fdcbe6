"""Itinerary: a round in words: when a team is where, how sure that is, and what to ask there."""

from collections.abc import Iterator

from geo.catalogue.places import Entry
from geo.clock import DAY_MIN
from geo.i18n import Words, mark
from geo.rounds.plan import ALWAYS, SHARES, Clock, Plan, Round, Stop, Team, Visit
from geo.travel import engines

START, PAUSE, END = "start", "pause", "end"  # what a team does besides its visits
MOST_QUESTIONS = 4  # besides the two that are always asked: a stop stays on one page


def trust(plan: Plan, say: Words) -> str:
    """Return how the times are known, and how far they can be trusted."""
    sentences = [plan.travel.notice, engines.HOW[plan.engine], LATER]
    return " ".join(say(sentence) for sentence in sentences if sentence)


def start(team: Team) -> str:
    """Return where a team starts: as it was typed, and the point to about a metre."""
    return _place(team.start_name, team.start)


def end(team: Team) -> str:
    """Return where a team ends."""
    return _place(team.end_name, team.end)


def _place(name: str, point: tuple[float, float]) -> str:
    told = f"{point[0]:.5f}, {point[1]:.5f}"
    return f"{name} ({told})" if name and not name[0].isdigit() else told


def steps(round_: Round) -> Iterator[Visit | str]:
    """Yield what a team does in its order: `START`, its visits, the break as `PAUSE`, `END`."""
    if not round_.visits:
        return
    yield START
    rest = None if round_.break_at is None else before(round_)
    for number, visit in enumerate(round_.visits):
        if number == rest:
            yield PAUSE
        yield visit
    if rest == len(round_.visits):
        yield PAUSE
    yield END


def shared(plan: Plan, say: Words) -> list[str]:
    """Return how the stops are shared among several teams, and what that costs; else nothing."""
    if len(plan.teams) < 2:
        return []
    if plan.more_miles is None:
        return [say(SHARES[plan.share]) + "."]
    miles = say.number(max(plan.more_miles, 0.0), 1)
    more = say("{miles} miles more than with the least time and driving.", miles=miles)
    return [say(SHARES[plan.share]) + ".", more]


def summary(round_: Round, say: Words) -> list[str]:
    """Return when a team leaves and is back, and how its day is spent."""
    spent = [
        say.many("{n} stop", "{n} stops", len(round_.visits)),
        say("{miles} miles", miles=say.number(round_.miles)),
        say("driving {time}", time=duration(round_.drive_minutes, say)),
        say("at the stops {time}", time=duration(round_.on_site_minutes, say)),
    ]
    if round_.waiting_minutes:
        spent.append(say("waiting {time}", time=duration(round_.waiting_minutes, say)))
    out = say(
        "Set out {leave} · back {back}",
        leave=Clock(round_.leave_start).told(say),
        back=Clock(round_.back_at).told(say),
    )
    return [out, " · ".join(spent)]


def duration(minutes: int, say: Words) -> str:
    """Return minutes as hours and minutes.

    >>> from geo.i18n import words
    >>> [duration(minutes, words("en")) for minutes in (0, 59, 60, 130)]
    ['0 min', '59 min', '1 h', '2 h 10 min']
    """
    hours, left = divmod(minutes, 60)
    if not hours:
        return say("{minutes} min", minutes=left)
    if not left:
        return say("{hours} h", hours=hours)
    return say("{hours} h {minutes} min", hours=hours, minutes=left)


def times(visit: Visit, say: Words) -> list[str]:
    """Return when to arrive, wait, begin and leave, a line each."""
    lines = [say("Arrive {time}", time=Clock(visit.arrive).told(say))]
    if visit.wait:
        lines.append(say("Wait {time}", time=duration(visit.wait, say)))
    if visit.start != visit.arrive:
        lines.append(say("Begin {time}", time=Clock(visit.start).told(say)))
    return [*lines, say("Leave {time}", time=Clock(visit.leave).told(say))]


def leg(visit: Visit, number: int, say: Words) -> str:
    """Return how long the way to a stop is; the first is number 1."""
    way = {"time": duration(visit.leg_minutes, say), "miles": say.number(visit.leg_miles, 1)}
    if number == 1:
        return say("{time}, {miles} miles from the start", **way)
    return say("{time}, {miles} miles from stop {number}", number=number - 1, **way)


def way_back(round_: Round, say: Words) -> str:
    """Return how long the last leg is, and when it ends."""
    return say(
        "Way back: {time}, {miles} miles · back {back}",
        time=duration(round_.back_minutes, say),
        miles=say.number(round_.back_miles, 1),
        back=Clock(round_.back_at).told(say),
    )


def rest(round_: Round) -> tuple[int, int]:
    """Return from when to when the break on the way is; there has to be one."""
    assert round_.break_at is not None and round_.team.break_
    return round_.break_at, round_.break_at + round_.team.break_.minutes


def pause(round_: Round, say: Words) -> str:
    """Return from when to when the break is, or why none is on the way; blank if none is asked."""
    asked = round_.team.break_
    if asked is None or not round_.visits:
        return ""
    if round_.break_at is None:
        if round_.leave_start >= asked.earliest + asked.minutes:
            return say("No break on the way: the team sets out after it.")
        if round_.back_at <= asked.latest:
            return say("No break on the way: the team is back before it must begin.")
        return say("No time for a break.")
    return say(
        "Break from {start} to {end}",
        start=Clock(round_.break_at).told(say),
        end=Clock(round_.break_at + asked.minutes).told(say),
    )


def before(round_: Round) -> int:
    """Return before which stop, counted from 0, the break is; their number if after the last."""
    at, asked = round_.break_at, round_.team.break_
    if at is None:
        rested = asked is not None and round_.leave_start >= asked.earliest + asked.minutes
        return 0 if rested else len(round_.visits)
    return next(
        (number for number, visit in enumerate(round_.visits) if visit.start > at),
        len(round_.visits),
    )


def open_that_day(stop: Stop, say: Words) -> str:
    """Return the hours of a stop on the day of the plan."""
    told = [_hours(stop, say)]
    if stop.holiday and not stop.hours_unknown:
        told.append(say("That day is a holiday: hours may differ."))
    if stop.between:
        start, end = map(Clock, stop.between)
        told.append(say("Be there between {start} and {end}.", start=start, end=end))
    return " · ".join(told)


def _hours(stop: Stop, say: Words) -> str:
    hours = stop.opening if stop.between else stop.windows
    if hours is None:
        return say("Hours not known: call first.")
    windows = " · ".join(_window(start, end, say) for start, end in hours if start < DAY_MIN)
    if stop.assumed:
        return say("Hours not known: call first. Planned as if open {hours}.", hours=windows)
    if stop.typed and hours == ALWAYS:
        return say("At any time")
    return windows or say("Closed")


def questions(entry: Entry, say: Words) -> list[str]:
    """Return what to ask at a place, first what nobody knows of it yet; never who a person is."""
    asking = [
        (entry["hours"], say("Which days and hours are you open? On holidays?")),
        (entry["phone"], say("Which number can people call?")),
        (entry["street"], say("What is the street address? Where is the entrance?")),
        (entry["required_documents"], say("Which papers must people bring?")),
        (entry["eligibility"], say("Who may come?")),
        (entry["walk_in"], say("Can people come without an appointment?")),
        (entry["wheelchair"], say("Can a wheelchair get in?")),
        (entry["fees"], say("What does it cost?")),
    ]
    unknown = [question for answer, question in asking if not answer]
    last = [
        say("Is what stands above right? What has changed?"),
        say("Who told you? The role, not a name."),
    ]
    return [*unknown[:MOST_QUESTIONS], *last]


def _window(start: int, end: int, say: Words) -> str:
    if end - start >= DAY_MIN:
        return say("Open 24 hours")
    return say("{start} to {end}", start=Clock(start), end=Clock(end))


LATER = mark("It may take longer in traffic. Call if you are late.")
