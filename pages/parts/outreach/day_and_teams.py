"""Day and teams: the day, the teams and how they go: the second step of a round."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

import streamlit as st

from geo import areas, clock
from geo.addresses import typed
from geo.clock import DAY_MIN, minute_of
from geo.i18n import Words, mark
from geo.rounds.limits import LONGEST_VISIT
from geo.rounds.plan import SKILLS, Break, Team, team_name
from geo.streets import store
from pages.parts import session

TRAFFIC: Mapping[float, str] = {
    1.0: mark("As usual"),
    1.25: mark("Busy: a quarter longer"),
    1.5: mark("Rush hour: half as long again"),
}
MOST_TEAMS = 4
LONGEST_DRIVE = 600  # minutes that can be asked for, of one drive
answered = session.Answers(
    {
        "out_minutes": 20,
        "out_start": "",
        "out_return": True,
        "out_end": "",
        "out_teams": 1,
        "out_pause": False,
        "out_pause_from": time(11, 30),
        "out_pause_to": time(13),
        "out_pause_minutes": 30,
        "out_leg": None,
        "out_drive": None,
        "out_traffic": 1.0,
        **{f"out_from_{number}": time(9) for number in range(MOST_TEAMS)},
        **{f"out_to_{number}": time(17) for number in range(MOST_TEAMS)},
        **{f"out_skills_{number}": [] for number in range(MOST_TEAMS)},
    }
)


def ask(say: Words) -> None:
    """Draw the questions about the day and the teams."""
    today = clock.now().date()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            say("Day"),
            min_value=today,
            max_value=today + timedelta(days=365),
            format="MM/DD/YYYY" if say.language == "en" else "DD/MM/YYYY",
            **session.kept("out_day", day()),
        )
        st.number_input(
            say("Minutes at each stop"), 1, LONGEST_VISIT, step=5, **answered.kept("out_minutes")
        )
    _ask_ends(say)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            say("Longest drive between stops, in minutes (blank: any)"),
            1,
            LONGEST_DRIVE,
            **answered.kept("out_leg"),
        )
        st.number_input(
            say("Longest drive of the day, in minutes (blank: any)"),
            1,
            DAY_MIN,
            **answered.kept("out_drive"),
        )
    st.selectbox(
        say("Traffic"),
        list(TRAFFIC),
        format_func=lambda n: say(TRAFFIC[n]),
        **answered.kept("out_traffic"),
    )
    _ask_pause(say)
    _ask_teams(say)


def day() -> date:
    """Return the day of the round; before it is chosen, the next working day."""
    chosen: date | None = st.session_state.get("out_day")
    days = (clock.now().date() + timedelta(days=ahead) for ahead in (1, 2, 3))
    return chosen or next(day for day in days if day.weekday() < 5)


def minutes() -> int:
    """Return how long a team stays at a stop, if nothing else is said of it."""
    return int(answered.value("out_minutes"))


def traffic() -> float:
    """Return how many times as long as usual a drive takes."""
    return float(answered.value("out_traffic"))


def teams() -> list[Team]:
    """Return the teams as they are asked for.

    Raises
    ------
    QuestionError : the start or the end is missing, or is no place
    """
    streets = store.current()
    start = typed.point(answered.value("out_start"), streets)
    end = start if answered.value("out_return") else typed.point(answered.value("out_end"), streets)
    pause = None
    if answered.value("out_pause"):
        earliest, latest = (
            minute_of(answered.value(f"out_pause_{side}")) for side in ("from", "to")
        )
        pause = Break(earliest, latest, answered.value("out_pause_minutes"))
    return [
        Team(
            team_name(number + 1),
            start,
            end,
            (
                minute_of(answered.value(f"out_from_{number}")),
                minute_of(answered.value(f"out_to_{number}")),
            ),
            frozenset(answered.value(f"out_skills_{number}")),
            pause,
            answered.value("out_leg"),
            answered.value("out_drive"),
        )
        for number in range(answered.value("out_teams"))
    ]


def answers() -> dict[str, Any]:
    """Return every answer on this step."""
    return {"out_day": day()} | answered.values()


def _ask_place(label: str, key: str, say: Words) -> None:
    """Draw a box for a city, a ZIP code or a point."""
    towns = {name: area for name, area in areas.load().items() if area.kind != "county"}
    st.selectbox(
        label,
        ["", *towns],
        format_func=lambda name: towns[name].name if name in towns else name,
        accept_new_options=True,
        help=say("A city, a ZIP code, or a point such as 37.957, -121.290"),
        **answered.kept(key),
    )


def _ask_ends(say: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _ask_place(say("Start from: address, town, ZIP code or point"), "out_start", say)
        if not answered.value("out_return"):
            _ask_place(say("End at"), "out_end", say)
    st.checkbox(say("Come back to the start"), **answered.kept("out_return"))


def _ask_pause(say: Words) -> None:
    if not st.checkbox(say("Plan a break"), **answered.kept("out_pause")):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.time_input(say("Not before"), format="12h", **answered.kept("out_pause_from"))
        st.time_input(say("Begun by"), format="12h", **answered.kept("out_pause_to"))
        st.number_input(
            say("Minutes of break"), 5, 180, step=5, **answered.kept("out_pause_minutes")
        )


def _ask_teams(say: Words) -> None:
    st.segmented_control(
        say("How many teams?"),
        range(1, MOST_TEAMS + 1),
        required=True,
        **answered.kept("out_teams"),
    )
    for number in range(answered.value("out_teams")):
        with st.container(border=True):
            st.header(say("Team {n}", n=number + 1), anchor=False)
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.time_input(
                    say("On duty from"), format="12h", **answered.kept(f"out_from_{number}")
                )
                st.time_input(
                    say("On duty until"), format="12h", **answered.kept(f"out_to_{number}")
                )
            st.multiselect(
                say("The team has"),
                list(SKILLS),
                format_func=lambda key: say(SKILLS[key]),
                placeholder=say("Nothing special"),
                **answered.kept(f"out_skills_{number}"),
            )
