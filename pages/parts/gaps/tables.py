"""Tables: the tables and charts behind a finding: where, who, how sure, by which method."""

from dataclasses import replace
from threading import Condition
from typing import Any

import streamlit as st
from cachetools import LRUCache, cached

from geo.catalogue.keeper import Edition
from geo.gaps import charts, demand, export, measures, sentences
from geo.gaps.answer import Answer, vary
from geo.i18n import Words, mark
from geo.travel import engines
from pages.parts import components, session
from pages.parts.gaps import own_data

LEVELS = {
    "city": mark("Cities"),
    "zip": mark("ZIP codes"),
    "district": mark("Your districts"),
    "area": mark("Block groups"),
}
OUTSIDE = {"city": mark("Outside any city"), "district": mark("Outside your districts")}


def where(_: Edition, answer: Answer, say: Words) -> None:
    """Draw the figures by city, ZIP code, district of the planner's own or block group."""
    level = st.segmented_control(
        say("Show by"),
        [level for level in LEVELS if level == "area" or level in answer.tables],
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
        rows = export.as_rows(answer, say("yes"))
    else:
        access = say("Capacity for 100,000 people") if answer.by_capacity else ""
        access = access or say("Places for 100,000 people")
        columns = (*_columns(answer, say("Area"), say), (access, "one"))
        table = answer.tables[level].sort_values(["people_beyond_worst", "p90"], ascending=False)
        score = export.access_by(answer, level)
        rows = [
            [str(name) or say(OUTSIDE[level]), *export.told(row), export.plain(score[name])]
            for name, row in table.iterrows()
        ]
    components.panel({"table": components.table(caption, columns, rows, say)}, key="where_table")


def who(edition: Edition, answer: Answer, say: Words) -> None:
    """Draw the figures by group, by car beside on foot, and how evenly access is shared."""
    rows = [
        [sentences.group(str(name), say), *export.told(row)]
        for name, row in answer.tables["group"].iterrows()
    ]
    table = components.table(say("By group"), _columns(answer, say("Who"), say), rows, say)
    components.panel({"table": table}, key="who_table")
    if answer.question.measure == "minutes":
        _by_mode(edition, answer, say)
    st.text(say("Groups are known by ZIP code only (survey of 2018-2022): these are estimates."))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(say("Who lives beyond the limit"), anchor=False)
        told = say("Bars; the table above says the same.")
        st.altair_chart(charts.groups(answer, say, session.dark()), key="groups_chart", alt=told)
    with right:
        st.subheader(say("How evenly access is shared"), anchor=False)
        _evenness(answer, say)


def _by_mode(edition: Edition, answer: Answer, say: Words) -> None:
    """Draw who is beyond the limit by car and on foot, side by side."""
    asked = answer.question
    by_mode = {
        mode: answer
        if mode == asked.mode
        else own_data.answer(
            edition, replace(asked, mode=mode, engine=engines.best(mode, public=True)), answer.own
        )
        for mode in engines.MODES
    }
    columns = (
        (say("Who"), "text"),
        (say("Beyond {n} minutes by car", n=f"{asked.threshold:g}"), "count"),
        (say("Beyond {n} minutes on foot", n=f"{asked.threshold:g}"), "count"),
    )
    beyond = ("people_beyond_best", "people_beyond_worst")
    rows = [
        [
            sentences.group(str(name), say),
            *(
                tuple(export.plain(by_mode[mode].tables["group"].at[name, end]) for end in beyond)
                for mode in ("driving", "walking")
            ),
        ]
        for name in answer.tables["group"].index
    ]
    table = components.table(say("By car and on foot"), columns, rows, say)
    components.panel({"table": table}, key="modes_table")


def sure(edition: Edition, answer: Answer, say: Words) -> None:
    """Draw the same question asked in other ways, and what the finding hangs on."""
    columns = [
        (say("What is taken"), "text"),
        (say("Places"), "count"),
        (say("People beyond the limit"), "count"),
        (say("Share beyond"), "share"),
    ]
    varied = vary(edition.places, demand.load(), answer) if answer.own else _vary(edition, answer)
    rows = [[name, *export.varied(row)] for name, row in sentences.varied(varied, say)]
    table = components.table(say("The same question, asked again"), columns, rows, say)
    components.panel({"table": table}, key="sure_table")
    for line in sentences.not_varied(answer, varied.index, say):
        st.text(line)
    st.subheader(say("What hangs on one entry"), anchor=False)
    for line in sentences.hangs(answer, edition.entries, say):
        st.text(line)
    st.subheader(say("At the edge, and not exact"), anchor=False)
    for line in sentences.doubts(answer, say):
        st.text(line)


def method(_: Edition, answer: Answer, say: Words) -> None:
    """Draw what was assumed, whose limit it is, and the steps of 10, 20, 30 and 60."""
    for line in sentences.method(answer, say):
        st.text(line)
    if answer.verdicts:
        st.subheader(say("Whose limit"), anchor=False)
        for line in sentences.laws(answer, say):
            st.text(line)
        for verdict in answer.verdicts:
            st.text(sentences.source(verdict.standard, say))
    unit = {"minutes": say("minutes"), "miles": say("miles")}[answer.question.measure]
    columns = (
        (say("Within"), "text"),
        (say("One place or more"), "count"),
        (say("Two or more"), "count"),
        (say("Three or more"), "count"),
    )
    least, most = (answer.steps[end].to_numpy().tolist() for end in ("_worst", "_best"))
    rows = [
        [f"{limit:g} {unit}", *zip(*ends, strict=True)]
        for limit, *ends in zip(answer.steps["_worst"].index, least, most, strict=True)
    ]
    table = components.table(say("People within reach"), columns, rows, say)
    components.panel({"table": table}, key="steps_table")


# Never of an answer with a planner's own data.
@cached(LRUCache(16), key=Edition.key, condition=Condition())
def _vary(edition: Edition, answer: Answer) -> Any:
    return vary(edition.places, demand.load(), answer)


def _evenness(answer: Answer, say: Words) -> None:
    if not answer.access.any():
        st.text(say("Nobody has any of it, so there is nothing to share out."))
        return
    told = say("A curve below the even line: the farther below, the less even.")
    st.altair_chart(charts.lorenz(answer, say, session.dark()), key="lorenz_chart", alt=told)
    for line in sentences.guesses(answer, say):
        st.text(line)
    each = say("Each place counts as one, large or small.")
    if answer.by_capacity:
        each = say("Each place counts by the capacity that your file tells.")
    gini = measures.gini(answer.access, answer.areas["people"])
    st.text(
        say(
            "Gini: {gini} (0: all have the same; 1: one has all). Access is places for each "
            "person, where many share them: those within 10, 20 and 30 minutes weigh 1, 0.68 and "
            "0.22 (E2SFCA, Luo and Qi 2009).",
            gini=say.number(gini, 2),
        )
    )
    st.text(each)


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
