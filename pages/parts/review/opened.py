"""Opened: which entry lies open, how it was when it was opened, and what became of a decision."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from geo import clock
from geo.errors import GeoError
from geo.i18n import Words
from geo.store import keeping
from geo.trust import desk
from geo.trust.decisions import Decision
from geo.trust.desk import Desk
from pages.parts import session
from pages.parts.review import who

ENTRY, SEEN, TURN, SAID = "review_entry", "review_seen", "review_turn", "review_said"


def laid() -> Desk:
    """Return what lies before a keeper now.

    Raises
    ------
    CatalogueError : a file cannot be read
    ReportsError : the reports cannot be read
    """
    return desk.lay(keeping.read())


def entry() -> str:
    """Return the id of the entry that lies open, '' if none does."""
    return str(st.session_state.get(ENTRY, ""))


def seen(now: Mapping[str, str]) -> dict[str, str]:
    """Return the entry as it was when it was opened; `now` is how it is."""
    kept: dict[str, str] = st.session_state.setdefault(SEEN, dict(now))
    return kept


def key(name: str) -> str:
    """Return the key of a widget that begins anew with each look at an entry."""
    return f"review_{entry()}_{st.session_state.get(TURN, 0)}_{name}"


def turn_to(own: str) -> None:
    """Open an entry, or none for ''; what was typed before is dropped."""
    st.session_state[ENTRY] = own
    st.session_state.pop(SAID, None)
    look_again()


def turn_to_typed() -> None:
    """Open the entry whose id was typed."""
    turn_to(st.session_state["review_id"].strip())


def look_again() -> None:
    """Look at the open entry as it is now."""
    st.session_state.pop(SEEN, None)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def look_at(own: str, numbers: tuple[int, ...]) -> None:
    """Note that reports were looked at, of an entry or of what is missing."""
    save(Decision("reports", own, ""), numbers)


def save(wanted: Decision, numbers: tuple[int, ...] | None = None) -> None:
    """Write a decision down in the role that the one who is here has at this moment."""
    say, role = session.words(), who.role()
    if not role:
        st.session_state[SAID] = say("Nothing was saved: log in again.")
        return
    decided = replace(wanted, role=role)
    try:
        act, closed = desk.save(keeping.read(), decided, clock.today(), numbers)
    except (GeoError, OSError) as error:
        st.session_state[SAID] = f"{say('Nothing was saved.')}\n{error}"
        return
    told = [say("Saved. {act}", act=desk.told(act, say))]
    if closed:
        told.append(say.many("{n} report is closed.", "{n} reports are closed.", closed))
    st.session_state[SAID] = "\n".join(told)
    look_again()


def tell(say: Words) -> None:
    """Draw what became of the last decision."""
    if said := st.session_state.get(SAID):
        with st.container(border=True, key="review_said"):
            st.text(said)
            st.button(say("All right"), key="review_heard", on_click=_heard)


def _heard() -> None:
    st.session_state.pop(SAID, None)
