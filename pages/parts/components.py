"""Components: pieces of a page drawn by our own script, which sets every text as text."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from geo.web import assets

_LOADER = """
export default (component) => {{
  const address = new URL("{address}", document.baseURI).href;
  import(address).then((script) => script.default(component, "{style}"));
}};
"""


@cache
def _component(name: str, look: str = "") -> Any:
    script, style = assets.fixed()[f"{name}.js"], assets.fixed().get(f"{look or name}.css")
    loader = _LOADER.format(address=script.address, style=style.address if style else "")
    return st.components.v2.component(f"service_map_{name}", js=loader)


def cards(data: dict[str, Any], key: str, on_picked: Callable[[], None] | None = None) -> Any:
    """Draw the list of places and lines; return what a reader did.

    `picked` is the number of a place chosen on the map, `go` the id of one to be opened.
    """
    did = {"on_picked_change": on_picked or _nothing, "on_go_change": _nothing}
    return _component("cards")(data=data, key=key, **did)


def stops(data: dict[str, Any], key: str, on_did: Callable[[], None] | None = None) -> Any:
    """Draw lists of stops with buttons; `did` is what a reader pressed: `act` and `key`."""
    return _component("stops", "cards")(data=data, key=key, on_did_change=on_did or _nothing)


def frame(data: dict[str, Any]) -> None:
    """Tell the page shell the language and the words of the exit."""
    _component("frame")(data=data, key="frame")


def _nothing() -> None:
    """Do nothing: the value is read in the same run."""
