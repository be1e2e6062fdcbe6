"""Empty: a Streamlit page with nothing on it: what any page of Streamlit costs."""
