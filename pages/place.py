"""Place: everything known of it, and what is not."""

import streamlit as st

from geo import clock
from geo.catalogue import records, wording
from pages.parts import components, server, session
from pages.parts.find import results

say, entries = session.words(), server.edition().entries
asked = st.query_params.get("id", "")
found = [number for number, entry in enumerate(entries) if entry["id"] == asked]

st.page_link("find.py", label=say("Back to the list"))
if not found:
    st.title(say("This place is not on the list"), anchor=False)
    st.text(say("It may have closed or moved. Search again, or call 211."))
    st.stop()
rows = wording.rows(entries, found, say, wording.Moment(clock.now()))
rows[0]["sources"] = wording.sources(entries[found[0]], say)
components.cards(
    {
        "rows": rows,
        "groups": [{"sign": group.shape, "theme": group.theme} for group in records.GROUPS],
        "words": results.words(say),
        "full": True,
    },
    key="place",
)
