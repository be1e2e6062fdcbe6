"""Words find places through accents, prefixes, typing mistakes and phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.search import word_index
from geo.search.word_index import Cells

PLACES = word_index.index(
    [
        Cells(["Clínica Calexico"], ["Calexico", "92231"], ["Médicos y vacunas"], ["clinic"]),
        Cells(["Women's House"], ["Tracy", "95376"], ["Beds for women"], ["shelter"]),
        Cells(["Men's Mission"], ["Stockton", "95202"], ["Beds for men"], ["shelter"]),
        Cells(["Law Office"], ["Stockton", "95202"], ["Takes Medi-Cal"], ["legal_aid"]),
    ]
)


def fitting(typed: str) -> list[int]:
    score = word_index.match(PLACES, typed).score
    return list(range(PLACES.size)) if score is None else score.nonzero()[0].tolist()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("calex", [0]),
        ("CALÉXICO", [0]),
        ("clinica", [0]),
        ("medico", [0]),
        ("womens", [1]),
        ("women’s house", [1]),
        ("bed", [1, 2]),
        ("men", [2]),
        ("95202", [2, 3]),
        ("Medi-Cal", [0, 3]),
        ("a bed in Stockton", [2]),
        ("house Stockton", []),
        ("¿Dónde hay un lugar para dormir en Tracy?", [1]),
        ("I need help", [0, 1, 2, 3]),
        ("", [0, 1, 2, 3]),
        ("law Fresno", []),
    ],
    ids=str,
)
def test_every_word_that_counts_must_fit(typed, expected):
    assert fitting(typed) == expected


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("shleter", "shelter"),
        ("Abogdo en Stocton", "abogado en stockton"),
        ("emergancy room", "emergency room"),
        ("niños comda", "niños comida"),
        ("calxico", "calexico"),
        ("medcio", "médico"),
        ("sicologo", "psicólogo"),
        ("inmigrasion", "inmigración"),
        ("suiside", "suicide"),
    ],
)
def test_a_mistyped_word_is_taken_for_the_nearest_known_one(typed, understood):
    assert word_index.match(PLACES, typed).understood == understood


@pytest.mark.parametrize("typed", ["Stockton", "calex", "95203", "xqzt", "bad", "zzzzzzzz", "VIH"])
def test_what_fits_or_is_like_nothing_is_left_as_it_is(typed):
    assert word_index.match(PLACES, typed).understood == ""


def test_a_phrase_means_more_than_its_words():
    assert word_index.match(PLACES, "safe house").types == {"domestic_violence"}
    assert word_index.match(PLACES, "drug abuse").types == {"substance_use"}


@given(st.text(max_size=300))
def test_anything_can_be_typed(typed):
    match = word_index.match(PLACES, typed)
    assert match.score is None or match.score.shape == (PLACES.size,)


def test_a_very_long_text_is_read_only_so_far():
    assert word_index.match(PLACES, "stockton " * 100_000).score.tolist() == [0, 0, 32, 32]
