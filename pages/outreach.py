"""Outreach: plan a round: choose stops, say who goes and when, plan, and take it along."""

import streamlit as st

from pages.parts import basket, chart, components, crew, planning, rounds, session, sight, steps

say, edition = session.words(), session.edition()
session.index(edition)

st.title(say("Plan an outreach round"), anchor=False)
st.text(
    say(
        "What you choose here is kept in this browser tab only, and is gone when you close or "
        "reload it. Nothing is stored. Save the sheets before you leave."
    )
)
left, right = st.columns([5, 6], gap="medium")
with left:
    step, plan = steps.choose(say), planning.plan()
    chosen = basket.numbers(edition)
    if step == steps.STOPS:
        basket.ask(edition, say)
        basket.show(edition, say, sight.told(edition, basket.fitting(edition), say, basket.view()))
        steps.onward(say("Next: day and teams"), steps.TEAMS)
    elif step == steps.TEAMS:
        crew.ask(say)
        steps.onward(say("Next: the plan"), steps.PLAN)
        components.stops(sight.only(sight.told(edition, chosen, say)), key="out_map")
    else:
        planning.ask(edition, say)
        if plan:
            rounds.show(plan, say, sight.planned(edition, plan, say))
            rounds.take_along(edition, plan, say)
        else:
            components.stops(sight.only(sight.told(edition, chosen, say)), key="out_map")
with right:
    chart.draw(edition, 600)
