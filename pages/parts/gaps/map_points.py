"""Map points: points that a planner chose on the map; they stay in the session."""

from dataclasses import replace
from typing import Any

import streamlit as st

from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.gaps import own_points
from geo.gaps.answer import Answer
from geo.gaps.sites.candidates import Candidate
from geo.i18n import Words
from geo.travel import engines
from pages.parts.gaps import own_data

SPOTS, ASKS = "gaps_spots", "gaps_asks"
OWN, UPLOAD, TROUBLE = "gaps_own", "gaps_own_file", "gaps_own_trouble"
MOST = 50


def ask(answer: Answer, say: Words) -> None:
    """Ask for points on the map, say who is told of them, and list those there are."""
    st.session_state[ASKS] = True
    known = chosen(say)
    st.text(say("Click on the map where it could be."))
    if engines.sends_own_points(answer.question.mode):
        st.text(say("To find travel times, this site sends these points to a routing server."))
    elif answer.question.engine in engines.SERVERS:
        st.text(
            say(
                "These points are not sent to the routing server. What is there now and what would "
                "be are both worked out here, without it."
            )
        )
    _upload(say)
    if known:
        st.text(", ".join(spot.name for spot in known))
        st.button(say("Remove these points"), on_click=clear)


def chosen(say: Words) -> list[Candidate]:
    """Return the points chosen so far."""
    spots = st.session_state.get(SPOTS, [])
    tapped = [Candidate(say("Point {n}", n=n), *spot) for n, spot in enumerate(spots, 1)]
    return [*st.session_state.get(OWN, []), *tapped]


def _upload(say: Words) -> None:
    """Ask for a file of points; they replace those of the file before, and stay in the session."""
    file = st.file_uploader(
        say("Or choose a file of points: CSV with name, lat and lon, or GeoJSON"),
        key=UPLOAD,
        on_change=_take_file,
    )
    st.text(say("It stays in this session. Nothing of it is kept."))
    if file and (trouble := st.session_state.get(TROUBLE)):
        st.text(trouble.told(say))


def _take_file() -> None:
    st.session_state.pop(TROUBLE, None)
    file = st.session_state[UPLOAD]
    try:
        st.session_state[OWN] = own_points.read(file.getvalue()) if file else []
    except QuestionError as error:
        st.session_state[TROUBLE] = error


def before(edition: Edition, answer: Answer) -> Answer:
    """Return the answer that such points are set against: by an engine that may know them.

    Ways that one engine measured are not compared with those of another.
    """
    engine, mode = answer.question.engine, answer.question.mode
    if engine in engines.SERVERS and not engines.sends_own_points(mode):
        question = replace(answer.question, engine=engines.best(mode))
        return own_data.answer(edition, question, answer.own)
    return answer


def asked() -> bool:
    """Return whether this run asked for a point."""
    return bool(st.session_state.pop(ASKS, False))


def take(spot: Any) -> None:
    """Keep a point that was chosen on the map, and draw the page with it."""
    if not spot:
        return
    known = st.session_state.setdefault(SPOTS, [])
    if len(known) < MOST:
        known.append((float(spot["lat"]), float(spot["lon"])))
    st.rerun()


def clear() -> None:
    """Forget the points."""
    st.session_state.pop(SPOTS, None)
    st.session_state.pop(OWN, None)
