"""Naive: the app as a tutorial would have it, to measure ours against.

One folium marker with popup and tooltip for each row, as in streamlit-folium's own first example,
the whole map built anew at each change, and a table.
Two things are done for it that a tutorial would not do: the browser gets Leaflet and jQuery from
this machine instead of from a CDN (a bench must not depend on one), and Bootstrap, Font Awesome
and Awesome Markers, which folium would load but these markers do not use, are left out. Coloured
icons, which many tutorials add and which cost 40 % more, are left out with them.
"""

import os

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

STATIC = "/app/static/leaflet"
KINDS = {
    "Food": ["food"],
    "Lawyer, papers": ["legal_aid", "immigration"],
    "Doctor, dentist": ["clinic", "hospital", "sexual_health"],
    "Jobs and GED": ["job_training"],
    "Drugs, alcohol": ["substance_use", "harm_reduction"],
    "A bed, housing": ["shelter"],
    "Family, youth, LGBTQ+": ["family_resource", "youth", "lgbtq"],
}


def main() -> None:
    """Draw the page."""
    folium.Map.default_js = [
        ("leaflet", f"{STATIC}/leaflet.js"),
        ("jquery", f"{STATIC}/jquery.min.js"),
    ]
    folium.Map.default_css = [("leaflet_css", f"{STATIC}/leaflet.css")]

    st.set_page_config(layout="wide")
    st.title("Service map")
    places = pd.read_csv(os.environ["CATALOGUE"]).dropna(subset=["latitude", "longitude"])

    chosen = [name for name in KINDS if st.sidebar.checkbox(name)]
    if chosen:
        types = {kind for name in chosen for kind in KINDS[name]}
        places = places[
            places["service_types"].map(lambda cell: not types.isdisjoint(cell.split(";")))
        ]

    m = folium.Map(location=[35.5, -118.5], zoom_start=6, tiles=None)
    for _, row in places.iterrows():
        folium.Marker(
            [row["latitude"], row["longitude"]],
            popup=f"<b>{row['name']}</b><br>{row['street']}, {row['city']}<br>{row['phone']}",
            tooltip=row["name"],
        ).add_to(m)

    st.write(f"{len(places)} places")
    st_folium(m)
    st.dataframe(places[["name", "service_types", "street", "city", "phone", "hours"]])


if __name__ == "__main__":
    main()
