"""Find: the questions and the answer, which the browser of a reader works out, and the map.

Where the catalogue is too large for a browser, this server answers, and says so.
"""

import dataclasses

import streamlit as st

from geo import clock
from geo.addresses import typed
from geo.areas import Area
from geo.i18n import Words
from geo.store import served
from geo.streets import store
from geo.web import find_files
from pages.parts import components, server, service_map, session
from pages.parts.find import answering, asking

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


def ask(say: Words) -> None:
    """Draw the page where this server answers: nothing is sent before a button is pressed."""
    st.title(say("Find help near you"), anchor=False)
    st.info(
        say(
            "This list is too long for your browser. So what you write and choose here goes to our "
            "server when you press the button, and a place when you press it on the map. The "
            "server does not write it down. It forgets it soon after you close this page. The map "
            "asks for the part you look at and the filters you choose, not for your words."
        )
    )
    now = clock.now()
    answering.answer(asking.ask(say, now, server.languages(edition)), say, now)


def _spot(address: str, say: Words) -> dict[str, object]:
    spot = typed.find(address, store.current())
    return {"asked": address, "told": typed.tell(spot, say), "area": _told(spot.area)}


def _told(area: Area | None) -> list[object] | None:
    """Return an area as the page's own engine has them."""
    return [area.key, area.kind, area.name, area.county, area.lat, area.lon] if area else None


say, edition = session.words(), server.edition()
tiles = served.tiles_of(edition)
if st.query_params:  # the browser's way back from a place brings its id along
    st.query_params.clear()
left, right = st.columns([5, 6], gap="medium")
with left, st.container(key="results"):
    if tiles:
        ask(say)
    else:
        find(say)
with right:
    if tiles:
        service_map.draw_tiled(tiles, 600)
    else:
        service_map.draw(edition, 600)
