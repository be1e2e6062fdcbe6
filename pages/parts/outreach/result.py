"""Result: the plan a reader has: each team's stops, what is left out, and what to take along."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from geo import clock
from geo.catalogue.keeper import Edition
from geo.i18n import Words
from geo.rounds import by_hand, itinerary
from geo.rounds.papers import bundle, map_links
from geo.rounds.papers.bundle import Briefing
from geo.rounds.plan import STATUSES, LeftOut, Plan, Round
from pages.parts import components, handed_out
from pages.parts.handed_out import File
from pages.parts.outreach import search
from pages.parts.outreach.stop_rows import act, row, words
from pages.parts.service_map import MapMessage

LIST, QUESTIONS = "out_rounds", "out_questions"
DOES: Mapping[str, Callable[[Plan, str, int], Plan]] = {  # by button: plan, key, team -> plan
    "up": lambda plan, key, _: by_hand.move(plan, key, -1),
    "down": lambda plan, key, _: by_hand.move(plan, key, 1),
    "first": lambda plan, key, _: by_hand.pin(plan, key, by_hand.FIRST),
    "last": lambda plan, key, _: by_hand.pin(plan, key, by_hand.LAST),
    "free": lambda plan, key, _: by_hand.pin(plan, key, ""),
    "drop": lambda plan, key, _: by_hand.drop(plan, key),
    "add": by_hand.add,
    "team": lambda plan, key, team: by_hand.add(by_hand.drop(plan, key), key, team),
}


def show(plan: Plan, say: Words, shown: MapMessage) -> None:
    """Draw the rounds, with buttons to change them; `shown` is for the map."""
    parts = [_part(plan, round_, say) for round_ in plan.rounds]
    if plan.left_out:
        rows = [_left_row(plan, left, say) for left in plan.left_out]
        title = say.many(
            "{n} stop is not on this plan", "{n} stops are not on this plan", len(rows)
        )
        parts.append({"title": title, "notes": [], "warnings": [], "rows": rows})
    told = [say(STATUSES[plan.status]), *itinerary.shared(plan, say), itinerary.trust(plan, say)]
    st.text(" ".join(told))
    components.stops(
        {"parts": parts, "said": _said(plan, say), "words": words(say), "map": shown},
        key=LIST,
        on_did=_did,
    )


def take_along(edition: Edition, plan: Plan, saved: File, say: Words) -> None:
    """Draw the buttons that hand out the plan as files, the one to open again among them."""
    if not any(round_.visits for round_ in plan.rounds):
        return
    st.header(say("Take it along"), anchor=False)
    st.session_state.setdefault(QUESTIONS, False)
    label = say("With questions to ask at each stop")
    asking = st.checkbox(label, key=QUESTIONS, persist_state="session")
    briefing = Briefing(
        plan,
        {entry["id"]: entry for entry in edition.entries},
        edition.data_date,
        clock.now(),
        asking,
    )
    files: tuple[tuple[str, str, str, Callable[[Briefing, Words], bytes]], ...] = (
        (say("Sheets to print (PDF)"), "pdf", "application/pdf", bundle.pdf),
        (
            say("Page for the phone, works without signal (HTML)"),
            "html",
            "text/html",
            bundle.day_page,
        ),
        (say("Route for a GPS or app (GPX)"), "gpx", "application/gpx+xml", bundle.route),
        (say("Calendar (ICS)"), "ics", "text/calendar", bundle.calendar),
        (say("Table (CSV)"), "csv", "text/csv", bundle.rows),
    )
    name = f"round-{plan.day.isoformat()}"
    handed_out.show(
        [
            File(label, f"{name}.{ending}", kind, partial(write, briefing, say))
            for label, ending, kind, write in files
        ]
        + [saved],
        say,
    )
    st.text(
        say(
            "The files say where your team goes. Keep them safe. Your browser's list of downloads "
            "shows their names."
        )
    )
    with st.expander(say("Open the way in Google Maps")):
        st.text(
            say(
                "Google then knows where your team goes. Each link holds up to {n} points, "
                "without names; some phones take fewer.",
                n=map_links.MOST,
            )
        )
        for round_ in plan.rounds:
            for link in bundle.links(round_):
                st.link_button(_link_label(round_, link, say), link.address)


def _part(plan: Plan, round_: Round, say: Words) -> dict[str, Any]:
    """Return the list of a team's stops, its break and its way back."""
    rows = [_row(plan, round_, number, say) for number in range(len(round_.visits))]
    pause = itinerary.pause(round_, say)
    if pause:
        rows.insert(itinerary.before(round_), row("", "", pause=pause))
    if round_.visits:
        rows.append(row("", "", pause=itinerary.way_back(round_, say)))
    notes = itinerary.summary(round_, say) if round_.visits else [say("No stop for this team.")]
    warnings = [breach.told(say) for breach in round_.breaches]
    return {"title": round_.team.called(say), "notes": notes, "warnings": warnings, "rows": rows}


