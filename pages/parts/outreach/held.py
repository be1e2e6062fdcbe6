"""Held: a round as the page itself holds it, to be given back to a server that has forgotten it.

A server forgets it when it is started again, or when a page was away for too long. What comes back
is a reader's own and is taken for what it is: typed by anyone.
"""

import secrets
from collections.abc import Mapping
from datetime import date, time
from typing import Any

import streamlit as st

from geo import clock
from geo.catalogue.keeper import Edition
from geo.clock import DAY_MIN
from geo.i18n import Words
from geo.rounds import by_hand, limits, overdue, planner
from geo.rounds.choice import Choice
from geo.rounds.plan import SHARES, SKILLS, Plan, Question, Window
from geo.travel import engines
from pages.parts import components, server, session
from pages.parts.outreach import (
    add_stop,
    change_stops,
    choose_stops,
    chosen,
    day_and_teams,
    result,
    search,
    steps,
)

KEY, MARK, TOLD = "out_held", "out_mark", "out_given_back"
FAULTS = (LookupError, TypeError, ValueError, AttributeError, OverflowError)
Round = Mapping[str, Any]


def keep() -> None:
    """Let the page hold what this session knows of the round, and give it back if it is another."""
    mark = st.session_state.setdefault(MARK, secrets.token_hex(8))
    components.held({"mark": mark, "round": packed()}, key=KEY, on_back=come_back)


def tell() -> None:
    """Say, once, what was lost and what came back; its room is kept, so that nothing moves."""
    room = st.container()
    if lines := st.session_state.pop(TOLD, []):
        with room:
            components.panel({"headline": lines[0], "warns": True, "lines": lines[1:]}, key=TOLD)


def packed() -> dict[str, Any] | None:
    """Return all that is chosen, asked and planned, as JSON; None if nothing is."""
    shown, choices = search.plan(), chosen.choices()
    asked = st.session_state.get(search.ASKED)
    if not (choices or shown):
        return None
    return {
        "now": _packed_answers(list(choices.values()), day_and_teams.answers()),
        "plan": _packed_plan(shown, asked) if shown and asked else None,
        "searching": search.JOB in st.session_state,
        "step": st.session_state.get(steps.KEY, steps.STOPS),
        "questions": bool(st.session_state.get(result.QUESTIONS)),
    }


def take_back(round_: Round, edition: Edition, say: Words) -> list[str]:
    """Put a round that was `packed` into this session; return what to say of it."""
    lines = [
        say(
            "This server has lost your round: it was started again, or your connection was gone "
            "for too long. This page still held the round and gave it back."
        ),
        say("What you pressed last was not done. Please press again."),
    ]
    if plan := round_["plan"]:
        _put(plan["asked"], edition)
        search.put(lambda: planned(plan, edition, say))
        made = search.plan() is not None
        if made:
            asked = list(chosen.choices().values()), day_and_teams.answers()
            st.session_state[search.ASKED] = asked
        again = say("The plan was made again in the same order. Please look over its times.")
        lines.append(again if made else say("The plan is lost. Please plan again."))
    if round_["searching"]:
        lines.append(say("The search that was going on is lost. Please plan again."))
    _put(round_["now"], edition)
    st.session_state[steps.KEY] = range(steps.PLAN + 1)[round_["step"]]
    st.session_state[result.QUESTIONS] = bool(round_["questions"])
    return lines


def come_back() -> None:
    """Take back what the page gives; if it is no round, say that it is lost."""
    round_, say = st.session_state[KEY]["back"], session.words()
    if not round_:
        return
    try:
        st.session_state[TOLD] = take_back(round_, server.edition(), say)
    except FAULTS:
        chosen.clear()
        st.session_state[TOLD] = [
            say(
                "This server has lost your round: it was started again, or your connection was "
                "gone for too long. What this page still held of it cannot be used any more. "
                "Please begin again."
            )
        ]


def _packed_plan(plan: Plan, asked: tuple[list[Choice], Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "asked": _packed_answers(*asked),
        "orders": [[visit.stop.key for visit in round_.visits] for round_ in plan.rounds],
        "pins": dict(plan.pins),
        "dropped": [left.stop.key for left in plan.left_out if left.kind == "dropped"],
    }


def _packed_answers(choices: list[Choice], answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "choices": [
            {
                "key": one.key,
                "name": one.name,
                "point": one.point,
                "minutes": one.minutes,
                "must": one.must,
                "priority": one.priority,
                "needs": list(one.needs),
                "hours": one.hours,
                "between": one.between,
                "check": bool(one.why),
            }
            for one in choices
        ],
        "answers": {
            key: answer.isoformat() if isinstance(answer, date | time) else answer
            for key, answer in answers.items()
        },
    }


def _put(asked: Round, edition: Edition) -> None:
    """Put what was chosen and asked into this session."""
    blank = day_and_teams.answers()
    answers = {key: _answer(blank[key], asked["answers"][key]) for key in blank}
    if answers["out_share"] not in SHARES:
        raise ValueError("There is no such way to share the stops.")
    choices = [_choice(one, edition) for one in asked["choices"][: limits.MOST_STOPS]]
    chosen.clear()
    for choice in choices:
        chosen.put(choice)
    st.session_state.update(answers)


def _answer(blank: Any, told: Any) -> Any:
    """Return an answer as its widget wants it: of the same type as the blank one."""
    if isinstance(blank, time):
        return time.fromisoformat(told)
    if isinstance(blank, date):
        return max(date.fromisoformat(told), clock.today())
    if isinstance(blank, list):
        return [one for one in told if one in SKILLS]
    if blank is None:
        return None if told is None else int(told)
    return type(blank)(told)


def _choice(told: Round, edition: Edition) -> Choice:
    key, point = str(told["key"]), told["point"]
    own = [entry for entry in edition.entries if entry["id"] == key and told["check"]]
    dues = overdue.most_due(own, 1, clock.today())
    return Choice(
        key,
        str(told["name"])[: add_stop.MOST_LETTERS],
        (float(point[0]), float(point[1])) if point else None,
        None if told["minutes"] is None else min(int(told["minutes"]), limits.LONGEST_VISIT),
        bool(told["must"]),
        change_stops.PRIORITIES[change_stops.PRIORITIES.index(told["priority"])],
        tuple(one for one in told["needs"] if one in SKILLS),
        dues[0].reasons if dues else (),
        _window(told["hours"]),
        _window(told["between"]),
    )


def _window(told: Any) -> Window | None:
    if told is None:
        return None
    begins, ends = (range(DAY_MIN)[int(minute)] for minute in told)
    return begins, ends


def planned(told: Round, edition: Edition, say: Words) -> Plan:
    """Return the plan anew, in the order in which it was."""
    (stops, _), teams = choose_stops.as_stops(edition, say), day_and_teams.teams(edition)
    ways = planner.matrix(stops, teams, engines.best(), traffic=day_and_teams.traffic())
    question = Question(day_and_teams.day(), stops, teams, ways, day_and_teams.share())
    return by_hand.arranged(question, told["orders"], told["pins"], set(told["dropped"]))
