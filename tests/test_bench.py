"""What the bench measures with is right: its made-up places, its percentiles, its table."""

import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import areas, settings
from geo.catalogue import checks, csv_file, records
from geo.errors import CatalogueError
from tests.bench import places
from tests.bench.report import Line, percentile, table
from tests.support import catalogues

TODAY = date(2026, 11, 22)


def test_the_same_seed_gives_the_same_places_and_another_seed_others():
    assert places.make(100, seed=1).equals(places.make(100, seed=1))
    assert not places.make(100, seed=1).equals(places.make(100, seed=2))


def test_made_up_places_pass_every_check_and_have_all_types_in_both_counties(tmp_path):
    catalogues.write(places.make(100), tmp_path / "places.csv")
    read = csv_file.read(tmp_path / "places.csv")
    assert read.issues == ()
    assert checks.check(read.frame, read.lines, TODAY, areas.zip_counties(), "places.csv") == []
    types = {kind for cell in read.frame["service_types"] for kind in records.split(cell)}
    assert types == {*records.TYPES}
    assert {*records.COUNTIES} < {*read.frame["county"]}
    assert {"exact", "zip", "none"} < {*read.frame["location_precision"]}


@pytest.mark.parametrize("far", [-9.0, 9.0])
def test_not_even_the_farthest_of_very_many_made_up_places_is_refused(tmp_path, monkeypatch, far):
    monkeypatch.setattr(random.Random, "gauss", lambda _, middle, spread: middle + far * spread)
    catalogues.write(places.make(300), tmp_path / "places.csv")
    read = csv_file.read(tmp_path / "places.csv")
    assert checks.check(read.frame, read.lines, TODAY, areas.zip_counties(), "places.csv") == []


@given(st.lists(st.floats(0, 1e6), min_size=1), st.sampled_from([5, 50, 95]))
def test_a_percentile_is_that_of_numpy(values, percent):
    assert percentile(values, percent) == pytest.approx(np.percentile(values, percent))


def test_the_table_says_what_was_to_be_reached_and_whether_it_was():
    lines = [
        Line("click", "1,000", "ms", 130.0, 4000.0, most=125.0),
        Line("times as fast", "1,000", "", 61.5, least=60.0),
        Line("requests", "1,000", "", 122.0),
    ]
    assert table(lines) == (
        "| what          | places | to reach | ours     | naive    |\n"
        "|---------------|--------|----------|----------|----------|\n"
        "| click         | 1,000  | ≤ 125 ms | 130 ms ✗ | 4,000 ms |\n"
        "| times as fast | 1,000  | ≥ 60     | 61.5 ✓   |          |\n"
        "| requests      | 1,000  |          | 122      |          |"
    )


def test_the_size_of_a_catalogue_is_limited_by_a_setting():
    assert settings.read({}).most_bytes == csv_file.MOST_BYTES
    assert settings.read({"CATALOGUE_MOST_BYTES": "9000000"}).most_bytes == 9_000_000
    with pytest.raises(CatalogueError, match="CATALOGUE_MOST_BYTES: found '2 MB', wanted"):
        settings.read({"CATALOGUE_MOST_BYTES": "2 MB"})
