"""Waiting: the queue, the most urgent first, and what readers say is missing."""

import streamlit as st

from geo import clock
from geo.i18n import Words
from geo.trust import queue
from geo.trust.desk import Desk
from pages.parts.review import opened

SHOWN = 20


def show(laid: Desk, say: Words) -> None:
    """Draw how much waits, then what is missing, then the entries that need somebody most."""
    if laid.kept.log.fault:
        st.warning(say("The log is damaged. Nothing can be saved until it is restored."))
        st.text(laid.kept.log.fault)
    entries, reports = say.number(len(laid.entries)), say.number(len(laid.reports))
    st.text(say("{entries} entries, {reports} reports wait.", entries=entries, reports=reports))
    _missing(laid, say)
    st.subheader(say("What needs somebody most"), anchor=False)
    for number, need in enumerate(laid.needs(clock.today(), SHOWN), 1):
        with st.container(border=True):
            st.text(f"{number}. {need.entry['name']}")
            told = [queue.kinds_of(need.entry, say), *need.reasons(say)]
            st.text(" · ".join(filter(None, told)))
            own = need.entry["id"]
            label = say("Look at number {n}", n=number)
            st.button(label, key=f"review_open_{own}", on_click=opened.turn_to, args=(own,))
    st.text_input(
        say("Another entry, by its id"),
        key="review_id",
        max_chars=6,
        on_change=opened.turn_to_typed,
    )


def _missing(laid: Desk, say: Words) -> None:
    missing = laid.reports_of("")
    if not missing:
        return
    st.subheader(say("What readers say is missing"), anchor=False)
    for report in missing:
        st.text(f"{report.day.isoformat()}: {report.text}")
    seen = tuple(report.number for report in missing)
    st.button(
        say("I have looked at these"),
        key="review_missing",
        on_click=opened.look_at,
        args=("", seen),
    )
