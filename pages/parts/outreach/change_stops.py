"""Change stops: the dialogs in which a team says more of one stop, or of all at once."""

from dataclasses import replace
from datetime import time
from typing import Any

import streamlit as st

from geo.catalogue.places import Entry
from geo.clock import minute_of
from geo.i18n import Words, mark
from geo.rounds.choice import Choice
from geo.rounds.limits import LONGEST_VISIT
from geo.rounds.plan import SKILLS, Window
from pages.parts.outreach import chosen, day_and_teams

RANKS = {1: mark("As the others"), 2: mark("Before the others"), 3: mark("Before all others")}
PRIORITIES = tuple(RANKS)


def change(choice: Choice, entry: Entry | None, say: Words) -> None:
    """Draw the questions about one stop, in a dialog."""
    st.text(entry["name"] if entry else choice.name)
    minutes = st.number_input(
        say("Minutes there"),
        1,
        LONGEST_VISIT,
        choice.minutes or day_and_teams.minutes(),
        key="out_one_minutes",
    )
    must = st.checkbox(say("Must be visited"), choice.must, key="out_one_must")
    priority = st.selectbox(
        say("If not all can be visited"),
        PRIORITIES,
        PRIORITIES.index(choice.priority),
        format_func=lambda n: say(RANKS[n]),
        key="out_one_priority",
    )
    needs = st.multiselect(
        say("The team must have"),
        list(SKILLS),
        choice.needs,
        format_func=lambda key: say(SKILLS[key]),
        placeholder=say("Nothing special"),
        key="out_one_needs",
    )
    hours = _ask_window(say("Open that day from"), say("until"), choice.hours, "hours")
    between = _ask_window(say("Be there from"), say("and by"), choice.between, "between")
    if st.button(say("Save"), type="primary", key="out_one_save"):
        stays = None if minutes == day_and_teams.minutes() and not choice.minutes else minutes
        kept = replace(choice, minutes=stays, must=must, priority=priority, needs=tuple(needs))
        chosen.put(replace(kept, hours=hours, between=between))
        st.rerun()


def change_all(say: Words) -> None:
    """Draw the questions about all chosen stops, in a dialog; a blank answer changes nothing."""
    st.text(
        say.many(
            "This changes {n} stop. What you leave blank stays as it is.",
            "This changes all {n} stops. What you leave blank stays as it is.",
            len(chosen.choices()),
        )
    )
    minutes = st.number_input(say("Minutes there"), 1, LONGEST_VISIT, None, key="out_all_minutes")
    must = st.selectbox(
        say("Must be visited"),
        (True, False),
        None,
        format_func=lambda is_must: say("Yes") if is_must else say("No"),
        placeholder=say("As it is"),
        key="out_all_must",
    )
    priority = st.selectbox(
        say("If not all can be visited"),
        PRIORITIES,
        None,
        format_func=lambda n: say(RANKS[n]),
        placeholder=say("As it is"),
        key="out_all_priority",
    )
    needs = st.multiselect(
        say("The team must have, besides what a stop needs already"),
        list(SKILLS),
        format_func=lambda key: say(SKILLS[key]),
        placeholder=say("Nothing more"),
        key="out_all_needs",
    )
    hours = _ask_window(say("Open that day from"), say("until"), None, "hours")
    between = _ask_window(say("Be there from"), say("and by"), None, "between")
    if st.button(say("Save"), type="primary", key="out_all_save"):
        given: dict[str, Any] = {"minutes": minutes, "must": must, "priority": priority}
        given |= {"hours": hours, "between": between}
        terms = {name: value for name, value in given.items() if value is not None}
        for choice in [*chosen.choices().values()]:
            more = tuple(dict.fromkeys((*choice.needs, *needs)))
            chosen.put(replace(choice, needs=more, **terms))
        st.rerun()


def _ask_window(first: str, last: str, window: Window | None, name: str) -> Window | None:
    """Draw two boxes for times; return them, or None where one is blank."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        times = [
            st.time_input(
                label,
                None if window is None else time(*divmod(window[side], 60)),
                format="12h",
                key=f"out_one_{name}_{side}",
            )
            for side, label in enumerate((first, last))
        ]
    begins, ends = times
    return (minute_of(begins), minute_of(ends)) if begins and ends else None
