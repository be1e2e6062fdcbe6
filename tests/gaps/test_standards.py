"""The standards are those of the law, each with its source, and one of two limits is enough."""

import pytest

from geo.catalogue import records
from geo.gaps import standards


def test_medi_cal_wants_primary_care_in_10_miles_or_30_minutes_and_a_hospital_in_15_or_30():
    limits = {kind: (law.miles, law.minutes) for kind, law in standards.load().items()}
    assert limits == {"clinic": (10, 30), "hospital": (15, 30)}


def test_every_standard_is_of_a_type_we_have_and_says_whose_it_is():
    for kind, law in standards.load().items():
        assert kind in records.TYPES
        assert law.whose == "Medi-Cal"
        assert "14197" in law.source


@pytest.mark.parametrize(
    ("miles", "minutes", "met"),
    [(10, 99, True), (10.1, 30, True), (10.1, 30.1, False), (float("nan"), float("nan"), False)],
)
def test_either_of_the_two_is_enough(miles, minutes, met):
    assert standards.met(standards.load()["clinic"], [miles], [minutes]).tolist() == [met]
