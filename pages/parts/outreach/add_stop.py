"""Add stop: one stop at a time: by its name, by its point, or by where to meet."""

from dataclasses import replace

import streamlit as st

from geo.addresses import typed
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.errors import QuestionError
from geo.i18n import Words
from geo.rounds import stops
from geo.rounds.choice import Choice
from geo.streets import store
from pages.parts.outreach import chosen, day_and_teams

MEETING, REFUSED = "out_meeting", "out_refused"
MOST_LETTERS = 80
ANYWHERE = (0.0, 0.0)  # stands for a place to meet that is asked for yet


def ask_by_name(edition: Edition, say: Words) -> None:
    """Draw the box in which one entry is looked for by its name."""
    names = {
        entry["id"]: ", ".join(filter(None, (entry["name"], entry["city"])))
        for entry in edition.entries
        if not entry["is_line"]
    }
    st.selectbox(
        say("Add one place by its name"),
        names,
        index=None,
        format_func=names.__getitem__,
        placeholder=say("Type a name"),
        key="out_one",
        on_change=_add_one,
        args=(edition, say),
    )
    if refused := st.session_state.pop(REFUSED, ""):
        st.text(refused)
    meeting = st.session_state.pop(MEETING, "")
    if entry := next((one for one in edition.entries if one["id"] == meeting), None):
        st.dialog(say("Where will you meet?"))(_ask_meeting)(entry, say)


def ask_typed(edition: Edition, say: Words) -> None:
    """Draw the form for a place of one's own, or for where to meet for a chosen entry."""
    entries = {entry["id"]: entry for entry in edition.entries}
    waiting = [
        key
        for key, choice in chosen.choices().items()
        if key in entries and not (choice.point or stops.can_be_one(entries[key]))
    ]
    with st.form("out_typed", clear_on_submit=True, border=False):
        st.selectbox(
            say("What is it?"),
            ["", *waiting],
            format_func=lambda key: (
                say("A public place to meet for: {name}", name=entries[key]["name"])
                if key
                else say("A place of its own")
            ),
            key="out_typed_for",
        )
        st.text_input(
            say("What to call it (a place, never a person)"),
            max_chars=MOST_LETTERS,
            key="out_typed_name",
        )
        st.text_input(
            say("Where it is: address, town, ZIP code or point"),
            placeholder="37.957, -121.290",
            max_chars=MOST_LETTERS,
            key="out_typed_point",
        )
        st.form_submit_button(say("Add this place"), on_click=_type_in, args=(say,))
    if trouble := st.session_state.pop("out_typed_trouble", ""):
        st.text(trouble)


def _add_one(edition: Edition, say: Words) -> None:
    """Choose the entry that was looked for; say why it is no stop, or ask where to meet."""
    key = st.session_state["out_one"]
    entry = next((one for one in edition.entries if one["id"] == key), None)
    st.session_state["out_one"] = None
    if entry is None:
        return
    try:
        stops.of(entry, day_and_teams.day(), meeting_point=ANYWHERE)
    except QuestionError as error:
        st.session_state[REFUSED] = error.told(say)
        return
    if stops.can_be_one(entry):
        chosen.add([Choice(key)])
    else:
        st.session_state[MEETING] = key


def _ask_meeting(entry: Entry, say: Words) -> None:
    """Draw the question where to meet for an entry that has no exact public place, in a dialog."""
    try:
        stops.of(entry, day_and_teams.day())
    except QuestionError as error:
        st.text(error.told(say))
    text = st.text_input(
        say("A public place to meet: address, town, ZIP code or point"),
        max_chars=MOST_LETTERS,
        placeholder="37.957, -121.290",
        key="out_meeting_point",
    )
    if st.button(say("Add this stop"), type="primary", key="out_meeting_add"):
        try:
            chosen.put(Choice(entry["id"], point=typed.point(text, store.current())))
            st.rerun()
        except QuestionError as error:
            st.text(error.told(say))


def _type_in(say: Words) -> None:
    """Take what was typed, or keep the sentence that says what is wrong with it."""
    key, name = st.session_state["out_typed_for"], st.session_state["out_typed_name"].strip()
    try:
        point = typed.point(st.session_state["out_typed_point"], store.current())
    except QuestionError as error:
        st.session_state["out_typed_trouble"] = error.told(say)
        return
    if key in chosen.choices():
        chosen.put(replace(chosen.choices()[key], point=point))
    elif name:
        chosen.type_in(name, point)
    else:
        st.session_state["out_typed_trouble"] = say("Please say what to call the place.")
