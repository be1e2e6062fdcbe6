"""Bundle: a plan in words: the sheet, the route, the calendar and the table a team takes along.

All of it is made when it is asked for, out of the plan and the records, and kept nowhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from geo.catalogue import records, wording
from geo.catalogue.places import Entry
from geo.clock import at_minute, clock_at
from geo.files import table
from geo.i18n import Words
from geo.rounds import itinerary
from geo.rounds.papers import gpx, ical, map_links, run_sheet
from geo.rounds.plan import Plan, Round, Stop, Visit

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
            data=wording.when_dated(briefing.data_date, say),
        ),
        made_on=briefing.made_at.date(),
    )
    return run_sheet.write(sheet, say)


def route(briefing: Briefing, say: Words) -> bytes:
    """Return the rounds as GPX 1.1."""
    routes = []
    for round_ in briefing.plan.rounds:
        stops = [
            gpx.Point(
                visit.stop.lat,
                visit.stop.lon,
                f"{number} {visit.stop.name}",
                " · ".join([*itinerary.times(visit, say), *_contact(briefing, visit.stop, say)]),
            )
            for number, visit in enumerate(round_.visits, 1)
        ]
        ends = [
            gpx.Point(*round_.team.start, say("Start"), is_stop=False),
            gpx.Point(*round_.team.end, say("End"), is_stop=False),
        ]
        if stops:
            routes.append(gpx.Route(round_.team.called(say), [ends[0], *stops, ends[1]]))
    return gpx.write(routes, briefing.made_at)


def calendar(briefing: Briefing, say: Words) -> bytes:
    """Return an event for each stop, from arriving to leaving, as iCalendar."""
    day = briefing.plan.day
    return ical.write(
        [
            ical.Visit(
                key=f"{day.isoformat()}:{visit.stop.key}",
                title=f"{round_.team.called(say)} · {number} {visit.stop.name}",
                start=at_minute(day, visit.arrive),
                end=at_minute(day, visit.leave),
                place=_address(briefing, visit.stop, say),
                about=[itinerary.leg(visit, number, say), *_contact(briefing, visit.stop, say)],
                lat=visit.stop.lat,
                lon=visit.stop.lon,
            )
            for round_ in briefing.plan.rounds
            for number, visit in enumerate(round_.visits, 1)
        ],
        briefing.made_at,
    )


def rows(briefing: Briefing, say: Words) -> bytes:
    """Return a row a stop as CSV; those left out come last, with the reason."""
    header = [
        say("Team"),
        say("Stop"),
        say("Name"),
        say("Address"),
        say("Arrive"),
        say("Leave"),
        say("Minutes there"),
        say("Minutes to wait"),
        say("Minutes to drive"),
        say("Miles"),
        say("Hours that day"),
        say("Phone"),
        say("Latitude"),
        say("Longitude"),
        say("Why it is left out"),
    ]
    visited = [
        _row(briefing, visit.stop, say, round_.team.called(say), number, visit)
        for round_ in briefing.plan.rounds
        for number, visit in enumerate(round_.visits, 1)
    ]
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
        itinerary.summary(round_, say),
        list(_steps(briefing, round_, say)),
    )


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
        )
    if break_ and itinerary.before(round_) == len(round_.visits):
        yield run_sheet.Pause(break_)
    yield run_sheet.Pause(itinerary.way_back(round_, say))


def _facts(briefing: Briefing, visit: Visit, say: Words) -> list[Fact]:
    """Return what to know at the door; what is not known of it is told in one line."""
    stop, entry = visit.stop, briefing.entries.get(visit.stop.key)
    hours, phone = _contact(briefing, stop, say)
    stop_facts = [
        (say("Address"), _address(briefing, stop, say)),
        (say("Hours that day"), hours),
        (say("Careful"), " ".join(breach.told(say) for breach in visit.breaches)),
    ]
    if not entry:
        return [fact for fact in stop_facts if fact[1]]
    papers = [say(records.DOCUMENTS[one]) for one in records.split(entry["required_documents"])]
    entrance = (records.WALK_IN.get(entry["walk_in"]), records.WHEELCHAIR.get(entry["wheelchair"]))
    record_facts = [
        (
            say("Phone"),
            " · ".join(filter(None, (phone, wording.in_language(entry, "phone_note", say)))),
        ),
        (say("Papers to bring"), ", ".join(papers)),
        (say("Who may come"), wording.in_language(entry, "eligibility", say)),
        (say("Entrance"), " · ".join(say(one) for one in entrance if one)),
        (say("Last confirmed"), wording.age(entry, say) if briefing.verifying else " "),
    ]
    missing = [] if briefing.verifying else [label for label, words in record_facts if not words]
    facts = [*stop_facts, *record_facts, (say("Not known"), ", ".join(missing))]
    return [fact for fact in facts if fact[1].strip()]


def _row(
    briefing: Briefing,
    stop: Stop,
    say: Words,
    team: str = "",
    number: int | None = None,
    visit: Visit | None = None,
    why: str = "",
) -> list[table.Cell]:
    """Return the cells of a stop; without a `visit` its times are blank."""
    driven: list[table.Cell] = [None] * 6
    if visit:
        clocks = [clock_at(minute) for minute in (visit.arrive, visit.leave)]
        spent = [stop.minutes, visit.wait, visit.leg_minutes, round(visit.leg_miles, 1)]
        driven = [*clocks, *spent]
    where = [stop.name, _address(briefing, stop, say)]
    return [team, number, *where, *driven, *_contact(briefing, stop, say), stop.lat, stop.lon, why]


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
