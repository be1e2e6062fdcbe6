"""Outreach: plan a round: choose stops, say who goes and when, plan, and take it along."""

import streamlit as st

from pages.parts import components, server, service_map, session
from pages.parts.outreach import (
    choose_stops,
    day_and_teams,
    ends,
    held,
    plan_files,
    result,
    search,
    steps,
)

say, edition = session.words(), server.edition()

st.title(say("Plan an outreach round"), anchor=False)
held.tell()
st.text(
    say(
        "What you choose here stays in this page and in this server's memory while this tab is "
        "open. It is dropped after you close or reload the page, but not always at once. It is "
        "never written to disk. Save the sheets before you leave."
    )
)
st.text(search.who_is_told(say))
left, right = st.columns([5, 6], gap="medium")
with left:
    step, plan = steps.choose(say), search.plan()
    chosen = choose_stops.numbers(edition)
    if step == steps.STOPS:
        choose_stops.ask(edition, say)
        plan_files.ask(say)
        choose_stops.show(
            edition,
            say,
            service_map.message(edition, choose_stops.fitting(edition), say, choose_stops.view()),
        )
        steps.onward(say("Next: day and teams"), steps.TEAMS)
    elif step == steps.TEAMS:
        day_and_teams.ask(edition, say)
        steps.onward(say("Next: the plan"), steps.PLAN)
        shown = service_map.message(edition, chosen, say)
        ends.show({**shown, "asks": ends.is_asking()})
    else:
        search.ask(edition, say)
        if plan:
            result.show(plan, say, service_map.plan_message(edition, plan, say))
            result.take_along(edition, plan, plan_files.saved(say), say)
        else:
            components.stops(
                service_map.only(service_map.message(edition, chosen, say)), key="out_map"
            )
with right:
    service_map.draw(edition, 600)
held.keep()
