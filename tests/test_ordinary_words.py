"""Everyday words of both languages are known in any spelling, names of towns and people are not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import areas, ordinary_words
from geo.ordinary_words import FILES, FOLDER, fold, is_ordinary

EVERYDAY = """a bed for the night food clothes shower doctor lawyer children school court rent ride
help call ask stay leave afraid hurt safe naloxone syringe detox una cama comida ropa ducha médico
abogado niños escuela corte renta ayuda llame pregunte quédese miedo segura jeringa sobredosis"""
NAMES = """Zanzibar Lathrop Manteca Escalon Tracy Lodi Brawley Calexico Joaquin Maria Juan Roger
Nelson"""


@pytest.mark.parametrize("word", EVERYDAY.split())
def test_everyday_words_of_both_languages_are_known(word):
    assert is_ordinary(word)


@pytest.mark.parametrize("name", NAMES.split())
def test_names_are_not(name):
    assert not is_ordinary(name)


def test_no_town_of_the_counties_that_is_one_word_is_ordinary_unless_it_means_something_too():
    towns = {area.name for area in areas.load().values() if area.kind == "city"}
    both = {town for town in towns if is_ordinary(town)}
    assert both <= {"Imperial", "August"}  # an empire's, a month


@given(st.sampled_from(EVERYDAY.split() + NAMES.split()), st.integers(0, 2**12))
def test_capitals_and_accents_make_no_difference(word, bits):
    other = "".join(c.upper() if bits >> n & 1 else c for n, c in enumerate(word))
    assert is_ordinary(other) == is_ordinary(fold(word)) == is_ordinary(word)


@pytest.mark.parametrize("name", FILES)
def test_the_files_hold_one_small_word_a_line_and_none_twice(name):
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").split("\n")
    assert lines.pop() == ""
    assert [line for line in lines if not re.fullmatch("[a-záéíóúüñ]+", line)] == []
    assert len({*lines}) == len(lines)


def test_the_most_frequent_words_come_first():
    for name, first in (("english", "the"), ("spanish", "de")):
        assert (FOLDER / f"{name}.txt").read_text("utf-8").split("\n", 1)[0] == first


def test_services_adds_only_what_the_two_languages_lack():
    english, spanish, services = (
        {*(FOLDER / f"{name}.txt").read_text("utf-8").split()} for name in FILES
    )
    assert services.isdisjoint(english | spanish)
    assert len(ordinary_words.load()) > 50_000
