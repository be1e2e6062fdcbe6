"""Entry: one entry as a keeper reads it: its facts, who says them, reports, what was decided."""

import streamlit as st

from geo import clock
from geo.catalogue import provenance
from geo.errors import CatalogueError
from geo.i18n import Words
from geo.trust import desk, reports
from geo.trust.decisions import Decision
from geo.trust.desk import Desk
from pages.parts.review import decision, opened


def show(laid: Desk, own: str, role: str, say: Words) -> None:
    """Draw the entry, and below it what can be decided."""
    st.button(say("Back to the list"), key="review_back", on_click=opened.turn_to, args=("",))
    try:
        cells = laid.cells(own)
    except CatalogueError:
        st.text(say("There is no entry of this id."))
        return
    st.text(cells["name"])
    _facts(laid, own, cells, say)
    _reports(laid, own, say)
    decision.ask(laid, Decision("", own, role, seen=opened.seen(cells)), say)
    _history(laid, own, say)


def _facts(laid: Desk, own: str, cells: dict[str, str], say: Words) -> None:
    entry = laid.of(own)
    lines = []
    for name in desk.FACTS:
        since = f" ({desk.since(entry, name, say)})" if entry and cells[name] else ""
        lines.append(f"{decision.label(name, say)}: {cells[name] or say('not known')}{since}")
    if entry:
        lines.append(provenance.age(entry, say, clock.today()))
    with st.container(border=True, key="review_facts"):
        for line in lines:
            st.text(line)


def _reports(laid: Desk, own: str, say: Words) -> None:
    waiting = laid.reports_of(own)
    if not waiting:
        return
    st.subheader(say("What readers report"), anchor=False)
    for report in waiting:
        st.text(f"{report.day.isoformat()}: {say(reports.KINDS[report.kind])}. {report.text}")
    st.button(
        say("I have looked at these"),
        key="review_looked",
        on_click=opened.look_at,
        args=(own, tuple(report.number for report in waiting)),
    )


def _history(laid: Desk, own: str, say: Words) -> None:
    acts = laid.kept.log.of(own)
    if not acts:
        return
    st.subheader(say("What was decided before"), anchor=False)
    standing = {act.number for act in laid.kept.log.standing if act.what != "reports"}
    for act in reversed(acts):
        st.text(desk.told(act, say))
        if act.number in standing:
            st.button(
                say("Take act {n} back", n=act.number),
                key=opened.key(f"undo_{act.number}"),
                on_click=opened.save,
                args=(Decision("undo", own, "", of=act.number),),
            )
