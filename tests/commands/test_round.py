"""`python -m geo route` plans what the library plans, and says in a sentence what it cannot."""

import json
from datetime import date

import pytest

from geo.__main__ import main
from geo.catalogue.keeper import Edition, load_catalogue
from geo.rounds import audit, planner, stops
from geo.rounds.plan import Break, Question, Team
from geo.settings import DATA
from geo.travel import engines

DAY = date(2026, 11, 24)
ASKED = ["route", "--start", "37.74,-121.43", "--date", "2026-11-24", "--seconds", "60"]


def run(capsys, *arguments):
    code = main([*ASKED, *arguments])
    return code, *capsys.readouterr()


def test_the_json_is_the_plan_of_the_library(served, capsys):
    entries = Edition(1, load_catalogue(DATA / "services.csv", DAY)).entries
    tracy = [one for one in entries if one["city"] == "Tracy" and stops.can_be_one(one)][:5]
    keys = ",".join(one["id"] for one in tracy)
    code, out, err = run(capsys, "--stops", keys, "--lunch", "11:30-13:00/30", "--json")
    assert (code, err) == (0, "")
    home = (37.74, -121.43)
    crew = Team("Team 1", home, home, (540, 1020), break_=Break(690, 780, 30))
    chosen = [stops.of(one, DAY) for one in tracy]
    ways = planner.matrix(chosen, [crew])
    plan = planner.plan(Question(DAY, chosen, [crew], ways), seconds=60.0)
    told = json.loads(out)
    (round_,) = told["rounds"]
    assert [visit["id"] for visit in round_["visits"]] == [
        visit.stop.key for visit in plan.rounds[0].visits
    ]
    assert [visit["arrive"] for visit in round_["visits"]] == [
        visit.arrive for visit in plan.rounds[0].visits
    ]
    assert round_["back_at"] == plan.rounds[0].back_at
    assert (told["engine"], told["estimate"], told["status"]) == ("crow", True, "searched")


def test_a_town_and_what_is_due_in_it_are_planned_as_lines(served, capsys):
    code, out, _ = run(capsys, "--city", "Tracy", "--due", "3", "--end", "Stockton")
    assert code == 0
    assert out.startswith("Team 1: leaves 09:00")
    assert "(hours unknown: call first)" in out
    assert engines.HOW["crow"] in out.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "There is no stop"),
        (["--stops", "nobody"], "--stops: found 'nobody'"),
        (["--city", "Tracy", "--type", "foood"], "--type: found 'foood'"),
        (["--city", "Tracy", "--date", "tomorrow"], "--date: found 'tomorrow'"),
        (["--city", "Tracy", "--shift", "9-5"], "--shift: found '9-5'"),
        (["--city", "Tracy", "--lunch", "noon"], "--lunch: found 'noon'"),
        (["--city", "Tracy", "--start", "Gotham"], "Gotham is not known"),
        (["--city", "Tracy", "--start", "40.7,-74.0"], "miles from Imperial"),
        (["--city", "Tracy", "--start=-121.4,37.7"], "Are the two swapped"),
        (["--city", "Tracy", "--teams", "0"], "There is no team"),
        (["--city", "Tracy", "--traffic", "0"], "for the traffic"),
    ],
)
def test_a_question_that_makes_no_sense_gets_a_sentence(served, capsys, arguments, told):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "")
    assert told in err
    assert "Traceback" not in err


def test_the_operator_reads_what_is_wrong_with_a_plan_that_is_not_shown(
    served, capsys, monkeypatch
):
    monkeypatch.setattr(audit, "faults", lambda _: [audit.Fault("sum", "team 1: odd")])
    code, out, err = run(capsys, "--city", "Tracy", "--due", "2")
    assert (code, out) == (1, "")
    assert "team 1: odd\nThe plan did not pass its own check" in err
