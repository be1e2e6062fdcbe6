"""Bundle: a plan in words: the sheet, the route, the calendar and the table a team takes along.

All of it is made when it is asked for, out of the plan and the records, and kept nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from geo.catalogue import provenance, records, wording
from geo.catalogue.places import Entry
from geo.clock import at_minute, clock_at
from geo.files import table
from geo.i18n import Words
from geo.rounds import itinerary
from geo.rounds.papers import day_page as day_page_
from geo.rounds.papers import gpx, ical, map_links, run_sheet
from geo.rounds.plan import Clock, Plan, Round, Stop, Visit

Fact = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Briefing:
    """A plan with what is known of its stops; `verifying`: its sheet has questions to ask."""

    plan: Plan
    entries: Mapping[str, Entry]  # by id; a place that was typed has none
    data_date: str
    made_at: datetime
    verifying: bool = False


def pdf(briefing: Briefing, say: Words) -> bytes:
    """Return the run sheets of all teams that have a stop, as PDF.

    Raises `run_sheet.RunSheetError` if no team has one.
    """
    plan = briefing.plan
    sheet = run_sheet.RunSheet(
        title=say("Outreach round, {date}", date=say.date(plan.day)),
        teams=[_team(briefing, round_, say) for round_ in plan.rounds if round_.visits],
        danger=[(say(what), number) for what, number, _ in wording.DANGER],
        remarks=[
            itinerary.trust(plan, say),
            say("This sheet says where you go: keep it safe. Write down no names of people."),
        ],
        left_out=[(left.stop.name, left.reason.told(say)) for left in plan.left_out],
        foot=say(
            "Printed on {made}. Data of {data}.",
            made=say.date(briefing.made_at.date()),
            data=provenance.when_dated(briefing.data_date, say),
        ),
        made_on=briefing.made_at.date(),
    )
    return run_sheet.write(sheet, say)


def route(briefing: Briefing, say: Words) -> bytes:
    """Return the rounds as GPX 1.1."""
    routes = [
        gpx.Route(round_.team.called(say), list(_points(briefing, round_, say)))
        for round_ in briefing.plan.rounds
        if round_.visits
    ]
    return gpx.write(routes, briefing.made_at)


def _points(briefing: Briefing, round_: Round, say: Words) -> Iterator[gpx.Point]:
    """Yield the points of a round: where it starts, its stops, its break, where it ends."""
    team, number = round_.team, 0
    here = team.start
    for step in itinerary.steps(round_):
        if isinstance(step, Visit):
            number += 1
            here = step.stop.lat, step.stop.lon
            told = [*itinerary.times(step, say), *_contact(briefing, step.stop, say)]
            yield gpx.Point(*here, f"{number} {step.stop.name}", " · ".join(filter(None, told)))
        elif step == itinerary.PAUSE:
            onward = round_.visits[number : number + 1]
            if onward and itinerary.rest(round_)[0] >= onward[0].arrive:
                here = onward[0].stop.lat, onward[0].stop.lon
            yield gpx.Point(*here, say("Break"), itinerary.pause(round_, say), is_stop=False)
        else:
            starts = step == itinerary.START
            name, point = (say("Start"), team.start) if starts else (say("End"), team.end)
            yield gpx.Point(*point, name, _end_told(round_, step, say), is_stop=False)


def _end_told(round_: Round, step: str, say: Words) -> str:
    """Return where and when a team sets out, or is back."""
    if step == itinerary.START:
        clock = Clock(round_.leave_start)
        return say("Set out {time} from {place}", time=clock, place=itinerary.start(round_.team))
    back = Clock(round_.back_at)
    return say("Back {time} at {place}", time=back, place=itinerary.end(round_.team))


def calendar(briefing: Briefing, say: Words) -> bytes:
    """Return an event for each stop, the way out and back, and the break, as iCalendar."""
    found = [event for round_ in briefing.plan.rounds for event in _events(briefing, round_, say)]
    return ical.write(found, briefing.made_at)


def _events(briefing: Briefing, round_: Round, say: Words) -> Iterator[ical.Visit]:
    day, team = briefing.plan.day, round_.team.called(say)
    crew, number = briefing.plan.rounds.index(round_) + 1, 0
    for step in itinerary.steps(round_):
        if isinstance(step, Visit):
            number += 1
            begin, end = _without_rest(round_, step)
            yield ical.Visit(
                key=f"{day.isoformat()}:{step.stop.key}",
                title=f"{team} · {number} {step.stop.name}",
                start=at_minute(day, begin),
                end=at_minute(day, end),
                place=_address(briefing, step.stop, say),
                about=[itinerary.leg(step, number, say), *_contact(briefing, step.stop, say)],
                lat=step.stop.lat,
                lon=step.stop.lon,
            )
            continue
        begin, end, title, place = {
            itinerary.START: (
                round_.leave_start,
                round_.visits[0].arrive,
                say("Set out"),
                itinerary.start(round_.team),
            ),
            itinerary.END: (
                round_.visits[-1].leave,
                round_.back_at,
                say("Way back"),
                itinerary.end(round_.team),
            ),
        }.get(step) or (*itinerary.rest(round_), say("Break"), "")
        yield ical.Visit(
            key=f"{day.isoformat()}:{step}:{crew}",
            title=f"{team} · {title}",
            start=at_minute(day, begin),
            end=at_minute(day, end),
            place=place,
        )


def _without_rest(round_: Round, visit: Visit) -> tuple[int, int]:
    """Return from when to when a team is at a stop, without the break that it has there."""
    if round_.break_at is not None:
        begin, end = itinerary.rest(round_)
        if visit.arrive <= begin and end <= visit.start:
            return end, visit.leave
        if visit.done <= begin and end <= visit.leave:
            return visit.arrive, begin
    return visit.arrive, visit.leave


def day_page(briefing: Briefing, say: Words) -> bytes:
    """Return the day of all teams as one HTML page that works without a signal."""
    facts = {
        visit.stop.key: (
            _contact(briefing, visit.stop, say)[1],
            [
                f"{label}: {words}"
                for label, words in _facts(briefing, visit, say)
                if label != say("Phone")
            ],
        )
        for round_ in briefing.plan.rounds
        for visit in round_.visits
    }
    return day_page_.write(briefing.plan, facts, frozenset(briefing.entries), say)


def rows(briefing: Briefing, say: Words) -> bytes:
    """Return a row a stop as CSV, one for start, break and end; last those left out, with why."""
    header = [
        say("Team"),
        say("Stop"),
        say("Name"),
        say("Address"),
        say("Arrive"),
        say("Begin"),
        say("Leave"),
        say("Minutes there"),
        say("Minutes to wait"),
        say("Minutes of break"),
        say("Minutes to drive"),
        say("Miles"),
        say("Hours that day"),
        say("Phone"),
        say("Latitude"),
        say("Longitude"),
        say("Why it is left out"),
    ]
    visited = [row for round_ in briefing.plan.rounds for row in _round_rows(briefing, round_, say)]
    left_out = [
        _row(briefing, left.stop, say, why=left.reason.told(say)) for left in briefing.plan.left_out
    ]
    return table.write(header, visited + left_out)


def links(round_: Round) -> list[map_links.Link]:
    """Return links that show the way of a round in a maps app; none for a round without stops."""
    if not round_.visits:
        return []
    stops = [(visit.stop.lat, visit.stop.lon) for visit in round_.visits]
    return map_links.directions([round_.team.start, *stops, round_.team.end])


def _team(briefing: Briefing, round_: Round, say: Words) -> run_sheet.Team:
    day = briefing.plan.day
    date = f"{say.weekday(day.weekday())}, {say.date(day)}"
    return run_sheet.Team(
        f"{round_.team.called(say)} · {date}",
        [*itinerary.summary(round_, say), *(breach.told(say) for breach in round_.breaches)],
        list(_steps(briefing, round_, say)),
        _overview(briefing, round_, say),
        _sketch(round_),
    )


def _overview(briefing: Briefing, round_: Round, say: Words) -> list[run_sheet.Line]:
    """Return the whole day, a line for each thing that a team does."""
    lines, number = [], 0
    for step in itinerary.steps(round_):
        if isinstance(step, Visit):
            number += 1
            where = _address(briefing, step.stop, say)
            phone = _contact(briefing, step.stop, say)[1]
            clock = Clock(step.arrive).told(say)
            lines.append(run_sheet.Line(clock, step.stop.name, where, phone, number))
        elif step == itinerary.PAUSE:
            begin, end = itinerary.rest(round_)
            until = say("until {time}", time=Clock(end))
            lines.append(run_sheet.Line(Clock(begin).told(say), say("Break"), until))
        else:
            starts = step == itinerary.START
            minute = round_.leave_start if starts else round_.back_at
            label = say("Set out") if starts else say("Back")
            place = itinerary.start(round_.team) if starts else itinerary.end(round_.team)
            lines.append(run_sheet.Line(Clock(minute).told(say), label, place))
    return lines


def _sketch(round_: Round) -> list[tuple[float, float]]:
    stops = [(visit.stop.lat, visit.stop.lon) for visit in round_.visits]
    return [round_.team.start, *stops, round_.team.end]


def _steps(
    briefing: Briefing, round_: Round, say: Words
) -> Iterator[run_sheet.Stop | run_sheet.Pause]:
    """Yield the stops of a round in their order, the break and the way back."""
    break_ = itinerary.pause(round_, say)
    for number, visit in enumerate(round_.visits):
        if break_ and number == itinerary.before(round_):
            yield run_sheet.Pause(break_)
        entry = briefing.entries.get(visit.stop.key)
        questions = itinerary.questions(entry, say) if entry and briefing.verifying else []
        yield run_sheet.Stop(
            number + 1,
            visit.stop.name,
            itinerary.times(visit, say),
            itinerary.leg(visit, number + 1, say),
            _facts(briefing, visit, say),
            questions,
            notes=1 if questions else 2,
            results=[say(label) for label in day_page_.RESULTS.values()],
        )
    if break_ and itinerary.before(round_) == len(round_.visits):
        yield run_sheet.Pause(break_)
    yield run_sheet.Pause(itinerary.way_back(round_, say))


def _facts(briefing: Briefing, visit: Visit, say: Words) -> list[Fact]:
    """Return what to know at the door; what is not known of it is told in one line."""
    stop, entry = visit.stop, briefing.entries.get(visit.stop.key)
    hours, phone = _contact(briefing, stop, say)
    note = wording.told_in(entry, "hours_note", say) if entry else ""
    careful = [*(breach.told(say) for breach in visit.breaches)]
    careful.append(wording.notice(entry, say) if entry else "")
    stop_facts = [
        (say("Address"), _address(briefing, stop, say)),
        (say("Hours that day"), " · ".join(filter(None, (hours, note)))),
        (say("Careful"), " ".join(filter(None, careful))),
    ]
    if not entry:
        return [fact for fact in stop_facts if fact[1]]
    papers = [say(records.DOCUMENTS[one]) for one in records.split(entry["required_documents"])]
    entrance = (records.WALK_IN.get(entry["walk_in"]), records.WHEELCHAIR.get(entry["wheelchair"]))
    record_facts = [
        (
            say("Phone"),
            " · ".join(filter(None, (phone, wording.told_in(entry, "phone_note", say)))),
        ),
        (say("Papers to bring"), ", ".join(papers)),
        (say("Who may come"), wording.told_in(entry, "eligibility", say)),
        (say("Entrance"), " · ".join(say(one) for one in entrance if one)),
        (say("Source"), provenance.age(entry, say) if briefing.verifying else " "),
    ]
    missing = [] if briefing.verifying else [label for label, words in record_facts if not words]
    facts = [*stop_facts, *record_facts, (say("Not known"), ", ".join(missing))]
    return [fact for fact in facts if fact[1].strip()]


def _round_rows(briefing: Briefing, round_: Round, say: Words) -> Iterator[list[table.Cell]]:
    """Yield a row for each step of a round."""
    team, number = round_.team.called(say), 0
    for step in itinerary.steps(round_):
        if isinstance(step, Visit):
            number += 1
            begin, end = _without_rest(round_, step)
            yield _row(
                briefing,
                step.stop,
                say,
                team,
                number,
                [
                    *map(clock_at, (step.arrive, step.start, step.leave)),
                    step.stop.minutes,
                    step.wait,
                    (step.leave - step.arrive) - (end - begin),
                    step.leg_minutes,
                    round(step.leg_miles, 1),
                ],
            )
        elif step == itinerary.PAUSE:
            begin, end = itinerary.rest(round_)
            clocks = [clock_at(begin), None, clock_at(end)]
            yield [team, None, say("Break"), None, *clocks, *[None] * 10]
        elif step == itinerary.START:
            clocks = [None, None, clock_at(round_.leave_start)]
            place = itinerary.start(round_.team)
            yield [
                team,
                None,
                say("Start"),
                place,
                *clocks,
                *[None] * 7,
                *_point(round_.team.start),
                None,
            ]
        else:
            way: list[table.Cell] = [round_.back_minutes, round(round_.back_miles, 1)]
            clocks = [clock_at(round_.back_at), None, None]
            place, point = itinerary.end(round_.team), _point(round_.team.end)
            yield [
                team,
                None,
                say("End"),
                place,
                *clocks,
                *[None] * 3,
                *way,
                None,
                None,
                *point,
                None,
            ]


def _row(
    briefing: Briefing,
    stop: Stop,
    say: Words,
    team: str = "",
    number: int | None = None,
    driven: Sequence[table.Cell] = (None,) * 8,
    why: str = "",
) -> list[table.Cell]:
    """Return the cells of a stop; of one that is left out the times are blank."""
    where = [stop.name, _address(briefing, stop, say)]
    point = _point((stop.lat, stop.lon))
    return [team, number, *where, *driven, *_contact(briefing, stop, say), *point, why]


def _point(point: tuple[float, float]) -> list[table.Cell]:
    return [round(degrees, gpx.DIGITS) for degrees in point]


def _contact(briefing: Briefing, stop: Stop, say: Words) -> tuple[str, str]:
    """Return the hours of that day and the phone."""
    entry = briefing.entries.get(stop.key)
    return itinerary.open_that_day(stop, say), entry["phone"] if entry else ""


def _address(briefing: Briefing, stop: Stop, say: Words) -> str:
    """Return where a stop is: the address of the record, or the point that was given."""
    entry = briefing.entries.get(stop.key)
    if entry and not stop.approximate:
        return wording.where(entry, say)
    point = f"{stop.lat:.5f}, {stop.lon:.5f}"
    return say("Meet at the point {point}", point=point) if entry else point
