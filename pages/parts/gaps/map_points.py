"""Map points: points that a planner chose on the map; they stay in the session."""

from typing import Any

import streamlit as st

from geo.gaps.sites.candidates import Candidate
from geo.i18n import Words

SPOTS, ASKS = "gaps_spots", "gaps_asks"
MOST = 50


def ask(say: Words) -> None:
    """Ask for points on the map, and list those there are."""
    st.session_state[ASKS] = True
    known = chosen(say)
    st.text(say("Click on the map where it could be."))
    if known:
        st.text(", ".join(spot.name for spot in known))
        st.button(say("Remove these points"), on_click=clear)


def chosen(say: Words) -> list[Candidate]:
    """Return the points chosen so far."""
    spots = st.session_state.get(SPOTS, [])
    return [Candidate(say("Point {n}", n=n), *spot) for n, spot in enumerate(spots, 1)]


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
