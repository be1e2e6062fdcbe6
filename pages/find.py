"""Find: ask, then show the answer as a list and as a map."""

import streamlit as st

from geo import clock
from geo.search.query import search
from pages.parts import server, service_map, session
from pages.parts.find import questions, results

say, edition = session.words(), server.edition()
index = server.index(edition)


@st.fragment(key=questions.ANSWER)
def answer() -> None:
    """Draw what was found."""
    with st.container(key="kinds"):
        questions.ask_kinds(say)
    query = questions.query()
    results.show(edition, query, search(index, query, clock.now()), say)


if st.query_params:  # the browser's way back from a place brings its id along
    st.query_params.clear()
st.title(say("Find help near you"), anchor=False)
left, right = st.columns([5, 6], gap="medium")
with left:
    with st.container(key="ask"):
        questions.ask(index, say)
    answer()
with right:
    service_map.draw(edition, 600)
