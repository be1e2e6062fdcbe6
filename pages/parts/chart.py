"""Chart: the map on a page; drawn once, and never loaded anew.

Only pages may import this: what imports `streamlit_folium` before the server runs has no map.
"""

import streamlit as st
from streamlit_folium import st_folium

from geo import maps
from geo.catalogue import Edition
from geo.web import assets


def draw(edition: Edition, height: int, *more: str) -> None:
    """Draw the map; it is the same for every question, so that it is never loaded anew.

    `more` names further parts of it, such as 'cells'.
    """
    fixed = assets.fixed()
    data = {name: fixed[f"{name}.json"].address for name in ("ground", *more)}
    drawn = maps.build(
        [fixed[name].address for name in ("leaflet.js", "map/boot.js")],
        [fixed[name].address for name in ("leaflet.css", "map/map.css")],
        {"script": fixed["map/main.js"].address, "points": assets.points(edition).address, **data},
    )
    with st.container(key="map"):
        st_folium(drawn, key="map", returned_objects=[], use_container_width=True, height=height)
