"""Menu: the frame of every page: numbers to call in danger, the language, the ways on."""

import streamlit as st

from geo.web import way_out
from pages.parts import contents, frame, session

st.set_page_config(page_title=way_out.TITLE, layout="wide", initial_sidebar_state="collapsed")
say = session.words()
pages = {
    one: st.Page(
        one.file, title=say(one.title), url_path=one.address or None, default=not one.address
    )
    for one in contents.pages()
}
page = st.navigation([*pages.values()], position="hidden")
frame.show(say)
page.run()
frame.foot(say, pages)
