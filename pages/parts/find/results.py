"""Results: what was found, as cards, and the way on when nothing was."""

import streamlit as st

from geo import clock
from geo.catalogue import records, wording
from geo.catalogue.keeper import Edition
from geo.i18n import Words
from geo.search.query import Found, Query
from geo.web import base_map
from pages.parts import components, service_map
from pages.parts.find import questions

CARDS = "results"
STEP = 20
FIRST_LINES = 2


def show(edition: Edition, query: Query, found: Found, say: Words) -> None:
    """Draw the count, the lines to call, the nearest places, and more on demand."""
    if st.session_state.get("find_asked") != questions.answers():
        st.session_state.update(find_asked=questions.answers(), find_shown=STEP, find_picked=-1)
    if not len(found.places):
        _explain(query, found, say)
    did = components.cards(_data(edition, query, found, say), key=CARDS, on_picked=_pick)
    if did.go:
        st.switch_page("place.py", query_params={"id": did.go})
    left = len(found.places) - st.session_state["find_shown"]
    if left > 0:
        label = say.many("Show {n} more", "Show {n} more", min(STEP, left))
        st.button(label, on_click=_more, width="stretch")
    if query != Query():
        st.button(say("Clear all filters"), key="find_clear", on_click=questions.clear)


def _data(edition: Edition, query: Query, found: Found, say: Words) -> dict[str, object]:
    entries, moment = (
        edition.entries,
        wording.Moment(query.open_at or clock.now(), questions.chosen_moment()),
    )
    shown = st.session_state["find_shown"]
    rows = wording.rows(
        entries,
        found.places[:shown],
        say,
        moment,
        found.distance_m[:shown],
        found.bearing_deg[:shown],
    )
    total = len(found.places)
    for number, row in enumerate(rows, 1):
        row["spot"] = say("{n} of {total}", n=number, total=total)
        if row["distance"] and query.where:
            row["distance"] = say("{way} of {place}", way=row["distance"], place=query.where.name)
    picked = st.session_state["find_picked"]
    if picked >= 0 and picked not in found.places[:shown] and picked < len(entries):
        rows = [*wording.rows(entries, [picked], say, moment), *rows]
        rows[0]["spot"] = say("Chosen on the map")
    return {
        "rows": rows,
        "lines": wording.rows(entries, found.lines, say, moment),
        "first": len(found.lines) if query.types == {"hotline"} else FIRST_LINES,
        "count": _count(query, found, say),
        "notes": _notes(edition, query, found, say),
        "groups": [{"sign": group.shape, "theme": group.theme} for group in records.GROUPS],
        "words": words(say) | {"more_lines": _more_lines(found, say)},
        "picked": picked,
        "full": False,
        "map": {
            **service_map.message(edition, found.places.tolist(), say, base_map.view(query.where)),
            "start": base_map.start(query.where),
        },
    }


def words(say: Words) -> dict[str, str]:
    """Return the words on the cards."""
    return {
        "lines": say("Call or text now"),
        "places": say("Places to go"),
        "call": say("Call"),
        "show": say("Show on map"),
        "details": say("Details"),
        "website": say("Website"),
        "directions": say("Directions"),
        "outside": say("Website and directions open another site, which then knows you came."),
    }


def _more_lines(found: Found, say: Words) -> str:
    n = len(found.lines) - FIRST_LINES
    return say.many("{n} more line to call or text", "{n} more lines to call or text", n)


def _count(query: Query, found: Found, say: Words) -> str:
    total = say.many("{n} place", "{n} places", len(found.places))
    if query.open_at is not None and questions.chosen_moment():
        return total
    return say("{places}, {open} known to be open now", places=total, open=say.number(found.open))


def _notes(edition: Edition, query: Query, found: Found, say: Words) -> list[str]:
    notes = []
    if spot := questions.spot():
        notes.append(say(spot.told, place=spot.place))
    if found.understood:
        notes.append(say("Searched for: {words}", words=found.understood))
    if query.open_at is not None and found.unknown:
        notes.append(
            say.many(
                "{n} more place may be open: its hours are not known.",
                "{n} more places may be open: their hours are not known.",
                found.unknown,
            )
        )
    if found.beyond is not None:
        name = edition.entries[found.beyond.place]["name"]
        way = wording.way(found.beyond.distance_m, found.beyond.bearing_deg, 0, say)
        notes.append(
            say("The nearest match elsewhere: {name}.", name=", ".join(filter(None, (name, way))))
        )
    return notes


def _explain(query: Query, found: Found, say: Words) -> None:
    if query.types == {"hotline"}:
        return
    st.header(say("Nothing fits all of this"), anchor=False)
    for name, count in found.emptied_by:
        label = say.many(
            "Without “{filter}”: {n} place",
            "Without “{filter}”: {n} places",
            count,
            filter=_filter_name(name, say),
        )
        st.button(label, key=f"find_drop_{name}", on_click=questions.clear, args=_keys(name))
    st.text(say("You can also call 211. They know places that are not on this list."))


def _filter_name(name: str, say: Words) -> str:
    return {
        "types": say("Kinds of help"),
        "words": say("What do you need?"),
        "where": say("Where?"),
        "within_miles": say("Not farther than"),
        "open_at": say("When?"),
        "languages": say("Languages spoken there"),
        "free": say("Free"),
        "walk_in": say("No appointment needed"),
        "no_documents": say("No ID or papers asked"),
        "wheelchair": say("Wheelchair access"),
    }[name]


def _keys(name: str) -> tuple[str, ...]:
    several = {
        "types": ("find_groups", "find_types"),
        "within_miles": ("find_miles",),
        "open_at": ("find_when",),
    }
    return several.get(name, (f"find_{name}",))


def _pick() -> None:
    st.session_state["find_picked"] = int(st.session_state[CARDS]["picked"])


def _more() -> None:
    st.session_state["find_shown"] += STEP
