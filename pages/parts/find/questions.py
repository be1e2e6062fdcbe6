"""Questions: the questions a reader may ask, kept in the session, as one `Query`.

Most widgets stand outside the answer and draw only it anew when they change.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import streamlit as st

from geo import areas, clock
from geo.addresses import typed
from geo.addresses.typed import Spot
from geo.areas import Area
from geo.catalogue import records
from geo.clock import TIMEZONE
from geo.i18n import LANGUAGES, Words, words
from geo.search.index import Index
from geo.search.query import Query
from geo.streets import store
from pages.parts import session

ANSWER = "answer"
WHEN = ("any", "now", "at")
WHEN_PX = 165
MOST_LETTERS = 100
MILES = (0, 2, 5, 10, 25, 50)
SWITCHES = ("free", "walk_in", "no_documents", "wheelchair")
answered = session.Answers(
    {
        "find_words": "",
        "find_groups": [],
        "find_types": [],
        "find_where": "",
        "find_when": "any",
        "find_languages": [],
        "find_miles": 0,
        "find_with_unknown": False,
        **{f"find_{switch}": False for switch in SWITCHES},
    }
)


def ask(index: Index, say: Words) -> None:
    """Draw the questions; each change of an answer draws the answer anew."""
    st.text_input(
        say("What do you need?"),
        placeholder=say("For example: food, doctor, a place to sleep"),
        **_kept("find_words"),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            say("Where? Town, ZIP or address"),
            ["", *areas.load()],
            format_func=lambda key: _place_name(key, say),
            accept_new_options=True,
            **_kept("find_where"),
        )
        labels = {"any": say("Any time"), "now": say("Open now"), "at": say("A day and time")}
        st.selectbox(
            say("When?"), WHEN, format_func=labels.__getitem__, width=WHEN_PX, **_kept("find_when")
        )
        with st.popover(say("More filters")):
            _ask_more(index, say)


def ask_kinds(say: Words) -> None:
    """Draw the questions that stand right over the answer and change with it.

    They belong to its fragment: a click on them is the shortest way to a new answer.
    """
    if answered.value("find_when") == "at":
        _ask_time(say)
    if answered.value("find_when") != "any":
        st.checkbox(
            say("Also show places whose hours are not known"),
            **answered.kept("find_with_unknown"),
        )
    groups = {
        group.key: f":{group.theme}[{group.shape}] {say(group.label)}" for group in records.GROUPS
    }
    groups["hotline"] = f"☎ {say(records.TYPES['hotline'])}"
    st.pills(
        say("Kinds of help"),
        list(groups),
        selection_mode="multi",
        format_func=groups.__getitem__,
        **answered.kept("find_groups"),
    )
    inside = _types_inside()
    if len(inside) > 1:
        st.pills(
            say("Only these"),
            inside,
            selection_mode="multi",
            format_func=lambda kind: say(records.TYPES[kind]),
            **answered.kept("find_types"),
        )


def _ask_time(say: Words) -> None:
    today = clock.now().date()
    with st.container(horizontal=True):
        st.date_input(
            say("Day"),
            min_value=today,
            max_value=today + timedelta(days=365),
            format="MM/DD/YYYY" if say.language == "en" else "DD/MM/YYYY",
            **session.kept("find_day", today),
        )
        st.time_input(
            say("Time"),
            step=timedelta(minutes=30),
            **session.kept("find_hour", time(10)),
        )


def query() -> Query:
    """Return what a reader asks now."""
    value, where, inside = answered.value, _where(), _types_inside()
    types = [kind for kind in value("find_types") if kind in inside] or inside
    when, miles = _moment(), value("find_miles") or None
    return Query(
        types=frozenset(types + (["hotline"] if "hotline" in value("find_groups") else [])),
        words=value("find_words")[:MOST_LETTERS],
        where=where,
        within_miles=miles if where and where.kind != "county" else None,
        open_at=when,
        with_unknown=when is not None and value("find_with_unknown"),
        languages=frozenset(value("find_languages")),
        **{switch: value(f"find_{switch}") for switch in SWITCHES},
    )


def spot() -> Spot | None:
    """Return what was understood of the place that a reader typed, None if one was chosen."""
    text = answered.value("find_where")
    if not text or _known(text) is not None:
        return None
    return typed.find(text, store.current())


def answers() -> dict[str, Any]:
    """Return what a reader has answered so far, as the widgets hold it."""
    moment = {key: st.session_state.get(key) for key in ("find_day", "find_hour")}
    return answered.values() | moment


def chosen_moment() -> bool:
    """Return whether a reader asks about another time than now."""
    return bool(answered.value("find_when") == "at")


def clear(*keys: str) -> None:
    """Set these answers back, all of them if none is named, and draw every question anew."""
    answered.clear(*keys)
    st.rerun()


def _ask_more(index: Index, say: Words) -> None:
    st.selectbox(
        say("Not farther than (choose a city or ZIP code first)"),
        MILES,
        format_func=lambda n: say.many("{n} mile", "{n} miles", n) if n else say("Any distance"),
        **_kept("find_miles"),
    )
    names = {code: say.locale.languages.get(code, code).capitalize() for code in index.languages}
    names[records.INTERPRETER] = say("Other languages with an interpreter")
    if index.languages:
        st.multiselect(
            say("Languages spoken there"),
            sorted(index.languages),
            format_func=names.__getitem__,
            placeholder=say("Any language"),
            **_kept("find_languages"),
        )
    labels = {
        "free": say("Free"),
        "walk_in": say("No appointment needed"),
        "no_documents": say("No ID or papers asked"),
        "wheelchair": say("Wheelchair access"),
    }
    for switch in SWITCHES:
        if index.flags[switch].any():
            st.checkbox(labels[switch], **_kept(f"find_{switch}"))
    st.caption(say("A place counts only if its record says so. For the rest it is not known."))


def _kept(key: str) -> dict[str, Any]:
    change: Callable[[], None] = _answer
    return {**answered.kept(key), "on_change": change}


def _answer() -> None:
    st.rerun(ANSWER)


def _moment() -> datetime | None:
    if answered.value("find_when") == "any":
        return None
    now = clock.now()
    if answered.value("find_when") == "now":
        return now
    day = st.session_state.get("find_day") or now.date()
    return datetime.combine(day, st.session_state.get("find_hour") or time(10), TIMEZONE)


def _types_inside() -> list[str]:
    groups = answered.value("find_groups")
    return [kind for group in records.GROUPS if group.key in groups for kind in group.types]


def _where() -> Area | None:
    typed = spot()
    return typed.area if typed else areas.load().get(_known(answered.value("find_where")) or "")


def _known(text: str) -> str | None:
    """Return the key of a choice, also one typed in either language; None if it is none."""
    keys, tongues = ["", *areas.load()], map(words, LANGUAGES)
    if text in keys:
        return text
    names = {_place_name(key, say).casefold(): key for say in tongues for key in keys}
    return names.get(text.strip().casefold())


def _place_name(key: str, say: Words) -> str:
    area = areas.load().get(key)
    return areas.name(area, say) if area or not key else key
