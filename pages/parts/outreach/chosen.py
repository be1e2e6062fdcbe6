"""Chosen: the stops a team has chosen, kept in the reader's session in memory, nowhere else."""

from collections.abc import Iterable

import streamlit as st

from geo.rounds.choice import TYPED, Choice

KEY = "out_chosen"


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
    put(Choice(free_key(), name, point))


def free_key() -> str:
    """Return a key that no typed place has so far."""
    taken = {int(key.removeprefix(TYPED)) for key in choices() if key.startswith(TYPED)}
    return f"{TYPED}{max(taken, default=0) + 1}"


def put(choice: Choice) -> None:
    """Choose a stop, or change what was chosen of it."""
    choices()[choice.key] = choice


def drop(key: str) -> None:
    """Choose a stop no longer."""
    choices().pop(key, None)


def clear() -> None:
    """Choose nothing."""
    choices().clear()
