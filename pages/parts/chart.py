"""Chart: the map on a page; drawn once, and never loaded anew."""

import streamlit as st
from streamlit_folium import st_folium

from geo import maps
from geo.catalogue import Edition
from geo.web import assets


def draw(edition: Edition, height: int, *more: str) -> None:
    """Draw the base map of the places; `more` names further parts, such as 'cells'."""
    fixed = assets.fixed()
    scripts = ["leaflet.js", *(f"{name}.js" for name in more), "map.js"]
    data = {name: fixed[f"{name}.json"].address for name in ("ground", *more)}
    base = maps.build(
        [fixed[name].address for name in scripts],
        [fixed[name].address for name in ("leaflet.css", "map.css")],
        {"points": assets.points(edition).address, **data},
    )
    with st.container(key="map"):
        st_folium(base, key="map", returned_objects=[], use_container_width=True, height=height)
