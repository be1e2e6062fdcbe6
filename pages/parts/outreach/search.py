"""Search: the third step of a round: the search while it goes on, and what it found."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

import streamlit as st

from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.i18n import Words
from geo.jobs import Job, JobError
from geo.rounds import by_hand, planner
from geo.rounds.choice import Choice
from geo.rounds.plan import Plan, Question, Stop
from geo.travel import engines
from pages.parts import session, watch
from pages.parts.outreach import choose_stops, chosen, day_and_teams

JOB, PLAN, ASKED, TROUBLE = "out_job", "out_plan", "out_asked", "out_trouble"
SECONDS = 20.0


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
        _watch(st.session_state[JOB], say)
        return
    label = say("Plan the round") if PLAN not in st.session_state else say("Plan again")
    st.button(label, key="out_go", type="primary", on_click=_start, args=(edition, say))
    for sentence in [*choose_stops.as_stops(edition, say)[1], *day_and_teams.lacking(say)]:
        st.text(sentence)
    _ask_changes(edition, say)
    if trouble := st.session_state.get(TROUBLE):
        with st.container(key="out_trouble"):
            st.text(trouble)


def _ask_changes(edition: Edition, say: Words) -> None:
    """Say that stops or teams are others than those of the plan, and offer what can be done."""
    if plan() is None or st.session_state.get(ASKED) == _answers():
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
        plan: Plan = st.session_state[PLAN]
        for stop in new:
            ways = planner.widened(plan, stop, traffic=answers["out_traffic"])
            plan = by_hand.add(by_hand.grown(plan, stop, ways), stop.key)
        return plan

    put(grown)
    st.session_state[ASKED] = _answers()[0], answers


def _answers() -> tuple[list[Choice], dict[str, Any]]:
    """Return all that a plan is made of, as it is asked for now."""
    return list(chosen.choices().values()), day_and_teams.answers()


def plan() -> Plan | None:
    """Return the plan that is shown, if there is one."""
    shown: Plan | None = st.session_state.get(PLAN)
    return shown


def put(make: Callable[[], Plan]) -> None:
    """Show the plan that `make` returns, or keep the sentence that says why there is none."""
    st.session_state.pop(TROUBLE, None)
    try:
        st.session_state[PLAN] = make()
    except QuestionError as error:
        st.session_state[TROUBLE] = error.told(session.words())


def _start(edition: Edition, say: Words) -> None:
    """Start the search in a process of its own, or keep the sentence that says why not."""
    st.session_state.pop(TROUBLE, None)
    try:
        (stops, _), teams = choose_stops.as_stops(edition, say), day_and_teams.teams(edition)
        ways = planner.matrix(stops, teams, engines.best(), traffic=day_and_teams.traffic())
        question = Question(day_and_teams.day(), stops, teams, ways, day_and_teams.share())
        st.session_state[JOB] = planner.start(question, SECONDS)
        st.session_state[ASKED] = _answers()
    except QuestionError as error:
        st.session_state[TROUBLE] = error.told(say)


def _watch(job: Job[Plan, Plan], say: Words) -> None:
    """Draw how the search goes; when it has ended, show the whole page with what it found."""
    watch.watch(
        job,
        SECONDS,
        say("Looking for a good order…"),
        lambda best: say(
            "Best so far: {stops} of {all} stops, {miles} miles.",
            stops=sum(len(round_.visits) for round_ in best.rounds),
            all=len(best.stops),
            miles=say.number(best.miles),
        ),
        say("Stop and take the best so far"),
        "out_stop",
        on_stop=partial(_stop, job, say),
        on_end=partial(_finish, job, say),
    )


def _stop(job: Job[Plan, Plan], say: Words) -> None:
    """End the search and show its best so far, if it has one."""
    job.cancel()
    _take_best(job, "stopped", say("The search was stopped before it had a plan."))


def _finish(job: Job[Plan, Plan], say: Words) -> None:
    """Show what the search found, or the best it had when it broke off."""
    if JOB not in st.session_state:
        return  # it was stopped
    try:
        put(lambda: cast(Plan, job.wait(0)))  # it has ended
        st.session_state.pop(JOB)
    except JobError:
        _take_best(job, "broken", say("The search broke off. Please try again."))


def _take_best(job: Job[Plan, Plan], status: str, without: str) -> None:
    st.session_state.pop(JOB)
    if best := job.told:
        put(lambda: planner.explained(best, status))
    else:
        st.session_state[TROUBLE] = without
