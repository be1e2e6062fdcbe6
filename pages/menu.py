"""Menu: the frame of every page: navigation, language, numbers to call in danger."""

import streamlit as st

from pages.parts import frame, session

st.set_page_config(page_title="Home", layout="wide", initial_sidebar_state="collapsed")
say = session.words()
page = st.navigation(
    [
        st.Page("find.py", title=say("Find help"), default=True),
        st.Page("place.py", title=say("One place"), url_path="place", visibility="hidden"),
        st.Page("gaps.py", title=say("Service gaps"), url_path="gaps"),
        st.Page("outreach.py", title=say("Outreach"), url_path="outreach"),
        st.Page("about.py", title=say("About"), url_path="about"),
    ],
    position="top",
)
frame.show(say)
page.run()
