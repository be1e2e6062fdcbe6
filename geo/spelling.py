"""Spelling: text -> words to compare, whatever their accents, capitals and small mistakes.

Saint and St., Mount and Mt, Fort and Ft are one word each.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo import ordinary_words

SHORT: Mapping[str, str] = {"saint": "st", "mount": "mt", "fort": "ft"}
LEAST_LETTERS, MOST_LETTERS = 4, 30  # of a word in which a mistake is looked for
LONG_LETTERS = 8  # a shorter word has one mistake at most: "kicking" is not "killing"

_WORD = re.compile(r"[^\W_]+")
_WITHIN_A_WORD = re.compile(r"['’´`]|(?<=\b\w)\.(?=\w\b)")  # the marks in women's and H.I.V.
_I_WOULD = re.compile(r"\bi['’´`]d\b")  # "I'd" is not "ID"


def spoken_words(text: str) -> list[str]:
    """Return the words of `text` in lower case, with their accents.

    >>> spoken_words("Women's H.I.V. test - ¿Dónde? I'd go")
    ['womens', 'hiv', 'test', 'dónde', 'i', 'go']
    """
    plain = _I_WOULD.sub("i", unicodedata.normalize("NFC", text).casefold())
    return _WORD.findall(_WITHIN_A_WORD.sub("", plain))


def fold(word: str) -> str:
    """Return a lower-case word without its accents, in its short form.

    >>> fold("niños"), fold("saint")
    ('ninos', 'st')
    """
    plain = ordinary_words.fold(word)
    return SHORT.get(plain, plain)


def mistakes(word: str, other: str, most: int) -> int:
    """Return how many letters of `word` are wrong, missing, too many or swapped; more than `most`
    counts as `most + 1`.

    >>> mistakes("stocton", "stockton", 2), mistakes("tarcy", "tracy", 1), mistakes("a", "bcd", 1)
    (1, 1, 2)
    """
    return int(OSA.distance(word, other, score_cutoff=most))


def most_mistakes(word: str) -> int:
    """Return how many mistakes a word may have to be taken for another.

    >>> most_mistakes("los"), most_mistakes("tracey"), most_mistakes("stockten")
    (0, 1, 2)
    """
    if not (LEAST_LETTERS <= len(word) <= MOST_LETTERS and word.isalpha()):
        return 0
    return 1 if len(word) < LONG_LETTERS else 2


def nearest(word: str, known: Collection[str]) -> str:
    """Return the word of `known` with the fewest mistakes from `word`, "" if all have too many.

    Of several the one with the same first letter, which people seldom mistype; then the first.
    """
    near = process.extract(
        word, known, scorer=OSA.distance, score_cutoff=most_mistakes(word), limit=10
    )
    best = min(near, key=lambda hit: (hit[1], hit[0][0] != word[0], hit[2]), default=None)
    return best[0] if best and most_mistakes(word) else ""
