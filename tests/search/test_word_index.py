"""Words find places through accents, prefixes, plurals and the like, and by the types they mean."""

import pytest

from geo.search import everyday_words, word_index
from geo.search.word_index import NO, SAME_KIND, SAYS, Cells

PLACES = word_index.index(
    [
        Cells(["Clínica Calexico"], ["Calexico", "92231"], ["Médicos y vacunas"], ["clinic"]),
        Cells(["Women's House"], ["Tracy", "95376"], ["Beds for women"], ["shelter"]),
        Cells(["St. Joseph's Pantry"], ["Stockton", "95202"], ["Bags of food"], ["food"]),
        Cells(["Law Office"], ["Stockton", "95202"], ["Near the shelter"], ["legal_aid"]),
    ]
)


def fits(typed: str) -> list[int]:
    """Return how a phrase fits each place."""
    phrase = everyday_words.phrase(typed)
    types, general = everyday_words.types_meant(phrase), everyday_words.is_general(phrase)
    return word_index.fitting(PLACES, phrase, types, general)[0].tolist()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("calex", [SAYS, NO, NO, NO]),
        ("CALÉXICO", [SAYS, NO, NO, NO]),
        ("cal", [NO, NO, NO, NO]),  # too short to be the beginning of a word
        ("medico", [SAYS, NO, NO, NO]),
        ("womens", [NO, SAYS, NO, NO]),
        ("women’s house", [NO, SAYS, NO, NO]),
        ("pantries", [NO, NO, SAYS, NO]),
        ("pantry", [NO, NO, SAYS, NO]),
        ("saint joseph", [NO, NO, SAYS, NO]),
        ("St. Joseph", [NO, NO, SAYS, NO]),
        ("95202", [NO, NO, SAYS, SAYS]),
        ("house office", [NO, NO, NO, NO]),
        # Who asks for a type as such is answered by each place of it, and may be by a mention.
        ("a place to sleep", [NO, SAYS, NO, NO]),
        ("shelter", [NO, SAYS, NO, SAME_KIND]),
        # Who asks for one thing is answered by who says so; others of the type may do it.
        ("vaccine", [SAYS, NO, NO, NO]),
        ("dentist", [SAME_KIND, NO, NO, NO]),
        # Who asks about immigration may be helped by a lawyer.
        ("immigration", [NO, NO, NO, SAME_KIND]),
    ],
    ids=str,
)
def test_a_place_says_it_or_is_of_the_kind_or_neither(typed, expected):
    assert fits(typed) == expected


@pytest.mark.parametrize(
    ("one", "more"),
    [
        ("pantry", "pantries"),
        ("laundry", "laundries"),
        ("pharmacy", "pharmacies"),
        ("library", "libraries"),
        ("bed", "beds"),
        ("bus", "buses"),
        ("despensa", "despensas"),
        ("hospital", "hospitales"),
        ("luz", "luces"),
        ("clínica", "clínicas"),
    ],
)
def test_one_and_many_are_the_same_in_both_languages(one, more):
    places = word_index.index([Cells([one]), Cells([more])])
    for typed in (one, more):
        phrase = everyday_words.phrase(typed)
        assert (word_index.fitting(places, phrase)[0] == SAYS).all(), typed


@pytest.mark.parametrize(
    ("long", "short"), [("Saint Mary", "St. Mary"), ("Mount Zion", "Mt Zion"), ("Fort X", "Ft. X")]
)
def test_short_and_long_ways_to_write_a_name_are_the_same(long, short):
    places = word_index.index([Cells([long]), Cells([short])])
    for typed in (long, short):
        phrase = everyday_words.phrase(typed)
        assert (word_index.fitting(places, phrase)[0] == SAYS).all(), typed
