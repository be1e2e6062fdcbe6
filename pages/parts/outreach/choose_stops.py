"""Choose stops: the first step of a round."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from geo import areas, clock
from geo.addresses import typed
from geo.catalogue import records, wording
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.errors import QuestionError
from geo.i18n import Words
from geo.rounds import itinerary, overdue, stops
from geo.rounds.limits import LONGEST_VISIT, MOST_STOPS
from geo.rounds.plan import SKILLS, Stop, skill_names
from geo.streets import store
from geo.web import base_map
from pages.parts import components, session
from pages.parts.outreach import chosen, day_and_teams, stop_rows
from pages.parts.outreach.chosen import Choice
from pages.parts.service_map import MapMessage

LIST = "out_list"
MOST_LETTERS = 80
PRIORITIES = (1, 2, 3)
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
    _ask_name(edition, say)
    with st.expander(say("Add a place that is not on the list, or a place to meet")):
        _ask_typed(edition, say)


def fitting(edition: Edition) -> list[int]:
    """Return the numbers of the entries that the filter asks for."""
    kinds = answered.value("out_kinds")
    types = {kind for group in records.GROUPS if group.key in kinds for kind in group.types}
    area = areas.load().get(answered.value("out_where"))
    return [
        number
        for number, entry in enumerate(edition.entries)
        if (not types or types & {*entry["types"]}) and (area is None or _inside(entry, area))
    ]


def view() -> list[list[float]]:
    """Return the part of the map that the filter asks for."""
    return base_map.view(areas.load().get(answered.value("out_where")))


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
        st.button(say("Remove all"), key="out_clear", on_click=chosen.clear)
    key = st.session_state.pop("out_changing", "")
    if key in chosen.choices():
        st.dialog(say("Change this stop"))(_change)(chosen.choices()[key], entries.get(key), say)


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
    terms: dict[str, Any] = {
        "minutes": choice.minutes or day_and_teams.minutes(),
        "must": choice.must,
        "priority": choice.priority,
        "needs": frozenset(choice.needs),
    }
    if entry:
        return stops.of(entry, day or day_and_teams.day(), meeting_point=choice.point, **terms)
    return Stop(choice.key, choice.name, *(choice.point or (0.0, 0.0)), **terms)


def _ask_filter(say: Words) -> None:
    known = areas.load()
    st.pills(
        say("Kinds of help"),
        [group.key for group in records.GROUPS],
        selection_mode="multi",
        format_func=lambda key: next(say(one.label) for one in records.GROUPS if one.key == key),
        wrap=True,
        **answered.kept("out_kinds"),
    )
    st.selectbox(
        say("County, city or ZIP code"),
        ["", *known],
        format_func=lambda key: areas.name(known.get(key), say),
        **answered.kept("out_where"),
    )


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


def _ask_name(edition: Edition, say: Words) -> None:
    """Draw the box in which one entry is looked for by its name."""
    names = {
        entry["id"]: ", ".join(filter(None, (entry["name"], entry["city"])))
        for entry in edition.entries
        if not entry["is_line"]
    }
    st.selectbox(
        say("Add one place by its name"),
        names,
        index=None,
        format_func=names.__getitem__,
        placeholder=say("Type a name"),
        key="out_one",
        on_change=_add_one,
    )


def _ask_typed(edition: Edition, say: Words) -> None:
    """Draw the form for a place of one's own, or for where to meet for a chosen entry."""
    entries = {entry["id"]: entry for entry in edition.entries}
    waiting = [
        key
        for key, choice in chosen.choices().items()
        if key in entries and not (choice.point or stops.can_be_one(entries[key]))
    ]
    with st.form("out_typed", clear_on_submit=True, border=False):
        st.selectbox(
            say("What is it?"),
            ["", *waiting],
            format_func=lambda key: (
                say("A public place to meet for: {name}", name=entries[key]["name"])
                if key
                else say("A place of its own")
            ),
            key="out_typed_for",
        )
        st.text_input(
            say("What to call it (a place, never a person)"),
            max_chars=MOST_LETTERS,
            key="out_typed_name",
        )
        st.text_input(
            say("Where it is: address, town, ZIP code or point"),
            placeholder="37.957, -121.290",
            max_chars=MOST_LETTERS,
            key="out_typed_point",
        )
        st.form_submit_button(say("Add this place"), on_click=_type_in, args=(say,))
    if trouble := st.session_state.pop("out_typed_trouble", ""):
        st.text(trouble)


def _type_in(say: Words) -> None:
    """Take what was typed, or keep the sentence that says what is wrong with it."""
    key, name = st.session_state["out_typed_for"], st.session_state["out_typed_name"].strip()
    try:
        point = typed.point(st.session_state["out_typed_point"], store.current())
    except QuestionError as error:
        st.session_state["out_typed_trouble"] = error.told(say)
        return
    if key in chosen.choices():
        chosen.put(replace(chosen.choices()[key], point=point))
    elif name:
        chosen.type_in(name, point)
    else:
        st.session_state["out_typed_trouble"] = say("Please say what to call the place.")


def _add_one() -> None:
    if key := st.session_state["out_one"]:
        chosen.add([Choice(key)])
        st.session_state["out_one"] = None


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


def _change(choice: Choice, entry: Entry | None, say: Words) -> None:
    """Draw the questions about one stop, in a dialog."""
    st.text(entry["name"] if entry else choice.name)
    minutes = st.number_input(
        say("Minutes there"),
        1,
        LONGEST_VISIT,
        choice.minutes or day_and_teams.minutes(),
        key="out_one_minutes",
    )
    must = st.checkbox(say("Must be visited"), choice.must, key="out_one_must")
    labels = {1: say("As the others"), 2: say("Before the others"), 3: say("Before all others")}
    priority = st.selectbox(
        say("If not all can be visited"),
        PRIORITIES,
        PRIORITIES.index(choice.priority),
        format_func=labels.__getitem__,
        key="out_one_priority",
    )
    needs = st.multiselect(
        say("The team must have"),
        list(SKILLS),
        choice.needs,
        format_func=lambda key: say(SKILLS[key]),
        placeholder=say("Nothing special"),
        key="out_one_needs",
    )
    if st.button(say("Save"), type="primary", key="out_one_save"):
        stays = None if minutes == day_and_teams.minutes() and not choice.minutes else minutes
        kept = replace(choice, minutes=stays, must=must, priority=priority, needs=tuple(needs))
        chosen.put(kept)
        st.rerun()


def _inside(entry: Entry, area: areas.Area) -> bool:
    own = {"county": entry["county"], "city": entry["city"], "zip": entry["zip"]}[area.kind]
    return bool(own == (area.key if area.kind == "county" else area.name))
