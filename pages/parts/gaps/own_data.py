"""Own data: a planner's own places, people and districts, from files that stay in the session."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st
from cachetools import LRUCache

from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.gaps import demand, own_data
from geo.gaps.answer import Answer, work_out
from geo.gaps.own_data import Own
from geo.gaps.question import Question
from geo.i18n import Words, mark
from geo.travel import engines
from pages.parts import server, session

READ, ANSWERS, MOST_ANSWERS = "gaps_own_read", "gaps_own_answers", 6
ONLY = "gaps_own_only"
FILES = {
    "sites": mark("Places: CSV with name, lat, lon, capacity and hours, or GeoJSON with points"),
    "people": mark("People: CSV with lat, lon and people, or GeoJSON with points"),
    "districts": mark("Districts: GeoJSON with polygons, each with a name"),
}


def ask(say: Words) -> None:
    """Draw what takes the files, and say what of them is counted."""
    with st.popover(say("Your own data")):
        st.text(say("It stays in this session. Nothing of it is kept."))
        st.text(
            say(
                "Places beyond the county line count too, for both counties. A row with the id of "
                "a listed place and no point tells its capacity."
            )
        )
        for name, label in FILES.items():
            key = f"{READ}_{name}"
            file = st.file_uploader(say(label), key=key, on_change=partial(_take, name))
            if file and isinstance(trouble := _read().get(name), QuestionError):
                st.text(trouble.told(say))
        st.checkbox(say("Count only the places of my file"), **session.kept(ONLY, False))


def current() -> Own:
    """Return what the planner brought."""
    fields: dict[str, Any] = {}
    for read in _read().values():
        if not isinstance(read, QuestionError):
            fields |= read
    return Own(**fields, only=bool(fields.get("sites")) and bool(st.session_state.get(ONLY)))


def answer(edition: Edition, question: Question, own: Own | None = None) -> Answer:
    """Return the answer to a question with the planner's own data, or with `own`.

    One with data of theirs is kept in the session, among the last few; any other is shared. Points
    of theirs are told to no routing server that may not know them.

    Raises QuestionError as `geo.gaps.answer.work_out`.
    """
    own = current() if own is None else own
    if not own:
        return server.answer(edition, question)
    if own.has_points:
        question = replace(question, engine=engines.best(question.mode))
    kept = st.session_state.setdefault(ANSWERS, LRUCache(MOST_ANSWERS))
    key = edition, question, own, server.streets_mark()
    if key not in kept:
        kept[key] = work_out(edition.places, demand.load(), question, own=own)
    found: Answer = kept[key]
    return found


def _read() -> dict[str, Any]:
    read: dict[str, Any] = st.session_state.setdefault(READ, {})
    return read


def _take(name: str) -> None:
    """Read the file that was chosen, or keep why it cannot be read."""
    _read().pop(name, None)
    if file := st.session_state[f"{READ}_{name}"]:
        try:
            _read()[name] = own_data.READ[name](file.getvalue())
        except QuestionError as error:
            _read()[name] = error
