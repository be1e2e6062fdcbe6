"""What a change of one row brings is what a check of all rows before and after says of it."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo import areas
from geo.catalogue import checks, csv_file, row_change
from geo.settings import DATA, ROOT
from tests.support import examples

TODAY = date(2026, 11, 26)
FIXTURES = sorted((ROOT / "tests/fixtures").glob("*.csv"))
NAMES = st.sampled_from(["Oak House", "Elm House", "Fir House", "Oak House (north)", "OAK house"])
TEXTS = st.sampled_from(["Meals.", "It is at 12", "Oak Street, Lodi", "Beds for women.", ""])
POLICIES = st.sampled_from(["public", "area_only", "none"])
TANGLED = ("name", "organization", "description_en", "hours_note", "location_policy")
tangled = st.tuples(NAMES, NAMES | st.just(""), TEXTS, TEXTS, POLICIES)
PUBLIC = ("Elm House", "Oak House", "It is at 12", "", "public")


def full(before, after, lines):
    """Return what a check of all rows finds after, and had not found before."""
    was, now = (
        checks.check(one, lines, TODAY, areas.zip_counties(), "all") for one in (before, after)
    )
    known = {(one.where, one.column, one.rule) for one in was}
    return {one for one in now if (one.where, one.column, one.rule) not in known}


def quick(before, after, number, lines):
    zips = areas.zip_counties()
    return {*row_change.new_faults(before, after, number, lines, TODAY, zips, "all")}


def changed(frame, number, cells):
    after = frame.copy()
    for name, cell in cells.items():
        after.iloc[number, after.columns.get_loc(name)] = cell
    return after


@given(st.lists(tangled, min_size=3, max_size=7), st.integers(0, 2), tangled)
@example(  # the names lead from the private row over a public one to a third
    [
        ("Oak House", "", "", "", "area_only"),
        ("Fir House", "", "", "", "area_only"),
        ("Oak House", "Fir House", "It is at 12", "", "public"),
        ("Fir House", "", "Oak Street, Lodi", "", "public"),
    ],
    0,
    ("Elm House", "", "", "", "area_only"),
)
@example([PUBLIC, PUBLIC, PUBLIC], 0, ("Oak House", "", "", "", "area_only"))
def test_rows_that_are_compared_by_name_are_all_asked(rows, number, new):
    ids = [{"id": f"aaaa{n}a"} for n in range(len(rows))]
    frame = examples.frame(
        *(dict(zip(TANGLED, row, strict=True)) | own for row, own in zip(rows, ids, strict=True))
    )
    after, lines = changed(frame, number, dict(zip(TANGLED, new, strict=True))), range(len(rows))
    assert quick(frame, after, number, lines) == full(frame, after, lines)


def test_a_row_that_becomes_private_brings_faults_to_rows_of_its_name():
    rows = {"name": "Oak House", "organization": "Elm", "description_en": "It is at 12 Oak Street"}
    frame = examples.frame(rows, rows | {"id": "bbbbbb", "organization": "Fir"})
    after = changed(frame, 0, {"location_policy": "area_only", "description_en": "Beds."})
    found = quick(frame, after, 0, [2, 3])
    assert ("all:3", "shared_names") in {(one.where, one.rule) for one in found}


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_all_rules_but_those_that_compare_look_at_a_row_by_itself(path):
    table = csv_file.read(path)
    given = TODAY, areas.zip_counties(), path.name, row_change.ALONE
    together = checks.check(table.frame, table.lines, *given)
    apart = [
        issue
        for number, line in enumerate(table.lines)
        for issue in checks.check(table.frame.iloc[[number]], [line], *given)
    ]
    assert apart == together


def test_of_the_shipped_catalogue_any_cell_that_is_spoiled_is_told_as_by_all_rules():
    frame = csv_file.read(DATA / "services.csv").frame
    private = frame["location_policy"].eq("area_only").to_numpy().nonzero()[0]
    part = frame.iloc[sorted({*range(0, len(frame), 40), *private[:2]})]
    lines, told = range(len(part)), set()
    for turn, column in enumerate(frame.columns[1::3]):
        number = turn % len(part)
        after = changed(part, number, {column: "12 Oak Street, 760-357-5095 {{7*7}}"})
        found = quick(part, after, number, lines)
        assert found == full(part, after, lines)
        told |= {one.column for one in found}
    assert len(told) > 10
