"""Findings: the answer to a planner: the finding, the map, what is behind it, what to take away."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import areas, clock
from geo.catalogue.keeper import Edition
from geo.gaps import classes, demand, export, on_map, question_file, report, sentences
from geo.gaps.answer import Answer
from geo.gaps.classes import Shading
from geo.gaps.memo import content, layout
from geo.i18n import Words, mark
from geo.web import base_map
from pages.parts import components, handed_out, service_map
from pages.parts.gaps import best_sites, comparison, map_points, tables, what_if
from pages.parts.gaps.questions import Asked
from pages.parts.handed_out import File

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABS = {
    mark("Where"): tables.where,
    mark("Who"): tables.who,
    mark("How sure"): tables.sure,
    mark("Where next"): best_sites.show,
    mark("What if?"): what_if.show,
    mark("Compare"): comparison.show,
    mark("Method"): tables.method,
}


def show(
    edition: Edition,
    answer: Answer,
    asked: Asked,
    top: DeltaGenerator,
    side: DeltaGenerator,
    say: Words,
) -> None:
    """Draw the finding at the top, the legend at the side, the rest below."""
    lines = [*sentences.notes(answer, say), *sentences.laws(answer, say)]
    with top:
        headline = sentences.headline(answer, say)
        components.panel({"headline": headline, "lines": lines}, key="headline")
    tabs = st.tabs([say(name) for name in TABS], key="gaps_tab", on_change="rerun")
    shades, change = None, list[str]()
    for tab, draw in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                change += draw(edition, answer, say) or []
            if draw is comparison.show:
                shades = comparison.shading(edition, answer, say)
    shades = shades or classes.shade(answer, asked.figure, say)
    with side:
        _legend(edition, answer, shades, asked.drawn, say)
    _take_away(edition, answer, shades, change, say)


def show_nothing(edition: Edition, say: Words) -> None:
    """Tell the map that there is nothing to show."""
    shown = service_map.message(edition, [], say)
    nothing = {**shown, "cells": None, "own": [], "sites": [], "asks": False}
    components.panel({"map": nothing}, key="legend")


def _legend(edition: Edition, answer: Answer, shades: Shading, drawn: str, say: Words) -> None:
    colours = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in shades.colours]
    classed = zip(colours, shades.labels, shades.people, strict=True)
    rows: list[dict[str, Any]] = [
        {"look": "", "colour": colour, "label": label, "people": sentences.people(people, say)}
        for colour, label, people in classed
    ]
    others = (
        ("undecided", say("not known: it may be within the limit or not"), shades.people_undecided),
        ("none", say("none to reach"), shades.people_nowhere),
    )
    rows += [
        {"look": look, "colour": "", "label": label, "people": sentences.people(people, say)}
        for look, label, people in others
        if people
    ]
    notes = [
        say("White dots: the places that count. A broken ring: only its city or ZIP is known."),
        say("A circle stands for the people of a block group; gray land has few or none.")
        if drawn == "people"
        else say(export.OUTLINES),
    ]
    counts = answer.services[answer.services["counted"]]
    counted = counts.index[~counts["own"]].to_numpy()
    mine = counts.loc[counts["own"], ["lat", "lon"]].to_numpy(float).tolist()
    if mine:
        notes.append(say("White diamonds: places of your own file."))
    view = base_map.view(areas.load().get(answer.question.county))
    shown: service_map.MapMessage = {
        **service_map.message(edition, counted, say, view),
        "cells": _cells(answer, shades, colours, say) | {"by": drawn},
        "frames": not answer.question.county,
        "own": mine,
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
        "own": say("A place of your own file"),
        "undecided": say("Not known: it may be within the limit or not."),
        "edge": say("The county line is nearer. A nearer place may lie beyond it."),
    }
    return on_map.classes_and_shares(answer, shades) | {"colours": colours, "words": words}


def _take_away(
    edition: Edition, answer: Answer, shades: Shading, change: list[str], say: Words
) -> None:
    st.subheader(say("Take away"), anchor=False)
    name = answer.file_name
    memo = partial(_memo, edition, answer, shades, change, say)
    table, outlines = partial(export.as_csv, answer), partial(export.as_geojson, answer)
    package = partial(export.as_geopackage, answer)
    asked = partial(question_file.write, [answer.question])
    every = replace(answer.question, county="").file_name.replace(answer.question.type, "all")

    def lines() -> list[report.Line]:
        return report.work(edition.places, demand.load(), answer.question)

    def workbook() -> bytes:
        return report.as_xlsx(lines(), say)

    def on_paper() -> bytes:
        return report.as_pdf(lines(), say, content.data_day(edition), clock.today())

    reports = [  # about the list alone
        File(say("All services (PDF)"), f"{every}.pdf", "application/pdf", on_paper),
        File(say("All services (XLSX)"), f"{every}.xlsx", XLSX, workbook),
    ]
    handed_out.show(
        [
            File(say("Memo of one page (PDF)"), f"{name}.pdf", "application/pdf", memo),
            File(say("Table (CSV)"), f"{name}.csv", "text/csv", table),
            File(say("Map (GeoJSON)"), f"{name}.geojson", "application/geo+json", outlines),
            File(
                say("Map (GeoPackage)"), f"{name}.gpkg", "application/geopackage+sqlite3", package
            ),
            *([] if answer.own else reports),
            File(say("This question (JSON)"), f"{name}.question.json", "application/json", asked),
        ],
        say,
    )
    if answer.own:
        st.text(say("The file of this question does not hold your own data."))


def _memo(
    edition: Edition, answer: Answer, shades: Shading, change: list[str], say: Words
) -> bytes:
    day, sites = clock.now().date(), best_sites.best_points(answer)
    return layout.write(content.memo(answer, shades, edition, day, say, sites, change), say)
