"""Components: pieces of a page drawn by our own script, which sets every text as text."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import streamlit as st

from geo.gaps import sentences
from geo.i18n import Words
from geo.web import assets

_LOADER = """
export default (component) => {{
  const address = new URL("{address}", document.baseURI).href;
  const drawn = import(address).then((script) => script.default(component));
  return () => drawn.then((end) => end());
}};
"""


@cache
def _component(name: str, is_apart: bool = True) -> Any:
    """Return a component; the styles of the page are not its own if it `is_apart`."""
    script = assets.fixed()[f"{name}/{name}.js"]
    loader = _LOADER.format(address=script.address)
    return st.components.v2.component(f"service_map_{name}", js=loader, isolate_styles=is_apart)


def cards(data: dict[str, Any], key: str) -> Any:
    """Draw one place in full."""
    return _component("cards")(data=data, key=key)


def find(data: dict[str, Any], key: str) -> Any:
    """Draw the page of a reader; `address` is one that the reader asks this server to look for."""
    return _component("find")(data=data, key=key, on_address_change=_nothing)


def found(data: dict[str, Any], key: str) -> None:
    """Draw the first places of an answer of this server; and tell the map.

    `picked` is the id of a place that a reader chose on the map and that is not among them.
    """
    _component("found")(data=data, key=key, on_picked_change=_nothing)


def panel(data: dict[str, Any], key: str, on_spot: Callable[[], None] | None = None) -> Any:
    """Draw a finding, a legend, a table to sort: what there is of them; and tell the map.

    `spot` is the point, lat and lon in degrees, that a reader chose on a map that asks for one.
    """
    return _component("panel")(data=data, key=key, on_spot_change=on_spot or _nothing)


def table(
    caption: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Any]],
    say: Words,
    shown: int = 12,
) -> dict[str, Any]:
    """Return the table of a panel, to sort by any column; `shown` rows first, then all on demand.

    A column is its heading and its kind, one of `sentences.KINDS`; each cell is sent with the words
    for it.
    """
    kinds = [kind for _, kind in columns]
    return {
        "caption": caption,
        "columns": [{"label": label, "kind": kind} for label, kind in columns],
        "rows": [
            [sentences.cell(value, kind, say) for value, kind in zip(row, kinds, strict=True)]
            for row in rows
        ],
        "shown": shown,
        "more": say("Show all {n} rows", n=say.number(len(rows))),
    }


def stops(data: dict[str, Any], key: str, on_did: Callable[[], None] | None = None) -> Any:
    """Draw lists of stops with buttons; `did` is what a reader pressed: `act` and `key`."""
    return _component("stops")(data=data, key=key, on_did_change=on_did or _nothing)


def files(data: dict[str, Any], key: str) -> Any:
    """Draw buttons for files; `asked` is which was pressed, `key`, and which `turn` that is."""
    return _component("files")(data=data, key=key, on_asked_change=_nothing)


def file(head: dict[str, Any], body: bytes, key: str) -> None:
    """Hand a file to the page that asked for it in this `turn`: as files.js reads it."""
    _component("files")(data=json.dumps(head).encode() + b"\n" + body, key=key)


def held(data: dict[str, Any], key: str, on_back: Callable[[], None]) -> None:
    """Let the page hold something; `back` is what it gives back to a session that knows nothing."""
    _component("held")(data=data, key=key, on_back_change=on_back)


def frame(data: dict[str, Any]) -> None:
    """Draw the numbers to call in danger; tell the page shell the language and its words."""
    _component("frame", is_apart=False)(data=data, key="frame")


def _nothing() -> None:
    """Do nothing: the value is read in the same run."""
