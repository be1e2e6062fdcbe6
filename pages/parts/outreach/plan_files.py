"""Plan files: a round saved on a team's own device and opened again; stops from a table."""

from dataclasses import replace
from datetime import time

import streamlit as st

from geo import clock
from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.i18n import Words, mark
from geo.rounds import overdue, plan_file, stop_list
from geo.rounds.choice import TYPED
from geo.rounds.plan_file import Crew, Draft
from pages.parts import server, session
from pages.parts.handed_out import File
from pages.parts.outreach import chosen, day_and_teams, ends, held, search, steps
from pages.parts.outreach.day_and_teams import MOST_TEAMS, TRAFFIC, answered

KEY, TOLD = "out_opened", "out_opened_told"
MOST_MB = 1


def ask(say: Words) -> None:
    """Draw the box that opens a saved plan, or takes stops from a table."""
    with st.expander(say("Open a saved plan, or stops from a table (CSV)")):
        st.file_uploader(
            say("The file stays in this page and in this server's memory. It is not kept."),
            type=["json", "csv"],
            max_upload_size=MOST_MB,
            key=KEY,
            on_change=_opened,
        )
    if told := st.session_state.pop(TOLD, ""):
        st.text(told)


def saved(say: Words) -> File:
    """Return the plan as a file to save."""
    name = f"round-{day_and_teams.day().isoformat()}.json"
    return File(
        say("Plan, to open here again (JSON)"),
        name,
        "application/json",
        lambda: plan_file.write(draft()),
    )


def draft() -> Draft:
    """Return the round of this session."""
    plan, choices = search.plan(), chosen.choices()
    keys = set(choices)
    value = answered.value
    start, end = ends.names()
    pause = (
        _minute("out_pause_from"),
        _minute("out_pause_to"),
        int(value("out_pause_minutes")),
    )
    orders = [[visit.stop.key for visit in one.visits] for one in plan.rounds] if plan else []
    same = len(orders) == value("out_teams")
    dropped = (left.stop.key for left in plan.left_out if left.kind == "dropped") if plan else ()
    return Draft(
        day=day_and_teams.day(),
        start=start,
        end="" if ends.answered.value(ends.RETURN) else end,
        teams=tuple(
            Crew(
                _minute(f"out_from_{number}"),
                _minute(f"out_to_{number}"),
                tuple(value(f"out_skills_{number}")),
            )
            for number in range(value("out_teams"))
        ),
        choices=tuple(choices.values()),
        checked=frozenset(key for key, choice in choices.items() if choice.why),
        minutes=day_and_teams.minutes(),
        assumed=day_and_teams.assumed(),
        traffic=day_and_teams.traffic(),
        share=value("out_share"),
        longest_leg=value("out_leg"),
        longest_drive=value("out_drive"),
        pause=pause if value("out_pause") else None,
        orders=tuple(tuple(key for key in order if key in keys) for order in orders if same),
        pins={key: end for key, end in (plan.pins if plan else {}).items() if key in keys},
        dropped=frozenset(dropped) & keys,
    )


def open_draft(opened: Draft, edition: Edition, say: Words) -> str:
    """Put a round that was saved into this session; return what to say of it."""
    if len(opened.teams) > MOST_TEAMS:
        raise QuestionError(TOO_MANY_TEAMS, most=MOST_TEAMS)
    entries = {entry["id"]: entry for entry in edition.entries}
    due = [entries[key] for key in opened.checked if key in entries]
    why = {one.key: one.reasons for one in overdue.most_due(due, len(due), clock.today())}
    chosen.clear()
    for choice in opened.choices:
        terms = {**vars(choice), "why": why.get(choice.key, ())}
        chosen.put(type(choice)(**terms))
    st.session_state.update(_answers(opened))
    st.session_state.pop(search.PLAN, None)
    if opened.orders:
        told = {
            "orders": opened.orders,
            "pins": opened.pins,
            "dropped": opened.dropped,
        }
        search.put(lambda: held.planned(told, edition, say))
        st.session_state[search.ASKED] = list(chosen.choices().values()), day_and_teams.answers()
    made = search.plan() is not None
    st.session_state[steps.KEY] = steps.PLAN if made else steps.STOPS
    if made:
        return say("The plan is open. Its times were worked out anew: please look over them.")
    return say("The stops and the teams are open. Please plan again.")


def _answers(opened: Draft) -> dict[str, object]:
    """Return the answers of the page that a draft gives."""
    answers: dict[str, object] = {
        "out_day": max(opened.day, clock.today()),
        "out_minutes": opened.minutes,
        "out_start": ends.named(opened.start),
        "out_return": not opened.end,
        "out_end": ends.named(opened.end),
        "out_teams": len(opened.teams),
        "out_leg": opened.longest_leg,
        "out_drive": opened.longest_drive,
        "out_traffic": min(TRAFFIC, key=lambda factor: abs(factor - opened.traffic)),
        "out_share": opened.share,
        "out_assume": opened.assumed is not None,
        "out_pause": opened.pause is not None,
    }
    if opened.assumed:
        sides = zip(("from", "to"), opened.assumed, strict=True)
        answers |= {f"out_assume_{side}": _time(minute) for side, minute in sides}
    if opened.pause:
        first, last, minutes = opened.pause
        answers |= {"out_pause_from": _time(first), "out_pause_to": _time(last)}
        answers["out_pause_minutes"] = max(minutes, 5)
    for number, crew in enumerate(opened.teams):
        answers |= {
            f"out_from_{number}": _time(crew.begins),
            f"out_to_{number}": _time(crew.ends),
            f"out_sure_{number}": True,
            f"out_skills_{number}": list(crew.skills),
        }
    return answers


def _opened() -> None:
    """Take the file that was chosen, or keep the sentence that says what is wrong with it."""
    file, say, edition = st.session_state[KEY], session.words(), server.edition()
    if file is None:
        return
    content = file.getvalue()
    try:
        if file.name.casefold().endswith(".csv"):
            known = {entry["id"] for entry in edition.entries}
            more = stop_list.read(content, known)
            for choice in more:
                own = choice.key.startswith(TYPED)
                chosen.put(replace(choice, key=chosen.free_key()) if own else choice)
            told = say.many("{n} stop was added.", "{n} stops were added.", len(more))
        else:
            told = open_draft(plan_file.read(content), edition, say)
    except QuestionError as error:
        told = error.told(say)
    st.session_state[TOLD] = told


def _minute(key: str) -> int:
    return clock.minute_of(answered.value(key))


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))


TOO_MANY_TEAMS = mark("This page plans for up to {most} teams. The plan has more.")
