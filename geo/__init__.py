"""Geo: the library of the service map: typed, without Streamlit, usable by itself."""
