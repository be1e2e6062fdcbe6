"""Session: what is a reader's own: the language, and the answers given so far."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo import i18n

KEPT = "kept"


def language() -> str:
    """Return the language a reader chose; before that, the one the browser asks for."""
    chosen = st.session_state.get("language")
    return chosen or i18n.wanted(st.context.headers.get("Accept-Language"))


def words() -> i18n.Words:
    """Return the words of the reader's language."""
    return i18n.words(language())


def kept(key: str, *first: Any) -> dict[str, Any]:
    """Return the arguments of a widget whose value stays while a reader goes from page to page.

    `first`, if given, is its value until a reader chooses another.
    """
    for value in first:
        st.session_state.setdefault(key, value)
    st.session_state.setdefault(KEPT, set()).add(key)
    return {"key": key, "persist_state": "session"}


class Answers:
    """The answers that some widgets hold, by key; each has a blank one until a reader gives it."""

    def __init__(self, blank: Mapping[str, Any]) -> None:
        self._blank = blank

    def kept(self, key: str) -> dict[str, Any]:
        """Return the arguments of the widget that asks for an answer."""
        return kept(key, self._blank[key])

    def value(self, key: str) -> Any:
        """Return an answer, whether its widget is drawn or not."""
        return st.session_state.get(key, self._blank[key])

    def values(self) -> dict[str, Any]:
        """Return all answers."""
        return {key: self.value(key) for key in self._blank}

    def clear(self, *keys: str) -> None:
        """Set these answers back; all, if none is named."""
        st.session_state.update({key: self._blank[key] for key in keys or self._blank})


def reword() -> None:
    """Give every answer once more: a widget shows and sends the words it was last given.

    Without this a select box would go on in the language before, and what it sends would be
    none of its options any more.
    """
    given = [key for key in st.session_state.get(KEPT, ()) if key in st.session_state]
    st.session_state.update({key: st.session_state[key] for key in given})


def dark() -> bool:
    """Return whether the reader sees light words on dark ground."""
    return st.context.theme.type == "dark"
