"""Review: keepers look after what needs somebody, once they have logged in."""

import streamlit as st

from geo.errors import GeoError
from pages.parts import session
from pages.parts.review import entry, opened, waiting, who

say = session.words()
st.title(say("Review"), anchor=False)
role = who.role()
if not role:
    who.ask(say)
    st.stop()
st.text(say("You are here as: {role}", role=say.raw(role)))
who.leave(say)
opened.tell(say)
try:
    laid = opened.laid()
except GeoError as error:
    st.text(str(error))
    st.stop()
if own := opened.entry():
    entry.show(laid, own, role, say)
else:
    waiting.show(laid, say)
