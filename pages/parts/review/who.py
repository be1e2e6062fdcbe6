"""Who: which role the one who has logged in has; anybody else sees a refusal and nothing more."""

import logging
from collections.abc import Mapping

import streamlit as st

from geo import clock, settings
from geo.errors import CatalogueError
from geo.i18n import Words
from geo.trust import keepers

log = logging.getLogger(__name__)


def claims() -> Mapping[str, object]:
    """Return what the log-in provider says of whoever is here; nothing if nobody logged in."""
    return st.user.to_dict() if st.user.get("is_logged_in") else {}


def role() -> str:
    """Return the role of whoever is here, '' if they may not be; the list is read each time."""
    listed, said = settings.read().reviewers, claims()
    if listed is None or not keepers.is_recent(said, clock.now()):
        return ""
    try:
        return keepers.role(keepers.read(listed), said)
    except CatalogueError as error:
        log.error("%s", error)
        return ""


def ask(say: Words) -> None:
    """Draw the way in for who is not logged in, and a refusal for who is but may not be here."""
    if not keepers.is_recent(claims(), clock.now()):
        st.text(say("This page is for those who look after the list. A log-in counts 12 hours."))
        st.button(say("Log in"), key="review_log_in", on_click=st.login)
        return
    st.text(say("This account is not on the list of those who may review. Ask who runs this site."))
    leave(say)


def leave(say: Words) -> None:
    """Draw the way out."""
    st.button(say("Log out"), key="review_log_out", on_click=st.logout)
