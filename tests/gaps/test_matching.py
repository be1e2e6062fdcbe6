"""Block groups are matched so that people are moved least, and the file is what matching gives."""

import itertools
import shutil

import numpy as np
import pytest

from geo import areas
from geo.__main__ import main
from geo.gaps import demand, matching


def test_filling_costs_no_more_than_any_way_to_fill_tried_by_hand():
    dice = np.random.default_rng(3)
    for _ in range(20):
        costs, people = dice.uniform(0, 9, (4, 2)), np.full(4, 10.0)
        found = matching.fill(costs, people, [2, 2])
        tried = [way for way in itertools.product((0, 1), repeat=4) if sum(way) == 2]
        best = min(costs[range(4), way].sum() for way in tried)
        assert costs[range(4), found].sum() == pytest.approx(best)


def test_the_zip_codes_and_cities_of_the_file_are_those_that_matching_gives():
    """Ties might fall otherwise with another solver, so people are counted, not rows."""
    rows = demand.load()
    matched = matching.match(rows)
    for column in ("zip", "city"):
        moved = rows[column] != matched[column]
        assert rows.loc[moved, "people"].sum() < 0.001 * rows["people"].sum()


def test_the_command_writes_the_file_anew_and_changes_nothing_else(tmp_path, monkeypatch, capsys):
    folder = shutil.copytree(areas.FOLDER, tmp_path / "areas")
    monkeypatch.setattr(areas, "FOLDER", folder)
    before = (folder / "blockgroups.csv").read_bytes()
    assert main(["match"]) == 0
    assert (folder / "blockgroups.csv").read_bytes() == before
    assert main(["match", "--write"]) == 0
    after = (folder / "blockgroups.csv").read_bytes()
    rows = zip(before.splitlines(), after.splitlines(), strict=True)
    assert all(old.split(b",")[:5] == new.split(b",")[:5] for old, new in rows)
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    assert "zip: " in capsys.readouterr().out
