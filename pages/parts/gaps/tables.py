"""Tables: the tables and charts behind a finding: where, who, how sure, by which method."""

from threading import Condition
from typing import Any

import streamlit as st
from cachetools import LRUCache, cached

from geo.catalogue.keeper import Edition
from geo.gaps import charts, demand, export, measures, sentences
from geo.gaps.answer import Answer, vary
from geo.i18n import Words, mark
from pages.parts import components, session

LEVELS = {"city": mark("Cities"), "zip": mark("ZIP codes"), "area": mark("Block groups")}
TOLD = ("people", "people_beyond", "share_beyond", "median", "p90")


def where(edition: Edition, answer: Answer, say: Words) -> None:
    """Draw the figures by city, ZIP code or block group."""
    level = st.segmented_control(
        say("Show by"),
        list(LEVELS),
        default="city",
        format_func=lambda level: say(LEVELS[level]),
        required=True,
        key="gaps_level",
        label_visibility="collapsed",
    )
    caption = say(LEVELS[level])
    if level == "area":
        columns: tuple[tuple[str, str], ...] = (
            (say("Block group"), "text"),
            (say("City and ZIP code"), "text"),
            (say("People"), "count"),
            (say("Minutes"), "one"),
            (say("Miles"), "one"),
            (say("Nearest place"), "text"),
            (say("At the edge"), "text"),
        )
        rows = export.as_rows(answer, [entry["name"] for entry in edition.entries], say("yes"))
    else:
        columns = _columns(answer, say("Area"), say)
        table = answer.tables[level].sort_values(["people_beyond", "p90"], ascending=False)
        rows = [
            [str(name) or say("Outside any city"), *_told(row)] for name, row in table.iterrows()
        ]
    components.panel({"table": components.table(caption, columns, rows, say)}, key="where_table")


def who(_: Edition, answer: Answer, say: Words) -> None:
    """Draw the figures by group, and how evenly access is shared."""
    rows = [
        [sentences.group(str(name), say), *_told(row)]
        for name, row in answer.tables["group"].iterrows()
    ]
    table = components.table(say("By group"), _columns(answer, say("Who"), say), rows, say)
    components.panel({"table": table}, key="who_table")
    st.text(say("Groups are known by ZIP code only (survey of 2018-2022): these are estimates."))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(say("Who lives beyond the limit"), anchor=False)
        told = say("Bars; the table above says the same.")
        st.altair_chart(charts.groups(answer, say, session.dark()), key="groups_chart", alt=told)
    with right:
        st.subheader(say("How evenly access is shared"), anchor=False)
        _evenness(answer, say)


def sure(edition: Edition, answer: Answer, say: Words) -> None:
    """Draw the same question asked in other ways, and what the finding hangs on."""
    columns = (
        (say("What is taken"), "text"),
        (say("Places"), "count"),
        (say("People within the limit"), "count"),
        (say("Share beyond"), "share"),
        (say("Change in people within"), "count"),
    )
    told = ("services", "people_within", "share_beyond", "change")
    rows = [
        [name, *(export.plain(row[column]) for column in told)]
        for name, row in sentences.varied(_vary(edition, answer), say)
    ]
    table = components.table(say("The same question, asked again"), columns, rows, say)
    components.panel({"table": table}, key="sure_table")
    st.subheader(say("What hangs on one entry"), anchor=False)
    hanging = [*sentences.hangs(answer, edition.entries, say)]
    for line in hanging or [say("Nobody within the limit depends on one entry alone.")]:
        st.text(line)
    st.subheader(say("At the edge, and not exact"), anchor=False)
    for line in sentences.doubts(answer, say):
        st.text(line)


def method(_: Edition, answer: Answer, say: Words) -> None:
    """Draw what was assumed, whose limit it is, and the steps of 10, 20, 30 and 60."""
    for line in sentences.method(answer, say):
        st.text(line)
    if answer.standard:
        st.subheader(say("Whose limit"), anchor=False)
        st.text(sentences.standard(answer, say))
        st.text(sentences.source(answer.standard, say))
    unit = {"minutes": say("minutes"), "miles": say("miles")}[answer.question.measure]
    columns = (
        (say("Within"), "text"),
        (say("One place or more"), "count"),
        (say("Two or more"), "count"),
        (say("Three or more"), "count"),
    )
    steps = zip(answer.steps.index, answer.steps.to_numpy().tolist(), strict=True)
    rows = [[f"{limit:g} {unit}", *people] for limit, people in steps]
    table = components.table(say("People within reach"), columns, rows, say)
    components.panel({"table": table}, key="steps_table")


@cached(LRUCache(16), condition=Condition())
def _vary(edition: Edition, answer: Answer) -> Any:
    return vary(edition.places, demand.load(), answer)


def _evenness(answer: Answer, say: Words) -> None:
    if not answer.access.any():
        st.text(say("Nobody has any of it, so there is nothing to share out."))
        return
    told = say("A curve below the even line: the farther below, the less even.")
    st.altair_chart(charts.lorenz(answer, say, session.dark()), key="lorenz_chart", alt=told)
    gini = measures.gini(answer.access, answer.areas["people"])
    st.text(
        say(
            "Gini: {gini} (0: all have the same; 1: one has all). Access is places for each "
            "person, where many share them: those within 10, 20 and 30 minutes weigh 1, 0.68 and "
            "0.22 (E2SFCA, Luo and Qi 2009). Each place counts as one, large or small.",
            gini=say.number(gini, 2),
        )
    )


def _columns(found: Answer, first: str, say: Words) -> tuple[tuple[str, str], ...]:
    limit = sentences.limit(found.question, say)
    return (
        (first, "text"),
        (say("People"), "count"),
        (say("Farther than {limit}", limit=limit), "count"),
        (say("Share"), "share"),
        (say("Half are within"), "one"),
        (say("9 of 10 are within"), "one"),
    )


def _told(row: Any) -> list[Any]:
    return [export.plain(row[column]) for column in TOLD]
