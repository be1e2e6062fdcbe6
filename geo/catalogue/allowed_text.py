"""Allowed text: what a text is built from where the place must not be found; all else is refused.

Allowed are everyday words of both languages that point at no place, names that were approved,
phrases of `data/words/phrases.txt`, numbers in a few shapes, and plain letters and signs. Words
that may point at a place (`data/words/pointing.txt`) pass only in a phrase.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import phonenumbers

from geo.ordinary_words import FOLDER, fold, is_ordinary

LETTER = "A-Za-zÁÉÍÓÚÜÑáéíóúüñ"
NUMBER, PASSED = "\x01", "\x02"  # stand for what passed already
PLAIN = re.compile(rf"[{LETTER}0-9 .,;:!?¿¡()'’\"“”–/&+%$-]*")
WORD = re.compile(rf"[{LETTER}]+(?:['’][{LETTER}]+)*")
GLUED = re.compile(rf"[.,;:!?][{LETTER}]")
BEFORE_A_SENTENCE = re.compile(rf"(?:^|[.!?:;{PASSED}])[ \"“('’¿¡-]*$")
ENDINGS = ("s", "t", "ll", "re", "ve", "d", "m")  # after an apostrophe

_UNIT = (
    "hours?|days?|nights?|weeks?|months?|years?|minutes?|beds?|people|women|men|adults?|children|"
    "kids|famil(?:y|ies)|youth|teens|sessions?|meals?|visits?|times|clients|residents|bags?|"
    "percent|horas?|días?|noches?|semanas?|mes(?:es)?|años?|minutos?|camas?|personas|mujeres|"
    "hombres|adultos|niños|familias|jóvenes|sesiones|comidas?|visitas|veces|por ciento"
)
_COUNT = (
    "(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|dos|tres|cuatro|cinco|"
    "seis|siete|ocho|nueve|diez|doce)"
)
_TO = "(?: ?(?:to|through|and|or|a|y|o|hasta|-|–) ?)"
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|enero|"
    "febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_YEAR = "(?:19[7-9]|20[0-3])[0-9]"
_CLOCK = "(?:[01]?[0-9]|2[0-4])(?::(?:00|15|30|45))?"
_NOON = " ?(?:am|pm|a\\.m\\.|p\\.m\\.)"
PHONE = r"(?:1[ -])?\(?[2-9][0-9]{2}\)?[ .-][0-9]{3}[ .-][0-9]{4}"
SHAPES = (
    "24/7|211|311|511|711|811|911|988",
    rf"{_COUNT}(?:{_TO}{_COUNT})?[ -]?(?:{_UNIT})(?![{LETTER}])",
    rf"(?:[Aa]ge[sd]?|[Ee]dades|[Uu]nder|[Oo]ver|[Mm]ayor(?:es)? de|[Mm]enor(?:es)? de)"
    rf" [0-9]{{1,2}}(?:{_TO}[0-9]{{1,2}})?(?! [0-9])",
    r"[0-9]{1,2} (?:and|or|y|o) (?:older|over|up|under|younger|más|mayor(?:es)?|menor(?:es)?)",
    r"[0-9]{1,2}\+",
    rf"{_CLOCK}(?:{_NOON})?{_TO}(?:las )?{_CLOCK}{_NOON}|{_CLOCK}{_NOON}",
    rf"(?:[Ff]rom|[Aa]t|[Dd]e|[Aa] las|[Ll]as) {_CLOCK}(?:{_TO}(?:las )?{_CLOCK})?",
    rf"(?:{_MONTH}) [0-9]{{1,2}}(?:, {_YEAR})?|[0-9]{{1,2}} de (?:{_MONTH})(?: de(?:l)? {_YEAR})?",
    rf"(?:[Ii]n|[Ss]ince|[Uu]ntil|[Oo]f|[Ee]n|[Dd]esde|[Hh]asta|[Dd]el?|(?:{_MONTH})(?: de)?)"
    rf" {_YEAR}",
    r"\$[0-9]{1,3}(?:,[0-9]00)?(?:\.00)?|[0-9]{1,3} ?%",
)
NUMBERS = re.compile(rf"(?<![\w.,:/$+-])(?:{'|'.join(SHAPES)})(?![\w/:+%]|[.,-][0-9])")
PHONES = re.compile(rf"(?<![\w.,:/$+-]){PHONE}(?![\w/:+-]|\.[0-9])")


@dataclass(frozen=True)
class Refusal:
    """Why a text does not pass; none of the text is in it."""

    kind: str  # in our words
    number: int  # of the word at which to look, counted from 1; 0 for the whole text

    def __str__(self) -> str:
        """Say what it is and where.

        >>> str(Refusal("a capital letter inside a sentence", 3))
        'a capital letter inside a sentence (look at word 3)'
        """
        return f"{self.kind} (look at word {self.number})" if self.number else self.kind


def refusal(text: str, names: Iterable[str] = (), title: bool = False) -> Refusal | None:
    """Return why a text of a place that is not public does not pass; None if it does.

    `names` are approved and pass as they are written. In a `title`, a name of something itself,
    words may have capitals.

    >>> refusal("Call day or night. Beds for women for up to 30 days.")
    >>> str(refusal("Llame y venga a Zanzibar."))
    'a capital letter inside a sentence (look at word 5)'
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if not PLAIN.fullmatch(plain):
        return Refusal("a letter or sign that is not plain", 0)
    if plain and not WORD.search(plain):
        return Refusal("a text without words", 0)
    left = _without(plain, names, title)
    if glued := GLUED.search(left):
        return Refusal("a sign between two words without a blank", _count(left, glued.start()))
    if digit := re.search("[0-9]", left):
        return Refusal("a number in a shape that is not allowed", _count(left, digit.start()))
    for found in WORD.finditer(left):
        if kind := _unlike(
            found[0], title or bool(BEFORE_A_SENTENCE.search(left[: found.start()]))
        ):
            return Refusal(kind, _count(left, found.start()))
    return None


