"""Search: the third step of a round: the search while it goes on, and what it found."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from geo import jobs
from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.i18n import Words
from geo.jobs import JobError
from geo.rounds import by_hand, planner
from geo.rounds.plan import Plan, Stop
from geo.travel import engines
from pages.parts import session
from pages.parts.outreach import choose_stops, chosen, day_and_teams

JOB, PLAN, ASKED, TROUBLE = "out_job", "out_plan", "out_asked", "out_trouble"
SECONDS = 20.0
LOOK_SECONDS = 0.5  # between two looks at how the search goes


def who_is_told(say: Words) -> str:
    """Return which server, if any, is told where a team goes so that its ways can be measured."""
    if engines.sends_own_points():
        return say(
            "To find travel times, this site sends your start, your stops and your meeting places "
            "to a routing server. It does not send names."
        )
    return say("This site does not send where you start, stop or meet to any other server.")


def ask(edition: Edition, say: Words) -> None:
    """Draw the button that starts the search, or how the search goes."""
    if JOB in st.session_state:
        st.fragment(_look, run_every=LOOK_SECONDS)(say)
        return
    label = say("Plan the round") if PLAN not in st.session_state else say("Plan again")
    st.button(label, key="out_go", type="primary", on_click=_start, args=(edition, say))
    for sentence in choose_stops.as_stops(edition, say)[1]:
        st.text(sentence)
    _ask_changes(edition, say)
    if trouble := st.session_state.get(TROUBLE):
        with st.container(key="out_trouble"):
            st.text(trouble)


def _ask_changes(edition: Edition, say: Words) -> None:
    """Say that stops or teams are others than those of the plan, and offer what can be done."""
    shown, asked = plan(), st.session_state.get(ASKED)
    if shown is None or asked == _asked():
        return
    st.text(say("Stops or teams have changed since this plan was made. Plan again to use them."))
    new = _newly_chosen(edition, say)
    if new:
        label = say.many(
            "Put the new stop into this plan", "Put {n} new stops into this plan", len(new)
        )
        st.button(label, key="out_bring", on_click=_bring_in, args=(new,))


def _newly_chosen(edition: Edition, say: Words) -> list[Stop]:
    shown = plan()
    known = {stop.key for stop in shown.stops} if shown else set()
    day = shown.day if shown else None
    return [stop for stop in choose_stops.as_stops(edition, say, day)[0] if stop.key not in known]


def _bring_in(new: list[Stop]) -> None:
    """Put stops into the plan where they cost least."""
    _, answers = st.session_state[ASKED]

    def grown() -> Plan:
        shown = st.session_state[PLAN]
        for stop in new:
            stops, factor = [*shown.stops, stop], answers["out_traffic"]
            ways = planner.matrix(stops, shown.teams, engines.best(), traffic=factor)
            shown = by_hand.add(by_hand.grown(shown, stop, ways), stop.key)
        return shown

    put(grown)
    st.session_state[ASKED] = _asked()[0], answers


def _asked() -> tuple[Any, ...]:
    """Return all that a plan is made of, as it is asked for now."""
    return list(chosen.choices().values()), day_and_teams.answers()


def plan() -> Plan | None:
    """Return the plan that is shown, if there is one."""
    found: Plan | None = st.session_state.get(PLAN)
    return found


def put(make: Callable[[], Plan]) -> None:
    """Show the plan that `make` returns, or keep the sentence that says why there is none."""
    st.session_state.pop(TROUBLE, None)
    try:
        st.session_state[PLAN] = make()
    except QuestionError as error:
        st.session_state[TROUBLE] = error.told(session.words())


def reword(say: Words) -> None:
    """Name the teams of the plan in another language."""
    if shown := plan():
        teams = [replace(team, name=say("Team {n}", n=n)) for n, team in enumerate(shown.teams, 1)]
        pairs = zip(shown.rounds, teams, strict=True)
        days = tuple(replace(day, team=team) for day, team in pairs)
        put(lambda: replace(shown, teams=tuple(teams), rounds=days))


def _start(edition: Edition, say: Words) -> None:
    """Start the search in a process of its own, or keep the sentence that says why not."""
    st.session_state.pop(TROUBLE, None)
    try:
        (stops, _), teams = choose_stops.as_stops(edition, say), day_and_teams.teams(say)
        ways = planner.matrix(stops, teams, engines.best(), traffic=day_and_teams.traffic())
        st.session_state[JOB] = planner.start(day_and_teams.day(), stops, teams, ways, SECONDS)
        st.session_state[ASKED] = _asked()
    except QuestionError as error:
        st.session_state[TROUBLE] = error.told(say)


def _look(say: Words) -> None:
    """Draw how the search goes; when it has ended, show the whole page with what it found."""
    job: jobs.Job[Plan, Plan] = st.session_state[JOB]
    if not job.running:
        _finish(job, say)
        st.rerun()
    st.progress(min(job.seconds / SECONDS, 1.0), say("Looking for a good order…"))
    if best := job.told:
        visits = sum(len(round_.visits) for round_ in best.rounds)
        st.text(
            say(
                "Best so far: {stops} of {all} stops, {miles} miles.",
                stops=visits,
                all=len(best.stops),
                miles=say.number(best.miles),
            )
        )
    st.button(say("Stop and take the best so far"), key="out_stop", on_click=_stop, args=(say,))


def _stop(say: Words) -> None:
    """End the search and show its best so far, if it has one."""
    job: jobs.Job[Plan, Plan] = st.session_state.pop(JOB)
    best = job.told
    job.cancel()
    if best:
        put(lambda: planner.explained(best))
    else:
        st.session_state[TROUBLE] = say("The search was stopped before it had a plan.")


def _finish(job: "jobs.Job[Plan, Plan]", say: Words) -> None:
    st.session_state.pop(JOB)
    try:
        put(lambda: job.wait(0))
    except JobError:
        st.session_state[TROUBLE] = say("The search broke off. Please try again.")
