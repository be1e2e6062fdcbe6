"""Menu: the frame of every page: navigation, language, numbers to call in danger."""

import streamlit as st

from pages.parts import contents, frame, session

st.set_page_config(page_title="Home", layout="wide", initial_sidebar_state="collapsed")
say = session.words()
page = st.navigation(
    [
        st.Page(
            one.file,
            title=say(one.title),
            url_path=one.address or None,
            default=not one.address,
            visibility="visible" if one.in_menu else "hidden",
        )
        for one in contents.PAGES
    ],
    position="top",
)
frame.show(say)
page.run()
