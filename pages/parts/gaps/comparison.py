"""Comparison: a question kept as the first, set beside the one that is asked now."""

import streamlit as st

from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.gaps import compare, sentences
from geo.gaps.answer import Answer
from geo.gaps.classes import Shading
from geo.gaps.own_data import Own
from geo.gaps.question import Question
from geo.i18n import Words
from pages.parts import components
from pages.parts.gaps import own_data

FIRST = "gaps_first"


def show(edition: Edition, answer: Answer, say: Words) -> None:
    """Draw the two questions and who is beyond the limit in each, by group."""
    st.button(
        say("Take the question above as the first"),
        key="gaps_compare",
        on_click=_keep,
        args=(answer.question, answer.own),
    )
    try:
        first = _first(edition)
        if first is None:
            st.text(
                say(
                    "Then change the question above, and come back to this tab: both stand side "
                    "by side."
                )
            )
            return
        table = compare.by_group(first, answer)
    except QuestionError as error:
        st.text(error.told(say))
        return
    columns = (
        (say("Who"), "text"),
        (say("People"), "count"),
        (say("Beyond the limit at first"), "count"),
        (say("Beyond the limit now"), "count"),
        (say("Difference"), "count"),
    )
    rows = [
        [
            sentences.group(str(name), say),
            row["people"],
            (row["first_best"], row["first_worst"]),
            (row["second_best"], row["second_worst"]),
            (row["change_least"], row["change_most"]),
        ]
        for name, row in table.iterrows()
    ]
    lines = [
        say("First question: {asked}.", asked=sentences.asked(first, say)),
        say("Now: {asked}.", asked=sentences.asked(answer, say)),
    ]
    told = components.table(say("Side by side"), columns, rows, say)
    components.panel({"lines": lines, "table": told}, key="compare_table")


def shading(edition: Edition, answer: Answer, say: Words) -> Shading | None:
    """Return what the map shows of the two; None if there are no two to compare."""
    try:
        first = _first(edition)
        return compare.shade(first, answer, say) if first else None
    except QuestionError:
        return None


def _keep(question: Question, own: Own) -> None:
    st.session_state[FIRST] = question, own


def _first(edition: Edition) -> Answer | None:
    first: tuple[Question, Own] | None = st.session_state.get(FIRST)
    return own_data.answer(edition, *first) if first else None
