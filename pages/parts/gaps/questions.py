"""Questions: what a planner asks, kept in the session, as one `Question`."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import streamlit as st

from geo.catalogue import records
from geo.gaps import classes
from geo.gaps.question import TRUSTS, Measure, Question, next_usual
from geo.i18n import Words, mark
from geo.travel import engines
from pages.parts import session

WAYS: dict[tuple[Measure, str], str] = {
    ("minutes", "driving"): mark("Minutes by car"),
    ("minutes", "walking"): mark("Minutes on foot"),
    ("miles", "driving"): mark("Miles"),
}
SPEEDS = {1.0: mark("As usual"), 0.8: mark("A fifth slower"), 1.2: mark("A fifth faster")}
ANY_DAY = -1
LIMIT = 30.0
MOST = 600.0


@dataclass(frozen=True)
class Asked:
    """What the widgets hold; whether it can be answered is for `question` to say."""

    type: str
    county: str
    way: tuple[Measure, str]
    limit: float
    weekday: int
    hour: time
    trust: frozenset[str]
    speed: float
    figure: str


def ask(say: Words) -> Asked:
    """Draw the questions and return what was answered."""
    kind = st.selectbox(
        say("Service"),
        records.PLACE_TYPES,
        format_func=lambda kind: say(records.TYPES[kind]),
        **session.kept("gaps_type"),
    )
    county = st.selectbox(
        say("County"),
        [*reversed(list(records.COUNTIES)), ""],
        format_func=lambda key: say(records.COUNTIES[key]) if key else say("Both counties"),
        **session.kept("gaps_county"),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        way = st.selectbox(
            say("How far?"),
            list(WAYS),
            format_func=lambda way: say(WAYS[way]),
            **session.kept("gaps_way"),
        )
        limit = st.number_input(
            say("Limit"), 0.0, MOST, step=5.0, format="%g", **session.kept("gaps_limit", LIMIT)
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        weekday = st.selectbox(
            say("Open when?"),
            [ANY_DAY, *range(7)],
            format_func=lambda day: say.weekday(day).capitalize() if day >= 0 else say("Any time"),
            **session.kept("gaps_day"),
        )
        hour = time(10)
        if weekday != ANY_DAY:
            hour = st.time_input(
                say("Time"), step=timedelta(minutes=30), **session.kept("gaps_hour", hour)
            )
    figure = st.selectbox(
        say("Colors show"),
        list(classes.FIGURES),
        format_func=lambda figure: say(classes.FIGURES[figure]),
        **session.kept("gaps_figure"),
    )
    with st.popover(say("More questions")):
        trust = st.multiselect(
            say("Count only some entries"),
            list(TRUSTS),
            format_func=lambda trust: say(TRUSTS[trust]),
            placeholder=say("All entries"),
            **session.kept("gaps_trust"),
        )
        speed = st.selectbox(
            say("Speed of all trips"),
            list(SPEEDS),
            format_func=lambda speed: say(SPEEDS[speed]),
            **session.kept("gaps_speed"),
        )
    return Asked(kind, county, way, limit, weekday, hour, frozenset(trust), speed, figure)


def question(asked: Asked, now: datetime) -> Question:
    """Return the question; the hour is that of the next such weekday which is no holiday.

    Raises
    ------
    QuestionError : it cannot be asked; says why
    """
    measure, mode = asked.way
    hour = None
    if asked.weekday != ANY_DAY:
        hour = next_usual(asked.weekday, asked.hour, now.date())
    return Question(
        asked.type,
        asked.county,
        measure,
        asked.limit,
        hour,
        asked.trust,
        asked.speed,
        engines.best(mode, public=True),
        mode,
    )
