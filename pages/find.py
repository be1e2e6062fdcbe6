"""Find: the questions and the answer, which the browser of a reader works out, and the map."""

import dataclasses

import streamlit as st

from geo import clock
from geo.addresses import typed
from geo.areas import Area
from geo.i18n import Words
from geo.streets import store
from geo.web import find_files
from pages.parts import components, server, service_map, session

FIND = "find"


def find(say: Words) -> None:
    """Draw the page; a typed address is looked up here, for only this server has the streets."""
    files = find_files.of(edition, say.language, clock.today())
    asked = st.session_state.get(FIND) or {}
    address = str(asked.get("address") or "")[:100]
    components.find(
        {
            "files": dataclasses.asdict(files),
            "sorry": say("The list cannot be shown right now. Please call 211."),
            "streets": store.current() is not None,
            "spot": _spot(address, say) if address else None,
            "map": service_map.words(say),
        },
        key=FIND,
    )


def _spot(address: str, say: Words) -> dict[str, object]:
    spot = typed.find(address, store.current())
    return {"asked": address, "told": typed.tell(spot, say), "area": _told(spot.area)}


def _told(area: Area | None) -> list[object] | None:
    """Return an area as the page's own engine has them."""
    return [area.key, area.kind, area.name, area.county, area.lat, area.lon] if area else None


say, edition = session.words(), server.edition()
if st.query_params:  # the browser's way back from a place brings its id along
    st.query_params.clear()
left, right = st.columns([5, 6], gap="medium")
with left, st.container(key="results"):
    find(say)
with right:
    service_map.draw(edition, 600)
