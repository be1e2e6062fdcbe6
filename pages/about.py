"""About: what this list is, how sure it is, and what it keeps of a reader."""

import streamlit as st

from geo.web import about
from pages.parts import server, session

say = session.words()
st.title(say("About this list"), anchor=False)
with st.container(key="about"):
    st.html(about.page(server.edition(), say.language))