def without_numbers(text: str) -> str:
    """Return a text without the numbers that pass: ages, hours, days, money, phones, years."""
    return NUMBERS.sub(" ", PHONES.sub(" ", text))


def _without(plain: str, names: Iterable[str], title: bool) -> str:
    """Return a text with marks, each as long as what it stands for, in place of what passes."""
    known = sorted((name for name in names if name), key=len, reverse=True)
    if known:
        any_name = "|".join(re.escape(" ".join(name.split())) for name in known)
        plain = re.sub(rf"(?<![{LETTER}0-9])(?:{any_name})(?![{LETTER}0-9])", _passed, plain)
    plain = PHONES.sub(lambda found: _marks(found, NUMBER) if _rings(found[0]) else found[0], plain)
    plain = NUMBERS.sub(lambda found: _marks(found, NUMBER), plain)
    return _phrases(title).sub(_passed, plain)


def _passed(found: "re.Match[str]") -> str:
    return _marks(found, PASSED)


def _marks(found: "re.Match[str]", mark: str) -> str:
    """Return a mark for each letter, so that words can still be counted."""
    return re.sub("[^ ]", mark, found[0])


def _count(text: str, start: int) -> int:
    """Return the number of the word that begins at `start` or that it is in."""
    return text[: start + 1].count(" ") + 1


def _rings(text: str) -> bool:
    return phonenumbers.is_valid_number_for_region(phonenumbers.parse(text, "US"), "US")


def _unlike(word: str, may_begin_large: bool) -> str:
    """Return what is wrong with a word, '' if nothing is."""
    first, *rest = re.split("['’]", word)
    large = not may_begin_large and word[0].isupper() and word != "I"
    if large or not (word[1:].islower() or len(word) == 1 or (may_begin_large and word.isupper())):
        return "a capital letter inside a sentence"
    if any(ending.casefold() not in ENDINGS for ending in rest):
        return "a word that is not on our lists"
    root = fold(first)
    if root in _pointing():
        return "a word that may point at a place"
    known = is_ordinary(root) or (rest and is_ordinary(root.removesuffix("n")))
    return "" if known else "a word that is not on our lists"


@cache
def _pointing() -> frozenset[str]:
    """Return the words that pass only in a phrase, folded."""
    return frozenset(word for line in _lines("pointing") for word in line.split())


@cache
def _phrases(title: bool) -> "re.Pattern[str]":
    """Return what matches any phrase that passes, the longest first."""
    lines = sorted(_lines("phrases"), key=len, reverse=True)
    any_phrase = "|".join(map(_as_written, lines))
    edge = f"{LETTER}0-9{NUMBER}"
    return re.compile(
        rf"(?<![{edge}])(?:{any_phrase})(?![{edge}])", re.IGNORECASE if title else re.NOFLAG
    )


def _as_written(phrase: str) -> str:
    first, rest = phrase[0], re.escape(phrase[1:]).replace(r"\#", f"[{NUMBER} ]*{NUMBER}")
    return (f"[{first}{first.upper()}]" if first.islower() else re.escape(first)) + rest


def _lines(name: str) -> Iterator[str]:
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("# "))
