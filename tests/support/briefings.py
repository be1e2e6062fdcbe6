"""Briefings: made-up plans for the tests, with records like those of the catalogue."""

from dataclasses import replace
from datetime import date, datetime

import numpy as np

from geo.clock import TIMEZONE
from geo.rounds.papers.bundle import Briefing
from geo.rounds.plan import Break, LeftOut, Plan, Round, Sentence, Stop, Team, Visit
from geo.travel.engines import Travel
from tests.support import examples

DAY = date(2026, 11, 24)  # a Tuesday
MADE_AT = datetime(2026, 11, 22, 17, 30, tzinfo=TIMEZONE)
STOCKTON = (37.9577, -121.2908)
RECORD = {
    "phone": "209-555-0142",
    "phone_note": "ask for the front desk",
    "phone_note_es": "pida la recepción",
    "required_documents": "photo_id;proof_of_address",
    "eligibility": "People who live in Tracy",
    "eligibility_es": "Personas que viven en Tracy",
    "walk_in": "yes",
    "wheelchair": "limited",
    "hours": "Mo-Fr 09:00-12:00,13:00-17:00",
}
WINDOWS = ((540, 720), (780, 1020))


def make(stops: int = 3, teams: int = 1, verifying: bool = False, **texts: str) -> Briefing:
    """Return a plan in which each team visits so many stops, 30 minutes apart.

    Every third stop has a record that says little; `texts` go into the columns of all of them.
    The last stop of the catalogue is left out.
    """
    rows = [
        {"id": f"r{number:05}", "name": f"Pantry {number}"}
        | examples.IN_TRACY
        | ({} if number % 3 == 2 else RECORD)
        | texts
        for number in range(stops * teams + 1)
    ]
    entries = {entry["id"]: entry for entry in examples.edition(*rows).entries}
    places = [_stop(entry) for entry in entries.values()]
    crews = tuple(
        Team(f"Team {number + 1}", STOCKTON, STOCKTON, (480, 1080), break_=Break(690, 780, 30))
        for number in range(teams)
    )
    rounds = tuple(
        _round(team, places[number * stops : (number + 1) * stops])
        for number, team in enumerate(crews)
    )
    why = Sentence("It closes too early.")
    size = len(places) + 2 * teams
    ways = Travel(np.zeros((size, size)), np.zeros((size, size)), "crow", estimate=True)
    left_out = (LeftOut(places[-1], "hours", why),)
    plan = Plan(DAY, tuple(places), crews, ways, rounds, left_out)
    return Briefing(plan, entries, "2026-11-20", MADE_AT, verifying)


def with_stop(briefing: Briefing, **changes: object) -> Briefing:
    """Return an briefing whose first stop is another."""
    first, *others = briefing.plan.rounds
    visit, *rest = first.visits
    visits = (replace(visit, stop=replace(visit.stop, **changes)), *rest)
    rounds = (replace(first, visits=visits), *others)
    return replace(briefing, plan=replace(briefing.plan, rounds=rounds))


def _stop(entry: dict[str, object]) -> Stop:
    windows = WINDOWS if entry["hours"] else None
    return Stop(str(entry["id"]), str(entry["name"]), entry["lat"], entry["lon"], windows)


def _round(team: Team, stops: list[Stop]) -> Round:
    visits = tuple(
        Visit(
            stop,
            arrive=530 + 30 * number,
            wait=10 if number == 0 else 0,
            start=540 + 30 * number,
            leave=560 + 30 * number,
            slack=5,
            leg_minutes=10,
            leg_miles=4.25,
        )
        for number, stop in enumerate(stops)
    )
    out, back = 520, visits[-1].leave + 12
    drive, on_site = 10 * len(stops) + 12, 20 * len(stops)
    return Round(team, out, visits, 700, 12, 5.5, back, drive, on_site, 10, 4.25 * len(stops) + 5.5)
