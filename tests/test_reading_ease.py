"""How hard a text is to read: syllables as a dictionary has them, two formulas worked by hand."""

import pytest

from tests.support import reading_ease
from tests.support.reading_ease import ease_es, grade_en

ENGLISH = {
    1: "help house walked through free called homes years",
    2: "people wanted places county language someone safety older being shelter ladies county's",
    3: "family hospital everything languages area idea elderly STD violence",
    4: "emergency community information California",
    5: "association organizations",
}
SPANISH = {
    1: "pan buey quien dios hay",
    2: "casa ciudad aún país guerra león huevo niños",
    3: "ayuda médico caminar atención",
    4: "averigüe comunidad teléfono policía",
    5: "organización necesidades",
}
HARD = "Organizations demonstrate eligibility."
NAMES = "Call Community Medical Centers, the clinic in El Centro, today."


@pytest.mark.parametrize(
    ("count", "word"), [(count, word) for count, all_ in ENGLISH.items() for word in all_.split()]
)
def test_syllables_of_english(count, word):
    assert reading_ease.syllables_en(word) == count


@pytest.mark.parametrize(
    ("count", "word"), [(count, word) for count, all_ in SPANISH.items() for word in all_.split()]
)
def test_syllables_of_spanish(count, word):
    assert reading_ease.syllables_es(word) == count


def test_the_english_grade_is_that_of_the_formula():
    # 2 sentences, 8 words, 9 syllables: 0.39 * 4 + 11.8 * 9/8 - 15.59
    assert grade_en("We help you find food. Call us today.") == pytest.approx(-0.755)
    # 1 sentence, 3 words, 5 + 3 + 6 syllables
    assert grade_en(HARD) == pytest.approx(0.39 * 3 + 11.8 * 14 / 3 - 15.59)


def test_the_spanish_ease_is_that_of_the_formula():
    # 2 sentences, 7 words, 2+1+2+1+2 + 2+1 syllables
    assert ease_es("Busque un lugar que abra. Llame ya.") == pytest.approx(
        206.84 - 60 * 11 / 7 - 1.02 * 7 / 2
    )


def test_names_numbers_and_addresses_make_no_text_hard():
    # 9 words, 1 sentence: 1 a name; call 1, the 1, clinic 2, in 1, today 2
    assert grade_en(NAMES) == pytest.approx(0.39 * 10 + 11.8 * 12 / 10 - 15.59)
    assert reading_ease.words("See https://example.org/x or call 209-555-0100 {n} times") == [
        *["See", "or", "call", "times"]
    ]


def test_a_point_within_a_time_ends_no_sentence():
    assert len(reading_ease.sentences("Abre a las 5 p. m. los lunes. Llame antes.")) == 2