def _row(plan: Plan, round_: Round, number: int, say: Words) -> dict[str, Any]:
    visit = round_.visits[number]
    stop = visit.stop
    warnings = [breach.told(say) for breach in visit.breaches]
    hours = itinerary.open_that_day(stop, say)
    if stop.hours_unknown:
        warnings.append(hours)
    if stop.approximate:
        warnings.append(say("Meet at the public point that you gave."))
    pinned = plan.pins.get(stop.key)
    lines = [itinerary.leg(visit, number + 1, say), *([] if stop.hours_unknown else [hours])]
    if pinned:
        lines.append(say("Always first") if pinned == by_hand.FIRST else say("Always last"))
    return row(
        stop.key,
        stop.name,
        number=str(number + 1),
        times=[" · ".join(itinerary.times(visit, say))],
        lines=lines,
        warnings=warnings,
        acts=[
            act("up", say("Earlier"), "↑"),
            act("down", say("Later"), "↓"),
            act("drop", say("Leave out"), "✕"),
        ],
        more=[
            *([act("free", say("Not always there"))] if pinned else []),
            act("first", say("Always first")),
            act("last", say("Always last")),
            *(
                act(f"team {place}", say("To {team}", team=team.called(say)))
                for place, team in enumerate(plan.teams)
                if team != round_.team
            ),
        ],
        way=map_links.geo((stop.lat, stop.lon)),
    )


def _left_row(plan: Plan, left: LeftOut, say: Words) -> dict[str, Any]:
    return row(
        left.stop.key,
        left.stop.name,
        lines=[remedy.told(say) for remedy in left.remedies],
        warnings=[left.reason.told(say)],
        acts=[
            act(f"add {number}", say("Add to {team}", team=team.called(say)))
            for number, team in enumerate(plan.teams)
        ],
    )


def _did() -> None:
    """Do by hand what a reader pressed."""
    did, plan = st.session_state[LIST]["did"], search.plan()
    if did and plan:
        verb, _, team = did["act"].partition(" ")
        search.put(lambda: DOES[verb](plan, did["key"], int(team or 0)))


def _said(plan: Plan, say: Words) -> str:
    """Return what is announced when the plan changes."""
    days = [
        f"{one.team.called(say)}: {' '.join(itinerary.summary(one, say))}" for one in plan.rounds
    ]
    return " ".join(days)


def _link_label(round_: Round, link: map_links.Link, say: Words) -> str:
    team = round_.team.called(say)
    if link.last > len(round_.visits):
        if link.first == 0:
            return say("{team}: the whole way", team=team)
        return say("{team}: from stop {first} to the end", team=team, first=link.first)
    if link.first == 0:
        return say("{team}: from the start to stop {last}", team=team, last=link.last)
    return say(
        "{team}: from stop {first} to stop {last}", team=team, first=link.first, last=link.last
    )
