"""Findings: the answer to a planner: the finding, the map, what is behind it, what to take away."""

from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import areas, clock
from geo.catalogue.keeper import Edition
from geo.gaps import classes, export, on_map, sentences
from geo.gaps.answer import Answer
from geo.gaps.classes import Shading
from geo.gaps.memo import content, layout
from geo.i18n import Words, mark
from geo.web import base_map
from pages.parts import components, service_map
from pages.parts.gaps import best_sites, map_points, tables, what_if

TABS = {
    mark("Where"): tables.where,
    mark("Who"): tables.who,
    mark("How sure"): tables.sure,
    mark("Where next"): best_sites.show,
    mark("What if?"): what_if.show,
    mark("Method"): tables.method,
}


def show(
    edition: Edition,
    answer: Answer,
    figure: str,
    top: DeltaGenerator,
    side: DeltaGenerator,
    say: Words,
) -> None:
    """Draw the finding at the top, the legend at the side, the rest below."""
    shades = classes.shade(answer, figure, say)
    lines = [*sentences.notes(answer, say), sentences.standard(answer, say)]
    with top:
        headline = sentences.headline(answer, say)
        components.panel({"headline": headline, "lines": lines}, key="headline")
    tabs = st.tabs([say(name) for name in TABS], key="gaps_tab", on_change="rerun")
    for tab, draw in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                draw(edition, answer, say)
    with side:
        _legend(edition, answer, shades, say)
    _take_away(edition, answer, shades, say)


def show_nothing(edition: Edition, say: Words) -> None:
    """Tell the map that there is nothing to show."""
    shown = service_map.message(edition, [], say)
    nothing = {**shown, "cells": None, "sites": [], "asks": False}
    components.panel({"map": nothing}, key="legend")


def _legend(edition: Edition, answer: Answer, shades: Shading, say: Words) -> None:
    colours = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in shades.colours]
    classed = zip(
        [*colours, None], [*shades.labels, say("none to reach")], shades.people, strict=True
    )
    rows = [
        {"colour": colour, "label": label, "people": sentences.people(people, say)}
        for colour, label, people in classed
        if people or colour
    ]
    notes = [
        say("White dots: the places that count. A broken ring: only its city or ZIP is known."),
        say("Areas are drawn around the middles of block groups. They are not the true outlines."),
    ]
    counted = answer.services.index[answer.services["counted"]].to_numpy()
    view = base_map.view(areas.load().get(answer.question.county))
    shown: service_map.MapMessage = {
        **service_map.message(edition, counted, say, view),
        "cells": _cells(answer, shades, colours, say),
        "sites": best_sites.best_points(answer),
        "asks": map_points.asked(),
    }
    legend = {"title": shades.title, "rows": rows, "notes": notes}
    did = components.panel({"legend": legend, "map": shown}, key="legend")
    map_points.take(did.spot)


def _cells(answer: Answer, shades: Shading, colours: list[str], say: Words) -> dict[str, Any]:
    """Return the class of each area, and what the map says of it: see map/cells.js."""
    far = {"minutes": say("{n} minutes to", n="{n}"), "miles": say("{n} miles to", n="{n}")}
    words = {
        "people": say("People: {n}", n="{n}"),
        "far": far[answer.question.measure],
        "none": say("None to reach"),
        "edge": say("The county line is nearer. A nearer place may lie beyond it."),
    }
    return on_map.classes_and_shares(answer, shades.kinds) | {"colours": colours, "words": words}


def _take_away(edition: Edition, answer: Answer, shades: Shading, say: Words) -> None:
    st.subheader(say("Take away"), anchor=False)
    kinds = (
        (say("Memo of one page (PDF)"), partial(_memo, edition, answer, shades, say), "pdf"),
        (say("Table (CSV)"), partial(export.as_csv, answer), "csv"),
        (say("Map (GeoJSON)"), partial(export.as_geojson, answer), "geojson"),
    )
    mimes = {"pdf": "application/pdf", "csv": "text/csv", "geojson": "application/geo+json"}
    with st.container(horizontal=True):
        for label, make, kind in kinds:
            name = f"service-gaps-{answer.question.type}.{kind}"
            st.download_button(label, make, name, mimes[kind], key=kind, on_click="ignore")


def _memo(edition: Edition, answer: Answer, shades: Shading, say: Words) -> bytes:
    day = clock.now().date()
    return layout.write(
        content.memo(answer, shades, edition, day, say, best_sites.best_points(answer)), say
    )
