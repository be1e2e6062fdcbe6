"""Asking: what a reader asks this server, sent when a button is pressed, as one `Query`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import streamlit as st

from geo import areas
from geo.catalogue import records, wording
from geo.i18n import Words, mark
from geo.search.query import Query
from pages.parts import session

MOST_LETTERS = 100
FLAGS = {
    "free": mark("Free"),
    "walk_in": mark("No appointment needed"),
    "no_documents": mark("No ID or papers asked"),
    "wheelchair": mark("Wheelchair access"),
}
MILES = (None, 1, 2, 5, 10, 25)
BLANK: dict[str, Any] = {
    "find_words": "",
    "find_where": None,
    "find_kinds": [],
    "find_open": False,
    "find_miles": None,
    "find_languages": [],
    "find_flags": [],
}


def ask(say: Words, now: datetime, languages: Iterable[str]) -> Query:
    """Draw the questions and return what was asked when the button was pressed last.

    `languages` are those that are spoken anywhere.
    """
    answers = session.Answers(BLANK)
    with st.form("find", border=False):
        st.text_input(
            say("What do you need?"),
            max_chars=MOST_LETTERS,
            placeholder=say("For example: food, doctor, a place to sleep"),
            autocomplete="off",
            **answers.kept("find_words"),
        )
        st.selectbox(
            say("Where?"),
            list(areas.load()),
            format_func=lambda key: areas.name(areas.load()[key], say),
            placeholder=say("Town or ZIP code"),
            **answers.kept("find_where"),
        )
        st.multiselect(
            say("Kinds of help"),
            records.PLACE_TYPES,
            format_func=lambda kind: say(records.TYPES[kind]),
            placeholder=say("Any kind of help"),
            **answers.kept("find_kinds"),
        )
        st.checkbox(say("Open now"), **answers.kept("find_open"))
        with st.expander(say("More filters")):
            _ask_more(answers, say, languages)
        st.form_submit_button(say("Ask our server"), type="primary")
    return _query(answers, now)


def _ask_more(answers: session.Answers, say: Words, languages: Iterable[str]) -> None:
    st.selectbox(
        say("Not farther than"),
        MILES,
        format_func=lambda n: say.many("{n} mile", "{n} miles", n) if n else say("Any distance"),
        **answers.kept("find_miles"),
    )
    st.multiselect(
        say("Languages spoken there"),
        sorted(languages),
        format_func=lambda code: wording.spoken([code], say),
        placeholder=say("Any language"),
        **answers.kept("find_languages"),
    )
    st.multiselect(
        say("Only these"),
        list(FLAGS),
        format_func=lambda name: say(FLAGS[name]),
        placeholder=say("Any place"),
        **answers.kept("find_flags"),
    )
    st.caption(say("A place counts only if its record says so. For the rest it is not known."))


def _query(answers: session.Answers, now: datetime) -> Query:
    where = answers.value("find_where")
    return Query(
        types=frozenset(answers.value("find_kinds")),
        words=answers.value("find_words")[:MOST_LETTERS],
        where=areas.load()[where] if where else None,
        within_miles=answers.value("find_miles"),
        open_at=now if answers.value("find_open") else None,
        languages=frozenset(answers.value("find_languages")),
        **dict.fromkeys(answers.value("find_flags"), True),
    )
