"""Gaps: who is out of reach of what, how sure that is, and where one more would help."""

import streamlit as st

from geo import clock
from geo.errors import QuestionError
from pages.parts import components, server, service_map, session
from pages.parts.gaps import findings, own_data, questions

say, edition = session.words(), server.edition()

st.title(say("Who is out of reach?"), anchor=False)
top = st.container(key="finding")
left, right = st.columns([4, 7], gap="medium")
with left, st.container(key="gaps_ask"):
    asked = questions.ask(say)
    own_data.ask(say)
with right, st.container(key="gaps_map"):
    service_map.draw(edition, 460, "cells")
    shown = st.container(key="gaps_legend")
try:
    answer = own_data.answer(edition, questions.question(asked, clock.now()))
except QuestionError as error:
    with top:
        components.panel({"headline": error.told(say), "warns": True}, key="headline")
    with shown:
        findings.show_nothing(edition, say)
else:
    findings.show(edition, answer, asked, top, shown, say)
