"""Everyday words in both languages ask for the right types."""

import pytest

from geo.catalogue import records
from geo.i18n import LANGUAGES, words
from geo.search import everyday_words, understanding, word_index
from geo.search.match import match
from geo.search.word_index import Cells

ASKED = {
    "food": "comida, despensa, hambre, hungry, WIC, CalFresh, food stamps, estampillas, SNAP",
    "legal_aid": "abogado, lawyer, eviction, desalojo, me quieren desalojar, wage theft",
    "substance_use": "detox, rehab, sobriety, drogas, alcohol, AA, dejar de tomar",
    "harm_reduction": "needles, syringes, jeringas, narcan, naloxone, naloxona, sobredosis",
    "sexual_health": "VIH, HIV, AIDS, sida, STI, STD, condones, prueba, prueba de VIH",
    "clinic": "doctor, médico, dentist, dentista, medicine, Medi-Cal, sin seguro médico",
    "hospital": "ER, E.R., emergency room, urgencias, dar a luz",
    "shelter": "homeless, sin hogar, a place to sleep, dormir, techo, albergue, refugio, bed",
    "domestic_violence": "abuse, golpes, maltrato, violencia, my husband hits me, safe house, "
    "mi esposo me pega, he hurts me",
    "trafficking": "trata, forced work, pimp, they took my passport, trabajo forzado",
    "basic_needs": "shower, ducha, ropa, clothes, diapers, pañales, rent, renta, luz",
    "job_training": "trabajo, empleo, job, busco trabajo, I need work",
    "immigration": "migra, papeles, visa, asylum, asilo, ICE, inmigración, I have no papers",
    "youth": "kids, niños, teen, adolescentes, foster youth",
    "family_resource": "parenting, embarazada, child care, guardería",
    "lgbtq": "gay, trans, queer, LGBTQ+",
    "mental_health": "suicide, suicidio, depression, ansiedad, counseling, terapia, psychologist, "
    "I want to die, quiero morir",
}
CASES = [(typed.strip(), kind) for kind, block in ASKED.items() for typed in block.split(",")]


@pytest.mark.parametrize(("typed", "kind"), CASES, ids=str)
def test_an_everyday_word_finds_places_of_its_type(typed, kind):
    places = word_index.index([Cells(types=[kind]), Cells(types=["hotline"])])
    asked = understanding.read(places, typed)
    found = match(places, asked.wishes)
    assert kind in found.types
    assert found.shown.tolist() == [True, False]
    assert asked.understood == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", records.TYPES)
def test_what_the_page_calls_a_type_asks_for_it(kind, language):
    places = word_index.index([Cells(types=[kind])])
    asked = understanding.read(places, words(language)(records.TYPES[kind]))
    assert kind in frozenset().union(*(wish.types for wish in asked.wishes))


def test_what_asks_for_a_type_as_such_and_who_it_is_for_are_everyday_words():
    assert {*everyday_words.TYPES_OF} >= everyday_words.GENERAL
    assert {*everyday_words.TYPES_OF} >= everyday_words.WHO


def test_every_type_has_everyday_words_and_every_word_a_type_that_exists():
    meant = frozenset().union(*everyday_words.TYPES_OF.values())
    assert meant == {*records.TYPES}


@pytest.mark.parametrize("typed", ["legal aid", "cash aid", "aid"])
def test_aid_is_not_the_singular_of_aids(typed):
    assert "sexual_health" not in everyday_words.types_meant(everyday_words.phrase(typed))


def test_no_entry_is_made_of_little_words_only():
    assert () not in {*everyday_words.TYPES_OF, *everyday_words.SAME_AS}


@pytest.mark.parametrize(
    ("english", "spanish"),
    [("lawyer", "abogado"), ("cheap", "bajo costo"), ("elderly", "tercera edad")],
)
def test_a_record_in_one_language_is_found_in_the_other(english, spanish):
    places = word_index.index([Cells(detail=[english]), Cells(detail=[spanish])])
    for typed in (english, spanish):
        assert match(places, understanding.read(places, typed).wishes).shown.all()
