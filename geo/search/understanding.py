"""Understanding: what someone types -> what they wish for, and the place they mean.

Nobody types as a list is written. A town, a ZIP code or a county among the words is a place, the
state behind it says nothing, "open now" is a wish like another, and a word with a mistake is taken
for the nearest known one. What is left are wishes: everyday phrases and words by themselves.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from geo import areas
from geo.addresses import area_names
from geo.addresses.area_names import STATE
from geo.areas import Area
from geo.ordinary_words import is_ordinary
from geo.search import everyday_words
from geo.search.everyday_words import MODEST_WORDS, STOP_WORDS, Phrase
from geo.search.word_index import Texts, is_known, is_name
from geo.spelling import LEAST_LETTERS, fold, nearest, spoken_words

MOST_WORDS = 24  # those after it are not read
MOST_DIGITS = 2  # "my 2 kids": a longer number may be a name
NEED, QUALITY = "need", "quality"
Said = tuple[str, int]  # a folded word, and which of the words it is
OPEN_NOW = frozenset(
    tuple(entry.split())
    for entry in (
        *("open now", "open right now", "now open", "abierto ahora", "abierta ahora"),
        *("abiertos ahora", "abiertas ahora", "abierto ahorita", "abiertos ahorita"),
    )
)


@dataclass(frozen=True)
class Wish:
    """One thing that is asked for.

    A *need* is what one comes for: "dentist", or a word of a name; a *quality* makes one answer
    better than another: "free", "women", "kids". `general`: each place of `types` answers it.
    """

    phrase: Phrase
    told: str  # as it is written, with accents
    role: str  # NEED or QUALITY
    types: frozenset[str] = frozenset()
    general: bool = False


@dataclass(frozen=True)
class Asked:
    """What was understood of some words."""

    wishes: tuple[Wish, ...] = ()
    where: Area | None = None  # the place that counts, chosen or in the words
    where_said: bool = False  # whether it was in the words
    open_now: bool = False
    understood: str = ""  # the words after correction; "" if there was nothing to correct


def read(texts: Texts, typed: str, chosen: Area | None = None) -> Asked:
    """Return what `typed` asks of the places in `texts`, for a reader who has `chosen` a place.

    A place in the words counts if none is chosen or if it lies in a chosen county; one at odds
    with a chosen place is a word like another.
    """
    spoken = spoken_words(typed[:1000])[:MOST_WORDS]
    folded = [fold(word) for word in spoken]
    meant = [_corrected(texts, word) for word in folded]
    written = [
        word if right == plain else texts.spelled.get(right, right)
        for word, plain, right in zip(spoken, folded, meant, strict=True)
    ]
    said, where, where_said = [*zip(meant, count(), strict=False)], chosen, False
    if place := area_names.named(meant):
        area = areas.load()[place.key]
        if _agree(chosen, area):
            narrower = chosen is None or (chosen.kind == "county" and area.kind != "county")
            where, where_said = (area, True) if narrower else (chosen, False)
            del said[place.first : place.end]
    said, open_now = _without_open_now(_without_state(said))
    return Asked(
        tuple(_wishes(texts, [pair for pair in said if pair[0] not in STOP_WORDS], written)),
        where,
        where_said,
        open_now,
        " ".join(written) if meant != folded else "",
    )


def _agree(chosen: Area | None, area: Area) -> bool:
    """Return whether a place in the words is no other one than that chosen."""
    if chosen is None or chosen.key == area.key:
        return True
    return "county" in (chosen.kind, area.kind) and chosen.county == area.county


def _without_state(said: list[Said]) -> list[Said]:
    """Return the words without the state at their end or after "in": all places are in it."""
    kept: list[Said] = []
    for number, pair in enumerate(said):
        before = kept[-1][0] if kept else ""
        at_end = all(word in STATE for word, _ in said[number:])
        named = everyday_words.is_known((before, pair[0]))
        if pair[0] in STATE and len(said) > 1 and not named and (at_end or before in ("in", "en")):
            continue
        kept.append(pair)
    return kept


def _without_open_now(said: list[Said]) -> tuple[list[Said], bool]:
    for first in range(len(said)):
        for end in range(first + 2, min(first + 3, len(said)) + 1):
            if tuple(word for word, _ in said[first:end]) in OPEN_NOW:
                return said[:first] + said[end:], True
    return said, False


def _wishes(texts: Texts, said: Sequence[Said], written: Sequence[str]) -> Iterator[Wish]:
    """Yield the longest everyday phrases in the words, and each other word by itself, once."""
    seen: set[Phrase] = set()
    phrases = [*_phrases(said)]
    loud = any(phrase[0] not in MODEST_WORDS or len(phrase) > 1 for phrase, *_ in phrases)
    for phrase, first, last in phrases:
        modest = len(phrase) == 1 and phrase[0] in MODEST_WORDS
        if phrase in seen or (loud and modest):
            continue
        seen.add(phrase)
        types = everyday_words.types_meant(phrase)
        known = everyday_words.is_known(phrase)
        who = everyday_words.is_who(phrase)
        need = not who if types else not known and is_name(texts, phrase)
        general = who or everyday_words.is_general(phrase)
        told = " ".join(written[first : last + 1])
        yield Wish(phrase, told, NEED if need else QUALITY, types, general)


def _phrases(said: Sequence[Said]) -> Iterator[tuple[Phrase, int, int]]:
    """Yield each phrase with the numbers of its first and its last word."""
    first = 0
    while first < len(said):
        for length in range(min(everyday_words.LONGEST, len(said) - first), 0, -1):
            phrase = tuple(word for word, _ in said[first : first + length])
            if length == 1 or everyday_words.is_known(phrase):
                break
        small = length == 1 and phrase[0].isdigit() and len(phrase[0]) <= MOST_DIGITS
        if not small:
            yield phrase, said[first][1], said[first + length - 1][1]
        first += length


def types_of(wishes: Iterable[Wish]) -> frozenset[str]:
    """Return the types that wishes ask for: those of the needs; without any, all."""
    wishes = [*wishes]
    needed = [wish.types for wish in wishes if wish.role == NEED]
    return frozenset[str]().union(*needed) or frozenset[str]().union(*(w.types for w in wishes))


def is_strange(texts: Texts, word: str) -> bool:
    """Return whether a word may have a mistake: it is of neither language, and no place has it."""
    return not (len(word) < LEAST_LETTERS or is_known(texts, word) or is_ordinary(word))


def _corrected(texts: Texts, word: str) -> str:
    """Return the known word nearest to `word`: itself if it is right, or if none is near.

    A word of either language is right, even if no place has it. None of the little words is taken
    for it: better a word left out, and said so, than one that asks for nothing.
    """
    if not is_strange(texts, word):
        return word
    right = nearest(word, texts.candidates)
    return word if right in STOP_WORDS or not right else right
