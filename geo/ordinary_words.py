"""Ordinary words: the words of everyday English and Spanish, as apart from names.

They lie in `data/words/`, a file each, most frequent first; `services.txt` adds what services say
and the other two lack. Where they are from: `data/README.md`. Names of towns and people are not
among them unless they mean something else too, as "rose" does.
"""

import unicodedata
from functools import cache

from geo.settings import DATA

FOLDER = DATA / "words"
FILES = ("english", "spanish", "services")


def is_ordinary(word: str) -> bool:
    """Say whether a word is an everyday one, whatever its capitals and accents.

    >>> is_ordinary("Refugio"), is_ordinary("clinica"), is_ordinary("Zanzibar")
    (True, True, False)
    """
    return fold(word) in load()


@cache
def load() -> frozenset[str]:
    """Return all the words, folded."""
    texts = ((FOLDER / f"{name}.txt").read_text("utf-8") for name in FILES)
    return frozenset(fold("\n".join(texts)).split())


def fold(text: str) -> str:
    """Return a text in small letters, without accents.

    >>> fold("Niños y Niñas")
    'ninos y ninas'
    """
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
