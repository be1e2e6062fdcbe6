"""What if: what if a place opened, moved, closed or kept other hours."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.gaps import export, sentences, what_if
from geo.gaps.answer import Answer
from geo.gaps.sites import candidates
from geo.i18n import Words, mark
from pages.parts import components, session
from pages.parts.gaps import map_points

CHANGES = {
    "add": mark("A new place opens"),
    "move": mark("A place moves"),
    "close": mark("A place closes"),
    "hours": mark("A place keeps other hours"),
}
ON_MAP = "spot"
MOST_LETTERS = 200


def show(edition: Edition, answer: Answer, say: Words) -> list[str]:
    """Draw the questions about one change, and before and after; return what was found, in lines.

    The first line says what changes. No line: it is not said yet.
    """
    change = st.selectbox(
        say("What changes?"),
        list(CHANGES),
        format_func=lambda change: say(CHANGES[change]),
        **session.kept("gaps_change"),
    )
    try:
        table = MAKE[change](edition, answer, say)
    except QuestionError as error:
        st.text(error.told(say))
        return []
    if table is None:
        return []
    components.panel(_table(table, answer, say), key="change_table")
    return [_change(change, answer, say), *sentences.changed(table, answer, say)]


def _change(change: str, answer: Answer, say: Words) -> str:
    """Return in words what changes: which place, and where it would be."""
    told = [say(CHANGES[change])]
    if change != "add":
        told.append(str(answer.services.at[st.session_state["gaps_service"], "name"]))
    if change in ("add", "move"):
        where = st.session_state["gaps_where"]
        told.append(say("the point chosen on the map") if where == ON_MAP else str(where))
    if change == "hours":
        told.append(str(st.session_state["gaps_new_hours"]))
    return ": ".join([told[0], ", ".join(told[1:])])


def _add(edition: Edition, answer: Answer, say: Words) -> Any:
    spot, public = _ask_spot(answer, say)
    if spot is None:
        return None
    before = answer if public else map_points.before(edition, answer)
    return what_if.added(before, spot, public)


def _move(edition: Edition, answer: Answer, say: Words) -> Any:
    service = _ask_service(answer, say)
    spot, public = _ask_spot(answer, say)
    if spot is None:
        return None
    before = answer if public else map_points.before(edition, answer)
    return what_if.moved(before, service, spot, public)


def _close(_: Edition, answer: Answer, say: Words) -> Any:
    return what_if.closed(answer, _ask_service(answer, say))


def _reopen(_: Edition, answer: Answer, say: Words) -> Any:
    service, hours = _ask_service(answer, say), _ask_hours(say)
    return what_if.reopened(answer, service, hours) if hours else None


def _ask_service(answer: Answer, say: Words) -> int:
    names = answer.services["name"].to_dict()
    service: int = st.selectbox(
        say("Which place?"),
        sorted(names, key=lambda number: names[number].casefold()),
        format_func=names.__getitem__,
        key="gaps_service",
    )
    return service


def _ask_spot(answer: Answer, say: Words) -> tuple[tuple[float, float] | None, bool]:
    """Return where it would be, if that is known, and whether that is a public place: a town."""
    towns = {town.name: town for town in candidates.towns(answer.question.county)}
    where = st.selectbox(
        say("Where would it be?"),
        [*towns, ON_MAP],
        format_func=lambda name: (
            say("The last point I chose on the map") if name == ON_MAP else name
        ),
        **session.kept("gaps_where"),
    )
    if where != ON_MAP:
        return (towns[where].lat, towns[where].lon), True
    map_points.ask(answer, say)
    known = map_points.chosen(say)
    return (known[-1].lat, known[-1].lon) if known else None, False


def _ask_hours(say: Words) -> str:
    return st.text_input(
        say("Its new hours, written as in the list"),
        placeholder="Mo-Fr 08:00-20:00; Su 10:00-14:00",
        max_chars=MOST_LETTERS,
        key="gaps_new_hours",
    )


def _table(table: Any, answer: Answer, say: Words) -> dict[str, Any]:
    columns = (
        (say("Who"), "text"),
        (say("Within the limit before"), "count"),
        (say("Within the limit after"), "count"),
        (say("Gain"), "count"),
        (say("Lose"), "count"),
        (say("Average before"), "one"),
        (say("Average after"), "one"),
    )
    columns_of = ("within_before", "within_after", "gained", "lost", "mean_before", "mean_after")
    rows = [
        [sentences.group(str(name), say), *(export.plain(row[column]) for column in columns_of)]
        for name, row in table.iterrows()
    ]
    line, *_ = sentences.changed(table, answer, say)
    lines = [line, *sentences.guesses(answer, say)]
    return {"lines": lines, "table": components.table(say("Before and after"), columns, rows, say)}


MAKE: Mapping[str, Callable[[Edition, Answer, Words], Any]] = {  # None while something is not said
    "add": _add,
    "move": _move,
    "close": _close,
    "hours": _reopen,
}
