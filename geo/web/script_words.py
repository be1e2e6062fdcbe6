"""Script words: the sentences that our scripts say, and what a script needs to say them.

A script marks a sentence as Python does: `say("...")`, `say.many("{n} place", "{n} places", n)`.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.extract import extract

from geo.clock import TIMEZONE
from geo.i18n import Words
from geo.web import assets

KEYWORDS = {"say": None, "say.many": (1, 2)}

Sentence = str | tuple[str, str]  # two: the form for one and the form for more


def said(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a script, in its order."""
    with path.open("rb") as file:
        for _, found, _, _ in extract("javascript", file, KEYWORDS):
            yield found if isinstance(found, str) else (found[0], found[1])


@cache
def all_said() -> tuple[Sentence, ...]:
    """Return the sentences of all scripts, each once."""
    scripts = sorted(assets.STATIC.rglob("*.js"))
    return tuple(dict.fromkeys(sentence for path in scripts for sentence in said(path)))


def dictionary(say: Words) -> dict[str, str | list[str]]:
    """Return the sentences of the scripts in the language of `say`, by the English one.

    A sentence that is the same is left out; one with a form for more has both.
    """
    told: dict[str, str | list[str]] = {}
    for sentence in all_said():
        if isinstance(sentence, str):
            if (own := say.raw(sentence)) != sentence:
                told[sentence] = own
        elif (forms := [say.raw(*sentence, 1), say.raw(*sentence, 2)]) != [*sentence]:
            told[sentence[0]] = forms
    return told


def formats(say: Words) -> dict[str, Any]:
    """Return how times and days are written: each clock hour and each month as a pattern.

    So a browser writes them as the server does, whatever it knows of languages.
    """
    hours = [
        say.time(datetime(2099, 1, 1, hour, 59, tzinfo=TIMEZONE)).replace("59", "{mm}")
        for hour in range(24)
    ]
    months = [date(2099, month, 28) for month in range(1, 13)]
    return {
        "hours": hours,
        "dates": [_pattern(say.date(day)) for day in months],
        "days": [_pattern(say.day(day)) for day in months],
        "weekdays": [say.weekday(number) for number in range(7)],
    }


def _pattern(written: str) -> str:
    return written.replace("2099", "{y}").replace("28", "{d}")
