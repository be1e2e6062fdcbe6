"""Study: the answer to a planner's question: the finding, the map, what is behind, to take away."""

from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import areas, briefs, demand, figures, findings, gaps, i18n, maps, shading
from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.formats import memo
from geo.gaps import Answer, Question
from geo.i18n import Words, mark
from geo.shading import Shading
from geo.streets import store
from pages.parts import behind, changes, components, session, sight, sites, spots

TABS = {
    mark("Where"): behind.where,
    mark("Who"): behind.who,
    mark("How sure"): behind.sure,
    mark("Where next"): sites.show,
    mark("What if?"): changes.show,
    mark("Method"): behind.method,
}


def answer(edition: Edition, question: Question) -> Answer:
    """Return the answer to a question, from memory if it was asked just now."""
    known = store.current()
    return _answer(edition, question, known.mark if known else "")


def warm(edition: Edition) -> None:
    """Answer one question, so that the first planner does not wait for what all answers need."""
    with suppress(QuestionError):
        shading.shade(answer(edition, Question("clinic")), "access", i18n.words("en"))


def show(
    edition: Edition,
    found: Answer,
    figure: str,
    top: DeltaGenerator,
    side: DeltaGenerator,
    say: Words,
) -> None:
    """Draw the finding at the top, the legend at the side, the rest below."""
    shades = shading.shade(found, figure, say)
    lines = [*findings.notes(found, say), findings.standard(found, say)]
    with top:
        headline = findings.headline(found, say)
        components.panel({"headline": headline, "lines": lines}, key="headline")
    tabs = st.tabs([say(name) for name in TABS], key="gaps_tab", on_change="rerun")
    for tab, draw in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                draw(edition, found, say)
    with side:
        _legend(edition, found, shades, say)
    _take_away(edition, found, shades, say)


def show_nothing(edition: Edition, say: Words) -> None:
    """Tell the map that there is nothing to show."""
    told = {"cells": None, "sites": [], "asks": False}
    components.panel({"map": sight.told(edition, [], say) | told}, key="legend")


@lru_cache(maxsize=16)
def _answer(edition: Edition, question: Question, _: str) -> Answer:
    return gaps.answer(edition.places, demand.load(), question)


def _legend(edition: Edition, found: Answer, shades: Shading, say: Words) -> None:
    colours = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in shades.colours]
    classes = zip(
        [*colours, None], [*shades.labels, say("none to reach")], shades.people, strict=True
    )
    rows = [
        {"colour": colour, "label": label, "people": findings.people(people, say)}
        for colour, label, people in classes
        if people or colour
    ]
    notes = [
        say("White dots: the places that count. A broken ring: only its city or ZIP is known."),
        say("Areas are drawn around the middles of block groups. They are not the true outlines."),
    ]
    counted = found.services.index[found.services["counted"]].to_numpy()
    view = maps.view(areas.load().get(found.question.county))
    told = sight.told(edition, counted, say, view) | {
        "cells": _cells(found, shades, colours, say),
        "sites": sites.points(found),
        "asks": spots.asked(),
    }
    legend = {"title": shades.title, "rows": rows, "notes": notes}
    did = components.panel({"legend": legend, "map": told}, key="legend")
    spots.take(did.spot)


def _cells(found: Answer, shades: Shading, colours: list[str], say: Words) -> dict[str, Any]:
    """Return the class of each area, and what the map says of it: see cells.js."""
    far = {"minutes": say("{n} minutes to", n="{n}"), "miles": say("{n} miles to", n="{n}")}
    words = {
        "people": say("People: {n}", n="{n}"),
        "far": far[found.question.measure],
        "none": say("None to reach"),
        "edge": say("The county line is nearer. A nearer place may lie beyond it."),
    }
    return figures.as_cells(found, shades.kinds) | {"colours": colours, "words": words}


def _take_away(edition: Edition, found: Answer, shades: Shading, say: Words) -> None:
    st.subheader(say("Take away"), anchor=False)
    kinds = (
        (say("Memo of one page (PDF)"), partial(_memo, edition, found, shades, say), "pdf"),
        (say("Table (CSV)"), partial(figures.as_csv, found), "csv"),
        (say("Map (GeoJSON)"), partial(figures.as_geojson, found), "geojson"),
    )
    mimes = {"pdf": "application/pdf", "csv": "text/csv", "geojson": "application/geo+json"}
    with st.container(horizontal=True):
        for label, make, kind in kinds:
            name = f"service-gaps-{found.question.type}.{kind}"
            st.download_button(label, make, name, mimes[kind], key=kind, on_click="ignore")


def _memo(edition: Edition, found: Answer, shades: Shading, say: Words) -> bytes:
    day = session.now().date()
    return memo.write(briefs.memo(found, shades, edition, day, say, sites.points(found)), say)
