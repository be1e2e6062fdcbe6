"""Reading ease: how hard a text is to read, by two published formulas, in English and in Spanish.

English: grade = 0.39 words a sentence + 11.8 syllables a word - 15.59 (J. P. Kincaid and others,
"Derivation of new readability formulas for Navy enlisted personnel", 1975). Spanish: ease = 206.84
- 60 syllables a word - 1.02 words a sentence (J. Fernández Huerta, "Medidas sencillas de
lecturabilidad", 1959, with the second term as G. Law mended it in 2011).

A name, which nobody can put more simply, counts as a word of one syllable, as names are known words
in E. Dale and J. Chall's measure: a word with a capital that does not begin a sentence.

Syllables are counted by rule. Spanish is written so that the rule is the language's own. English is
not: what the rule misses is in `ODD`.
"""

import re
import unicodedata
from collections.abc import Callable

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_ENDS = re.compile(r"[.!?:;…]+(?=\s|$)|\n+")
# What stands for one word each: a number, an address, a code.
SYMBOLS = re.compile(r"https?://\S+|`[^`]*`|\{\w+\}|<[^>]+>|[\d.,:/%+-]*\d[\d.,:/%+-]*")
SHORT_FORMS = re.compile(r"\b(?:a|p)\. ?m\.|\b(?:St|Ave|Dr|Mr|Ms|No|Sr|Sra)\.|\b(?:[A-Z]\.)+")
VOWELS_EN = re.compile(r"[aeiouy]+")
SILENT_INSIDE = re.compile(r"e(?=(?:one|thing|where|work|house|wide|ship|less|ful|ments?|ly|ty)$)")
SILENT_AT_END = re.compile(
    r"[^aeiouyl]e$|[aeiou]le$|[^aeiouytd]ed$|(?:[^aeiouycgszxh]|(?<![sc])h)es$"
)
APART = re.compile(  # two vowels side by side that are said apart, and a syllable without one
    r"(?<![gqcst])i[ao](?!u)|(?<!q)ua(?=[^iy])|eo(?!p|u)|ea$|ying|[^aeiou]sm$"
)
SPELT_OUT = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,5}")  # read letter by letter
ODD = {  # what the rule misses of the words of our pages and records
    word: count
    for count, all_of_them in {
        1: "th ph",
        2: """language beyond going doing being someone sometimes circles tables needles couples
            senior seniors careful va daca wi kb""",
        3: """hiv pdf gps ics dui utf csv wednesday wednesdays business everyday area areas medium
            articles whoever anyone languages suicide heroin influence earlier earliest catholic
            everything""",
        4: "california everybody laboratory behavioral guardianship apostrophe html calexico",
        5: "association",
    }.items()
    for word in all_of_them.split()
}
STRONG, WEAK, STRESSED_WEAK = "aeoáéó", "iuü", "íú"


def words(text: str) -> list[str]:
    """Return the words of a text; what is a number or an address is none."""
    return WORD.findall(SYMBOLS.sub(" ", text))


def sentences(text: str) -> list[str]:
    """Return the parts of a text that end in a point, a colon or a line, each with a word in it."""
    whole = SHORT_FORMS.sub(" ", SYMBOLS.sub(" ", text))
    return [part for part in SENTENCE_ENDS.split(whole) if WORD.search(part)]


def syllables_en(word: str) -> int:
    """Return how many syllables an English word has.

    >>> [syllables_en(word) for word in "help house people walked wanted places county".split()]
    [1, 1, 2, 1, 2, 2, 2]
    """
    plain = _plain(word)
    for suffix in ("'s", "’s"):
        plain = plain.removesuffix(suffix)
    if plain in ODD:
        return ODD[plain]
    if SPELT_OUT.fullmatch(plain):
        return len(plain)
    plain = SILENT_INSIDE.sub("", plain)
    count = len(VOWELS_EN.findall(plain)) - bool(SILENT_AT_END.search(plain))
    return max(count + len(APART.findall(plain)), 1)


def syllables_es(word: str) -> int:
    """Return how many syllables a Spanish word has.

    >>> [syllables_es(word) for word in "ayuda día ciudad león quien averigüe aún país".split()]
    [3, 2, 2, 2, 1, 4, 2, 2]
    """
    plain = unicodedata.normalize("NFC", word.lower())
    plain = re.sub(r"qu(?=[eiéí])", "q", plain)
    plain = re.sub(r"gu(?=[eiéí])", "g", plain)
    plain = re.sub(r"y$", "i", plain).replace("h", "")
    count, before = 0, ""
    for letter in plain:
        if letter in STRONG:
            joins = before and before in WEAK
        elif letter in WEAK:
            joins = bool(before) and before != letter
        elif letter in STRESSED_WEAK:
            joins = before and before in WEAK
        else:
            before = ""
            continue
        count += not joins
        before = letter
    return max(count, 1)


def grade_en(text: str) -> float:
    """Return the school grade from which on an English text can be read (Flesch-Kincaid)."""
    a_sentence, a_word = _means(text, syllables_en)
    return 0.39 * a_sentence + 11.8 * a_word - 15.59


def ease_es(text: str) -> float:
    """Return how easily a Spanish text is read, 100 very easily (Fernández Huerta)."""
    a_sentence, a_word = _means(text, syllables_es)
    return 206.84 - 60 * a_word - 1.02 * a_sentence


def _means(text: str, syllables: Callable[[str], int]) -> tuple[float, float]:
    """Return the words a sentence and the syllables a word."""
    parts = [words(part) for part in sentences(text)]
    known = [
        1 if place and word[0].isupper() else syllables(word)
        for part in parts
        for place, word in enumerate(part)
    ]
    return len(known) / len(parts), sum(known) / len(known)


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))
