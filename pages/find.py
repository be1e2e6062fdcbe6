"""Find help: ask, then show the answer as a list and as a map."""

import streamlit as st

from geo.search.query import search
from pages.parts import chart, filters, results, session

say, edition = session.words(), session.edition()
index = session.index(edition)


@st.fragment(key=filters.ANSWER)
def answer() -> None:
    """Draw what was found."""
    with st.container(key="kinds"):
        filters.ask_kinds(say)
    query = filters.query()
    results.show(edition, query, search(index, query, session.now()), say)


if st.query_params:  # the browser's way back from a place brings its id along
    st.query_params.clear()
st.title(say("Find help near you"), anchor=False)
left, right = st.columns([5, 6], gap="medium")
with left:
    with st.container(key="ask"):
        filters.ask(index, say)
    answer()
with right:
    chart.draw(edition, 600)
