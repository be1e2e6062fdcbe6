"""Round: plan a day out for one team or more, as lines or JSON."""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from geo import clock, settings
from geo.addresses import typed
from geo.catalogue import records
from geo.catalogue.keeper import Edition, load_catalogue
from geo.catalogue.places import Entry
from geo.clock import DAY_MIN, clock_at
from geo.errors import PlanError, QuestionError
from geo.i18n import Words, words
from geo.rounds import itinerary, overdue, planner, stops
from geo.rounds.plan import (
    STATUSES,
    Break,
    Clock,
    Plan,
    Question,
    Round,
    Stop,
    Team,
    team_name,
)
from geo.streets import store
from geo.travel import engines

Entries = Mapping[str, Entry]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    asking = commands.add_parser(
        "round", aliases=["route"], help="plan a day out that meets every door open"
    )
    which = asking.add_argument_group("which stops")
    which.add_argument("--stops", metavar="ID,ID", help="these entries; with --city a choice of it")
    which.add_argument("--city", help="all entries of a town that can be stops, or with --due N")
    which.add_argument("--type", help="only entries of this type")
    which.add_argument("--due", type=int, metavar="N", help="the N that most need a visit")
    which.add_argument("--must", default="", metavar="ID,ID", help="these must be visited")
    when = asking.add_argument_group("when, from where and who")
    when.add_argument("--date", required=True, metavar="2026-11-24")
    when.add_argument("--start", required=True, metavar="LAT,LON", help="or the name of a town")
    when.add_argument("--end", metavar="LAT,LON", help="the same; default: back to the start")
    when.add_argument("--shift", default="09:00-17:00", metavar="09:00-17:00")
    when.add_argument("--minutes", type=int, default=20, help="at each stop; default 20")
    when.add_argument("--teams", type=int, default=1, help="how many alike teams; default 1")
    when.add_argument("--lunch", metavar="11:30-13:00/30", help="a break of 30 minutes begun then")
    when.add_argument("--longest-leg", type=int, metavar="MINUTES", help="between two stops")
    when.add_argument("--longest-drive", type=int, metavar="MINUTES", help="all day")
    how = asking.add_argument_group("how")
    how.add_argument("--mode", default="driving", help="driving (default) or walking")
    names = ", ".join(engines.ENGINES)
    how.add_argument("--engine", help=f"of travel time: {names}; default: the best set up")
    how.add_argument("--traffic", type=float, default=1.0, help="1.2 is a fifth slower than usual")
    how.add_argument("--seed", type=int, default=1, help="the same seed gives the same plan")
    how.add_argument("--seconds", type=float, help="how long the search may take")
    asking.add_argument("--json", action="store_true", help="everything, to be read by a program")
    asking.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the plan as lines or JSON; return 0."""
    day = _date(options.date)
    today = clock.today()
    places = load_catalogue(settings.read().catalogue, today)
    entries = {entry["id"]: entry for entry in Edition(1, places).entries}
    chosen = list(_chosen(options, entries, day, today))
    teams = _teams(options)
    engine = options.engine or engines.best(options.mode)
    ways = planner.matrix(chosen, teams, engine, options.mode, options.traffic)
    plan = _planned(Question(day, chosen, teams, ways), options)
    if options.json:
        print(json.dumps(as_json(plan, words("en")), allow_nan=False))
    else:
        for line in as_lines(plan, words("en")):
            print(line)
    return 0


def _planned(question: Question, options: argparse.Namespace) -> Plan:
    """Return the plan; print what is wrong with one that did not pass its own check."""
    try:
        return planner.plan(question, options.seconds, options.seed)
    except PlanError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        raise


def as_json(plan: Plan, say: Words) -> dict[str, Any]:
    """Return the plan as plain data: minutes after midnight, miles, sentences of `say`."""
    return {
        "date": plan.day.isoformat(),
        "engine": plan.engine,
        "estimate": plan.estimate,
        "trust": itinerary.trust(plan, say),
        "status": plan.status,
        "rounds": [_round(round_, say) for round_ in plan.rounds],
        "left_out": [
            {
                "id": left.stop.key,
                "name": left.stop.name,
                "kind": left.kind,
                "reason": left.reason.told(say),
                "remedies": [remedy.told(say) for remedy in left.remedies],
            }
            for left in plan.left_out
        ],
    }


def as_lines(plan: Plan, say: Words) -> Iterator[str]:
    """Yield the plan as lines to read."""
    for round_ in plan.rounds:
        yield (
            f"{round_.team.called(say)}: leaves {clock_at(round_.leave_start)}, back "
            f"{clock_at(round_.back_at)}, {round_.miles:.1f} miles, drives "
            f"{round_.drive_minutes} min, at stops {round_.on_site_minutes} min, "
            f"waits {round_.waiting_minutes} min"
        )
        for number, visit in enumerate(round_.visits, start=1):
            unknown = " (hours unknown: call first)" if visit.stop.hours_unknown else ""
            yield (
                f"  {number:2} {clock_at(visit.arrive)} {clock_at(visit.start)}-"
                f"{clock_at(visit.done)} {visit.stop.key} {visit.stop.name}{unknown}"
            )
    for left in plan.left_out:
        yield f"left out: {left.stop.key} {left.stop.name}: {left.reason.told(say)}"
        for remedy in left.remedies:
            yield f"  {remedy.told(say)}"
    yield say(STATUSES[plan.status])
    yield itinerary.trust(plan, say)


def _round(round_: Round, say: Words) -> dict[str, Any]:
    return {
        "team": round_.team.called(say),
        "leave_start": round_.leave_start,
        "break_at": round_.break_at,
        "back_at": round_.back_at,
        "back_minutes": round_.back_minutes,
        "back_miles": round(round_.back_miles, 3),
        "drive_minutes": round_.drive_minutes,
        "on_site_minutes": round_.on_site_minutes,
        "waiting_minutes": round_.waiting_minutes,
        "miles": round(round_.miles, 3),
        "visits": [
            {
                "id": visit.stop.key,
                "name": visit.stop.name,
                "lat": visit.stop.lat,
                "lon": visit.stop.lon,
                "windows": visit.stop.windows,
                "hours_unknown": visit.stop.hours_unknown,
                "holiday": visit.stop.holiday,
                "arrive": visit.arrive,
                "arrive_told": Clock(visit.arrive).told(say),
                "wait": visit.wait,
                "start": visit.start,
                "leave": visit.leave,
                "slack": visit.slack,
                "leg_minutes": visit.leg_minutes,
                "leg_miles": round(visit.leg_miles, 3),
            }
            for visit in round_.visits
        ],
    }


def _chosen(
    options: argparse.Namespace, entries: Entries, day: date, today: date
) -> Iterator[Stop]:
    """Yield the stops that the options name."""
    must = set(filter(None, options.must.split(",")))
    named = list(filter(None, (options.stops or "").split(",")))
    for key in [*named, *sorted(must)]:
        if key not in entries:
            raise QuestionError("--stops: found {found!r}, wanted the id of an entry.", found=key)
    if options.due:
        more = [
            due.key
            for due in overdue.most_due(
                list(entries.values()), options.due, today, city=options.city or "", only_stops=True
            )
        ]
    else:
        more = _in_town(options, entries)
    for key in dict.fromkeys([*named, *more, *sorted(must)]):
        yield stops.of(entries[key], day, options.minutes, must=key in must)


def _in_town(options: argparse.Namespace, entries: Entries) -> list[str]:
    """Return the keys of the stops of a town, of one type or all; none if no town is named."""
    if not options.city:
        return []
    _check_type(options.type)
    return [
        key
        for key, entry in entries.items()
        if entry["city"].casefold() == options.city.casefold()
        and (not options.type or options.type in entry["types"])
        and stops.can_be_one(entry)
    ]


def _check_type(kind: str | None) -> None:
    if kind and kind not in records.TYPES:
        wanted = ", ".join(records.TYPES)
        raise QuestionError(
            "--type: found {found!r}, wanted one of {wanted}.", found=kind, wanted=wanted
        )


def _teams(options: argparse.Namespace) -> list[Team]:
    streets = store.current()
    start = typed.point(options.start, streets)
    end = typed.point(options.end, streets) if options.end else start
    begins, ends = _times("--shift", options.shift, r"(\d\d:\d\d)-(\d\d:\d\d)")
    pause = None
    if options.lunch:
        early, late, minutes = _times("--lunch", options.lunch, r"(\d\d:\d\d)-(\d\d:\d\d)/(\d+)")
        pause = Break(early, late, minutes)
    shift = (begins, ends + DAY_MIN if ends < begins else ends)
    limits = options.longest_leg, options.longest_drive
    return [
        Team(team_name(n + 1), start, end, shift, frozenset(), pause, *limits)
        for n in range(max(options.teams, 0))
    ]


def _times(option: str, text: str, pattern: str) -> list[int]:
    """Return the minutes after midnight, or plain minutes, that `text` gives."""
    match = re.fullmatch(pattern, text)
    if not match:
        wanted = "{option}: found {found!r}, wanted it as 09:00-17:00, or for lunch 11:30-13:00/30."
        raise QuestionError(wanted, option=option, found=text)
    pairs = [cell.split(":") for cell in match.groups()]
    return [int(pair[0]) * 60 + int(pair[1]) if pair[1:] else int(pair[0]) for pair in pairs]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        wanted = "--date: found {found!r}, wanted a day such as 2026-11-24."
        raise QuestionError(wanted, found=text) from None
