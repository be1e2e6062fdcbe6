"""Words that cannot wait lead to the line that answers them, and other words to none."""

from datetime import date

import pytest

from geo.catalogue import wording
from geo.catalogue.keeper import load_catalogue
from geo.search import crises, understanding, word_index
from geo.search.word_index import Cells
from geo.settings import DATA

TYPED = {
    "suicide": "I want to die, me quiero morir, suicidio, kill myself, quitarme la vida",
    "overdose": "my friend overdosed, sobredosis, overdose",
    "violence": "my husband hits me, mi esposo me pega, he hurts me, violencia doméstica",
    "trafficking": "they took my passport, trata de personas, human trafficking",
    "": "food, dentista, detox, abogado de inmigración, a place to sleep, me muero de hambre, "
    "cool center, jeringas, pregnant, wifi",
}
CASES = [(typed.strip(), crisis) for crisis, block in TYPED.items() for typed in block.split(",")]


def crisis_of(typed):
    """Return the first crisis that one of the phrases tells of, as the page does."""
    asked = understanding.read(word_index.index([Cells(types=["hotline"])]), typed)
    said = {" ".join(wish.phrase) for wish in asked.wishes}
    return next((crisis for crisis, phrases in crises.of().items() if said & {*phrases}), "")


@pytest.mark.parametrize(("typed", "crisis"), CASES, ids=str)
def test_words_lead_to_their_crisis(typed, crisis):
    assert crisis_of(typed) == crisis


@pytest.mark.parametrize(("typed", "crisis"), CASES, ids=str)
def test_words_that_a_server_answers_lead_to_the_same(typed, crisis):
    assert crises.meant(typed) == crises.CRISES.get(crisis)
    assert crises.meant(f"please, {typed}, in Tracy") == crises.CRISES.get(crisis)


def test_every_line_stands_in_the_catalogue_or_among_the_numbers_of_danger():
    rows = load_catalogue(DATA / "services.csv", date(2026, 11, 26))
    lines = rows[[("hotline" in types) for types in rows["types"]]]
    known = {*lines["phone"]} | {number for _, number, _ in wording.DANGER}
    for crisis in crises.CRISES.values():
        assert crisis.phones
        assert known.issuperset(crisis.phones)
