"""Chosen: the stops a team has chosen, kept in the reader's session in memory, nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from geo.rounds.plan import Sentence

KEY = "out_chosen"
TYPED = "typed-"


@dataclass(frozen=True)
class Choice:
    """One stop: an entry of the list or, with a `name`, a place that was typed."""

    key: str  # the id of the entry, or made up
    name: str = ""
    point: tuple[float, float] | None = None  # of a typed place, or a public meeting point
    minutes: int | None = None  # None: as long as at the others
    must: bool = False
    priority: int = 1
    needs: tuple[str, ...] = ()  # keys of `rounds.plan.SKILLS`
    why: tuple[Sentence, ...] = ()  # it needs a check, if that is what it was chosen for


def choices() -> dict[str, Choice]:
    """Return what is chosen, by key, in the order in which it was."""
    chosen: dict[str, Choice] = st.session_state.setdefault(KEY, {})
    return chosen


def add(more: Iterable[Choice]) -> None:
    """Choose entries too; those chosen already stay as they are."""
    for choice in more:
        choices().setdefault(choice.key, choice)


def type_in(name: str, point: tuple[float, float]) -> None:
    """Choose a place that is not on the list."""
    taken = {int(key.removeprefix(TYPED)) for key in choices() if key.startswith(TYPED)}
    put(Choice(f"{TYPED}{max(taken, default=0) + 1}", name, point))


def put(choice: Choice) -> None:
    """Choose a stop, or change what was chosen of it."""
    choices()[choice.key] = choice


def drop(key: str) -> None:
    """Choose a stop no longer."""
    choices().pop(key, None)


def clear() -> None:
    """Choose nothing."""
    choices().clear()
