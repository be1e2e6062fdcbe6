"""The standards are those of the law, each with its source, and one of two limits is enough."""

from datetime import date

import pytest

from geo.catalogue import records
from geo.gaps import standards

(CLINIC,) = standards.about("clinic", ["imperial"])


def test_the_limits_are_those_read_in_the_text_of_section_14197():
    limits = {(law.service_type, law.county): (law.miles, law.minutes) for law in standards.load()}
    assert limits == {
        ("clinic", ""): (10, 30),
        ("hospital", ""): (15, 30),
        ("mental_health", "san_joaquin"): (30, 60),
        ("substance_use", "san_joaquin"): (30, 60),
    }


def test_every_standard_is_of_a_type_and_county_we_have_and_says_whose_and_of_when_it_is():
    for law in standards.load():
        assert law.service_type in records.PLACE_TYPES
        assert law.county in ("", *records.COUNTIES)
        assert law.whose == "Medi-Cal"
        assert "14197" in law.source
        assert date(2025, 1, 1) < law.text_date < law.lapses_on == date(2029, 1, 1)


def test_a_standard_of_a_county_is_not_one_of_another():
    assert standards.about("mental_health", ["imperial"]) == []
    (law,) = standards.about("mental_health", ["imperial", "san_joaquin"])
    assert law.county == "san_joaquin"
    assert standards.about("food", ["imperial", "san_joaquin"]) == []


@pytest.mark.parametrize(
    ("miles", "minutes", "met"),
    [(10, 99, True), (10.1, 30, True), (10.1, 30.1, False), (float("nan"), float("nan"), False)],
)
def test_either_of_the_two_is_enough(miles, minutes, met):
    assert standards.met(CLINIC, [miles], [minutes]).tolist() == [met]
