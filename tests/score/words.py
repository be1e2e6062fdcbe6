"""Words: every sentence of ours and every text of a record is there in each language, and plain."""

import csv
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from geo.catalogue.rules.texts import TWINS
from geo.settings import DATA
from tests import messages
from tests.score.row import Reached, Trial, faultless
from tests.support import reading_ease

FIGURE = "texts missing in a language, above grade 8 in English or below 60 in Spanish"
TARGET = "0 texts"
NOT_COVERED = (
    "Texts of fewer than 8 words, in which one long word decides, are looked at together only; "
    "names count as easy words; a formula counts, it does not understand."
)
FEWEST_WORDS = 8
MOST_GRADE, LEAST_EASE = 8, 60
HARD = (
    "Notwithstanding administrative limitations, beneficiaries demonstrate their eligibility here."
)

Pair = tuple[str, str, str]  # where it stands, in English, in Spanish


def measure(trial: Trial) -> Reached:
    """Read each text in both languages; broken: the code says a hard sentence more."""
    said = [*messages.said(), *([(Path("planted.py"), HARD)] if trial.is_broken else [])]
    with mock.patch.object(messages, "said", lambda: iter(said)):
        pairs = [*of_the_code(), *of_the_records()]
    faults = [fault for pair in pairs for fault in faults_of(*pair)]
    return faultless(2 * len(pairs), [*faults, *faults_of_the_short(pairs)], "texts")


def of_the_code() -> Iterator[Pair]:
    """Yield every sentence that the code says, in both its forms if it has two."""
    known = {message.id: message.string for message in messages.read(messages.text_of("es"))}
    for path, sentence in messages.said():
        whole = isinstance(sentence, str)
        told = known.get(sentence, "" if whole else ("", ""))
        forms = ((sentence, told),) if whole else zip(sentence, told, strict=True)
        for english, spanish in forms:
            yield path.as_posix(), english, spanish


def of_the_records() -> Iterator[Pair]:
    """Yield every text of the catalogue that is ours."""
    columns = (("description_en", "description_es"), *TWINS)
    with (DATA / "services.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for english, spanish in columns:
                if row[english] or row[spanish]:
                    yield f"{row['id']} {english}", row[english], row[spanish]


def faults_of(where: str, english: str, spanish: str) -> Iterator[str]:
    """Yield what is missing of a text, or too hard."""
    if not (english and spanish):
        yield f"{where}: {english or spanish!r} is there in one language only"
        return
    if is_long(english) and (grade := reading_ease.grade_en(english)) > MOST_GRADE:
        yield f"{where}: grade {grade:.1f}: {english}"
    if is_long(spanish) and (ease := reading_ease.ease_es(spanish)) < LEAST_EASE:
        yield f"{where}: ease {ease:.1f}: {spanish}"


def faults_of_the_short(pairs: list[Pair]) -> Iterator[str]:
    """Yield a fault if the short texts, one after the other, are too hard as a whole."""
    for language, measure_of, is_hard in (
        (1, reading_ease.grade_en, lambda grade: grade > MOST_GRADE),
        (2, reading_ease.ease_es, lambda ease: ease < LEAST_EASE),
    ):
        short = {pair[language] for pair in pairs if not is_long(pair[language])}
        figure = measure_of("\n".join(sorted(short)))
        if is_hard(figure):
            yield f"all {len(short)} short texts together: {figure:.1f}"


def is_long(text: str) -> bool:
    """Say whether a text has enough words to be measured by itself."""
    return len(reading_ease.words(text)) >= FEWEST_WORDS
