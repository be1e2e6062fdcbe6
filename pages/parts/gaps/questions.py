"""Questions: what a planner asks, kept in the session, as one `Question`."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import streamlit as st

from geo.catalogue import records
from geo.errors import QuestionError
from geo.gaps import classes, question_file
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
UPLOAD, TROUBLE = "gaps_opened", "gaps_opened_trouble"
NOT_HERE = mark("This question can be answered by the command, but not asked on this page.")
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
    drawn: str  # of classes.DRAWN


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
            say("Limit"),
            0.0,
            MOST,
            LIMIT,
            step=5.0,
            format="%g",
            width=136,
            **session.kept("gaps_limit"),
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
                say("Time"), hour, step=timedelta(minutes=30), **session.kept("gaps_hour")
            )
    figure = st.selectbox(
        say("Colors show"),
        list(classes.FIGURES),
        format_func=lambda figure: say(classes.FIGURES[figure]),
        **session.kept("gaps_figure"),
    )
    drawn = st.selectbox(
        say("The map shows"),
        list(classes.DRAWN),
        format_func=lambda drawn: say(classes.DRAWN[drawn]),
        **session.kept("gaps_drawn"),
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
    _open(say)
    return Asked(kind, county, way, limit, weekday, hour, frozenset(trust), speed, figure, drawn)


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


def _open(say: Words) -> None:
    """Draw what opens a saved question; what it says becomes the answers to the questions."""
    with st.popover(say("Open a question")):
        file = st.file_uploader(say("A question saved here"), key=UPLOAD, on_change=_take)
        st.text(say("It stays in this session. Nothing of it is kept."))
        if file and (trouble := st.session_state.get(TROUBLE)):
            st.text(trouble.told(say))


def _take() -> None:
    """Let the first question of the file that was chosen be the one that is asked."""
    st.session_state.pop(TROUBLE, None)
    file = st.session_state[UPLOAD]
    if file is None:
        return
    try:
        (asked, *_) = question_file.read(file.getvalue())
        way: tuple[Measure, str] = (asked.measure, asked.mode)
        if way not in WAYS or asked.threshold > MOST or asked.speed not in SPEEDS:
            raise QuestionError(NOT_HERE)
    except QuestionError as error:
        st.session_state[TROUBLE] = error
        return
    st.session_state.update(
        gaps_type=asked.type,
        gaps_county=asked.county,
        gaps_way=way,
        gaps_limit=asked.threshold,
        gaps_day=asked.hour.weekday() if asked.hour else ANY_DAY,
        gaps_trust=sorted(asked.trust),
        gaps_speed=asked.speed,
    )
    if asked.hour:
        st.session_state["gaps_hour"] = asked.hour.time()
