"""Crises: words that cannot wait, and the lines that answer them before all else.

The lines are rows of the catalogue, found by their number; where one is not in it, none is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from geo.i18n import mark
from geo.search import everyday_words
from geo.search.everyday_words import Phrase, phrase


@dataclass(frozen=True)
class Crisis:
    """What is said above the answer, and which numbers are called, first the first."""

    told: str
    phones: tuple[str, ...]


CRISES: Mapping[str, Crisis] = {
    "suicide": Crisis(mark("You are not alone. Call or text now, day or night."), ("988",)),
    "overdose": Crisis(
        mark("An overdose? Call 911 now. Give naloxone (Narcan) if you have it. Stay with them."),
        ("911",),
    ),
    "violence": Crisis(
        mark("If you are in danger, call 911. This line is free and private, day or night."),
        ("800-799-7233",),
    ),
    "trafficking": Crisis(
        mark("You can get out. This line is free and private, day or night."), ("888-373-7888",)
    ),
}
_SUICIDE = """
    suicide, suicidal, want to die, die, dying, kill myself, killing myself, hurt myself,
    end my life, suicidio, suicidar, suicidarme, suicida, morir, morirme, matar, matarme,
    quitarme la vida, lastimarme
"""
_OVERDOSE = "overdose, overdosed, overdosing, od, sobredosis"
_BY_TYPE = {"domestic_violence": "violence", "trafficking": "trafficking"}


def of() -> dict[str, list[str]]:
    """Return the folded phrases that tell of each crisis; a phrase tells of one only."""
    found = {crisis: dict[Phrase, None]() for crisis in CRISES}
    found["suicide"] = dict.fromkeys(_phrases(_SUICIDE))
    found["overdose"] = dict.fromkeys(_phrases(_OVERDOSE))
    for known, types in everyday_words.TYPES_OF.items():
        for kind, crisis in _BY_TYPE.items():
            if types == {kind} or (kind in types and types <= _BY_TYPE.keys()):
                found[crisis].setdefault(known)
    taken: set[Phrase] = set()
    told = {}
    for crisis, phrases in found.items():
        told[crisis] = sorted(" ".join(one) for one in phrases if one and one not in taken)
        taken |= phrases.keys()
    return told


def meant(words: str) -> Crisis | None:
    """Return the crisis that words tell of, None if of none; the first of `CRISES` comes first.

    >>> meant("I want to die").phones, meant("food near Tracy")
    (('988',), None)
    """
    said = f" {' '.join(phrase(words))} "
    for name, phrases in of().items():
        if any(f" {one} " in said for one in phrases):
            return CRISES[name]
    return None


def _phrases(block: str) -> list[Phrase]:
    return [phrase(entry) for entry in block.split(",")]
