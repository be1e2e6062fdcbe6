"""Place: everything known of it, and what is not."""

import streamlit as st

from geo import clock, settings
from geo.catalogue import provenance, records, wording
from geo.web.plain import address
from pages.parts import components, server, session

say, entries = session.words(), server.edition().entries
asked = st.query_params.get("id", "")
found = [number for number, entry in enumerate(entries) if entry["id"] == asked]

st.page_link("find.py", label=say("Back to the list"))
if not found:
    st.title(say("This place is not on the list"), anchor=False)
    st.text(say("It may have closed or moved. Search again, or call 211."))
    st.stop()
rows = wording.rows(entries, found, say, wording.Moment(clock.now()))
rows[0]["sources"] = provenance.listed(entries[found[0]], say, clock.today())
components.cards(
    {
        "rows": rows,
        "report": address.report(say.language, asked) if settings.read().reports else "",
        "groups": [{"sign": group.shape, "theme": group.theme} for group in records.GROUPS],
        "words": {
            "call": say("Call"),
            "website": say("Website"),
            "directions": say("Directions"),
            "outside": say("Website and directions open another site, which then knows you came."),
            "wrong": say("Is something wrong here?"),
            "from": say("Where this is from"),
            "unknown": say("Not listed. Ask when you call:"),
        },
    },
    key="place",
)
