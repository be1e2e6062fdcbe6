"""Steps: which of the three steps of a round is shown, and the way on to the next."""

import streamlit as st

from geo.i18n import Words
from pages.parts import session

STOPS, TEAMS, PLAN = range(3)
KEY = "out_step"


def choose(say: Words) -> int:
    """Draw the steps; return the one that a reader is at."""
    labels = [say("1 Stops"), say("2 Day and teams"), say("3 Plan")]
    chosen: int = st.segmented_control(
        say("Step"),
        range(len(labels)),
        format_func=labels.__getitem__,
        required=True,
        **session.kept(KEY, STOPS),
        label_visibility="collapsed",
    )
    return chosen


def onward(label: str, step: int) -> None:
    """Draw the button that leads on to a step."""
    st.button(label, key="out_on", type="primary", on_click=_go, args=(step,))


def _go(step: int) -> None:
    st.session_state[KEY] = step
