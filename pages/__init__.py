"""Pages: the only Streamlit code, one thin file a page."""
