"""The scoreboard: each row reaches its target, sees its fault, and stands in the README."""

import json
import re

import pytest

from geo.__main__ import main
from geo.settings import ROOT
from tests.score import board, row
from tests.score.row import Reached, Trial, faultless

KEPT = json.loads(board.RESULTS.read_text(encoding="utf-8"))
README = board.README.read_text(encoding="utf-8")
QUICK = ("deps", "writers")  # the others take a while, most of it to begin


def named(names):
    """Return the names, all but the quick ones marked as slow."""
    return [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in names]


@pytest.mark.parametrize(
    "name", named(name for name in board.ROWS if name not in board.TIMED + board.ELSEWHERE)
)
def test_a_row_reaches_its_target_in_small(name):
    found = board.apart(name, Trial(is_small=True))
    assert found["is_met"], found
    assert found["tries"] > 0


@pytest.mark.parametrize("name", named(board.ROWS))
def test_a_row_sees_the_fault_that_is_planted(name):
    found = board.apart(name, Trial(is_small=True, is_broken=True))
    assert not found["is_met"], found
    assert found["tries"] > 0, f"it broke off instead: {found}"


def test_the_readme_shows_what_the_command_has_kept_row_by_row():
    (shown,) = board.PART.findall(README)
    assert shown == board.for_readme(KEPT)
    assert re.search(r"Measured on \d{4}-\d\d-\d\d .*Python 3\.\d+.*streamlit \d", shown)
    for name in board.ROWS:
        one = row.module(name)
        told = f"| {name} | {one.FIGURE} | {one.TARGET} |"
        assert told in re.sub(" +", " ", shown), f"run: python -m geo score {name} --readme"


def test_what_falls_short_is_told_with_the_reason():
    reasons = (
        (ROOT / "docs/proof.md").read_text(encoding="utf-8").partition("## What falls short")[2]
    )
    for name, line in KEPT.items():
        assert line["is_met"] or f"**{name}**" in reasons, name


@pytest.mark.parametrize("name", board.ROWS)
def test_a_row_is_told_in_cells_that_a_table_can_hold(name):
    one = row.module(name)
    told = (one.FIGURE, one.TARGET, one.NOT_COVERED)
    assert all(text and not {"|", "\n"} & {*text} for text in told)


def test_nothing_tried_is_nothing_proved():
    assert not faultless(0, []).is_met
    assert faultless(1, []).is_met
    assert faultless(3, ["a", "b"], "faults") == Reached("2 faults", False, 3, ("a", "b"))


def test_a_row_that_breaks_off_has_fallen_short_and_says_why(monkeypatch, capsys):
    def broken(trial):
        raise ValueError("no such file")

    monkeypatch.setattr(row.module("deps"), "measure", broken)
    found = board.measured("deps", Trial())
    assert (found["is_met"], found["faults"]) == (False, ("ValueError: no such file",))
    assert "no such file" in capsys.readouterr().err


def test_the_command_ends_with_1_if_any_row_falls_short(monkeypatch, capsys):
    met = {"deps": True, "hsds": False}

    def tried(name, trial):
        reached = Reached("seven", met[name], 7, () if met[name] else ("one is wrong",))
        return board._kept(reached, trial, 2)

    monkeypatch.setattr(board, "apart", tried)
    assert main(["score", "deps"]) == 0
    assert "| deps |" in capsys.readouterr().out
    assert main(["score", "hsds", "deps"]) == 1
    out = capsys.readouterr().out
    assert "hsds: seven in 7 tries, 2 s: FALLS SHORT" in out
    assert "- one is wrong" in out


def test_an_unknown_row_is_told_with_those_there_are(capsys):
    assert main(["score", "nothing"]) == 1
    assert "There is no row 'nothing'. The rows are: sinks, browser" in capsys.readouterr().err


def test_without_the_tests_the_command_says_where_they_are(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("geo.commands.score.ROOT", tmp_path)
    assert main(["score"]) == 1
    assert "Run it in a checkout." in capsys.readouterr().err
