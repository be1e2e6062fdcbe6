"""Watch: how a search in a process of its own goes: a bar, the best so far, a button to stop it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from geo.jobs import Job

LOOK_SECONDS = 0.5  # between two looks


def watch(
    job: Job[Any, Any],
    seconds: float,
    title: str,
    best: Callable[[Any], str],
    stop: str,
    key: str,
    on_stop: Callable[[], None],
    on_end: Callable[[], None],
) -> None:
    """Draw how the job goes, again and again; when it has ended, the whole page.

    Parameters
    ----------
    seconds : after which the bar is full
    best : tells the best so far
    stop, key : the label of the button, and its key
    on_stop : called when the button is pressed
    on_end : called once the job has ended, before the page is drawn
    """

    def look() -> None:
        if not job.running:
            on_end()
            st.rerun()
        st.progress(min(job.seconds / seconds, 1.0), title)
        if (told := job.told) is not None:
            st.text(best(told))
        st.button(stop, key=key, on_click=on_stop)

    st.fragment(look, run_every=LOOK_SECONDS)()
