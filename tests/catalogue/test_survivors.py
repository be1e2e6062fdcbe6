"""Shelters of survivors are known by types and words, and may be shown with a release only."""

from datetime import date

import pytest

from geo.catalogue import survivors
from geo.catalogue.survivors import release_of, shelters_them, speaks_of_them

TODAY = date(2026, 11, 26)
SPEAKING = """DV Shelter|Domestic-violence beds|Domestic  violence beds|DOMESTIC\u00a0VIOLENCE
Casa de la Mujer|women fleeing abuse|women who fled|for those who escaped
a home after abuse|battered women|if your partner hits you|hurt by a husband
afraid of a boyfriend|leaving your spouse|stalked by an ex|intimate-partner harm
survivors of trafficking|human-trafficking|forced to work|forced into sex|run from a pimp
exploited youth|victims of crime|sexual assault|rape crisis|strangled|threats at home
safe-house|a safehouse|safe haven|in hiding|undisclosed site|confidential address
getting away|a controlling partner|protective orders|restraining order|women's refuge
not safe at home|violencia doméstica|VIOLENCIA DOMESTICA|mujeres maltratadas
golpeada por su pareja|huyen de su esposo|si huyó de casa|escapó de su marido
víctimas de trata|trata de personas|explotación|sobrevivientes|agresión sexual|amenazada
acoso|tiene miedo de su novio|lastimada en casa|casa segura|casas de refugio
refugio para mujeres|lugar confidencial|orden de alejamiento|obligada a trabajar
en peligro|salir de una relación violenta|escondidas""".replace("\n", "|").split("|")
SILENT = """Beds for people without a home|A warm place at night|Meals and showers|Families can stay
three months|Help to find work|Sober living|Bring your pet|Camas para familias sin hogar
Un lugar para calentarse|Comida y regaderas|Ayuda para encontrar trabajo""".replace("\n", "|")


def test_there_are_at_least_forty_ways():
    assert len({*SPEAKING}) >= 40


@pytest.mark.parametrize("text", SPEAKING)
def test_a_shelter_whose_text_speaks_of_violence_or_flight_is_asked_about(text):
    assert speaks_of_them(text)
    assert shelters_them(["shelter"], "Morning House", text)
    assert not shelters_them(["shelter"], "Morning House", text, answer="no")


@pytest.mark.parametrize("text", SILENT.split("|"))
def test_a_shelter_for_anyone_is_not(text):
    assert not speaks_of_them(text)
    assert not shelters_them(["shelter"], "Morning House", text)


@pytest.mark.parametrize(
    ("types", "name", "about", "is_one"),
    [
        (["shelter", "domestic_violence"], "Morning House", "", True),
        (["trafficking"], "Safe House", "", True),
        (["trafficking"], "Albergue Nuevo", "", True),
        (["shelter"], "Casa segura", "", True),
        (["shelter"], "Morning House", "For battered women.", True),
        (["shelter"], "Morning House", "Para víctimas de violencia.", True),
        (["domestic_violence", "sheltr"], "Morning House", "", True),
        (["basic_needs"], "DV Shelter", "", True),
        (["domestic_violence", "legal_aid"], "Justice Center", "Help after violence.", False),
        (["shelter"], "Hope Shelter", "Beds for families without a home.", False),
    ],
)
def test_a_shelter_of_survivors_is_known_by_its_types_or_words(types, name, about, is_one):
    assert shelters_them(types, name, about) is is_one


def test_an_answer_makes_a_shelter_one_or_none_but_types_stand():
    assert shelters_them(["shelter"], "Hope Shelter", "Beds.", answer="yes")
    assert shelters_them(["shelter", "trafficking"], "Hope Shelter", "Beds.", answer="no")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("agreement R-2026-04, 2026-04-01, director", survivors.AGREED),
        ("agreement 12/2026 (file 4), 2026-04, shelter advocate", survivors.AGREED),
        ("listed by MMIP directory, 2026-08, catalogue editor", survivors.LISTED),
        *((bad, "") for bad in ("", "0", "2", "n/a", "none", "yes", "R-2026-04", "agreement 12")),
        ("agreement n/a, 2026-04-01, director", ""),
        ("agreement R-12, 2026-04-31, director", ""),
        ("agreement R-12, 2027-01-01, director", ""),
        ("agreement R-12, 2026-04-01, Mary Smith", ""),
        ("agreement R-12, director, 2026-04-01", ""),
        ("agreement , 2026-04-01, director", ""),
    ],
)
def test_a_release_has_a_kind_a_reference_a_day_and_a_role(text, kind):
    assert release_of(text, TODAY) == kind
