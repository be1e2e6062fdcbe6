"""Frame: what stands around every page: numbers to call in danger, the language."""

import streamlit as st

from geo.catalogue import wording
from geo.i18n import LANGUAGES, Words
from geo.web import shell
from pages.parts import components, server, session


def show(say: Words) -> None:
    """Draw the frame in the reader's language."""
    told = {"lang": say.language, "words": shell.exit_words(say), "near": say("Near:")}
    components.frame(told)
    st.html(_danger(say))
    st.segmented_control(
        say("Language"),
        list(LANGUAGES),
        default=say.language,
        format_func=LANGUAGES.__getitem__,
        key="language",
        on_change=session.reword,
        persist_state="session",
        required=True,
        label_visibility="collapsed",
        width="content",
    )
    if server.edition().number == 0:
        st.warning(say("The list cannot be shown right now. Please call 211, or a number above."))


def _danger(say: Words) -> str:
    parts = "".join(
        f'<span>{say(what)}: <a href="{href}">{number}</a></span>'
        for what, number, href in wording.DANGER
    )
    return f'<div class="danger">{parts}</div>'
