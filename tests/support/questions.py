"""Questions: what readers may ask, by chance and always the same for one seed."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from geo import areas
from geo.catalogue import records
from geo.clock import TIMEZONE
from geo.search import everyday_words
from geo.search.index import Index

FIRST = datetime(2026, 1, 5, tzinfo=TIMEZONE)
DAYS = 730
MARKED = (  # nights on which the clocks change, holidays, the day after one
    datetime(2026, 3, 8, 1, 59, tzinfo=TIMEZONE),
    datetime(2026, 3, 8, 3, 0, tzinfo=TIMEZONE),
    datetime(2026, 11, 1, 1, 30, tzinfo=TIMEZONE),
    datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=TIMEZONE),
    datetime(2027, 3, 14, 3, 1, tzinfo=TIMEZONE),
    datetime(2027, 11, 7, 1, 0, fold=1, tzinfo=TIMEZONE),
    datetime(2026, 11, 26, 10, 0, tzinfo=TIMEZONE),
    datetime(2026, 12, 25, 12, 0, tzinfo=TIMEZONE),
    datetime(2027, 1, 1, 0, 0, tzinfo=TIMEZONE),
    datetime(2027, 7, 5, 9, 30, tzinfo=TIMEZONE),
)
SENTENCES = (
    "donde puedo dormir esta noche",
    "my husband hits me",
    "mi esposo me pega",
    "i am hungry",
    "need a lawyer for deportation",
    "me quiero morir",
    "free clinic near 95376",
    "clinic 95378 ca 1234",
    "tracy ca",
    "food in imperial county",
    "condado de san joaquin comida",
    "el centro de salud",
    "shelter el centro",
    "I'd like an I.D. for my 2 kids",
    "women's shelter St. Mary's",
    "abierto ahora comida",
    "open right now",
    "¿Dónde hay pañales?",
    "holt victor imperial",
    "clinic in august",
    "bus pass DMV ID card",
    "dope sick",
    "food food food comida",
    "12 step 988 a ca",
    "STRASSE Straße ﬁrst ＦＯＯＤ",
    "a.b c.d. x.y.z 's 'n' ´",
    "",
    "   ",
    "foo𐌰 ᴬᴮᴰ ①②③ İSTANBUL ΣΑΣ ǅ ½ ٣٤٥ ＴＲＡＣＹ x̣ o\u0301 n\u0303ame",
    "clınıc hospıtal ŧood 𝒻𝑜𝑜𝒹 𝕔𝕝𝕚𝕟𝕚𝕔 ỉd i´d I`d 'i'd' h.i.v h.i.v. a.bc",
    "___ -- 😀 日本語 the a de",
)
LETTERS = "abcdefghijklmnopqrstuvwxyzñáéíóúü '.-5"
PLACES = (None, None, *areas.load())


def moments(count: int, dice: random.Random) -> list[datetime]:
    """Return so many moments of two years, the marked ones first."""
    chosen = [
        FIRST + timedelta(minutes=dice.randrange(DAYS * 24 * 60))
        for _ in range(max(0, count - len(MARKED)))
    ]
    return [*MARKED[:count], *chosen]


def queries(count: int, index: Index, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Yield so many questions about a catalogue, by the names of `Query`; `where` is a key."""
    said = [word for word in index.texts.words if not word.startswith("=")]
    phrases = [" ".join(phrase) for phrase in everyday_words.TYPES_OF]
    for _ in range(count):
        asked: dict[str, Any] = {"words": words(dice, said, phrases)} if dice.random() < 0.8 else {}
        if dice.random() < 0.25:
            asked["types"] = dice.sample([*records.TYPES], dice.randint(1, 3))
        if where := dice.choice(PLACES) if dice.random() < 0.6 else None:
            asked["where"] = where
        if dice.random() < 0.2:
            asked["within_miles"] = dice.choice([0.5, 2, 5, 15, 30, 60, 500])
        if dice.random() < 0.35:
            asked["open_at"] = True
            asked["with_unknown"] = dice.random() < 0.5
        if dice.random() < 0.1:
            asked["languages"] = dice.sample(["en", "es", "tl", "pa", "hmn"], 2)
        for flag in ("free", "walk_in", "no_documents", "wheelchair"):
            if dice.random() < 0.05:
                asked[flag] = True
        yield asked


def words(dice: random.Random, said: Sequence[str], phrases: Sequence[str]) -> str:
    """Return what someone may type: a sentence, or some words with mistakes."""
    if dice.random() < 0.15:
        text = dice.choice(SENTENCES)
    else:
        pools = (said, phrases, phrases, [area.name for area in areas.load().values()])
        chosen = [dice.choice(dice.choice(pools)) for _ in range(dice.randint(1, 4))]
        text = dice.choice([" ", " ", ", ", " in ", " en "]).join(chosen)
    for _ in range(dice.choice([0, 0, 1, 1, 2])):
        text = mistaken(dice, text)
    return dice.choice([str, str.upper, str.title])(text)


def mistaken(dice: random.Random, text: str) -> str:
    """Return a text with a letter more, less, another one or two swapped."""
    at = dice.randrange(len(text) + 1)
    letter = dice.choice(LETTERS)
    return dice.choice(
        [
            text[:at] + letter + text[at:],
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at + 1 :],
            text[: at - 1] + text[at : at + 1] + text[at - 1 : at] + text[at + 1 :] if at else text,
        ]
    )
