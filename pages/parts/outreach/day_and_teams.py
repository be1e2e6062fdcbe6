"""Day and teams: the day, the teams and how they go: the second step of a round."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

import streamlit as st

from geo import clock
from geo.catalogue.keeper import Edition
from geo.clock import DAY_MIN, minute_of
from geo.i18n import Words, mark
from geo.rounds import duty
from geo.rounds.limits import LONGEST_VISIT
from geo.rounds.plan import SHARES, SKILLS, Break, Clock, Sentence, Team, Window, team_name
from pages.parts import session
from pages.parts.outreach import chosen, ends

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
        "out_teams": 1,
        "out_pause": False,
        "out_pause_from": time(11, 30),
        "out_pause_to": time(13),
        "out_pause_minutes": 30,
        "out_leg": None,
        "out_drive": None,
        "out_traffic": 1.0,
        "out_share": "even",
        "out_assume": True,
        "out_assume_from": time(9),
        "out_assume_to": time(17),
        **{f"out_from_{number}": time(9) for number in range(MOST_TEAMS)},
        **{f"out_to_{number}": time(17) for number in range(MOST_TEAMS)},
        **{f"out_sure_{number}": False for number in range(MOST_TEAMS)},
        **{f"out_skills_{number}": [] for number in range(MOST_TEAMS)},
    }
)


def ask(edition: Edition, say: Words) -> None:
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
    _ask_assumed(say)
    ends.ask(edition, say)
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
    for sentence in lacking(say):
        st.text(sentence)


def lacking(say: Words) -> list[str]:
    """Return a sentence for each skill that a chosen stop needs and no team has."""
    teams = range(answered.value("out_teams"))
    there = {skill for number in teams for skill in answered.value(f"out_skills_{number}")}
    needed = [skill for choice in chosen.choices().values() for skill in choice.needs]
    return [
        say.many(
            "{n} stop needs {skill}, and no team has that: it would be left out.",
            "{n} stops need {skill}, and no team has that: they would be left out.",
            needed.count(key),
            skill=Sentence(SKILLS[key]),
        )
        for key in SKILLS
        if key in needed and key not in there
    ]


def day() -> date:
    """Return the day of the round; before it is chosen, the next working day."""
    chosen: date | None = st.session_state.get("out_day")
    days = (clock.now().date() + timedelta(days=ahead) for ahead in (1, 2, 3))
    return chosen or next(day for day in days if day.weekday() < 5)


def minutes() -> int:
    """Return how long a team stays at a stop, if nothing else is said of it."""
    return int(answered.value("out_minutes"))


def assumed() -> Window | None:
    """Return when places are taken to be open whose hours nobody knows; None: at any time."""
    if not answered.value("out_assume"):
        return None
    begins, ends = (minute_of(answered.value(f"out_assume_{side}")) for side in ("from", "to"))
    return begins, ends


def share() -> str:
    """Return how the stops are shared among the teams."""
    return str(answered.value("out_share")) if answered.value("out_teams") > 1 else "miles"


def traffic() -> float:
    """Return how many times as long as usual a drive takes."""
    return float(answered.value("out_traffic"))


def teams(edition: Edition) -> list[Team]:
    """Return the teams as they are asked for.

    Raises
    ------
    QuestionError : the start or the end is missing, or is no place
    """
    start, end = ends.points(edition)
    start_name, end_name = ends.names()
    shifts = [_shift(number) for number in range(answered.value("out_teams"))]
    return [
        Team(
            team_name(number + 1),
            start,
            end,
            shift,
            frozenset(answered.value(f"out_skills_{number}")),
            _pause(shift, shifts),
            answered.value("out_leg"),
            answered.value("out_drive"),
            start_name,
            end_name,
        )
        for number, shift in enumerate(shifts)
    ]


def answers() -> dict[str, Any]:
    """Return every answer on this step."""
    return {"out_day": day()} | ends.answered.values() | answered.values()


def _shift(number: int) -> Window:
    """Return the shift of a team; raises QuestionError if it is long and nobody is sure of it."""
    begins, ends = (minute_of(answered.value(f"out_{side}_{number}")) for side in ("from", "to"))
    return duty.shift(begins, ends, sure=answered.value(f"out_sure_{number}"))


def _pause(shift: Window, shifts: Sequence[Window]) -> Break | None:
    """Return the break of a team; none for one that is not on duty then, if another is."""
    if not answered.value("out_pause"):
        return None
    first, last = (minute_of(answered.value(f"out_pause_{side}")) for side in ("from", "to"))
    others = any(duty.meets(other, first, last) for other in shifts)
    if others and not duty.meets(shift, first, last):
        return None
    return duty.pause(shift, first, last, answered.value("out_pause_minutes"))


def _ask_assumed(say: Words) -> None:
    label = say("Where hours are not known, plan within usual hours")
    if not st.checkbox(label, **answered.kept("out_assume")):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.time_input(say("Usual hours from"), format="12h", **answered.kept("out_assume_from"))
        st.time_input(say("Usual hours until"), format="12h", **answered.kept("out_assume_to"))


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
    if answered.value("out_teams") > 1:
        st.selectbox(
            say("How are the stops shared?"),
            list(SHARES),
            format_func=lambda key: say(SHARES[key]),
            **answered.kept("out_share"),
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
            _ask_night(number, say)
            st.multiselect(
                say("The team has"),
                list(SKILLS),
                format_func=lambda key: say(SKILLS[key]),
                placeholder=say("Nothing special"),
                **answered.kept(f"out_skills_{number}"),
            )


def _ask_night(number: int, say: Words) -> None:
    """Say that a shift ends on the next day, and ask whether one of more than a night is meant."""
    begins, ends = (minute_of(answered.value(f"out_{side}_{number}")) for side in ("from", "to"))
    if ends > begins:
        return
    st.text(say("On duty until {time}.", time=Clock(ends + DAY_MIN)))
    if (hours := (ends + DAY_MIN - begins) / 60) > duty.LONGEST_NIGHT / 60:
        st.checkbox(
            say("Yes, {hours} hours through the night", hours=say.number(hours, 1)),
            **answered.kept(f"out_sure_{number}"),
        )
