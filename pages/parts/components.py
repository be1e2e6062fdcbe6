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
def _component(name: str) -> Any:
    script, style = assets.fixed()[f"{name}.js"], assets.fixed().get(f"{name}.css")
    loader = _LOADER.format(address=script.address, style=style.address if style else "")
    return st.components.v2.component(f"service_map_{name}", js=loader)


def cards(data: dict[str, Any], key: str, on_picked: Callable[[], None] | None = None) -> Any:
    """Draw the list of places and lines; return what a reader did.

    `picked` is the number of a place chosen on the map, `go` the id of one to be opened.
    """
    did = {"on_picked_change": on_picked or _nothing, "on_go_change": _nothing}
    return _component("cards")(data=data, key=key, **did)


def frame(data: dict[str, Any]) -> None:
    """Tell the page shell the language, the words of the exit and one that Streamlit lacks."""
    _component("frame")(data=data, key="frame")


def _nothing() -> None:
    """Do nothing: the value is read in the same run."""
