"""What may be shown of a place is decided once, where it is located."""

import numpy as np
import pandas as pd
import pytest

from geo.catalogue import records
from geo.catalogue.places import Entry, locate

ROW = {
    **dict.fromkeys(records.COLUMNS, ""),
    "city": "Tracy",
    "zip": "95376",
    "location_policy": "public",
    "location_precision": "exact",
    "latitude": "37.7397",
    "longitude": "-121.4252",
}


def place(**cells):
    return locate(pd.DataFrame([ROW | cells])).iloc[0]


def test_an_entry_has_the_columns_of_a_record_and_what_locate_adds():
    added = {*locate(pd.DataFrame([ROW])).columns} - {*records.COLUMNS, "geometry"}
    assert {*Entry.__annotations__} == {*records.COLUMNS} | added


def test_an_exact_place_has_a_point():
    found = place()
    assert (found["lat"], found["lon"], found["radius_m"]) == (37.7397, -121.4252, 0)
    assert found["is_public"] and found["has_point"] and found["is_exact"]


def test_of_a_place_known_to_its_zip_code_the_middle_is_a_point_but_not_an_exact_one():
    found = place(location_precision="zip", latitude="", longitude="")
    assert found["has_point"] and not found["is_exact"]
    assert found["radius_m"] > 1_000


@pytest.mark.parametrize("precision", ["exact", "zip", "city", "none"])
@pytest.mark.parametrize("policy", ["area_only", "none", "", "Public"])
def test_what_is_not_public_has_no_point_whatever_stands_in_its_cells(policy, precision):
    found = place(location_policy=policy, location_precision=precision)
    assert np.isnan([found["lat"], found["lon"]]).all()
    assert found["geometry"] is None
    assert not (found["is_public"] or found["has_point"] or found["is_exact"])
    assert found["is_private"] == (policy == "area_only")


@pytest.mark.parametrize("blank", ["latitude", "longitude"])
def test_half_a_point_is_none(blank):
    assert not place(**{blank: ""})["has_point"]
