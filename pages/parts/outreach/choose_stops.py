"""Choose stops: the first step of a round."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from geo import clock
from geo.addresses import typed
from geo.areas import Area
from geo.catalogue import records, wording
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.errors import QuestionError
from geo.i18n import Words
from geo.rounds import choice as made
from geo.rounds import itinerary, overdue, stops
from geo.rounds.choice import Choice, Usual
from geo.rounds.limits import MOST_STOPS
from geo.rounds.plan import Stop, skill_names
from geo.web import base_map
from pages.parts import components, session
from pages.parts.outreach import add_stop, change_stops, chosen, day_and_teams, stop_rows
from pages.parts.service_map import MapMessage

LIST = "out_list"
answered = session.Answers({"out_kinds": [], "out_where": "", "out_most": 10})


def ask(edition: Edition, say: Words) -> None:
    """Draw the ways to choose a stop."""
    _ask_filter(say)
    entries = [edition.entries[number] for number in fitting(edition)]
    ready = [Choice(entry["id"]) for entry in entries if stops.can_be_one(entry)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            say.many("Add the {n} place that fits", "Add all {n} places that fit", len(ready)),
            key="out_add",
            disabled=not ready,
            on_click=chosen.add,
            args=(ready,),
        )
        with st.popover(say("Check entries"), disabled=not entries):
            _ask_due(entries, say)
    if about := sum(stops.is_about(entry) for entry in entries):
        st.text(
            say.many(
                "{n} more is only about known: add it by its name, with a place to meet.",
                "{n} more are only about known: add them by name, each with a place to meet.",
                about,
            )
        )
    add_stop.ask_by_name(edition, say)
    with st.expander(say("Add a place that is not on the list, or a place to meet")):
        add_stop.ask_typed(edition, say)


def fitting(edition: Edition) -> list[int]:
    """Return the numbers of the entries that the filter asks for."""
    kinds = answered.value("out_kinds")
    types = {kind for group in records.GROUPS if group.key in kinds for kind in group.types}
    area = _spot().area
    return [
        number
        for number, entry in enumerate(edition.entries)
        if (not types or types & {*entry["types"]}) and (area is None or _inside(entry, area))
    ]


def view() -> list[list[float]]:
    """Return the part of the map that the filter asks for."""
    return base_map.view(_spot().area)


def show(edition: Edition, say: Words, shown: MapMessage) -> None:
    """Draw what is chosen, with what to do about each; `shown` is for the map."""
    entries = {entry["id"]: entry for entry in edition.entries}
    rows = [_row(choice, entries.get(choice.key), say) for choice in chosen.choices().values()]
    title = say.many("{n} stop chosen", "{n} stops chosen", len(rows))
    notes = [] if rows else [say("Nothing is chosen yet. Add a place above.")]
    warnings = []
    if len(rows) > MOST_STOPS:
        most = say("A plan takes at most {most} stops. Please remove some.", most=MOST_STOPS)
        warnings.append(most)
    part = {"title": title, "notes": notes, "warnings": warnings, "rows": rows}
    data = {"parts": [part], "said": title, "words": stop_rows.words(say), "map": shown}
    components.stops(data, key=LIST, on_did=_did)
    if rows:
        with st.container(horizontal=True):
            if st.button(say("Change all"), key="out_all", disabled=len(rows) < 2):
                st.dialog(say("Change all stops"))(change_stops.change_all)(say)
            st.button(say("Remove all"), key="out_clear", on_click=chosen.clear)
    key = st.session_state.pop("out_changing", "")
    if key in chosen.choices():
        st.dialog(say("Change this stop"))(change_stops.change)(
            chosen.choices()[key], entries.get(key), say
        )


def numbers(edition: Edition) -> list[int]:
    """Return the numbers of the chosen entries."""
    return [n for n, entry in enumerate(edition.entries) if entry["id"] in chosen.choices()]


def as_stops(edition: Edition, say: Words, day: date | None = None) -> tuple[list[Stop], list[str]]:
    """Return what is chosen as stops of the day, and a sentence for each that cannot be one."""
    entries = {entry["id"]: entry for entry in edition.entries}
    ready, refused = [], []
    for choice in chosen.choices().values():
        if not (choice.point or choice.key in entries):
            continue  # it left the list meanwhile
        try:
            ready.append(as_stop(choice, entries.get(choice.key), day))
        except QuestionError as error:
            refused.append(error.told(say))
    return ready, refused


def as_stop(choice: Choice, entry: Entry | None, day: date | None = None) -> Stop:
    """Return one choice as a stop of a day; of a place that was typed the hours are not known."""
    usual = Usual(day or day_and_teams.day(), day_and_teams.minutes(), day_and_teams.assumed())
    return made.stop(choice, entry, usual)


def _ask_filter(say: Words) -> None:
    st.pills(
        say("Kinds of help"),
        [group.key for group in records.GROUPS],
        selection_mode="multi",
        format_func=lambda key: next(say(one.label) for one in records.GROUPS if one.key == key),
        wrap=True,
        **answered.kept("out_kinds"),
    )
    st.text_input(
        say("County, city or ZIP code"),
        max_chars=add_stop.MOST_LETTERS,
        placeholder=say("Both counties"),
        **answered.kept("out_where"),
    )
    spot = _spot()
    if answered.value("out_where") and (spot.area is None or spot.told == typed.MISSPELT):
        st.text(typed.tell(spot, say))


def _spot() -> typed.Spot:
    """Return the county, city or ZIP code that the filter asks for."""
    return typed.find(answered.value("out_where"), None)


def _ask_due(entries: Sequence[Entry], say: Words) -> None:
    """Draw the question for a verification round."""
    st.text(
        say(
            "A round to check what the list says. It takes the entries that fit and that most need "
            "a visit: old ones, and those without hours, phone or exact place. The sheets then "
            "have questions to ask."
        )
    )
    st.number_input(say("How many?"), 1, 50, **answered.kept("out_most"))
    dues = overdue.most_due(entries, int(answered.value("out_most")), clock.now().date())
    st.button(
        say.many("Add {n} place to check", "Add {n} places to check", len(dues)),
        key="out_check",
        on_click=_check,
        args=([Choice(due.key, why=due.reasons) for due in dues],),
    )


def _check(choices: Sequence[Choice]) -> None:
    chosen.add(choices)
    st.session_state["out_questions"] = True


def _row(choice: Choice, entry: Entry | None, say: Words) -> dict[str, Any]:
    """Return what is told of a chosen stop; of an entry that left the list, that it did."""
    acts = [stop_rows.act("change", say("Change")), stop_rows.act("drop", say("Remove"))]
    if not (entry or choice.point):
        gone = say("This entry is no longer on the list.")
        return stop_rows.row(choice.key, choice.key, warnings=[gone], acts=acts[1:])
    name = entry["name"] if entry else choice.name
    where = [wording.where(entry, say)] if entry else []
    where += [" ".join(why.told(say) for why in choice.why)] if choice.why else []
    try:
        stop = as_stop(choice, entry)
    except QuestionError as error:
        return stop_rows.row(
            choice.key, name, lines=where, warnings=[error.told(say)], acts=acts[1:]
        )
    hours = itinerary.open_that_day(stop, say)
    terms = [say.many("{n} minute there", "{n} minutes there", stop.minutes)]
    terms += [say("must be visited")] if stop.must else []
    terms += [say("priority {n}", n=stop.priority)] if stop.priority > 1 else []
    terms += [say("needs {skill}", skill=skill) for skill in skill_names(stop.needs)]
    warnings = [hours] if stop.hours_unknown or not stop.windows else []
    return stop_rows.row(
        choice.key,
        name,
        lines=[*where, *([] if warnings else [hours]), " · ".join(terms)],
        warnings=warnings,
        acts=acts,
    )


def _did() -> None:
    did = st.session_state[LIST]["did"]
    if did and did["act"] == "drop":
        chosen.drop(did["key"])
    elif did:
        st.session_state["out_changing"] = did["key"]


def _inside(entry: Entry, area: Area) -> bool:
    own = {"county": entry["county"], "city": entry["city"], "zip": entry["zip"]}[area.kind]
    return bool(own == (area.key if area.kind == "county" else area.name))
