"""Frame: what stands around every page: numbers to call in danger, the language, the ways on."""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo.catalogue import wording
from geo.i18n import LANGUAGES, Words, mark
from geo.web import way_out
from pages.parts import components, contents, server, session, streamlit_words

_SHORT = {  # what a number is for, where four stand in the line of a phone
    "911": mark("Danger"),
    "988": mark("Crisis"),
    "888-373-7888": mark("Trafficking"),
    "800-799-7233": mark("Violence"),
}


def show(say: Words) -> None:
    """Draw the frame in the reader's language."""
    components.frame(
        {
            "lang": say.language,
            "words": way_out.words(say),
            "skip": say("Go to what is on this page"),
            "danger": [
                {"what": say(what), "short": say(_SHORT[number]), "number": number, "href": href}
                for what, number, href in wording.DANGER
            ],
            "instead": streamlit_words.instead(say),
        }
    )
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
    if st.session_state["language"] != say.language:
        st.rerun()  # a page that lost its server tells the new one here which language was chosen
    if server.edition().number == 0:
        st.warning(say("The list cannot be shown right now. Please call 211, or a number above."))


def foot(say: Words, pages: Mapping[contents.Page, StreamlitPage]) -> None:
    """Draw the ways to other pages: for readers first, then for planners and outreach teams."""
    with st.container(key="foot"):
        _row(pages, contents.READERS)
        st.text(say("For planners and outreach teams:"))
        _row(pages, contents.PLANNERS)


def _row(pages: Mapping[contents.Page, StreamlitPage], whom: str) -> None:
    with st.container(horizontal=True):
        for one, page in pages.items():
            if one.at_foot == whom:
                st.page_link(page)
