"""Ends: where a round starts and ends: typed, a place of the list, or a tap on the map.

Whatever it is, it stands in the box as text, so that it can be read, changed and kept.
"""

import re
from collections.abc import Mapping

import streamlit as st

from geo import areas
from geo.addresses import typed
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.errors import QuestionError
from geo.i18n import Words, mark
from geo.rounds.plan_file import MOST_LETTERS
from geo.spelling import fold, spoken_words
from geo.streets import store
from pages.parts import components, session
from pages.parts.outreach import chosen
from pages.parts.service_map import MapMessage, only

START, END, RETURN = "out_start", "out_end", "out_return"
LISTED, TAP, MAP = "out_listed", "out_tap", "out_map"
SEVERAL = mark("More than one place is called {name}. Add the town.")
answered = session.Answers({START: "", END: "", RETURN: True})
Point = tuple[float, float]


def ask(edition: Edition, say: Words) -> None:
    """Draw the boxes for the start and the end, and the other ways to choose a start."""
    _ask_one(_start_label(say), START, edition, say)
    with st.popover(say("Start at a place of the list, or tap the map")):
        names = _names(edition)
        st.selectbox(
            say("A place of the list"),
            names,
            index=None,
            placeholder=say("Type a name"),
            key=LISTED,
            on_change=_take_listed,
        )
        if st.toggle(say("Tap the map where you start"), key=TAP):
            st.text(say("Now tap the map. The point then stands in the box."))
    st.checkbox(say("Come back to the start"), **answered.kept(RETURN))
    if not answered.value(RETURN):
        _ask_one(say("End at"), END, edition, say)


def is_asking() -> bool:
    """Return whether a tap on the map is where a team starts."""
    return bool(st.session_state.get(TAP))


def show(shown: MapMessage) -> None:
    """Tell the map what to show, and hear where it was tapped."""
    components.stops(only(shown), key=MAP, on_did=_take_tap)


def points(edition: Edition) -> tuple[Point, Point]:
    """Return where a round starts and where it ends.

    Raises
    ------
    QuestionError : one of them is missing, or is no place that is known
    """
    start = place(answered.value(START), edition)
    return start, start if answered.value(RETURN) else place(answered.value(END), edition)


def names() -> tuple[str, str]:
    """Return the start and the end as they were typed or chosen."""
    start, end = named(answered.value(START)), named(answered.value(END))
    return start, start if answered.value(RETURN) else end


def place(text: str, edition: Edition) -> Point:
    """Return the point of what was typed: of a place that is chosen or listed, else as `typed`.

    Raises
    ------
    QuestionError : it is no place that is known, or there are several
    """
    own = {_key(one.name): one.point for one in chosen.choices().values() if one.name}
    if point := own.get(_key(text)):
        return point
    listed = _listed(edition).get(_key(text), set())
    if len(listed) > 1:
        raise QuestionError(SEVERAL, name=text.strip())
    return next(iter(listed)) if listed else typed.point(text, store.current())


def named(text: str) -> str:
    """Return a start or an end as a reader may type it, for one that is told by a key."""
    area = areas.load().get(text)
    return area.name if area else text


def _ask_one(label: str, key: str, edition: Edition, say: Words) -> None:
    """Draw a box; what stands in it is read as soon as a reader goes on, and told if it is none."""
    text = st.text_input(
        label,
        max_chars=MOST_LETTERS,
        placeholder=say("For example: Brawley, 95202, or 37.957, -121.290"),
        **answered.kept(key),
    )
    if text:
        try:
            place(text, edition)
        except QuestionError as error:
            st.text(error.told(say))


def _start_label(say: Words) -> str:
    """Return what may be typed: an address only where the streets are known."""
    if store.current():
        return say("Start from: address, town, ZIP code or point")
    return say("Start from: town, ZIP code, point, or the name of a place on the list")


def _take_tap() -> None:
    """Start where a reader tapped; the next tap means nothing."""
    did = st.session_state[MAP]["did"]
    if did and did["act"] == "spot":
        st.session_state[START] = did["key"]
        st.session_state[TAP] = False


def _take_listed() -> None:
    if name := st.session_state[LISTED]:
        st.session_state[START] = name
        st.session_state[LISTED] = None


def _listed(edition: Edition) -> Mapping[str, set[Point]]:
    """Return the points of listed places by name, by street, and by both with the town."""
    found: dict[str, set[Point]] = {}
    for entry in _exact(edition):
        for text in filter(None, (entry["name"], entry["street"])):
            for told in (text, f"{text} {entry['city']}"):
                found.setdefault(_key(told), set()).add((float(entry["lat"]), float(entry["lon"])))
    return found


def _names(edition: Edition) -> list[str]:
    """Return the places that one can start at, as they are put into the box."""
    own = (one.name for one in chosen.choices().values() if one.point and one.name)
    listed = (f"{one['name']}, {one['city']}" for one in _exact(edition))
    return [*own, *sorted({*listed}, key=str.casefold)]


def _exact(edition: Edition) -> list[Entry]:
    return [one for one in edition.entries if one["is_exact"] and not one["is_line"]]


def _key(text: str) -> str:
    """Return what two ways to write one name have in common; '' for degrees."""
    if re.fullmatch(typed.DEGREES, text.strip()):
        return ""
    return " ".join(map(fold, spoken_words(text)))
