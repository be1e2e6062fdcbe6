"""Data: the list as files, and how programs ask it."""

import streamlit as st

from geo.web import data_page
from pages.parts import server, session

say = session.words()
st.title(say("Take the data"), anchor=False)
with st.container(key="about"):
    st.html(data_page.page(server.edition(), say.language))
