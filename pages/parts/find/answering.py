"""Answering: the first places of an answer of the store, as a list and on the map."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from geo import clock, settings
from geo.catalogue import provenance, records, wording
from geo.catalogue.places import Entry
from geo.catalogue.wording import Moment, Row
from geo.errors import StoreError
from geo.i18n import Words
from geo.search import crises, sentences
from geo.search.query import Query
from geo.store import first
from geo.store.first import First
from pages.parts import components, service_map

FOUND = "found"
MOST, MOST_LINES = 50, 2


def answer(query: Query, say: Words, now: datetime) -> None:
    """Draw the answer; to who asks for nothing, only how to ask, and the map."""
    picked = str((st.session_state.get(FOUND) or {}).get("picked") or "")
    told = [say("Write what you need, or choose a town.")]
    chosen: Sequence[Entry] = ()
    answered = None
    url = settings.read().store_url
    try:
        if picked:
            chosen = first.place(url, picked)
        if query.words.strip() or query.where or query.types:
            answered = first.answered(url, query, now, MOST, MOST_LINES)
            told = _told(answered, say)
    except StoreError:
        told = [
            say("Our server cannot answer this just now. Choose a town, or try again later."),
            say("You can call 211."),
        ]
    components.found(
        {
            "told": told,
            "crisis": _crisis(query.words, answered, say),
            "chosen": _rows(chosen, say, Moment(now)),
            "lines": _rows(answered.lines, say, Moment(now)) if answered else [],
            "rows": _places(answered, say, Moment(now)) if answered else [],
            "groups": [{"sign": group.shape, "theme": group.theme} for group in records.GROUPS],
            "words": _words(say),
            "map": _on_map(query, answered, say),
        },
        key=FOUND,
    )


def _told(answered: First, say: Words) -> list[str]:
    found = answered.found
    told = [sentences.headline(found, say), *sentences.notes(found, say)]
    if len(found.places) > MOST:
        told.append(say("Here are the first {n}. Ask for less to see the others.", n=MOST))
    return told


def _crisis(words: str, answered: First | None, say: Words) -> dict[str, Any] | None:
    """Return what is said and called first, where the words tell of a danger to life."""
    crisis = crises.meant(words) or crises.meant(answered.found.understood if answered else "")
    if crisis is None:
        return None
    calls = [
        {"href": wording.dial(phone), "label": f"{say('Call')} {phone}"} for phone in crisis.phones
    ]
    if "911" not in crisis.phones:
        calls.append({"href": "tel:911", "label": f"{say('In danger')}: 911"})
    return {"told": say(crisis.told), "calls": calls}


def _places(answered: First, say: Words, moment: Moment) -> list[Row]:
    """Return the rows of the places, by their numbers in the catalogue."""
    found, many = answered.found, len(answered.places)
    far = found.distance_m[:many], found.bearing_deg[:many], found.where
    rows = wording.rows(answered.places, range(many), say, moment, *far)
    for row, number in zip(rows, found.places[:many].tolist(), strict=True):
        row["i"] = number
    return _with_sources(rows, answered.places, say)


def _rows(entries: Sequence[Entry], say: Words, moment: Moment) -> list[Row]:
    return _with_sources(wording.rows(entries, range(len(entries)), say, moment), entries, say)


def _with_sources(rows: list[Row], entries: Sequence[Entry], say: Words) -> list[Row]:
    for row, entry in zip(rows, entries, strict=True):
        row["sources"] = provenance.listed(entry, say, clock.today())
    return rows


def _words(say: Words) -> dict[str, str]:
    return {
        "call": say("Call"),
        "more": say("More about this place"),
        "map": say("Show on map"),
        "now": say("Call or text now"),
        "chosen": say("Chosen on the map"),
        "link": say("Link to this place"),
        "copied": say("The link is copied."),
        "copy": say("Copy the link from here."),
        "website": say("Website"),
        "directions": say("Directions"),
        "outside": say("Website and directions open another site, which then knows you came."),
        "from": say("Where this is from"),
        "unknown": say("Not listed. Ask when you call:"),
    }


def _on_map(query: Query, answered: First | None, say: Words) -> service_map.MapMessage:
    where = answered.found.where if answered else query.where
    numbers = answered.found.places[: len(answered.places)].tolist() if answered else []
    entries = answered.places if answered else []
    spots = [
        (number, entry["lat"], entry["lon"])
        for number, entry in zip(numbers, entries, strict=True)
        if entry["has_point"]
    ]
    return service_map.tiled_message(query, numbers, spots, where, say)
