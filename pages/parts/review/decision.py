"""Decision: what a keeper decides on an entry: asked for, held to the rules at once, then saved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import streamlit as st

from geo import clock
from geo.catalogue import sources
from geo.errors import GeoError
from geo.i18n import Words, mark
from geo.trust import decisions, desk
from geo.trust.decisions import EVERYTHING, Decision
from geo.trust.desk import Desk
from pages.parts.review import opened

CHOICES = {
    "confirm": mark("It is right"),
    "correct": mark("It is otherwise: correct it"),
    "pause": mark("It is closed for a while"),
    "reopen": mark("It is open again"),
    "fail": mark("It could not be confirmed"),
    "retire": mark("It is closed for good"),
    "never": mark("It must not be listed"),
}
OF_A_FEED = ("confirm", "fail")  # the rest is changed where the feed is made
LOOK_AGAIN = timedelta(days=30)
MOST_LETTERS = 4_000
FACTS = tuple(decisions.FACTS)


def ask(laid: Desk, blank: Decision, say: Words) -> None:
    """Draw the questions; below them what would change, or what speaks against it; and the end.

    `blank` says on which entry, in which role, and what was seen of it.
    """
    st.subheader(say("What did you find?"), anchor=False)
    seen, is_ours = blank.seen, laid.kept.row(blank.entry) is not None
    choices = [*CHOICES] if is_ours else [*OF_A_FEED]
    if seen.get("status") == "open" and is_ours:
        choices.remove("reopen")
    what = st.radio(
        say("What did you find?"),
        choices,
        format_func=lambda one: say(CHOICES[one]),
        key=opened.key("what"),
        label_visibility="collapsed",
    )
    wanted = replace(blank, what=what, seen=seen if is_ours else {})
    if more := ASKED.get(what):
        wanted = more(wanted, seen, say)
    how = st.text_input(
        say("How do you know? Such as: called, spoke to desk. No names."),
        key=opened.key("how"),
        max_chars=200,
    )
    wanted = replace(wanted, how=how.strip())
    is_good = _is_ready(wanted) and _weigh(laid, wanted, say)
    st.button(
        say("Save"),
        key=opened.key("save"),
        type="primary",
        disabled=not is_good,
        on_click=opened.save,
        args=(wanted,),
    )


def _confirm(wanted: Decision, seen: Mapping[str, str], say: Words) -> Decision:
    known = [name for name in desk.FACTS if seen[name]]
    fields = []
    for name in known:
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.checkbox(label(name, say), key=opened.key(f"so_{name}")):
                fields.append(name)
            st.text(seen[name])
    if wanted.seen and st.checkbox(say("All of it: I was there"), key=opened.key("so_all")):
        fields = [EVERYTHING]
    return replace(wanted, fields=tuple(fields))


def _correct(wanted: Decision, seen: Mapping[str, str], say: Words) -> Decision:
    names = st.multiselect(
        say("What is otherwise?"),
        FACTS,
        format_func=lambda name: label(name, say),
        key=opened.key("otherwise"),
    )
    new = {
        name: st.text_input(
            label(name, say), seen[name], key=opened.key(f"new_{name}"), max_chars=MOST_LETTERS
        )
        for name in names
    }
    changed = {name: text for name, text in new.items() if text.strip() != seen[name]}
    return replace(wanted, new=changed)


def _pause(wanted: Decision, _: Mapping[str, str], say: Words) -> Decision:
    today = clock.today()
    again = st.date_input(
        say("Look again on"),
        today + LOOK_AGAIN,
        min_value=today + timedelta(days=1),
        key=opened.key("again"),
    )
    return replace(wanted, again=again.isoformat() if again else "")


def _never(wanted: Decision, _: Mapping[str, str], say: Words) -> Decision:
    reason = st.text_input(
        say("Why, in plain words? Never where it is."), key=opened.key("reason"), max_chars=200
    )
    return replace(wanted, reason=reason.strip())


ASKED: Mapping[str, Callable[[Decision, Mapping[str, str], Words], Decision]] = {
    "confirm": _confirm,
    "correct": _correct,
    "pause": _pause,
    "never": _never,
}


def label(name: str, say: Words) -> str:
    """Return what a fact is called, with its column: several have one name."""
    return f"{say(sources.FACTS[sources.TWINS.get(name, name)])} ({name})"


def _is_ready(wanted: Decision) -> bool:
    """Say whether all was filled in that this decision needs."""
    needed = {
        "confirm": wanted.fields,
        "correct": wanted.new,
        "pause": wanted.again,
        "never": wanted.reason,
    }
    return bool(needed.get(wanted.what, True))


def _weigh(laid: Desk, wanted: Decision, say: Words) -> bool:
    """Draw what would change, or what speaks against it; say whether it can be saved."""
    try:
        changes = decisions.preview(laid.kept, wanted, clock.today())
    except (GeoError, OSError) as error:
        with st.container(border=True, key="review_against"):
            st.text(say("This cannot be saved:"))
            st.text(str(error))
            if isinstance(error, decisions.ConflictError):
                st.button(
                    say("Look at it again"),
                    key=opened.key("again_button"),
                    on_click=opened.look_again,
                )
        return False
    with st.container(border=True, key="review_change"):
        st.text(say("This will be saved:"))
        for name, old, new in changes:
            st.text(f"{name}: {old!r} -> {new!r}")
        if not changes:
            st.text(say("Nothing in the list changes; the log says what you found."))
    return True
