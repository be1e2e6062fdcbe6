"""Round: plan a day out for one team or more, as lines, JSON or files to take along."""

import argparse
import difflib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from geo import clock, settings
from geo.addresses import typed
from geo.catalogue import records
from geo.catalogue.keeper import Edition, load_catalogue
from geo.catalogue.places import Entry
from geo.clock import DAY_MIN, clock_at
from geo.errors import PlanError, QuestionError
from geo.files import whole
from geo.i18n import Words, words
from geo.rounds import choice, duty, itinerary, overdue, plan_file, planner, stop_list, stops
from geo.rounds.choice import Choice, Usual
from geo.rounds.papers import bundle
from geo.rounds.papers.bundle import Briefing
from geo.rounds.plan import (
    SHARES,
    SKILLS,
    STATUSES,
    Clock,
    Plan,
    Question,
    Round,
    Team,
    Visit,
    Window,
    team_name,
)
from geo.rounds.plan_file import Crew, Draft
from geo.streets import store
from geo.travel import engines

Entries = Mapping[str, Entry]
SCHEMA = 1  # of the JSON, told in docs/rounds.md; another number, another shape
LEFT_OUT = 3  # the exit code if a stop that must be visited is not
FILES: Mapping[str, Callable[[Briefing, Words], bytes]] = {
    "csv": bundle.rows,
    "gpx": bundle.route,
    "ics": bundle.calendar,
    "pdf": bundle.pdf,
    "page": bundle.day_page,
}
RANGES = {  # what a number may be
    "due": (1, 250),
    "minutes": (1, 480),
    "teams": (0, 1_000),
    "longest_leg": (1, 2_880),
    "longest_drive": (1, 2_880),
    "seed": (0, 1_000_000),
    "seconds": (0, 3_600),
}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    asking = commands.add_parser(
        "round", aliases=["route"], help="plan a day out that meets every door open"
    )
    which = asking.add_argument_group("which stops")
    which.add_argument("--stops", metavar="ID,ID", help="these entries")
    which.add_argument("--stops-from", metavar="FILE.csv", help="stops with hours: docs/rounds.md")
    which.add_argument("--city", help="all entries of a town that can be stops, or with --due N")
    which.add_argument("--type", help="with --city or --due: only entries of this type")
    which.add_argument("--due", type=int, metavar="N", help="the N that most need a visit")
    which.add_argument("--must", default="", metavar="ID,ID", help="these must be visited")
    when = asking.add_argument_group("when, from where and who")
    when.add_argument("--date", required=True, metavar="2026-11-24")
    when.add_argument("--start", required=True, metavar="LAT,LON", help="or the name of a town")
    when.add_argument("--end", metavar="LAT,LON", help="the same; default: back to the start")
    when.add_argument("--shift", metavar="09:00-17:00", help="until 33:00 is 9 AM the next day")
    when.add_argument("--minutes", type=int, default=20, help="at each stop; default 20")
    when.add_argument("--teams", type=int, help="how many alike teams; default 1")
    when.add_argument(
        "--team",
        action="append",
        metavar="09:00-17:00/nurse,lift",
        help=f"one team; once for each. Skills: {', '.join(SKILLS)}",
    )
    when.add_argument("--lunch", metavar="11:30-13:00/30", help="a break of 30 minutes begun then")
    when.add_argument(
        "--unknown-hours",
        default="09:00-17:00",
        metavar="09:00-17:00",
        help="open then where nobody knows; or: any",
    )
    when.add_argument("--longest-leg", type=int, metavar="MINUTES", help="between two stops")
    when.add_argument("--longest-drive", type=int, metavar="MINUTES", help="all day")
    how = asking.add_argument_group("how")
    how.add_argument("--share", help=f"among teams: {', '.join(SHARES)}; default: even")
    how.add_argument("--mode", default="driving", help="driving (default) or walking")
    names = ", ".join(engines.ENGINES)
    how.add_argument("--engine", help=f"of travel time: {names}; default: the best set up")
    how.add_argument("--traffic", type=float, default=1.0, help="1.2 is a fifth slower than usual")
    how.add_argument("--seed", type=int, default=1, help="the same seed gives the same plan")
    how.add_argument("--seconds", type=float, help="how long the search may take")
    out = asking.add_argument_group("what to write")
    out.add_argument("--json", action="store_true", help="everything, to be read by a program")
    for ending in FILES:
        out.add_argument(f"--{ending}", type=Path, metavar="FILE")
    out.add_argument("--plan", type=Path, metavar="FILE", help="to be opened on the Outreach page")
    asking.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the plan, write its files; return 0, or 3 if a stop is left out that must be in."""
    _check(options)
    day, today = _date(options.date), clock.today()
    edition = Edition(1, load_catalogue(settings.read().catalogue, today))
    entries = {entry["id"]: entry for entry in edition.entries}
    crews = _crews(options)
    usual = Usual(day, options.minutes, _assumed(options.unknown_hours))
    choices = _choices(options, entries, today)
    chosen = [choice.stop(one, entries.get(one.key), usual) for one in choices]
    teams = _teams(options, crews)
    share = options.share or ("even" if len(teams) > 1 else "miles")
    engine = options.engine or engines.best(options.mode)
    ways = planner.matrix(chosen, teams, engine, options.mode, options.traffic)
    if options.engine and ways.engine != options.engine:
        raise QuestionError("--engine: {asked} has no answer now. Leave it out.", asked=engine)
    plan = _planned(Question(day, chosen, teams, ways, share), options)
    say = words("en")
    briefing = Briefing(plan, entries, edition.data_date, clock.now(), bool(options.due))
    made = {getattr(options, ending): write for ending, write in FILES.items()}
    files = {path: write(briefing, say) for path, write in made.items() if path}
    if options.plan:
        files[options.plan] = plan_file.write(_draft(options, plan, crews, choices, usual))
    _write(files)
    if options.json:
        print(json.dumps(as_json(plan, say), allow_nan=False))
    else:
        for line in as_lines(plan, say):
            print(line)
    return LEFT_OUT if any(left.stop.must for left in plan.left_out) else 0


def _check(options: argparse.Namespace) -> None:
    """Refuse numbers out of range, and options that would do nothing."""
    for name, (least, most) in RANGES.items():
        value = getattr(options, name)
        if value is not None and not least <= value <= most:
            raise QuestionError(
                "--{option}: found {found}, wanted {least} to {most}.",
                option=name.replace("_", "-"),
                found=value,
                least=least,
                most=most,
            )
    if options.share and options.share not in SHARES:
        wanted = ", ".join(SHARES)
        raise QuestionError("--share: wanted one of {wanted}.", wanted=wanted)
    idle = (
        ("--type", options.type and not (options.city or options.due), "--city or --due"),
        ("--share", options.share and not (options.team or (options.teams or 1) > 1), "two teams"),
        ("--teams", options.teams is not None and options.team, "no --team: that names each"),
        ("--shift", options.shift and options.team, "no --team: that has its own"),
    )
    for option, without, wanted in idle:
        if without:
            raise QuestionError(
                "{option} would do nothing: wanted {wanted}.", option=option, wanted=wanted
            )
    if options.type and options.type not in records.TYPES:
        wanted = ", ".join(records.TYPES)
        raise QuestionError(
            "--type: found {found!r}, wanted one of {wanted}.", found=options.type, wanted=wanted
        )


def _write(files: Mapping[Path, bytes]) -> None:
    """Write files whole; what says where a team goes is for its owner only."""
    for path, content in files.items():
        try:
            with whole.swap(path) as beside:
                beside.write_bytes(content)
                beside.chmod(0o600)
        except OSError as error:
            why = error.strerror or "no reason given"
            raise QuestionError("{path} cannot be written: {why}.", path=path, why=why) from None


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
        "schema": SCHEMA,
        "date": plan.day.isoformat(),
        "engine": plan.engine,
        "estimate": plan.estimate,
        "trust": itinerary.trust(plan, say),
        "status": plan.status,
        "share": plan.share,
        "more_miles": None if plan.more_miles is None else round(plan.more_miles, 3),
        "rounds": [_round(round_, say) for round_ in plan.rounds],
        "left_out": [
            {
                "id": left.stop.key,
                "name": left.stop.name,
                "must": left.stop.must,
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
        pause, number = itinerary.pause(round_, say), 0
        for step in itinerary.steps(round_):
            if isinstance(step, Visit):
                number += 1
                yield _line(number, step)
            elif step == itinerary.PAUSE:
                yield f"     {pause}"
        if pause and round_.break_at is None:
            yield f"     {pause}"
    for left in plan.left_out:
        yield f"left out: {left.stop.key} {left.stop.name}: {left.reason.told(say)}"
        for remedy in left.remedies:
            yield f"  {remedy.told(say)}"
    yield " ".join([say(STATUSES[plan.status]), *itinerary.shared(plan, say)])
    yield itinerary.trust(plan, say)


def _line(number: int, visit: Visit) -> str:
    unknown = " (hours unknown: call first)" if visit.stop.hours_unknown else ""
    return (
        f"  {number:2} {clock_at(visit.arrive)} {clock_at(visit.start)}-"
        f"{clock_at(visit.done)} {visit.stop.key} {visit.stop.name}{unknown}"
    )


def _round(round_: Round, say: Words) -> dict[str, Any]:
    return {
        "team": round_.team.called(say),
        "leave_start": round_.leave_start,
        "start": round_.team.start,
        "end": round_.team.end,
        "break_at": round_.break_at,
        "break_minutes": round_.team.break_.minutes if round_.team.break_ else None,
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
                "must": visit.stop.must,
                "between": visit.stop.between,
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


def _choices(options: argparse.Namespace, entries: Entries, today: date) -> list[Choice]:
    """Return the stops that the options name, each once."""
    must = set(filter(None, options.must.split(",")))
    named = list(filter(None, (options.stops or "").split(",")))
    for key in [*named, *sorted(must)]:
        if key not in entries:
            raise QuestionError("--stops: found {found!r}, wanted the id of an entry.", found=key)
    own = _from_file(options.stops_from, entries) if options.stops_from else []
    keys = [*named, *_asked(options, entries, today), *sorted(must)]
    choices = {one.key: one for one in own}
    choices = {key: Choice(key) for key in keys} | choices
    return [
        Choice(**{**vars(one), "must": one.must or one.key in must}) for one in choices.values()
    ]


def _from_file(path: str, entries: Entries) -> list[Choice]:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        why = error.strerror or "no reason given"
        raise QuestionError("--stops-from: {why}: {path}.", why=why, path=path) from None
    return stop_list.read(content, entries)


def _asked(options: argparse.Namespace, entries: Entries, today: date) -> list[str]:
    """Return the keys of those of a town and of a type, or of the most due of them."""
    if not (options.city or options.due):
        return []
    city = _city(options.city, entries) if options.city else ""
    fitting = [
        entry
        for entry in entries.values()
        if (not city or entry["city"] == city)
        and (not options.type or options.type in entry["types"])
    ]
    if options.due:
        return [due.key for due in overdue.most_due(fitting, options.due, today, only_stops=True)]
    return [entry["id"] for entry in fitting if stops.can_be_one(entry)]


def _city(text: str, entries: Entries) -> str:
    """Return a town of the list as it is written there."""
    towns = {entry["city"].casefold(): entry["city"] for entry in entries.values() if entry["city"]}
    if text.casefold() in towns:
        return towns[text.casefold()]
    near = difflib.get_close_matches(text.casefold(), towns, 1)
    meant = f" Did you mean {towns[near[0]]}?" if near else ""
    raise QuestionError(
        "--city: found {found!r}, wanted a town that has entries.{meant}", found=text, meant=meant
    )


def _crews(options: argparse.Namespace) -> list[Crew]:
    """Return who goes, each as it is asked for."""
    if not options.team:
        shift = _shift("--shift", options.shift or "09:00-17:00")
        return [Crew(*shift)] * (1 if options.teams is None else options.teams)
    crews = []
    for text in options.team:
        shift, _, skills = text.partition("/")
        has = tuple(filter(None, skills.split(",")))
        if not set(has) <= set(SKILLS):
            wanted = ", ".join(SKILLS)
            raise QuestionError("--team: skills after the / are some of {wanted}.", wanted=wanted)
        crews.append(Crew(*_shift("--team", shift), has))
    return crews


def _shift(option: str, text: str) -> Window:
    """Return a shift in minutes; an end after 24:00 is on the next day, and meant."""
    match = re.fullmatch(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", text, re.ASCII)
    if not match:
        raise QuestionError(
            "{option}: found {found!r}, wanted it as 09:00-17:00.", option=option, found=text
        )
    hour, minute, last_hour, last_minute = map(int, match.groups())
    begins, ends = hour * 60 + minute, last_hour * 60 + last_minute
    if hour > 23 or last_hour > 48:
        raise QuestionError(
            "{option}: found {found!r}, wanted hours up to 23, or for the end up to 48.",
            option=option,
            found=text,
        )
    try:
        return duty.shift(begins, ends)
    except QuestionError as error:
        later = f"{last_hour + 24}:{last_minute:02}"
        raise QuestionError(
            "{error} Then write {option} with the end as {later}.",
            error=error,
            option=option,
            later=later,
        ) from None


def _teams(options: argparse.Namespace, crews: list[Crew]) -> list[Team]:
    streets = store.current()
    start = typed.point(options.start, streets)
    end = typed.point(options.end, streets) if options.end else start
    times = _lunch(options.lunch) if options.lunch else None
    limits = options.longest_leg, options.longest_drive
    on_duty = [(crew.begins, crew.ends) for crew in crews]
    met = [times is not None and duty.meets(shift, *times[:2]) for shift in on_duty]
    return [
        Team(
            team_name(number),
            start,
            end,
            shift,
            frozenset(crew.skills),
            duty.pause(shift, *times) if times and (meets or not any(met)) else None,
            *limits,
            options.start,
            options.end or options.start,
        )
        for number, (crew, shift, meets) in enumerate(zip(crews, on_duty, met, strict=True), 1)
    ]


def _lunch(text: str) -> tuple[int, int, int]:
    match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)/(\d{1,3})", text, re.ASCII)
    earliest, latest = (duty.clock(one) for one in match.groups()[:2]) if match else (None, None)
    if match is None or earliest is None or latest is None or not 1 <= int(match[3]) <= 180:
        wanted = "--lunch: found {found!r}, wanted it as 11:30-13:00/30."
        raise QuestionError(wanted, found=text)
    return earliest, latest, int(match[3])


def _assumed(text: str) -> Window | None:
    if text == "any":
        return None
    times = [duty.clock(one) for one in text.split("-")]
    if len(times) != 2 or times[0] is None or times[1] is None:
        wanted = "--unknown-hours: found {found!r}, wanted it as 09:00-17:00, or: any."
        raise QuestionError(wanted, found=text)
    return times[0], times[1]


def _draft(
    options: argparse.Namespace,
    plan: Plan,
    crews: list[Crew],
    choices: list[Choice],
    usual: Usual,
) -> Draft:
    """Return the round as the page can open it."""
    return Draft(
        day=plan.day,
        start=options.start,
        end=options.end or "",
        teams=tuple(Crew(one.begins, one.ends % DAY_MIN, one.skills) for one in crews),
        choices=tuple(choices),
        checked=frozenset(one.key for one in choices if options.due),
        minutes=options.minutes,
        assumed=usual.assumed,
        traffic=options.traffic,
        share=plan.share,
        longest_leg=options.longest_leg,
        longest_drive=options.longest_drive,
        pause=_lunch(options.lunch) if options.lunch else None,
        orders=tuple(tuple(visit.stop.key for visit in one.visits) for one in plan.rounds),
    )


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        wanted = "--date: found {found!r}, wanted a day such as 2026-11-24."
        raise QuestionError(wanted, found=text) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise QuestionError(
            "--date: found {found!r}, wanted a day from {first} to {last}.",
            found=text,
            first=FIRST_DAY,
            last=LAST_DAY,
        )
    return day
