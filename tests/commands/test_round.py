"""`python -m geo route` plans what the library plans, and says in a sentence what it cannot."""

import json
from datetime import date

import pytest

from geo.__main__ import main
from geo.catalogue.keeper import Edition, load_catalogue
from geo.rounds import audit, choice, plan_file, planner, stops
from geo.rounds.choice import Choice, Usual
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
    usual = Usual(DAY, 20, (540, 1020))
    chosen = [choice.stop(Choice(one["id"]), one, usual) for one in tracy]
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
    assert out.startswith("Team 1: leaves 09:")
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
        (
            ["--city", "Trcy"],
            "--city: found 'Trcy', wanted a town that has entries. Did you mean T",
        ),
        (["--due", "-3"], "--due: found -3, wanted 1 to 250"),
        (["--due", "0"], "--due: found 0"),
        (["--due", "3", "--type", "foood"], "--type: found 'foood'"),
        (["--stops", "365g99", "--type", "food"], "--type would do nothing: wanted --city or"),
        (["--city", "Tracy", "--shift", "08:00-17:99"], "--shift: found '08:00-17:99'"),
        (["--city", "Tracy", "--shift", "17:00-09:00"], "16.0 hours long, through the night"),
        (["--city", "Tracy", "--shift", "17:00-09:00"], "the end as 33:00"),
        (["--city", "Tracy", "--shift", "08:00-49:00"], "for the end up to 48"),
        (["--city", "Tracy", "--lunch", "25:00-26:00/30"], "--lunch: found"),
        (["--city", "Tracy", "--lunch", "01:00-02:00/30"], "is outside the shift"),
        (["--city", "Tracy", "--date", "9999-12-31"], "wanted a day from 2000-01-01"),
        (["--city", "Tracy", "--date", "0001-01-01"], "wanted a day from 2000-01-01"),
        (["--city", "Tracy", "--seconds", "-1"], "--seconds: found -1.0, wanted 0 to"),
        (["--city", "Tracy", "--seconds", "nan"], "--seconds: found nan"),
        (["--city", "Tracy", "--seed", "-1"], "--seed: found -1, wanted 0 to"),
        (["--city", "Tracy", "--minutes", "0"], "--minutes: found 0"),
        (
            ["--city", "Tracy", "--share", "fair", "--teams", "2"],
            "wanted one of even, miles, teams",
        ),
        (["--city", "Tracy", "--share", "even"], "--share would do nothing: wanted two teams"),
        (["--city", "Tracy", "--team", "09:00-12:00", "--teams", "2"], "--teams would do nothing"),
        (["--city", "Tracy", "--team", "09:00-12:00/wings"], "are some of nurse, spanish"),
        (["--city", "Tracy", "--unknown-hours", "none"], "--unknown-hours: found 'none'"),
        (["--stops-from", "/nowhere.csv"], "--stops-from: No such file"),
        (["--city", "Tracy", "--due", "1", "--csv", "/nowhere/a.csv"], "cannot be written"),
        (["--city", "Tracy", "--due", "1", "--engine", "osrm"], "osrm"),
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


def some(many):
    """Return the ids of some entries of Tracy that can be stops."""
    entries = Edition(1, load_catalogue(DATA / "services.csv", DAY)).entries
    near = [one for one in entries if one["city"] == "Tracy" and stops.can_be_one(one)]
    return [one["id"] for one in near if not one["hours"]][:many]


def test_what_is_due_is_of_the_type_that_is_asked_for(served, capsys):
    _, out, _ = run(capsys, "--due", "3", "--type", "food", "--json", "--start", "Tracy")
    told = json.loads(out)
    entries = Edition(1, load_catalogue(DATA / "services.csv", DAY)).entries
    types = {one["id"]: one["types"] for one in entries}
    named = [visit["id"] for round_ in told["rounds"] for visit in round_["visits"]]
    named += [left["id"] for left in told["left_out"]]
    assert len(named) == 3
    assert all("food" in types[key] for key in named)


def test_a_break_after_midnight_is_a_line_of_the_plan(served, capsys):
    night = ["--shift", "22:00-06:00", "--unknown-hours", "any", "--minutes", "75"]
    keys = ",".join(some(4))
    _, out, _ = run(
        capsys, "--stops", keys, *night, "--lunch", "01:00-02:00/30", "--start", "Tracy"
    )
    assert any(line.strip().startswith("Break from 1:") for line in out.splitlines())


def test_a_stop_that_must_be_visited_and_is_not_is_exit_3(served, capsys):
    key = some(1)[0]
    code, out, _ = run(capsys, "--must", key, "--shift", "18:00-20:00", "--json")
    assert code == 3
    assert [(left["id"], left["must"]) for left in json.loads(out)["left_out"]] == [(key, True)]
    code, _, _ = run(capsys, "--stops", key, "--shift", "18:00-20:00", "--json")
    assert code == 0


def test_unlike_teams_and_all_the_files_of_a_plan(served, capsys, tmp_path):
    wanted = {ending: tmp_path / f"round.{ending}" for ending in ("csv", "gpx", "ics", "pdf")}
    wanted |= {"page": tmp_path / "day.html", "plan": tmp_path / "plan.json"}
    files = [part for ending, path in wanted.items() for part in (f"--{ending}", str(path))]
    own = tmp_path / "stops.csv"
    own.write_text("name,lat,lon,needs,between\nPark,37.751,-121.425,nurse,14:00-15:00\n")
    teams = ["--team", "08:00-12:00", "--team", "12:00-18:00/nurse"]
    keys = ",".join(some(3))
    code, out, _ = run(capsys, "--stops", keys, "--stops-from", str(own), *teams, *files, "--json")
    told = json.loads(out)
    assert (code, told["schema"], told["share"]) == (0, 1, "even")
    (visit,) = [one for one in told["rounds"][1]["visits"] if one["id"] == "typed-2"]
    assert 840 <= visit["start"] <= 880
    assert [one["start"] for one in told["rounds"]] == [[37.74, -121.43]] * 2
    heads = {"csv": b"\xef\xbb\xbf", "gpx": b"<?xml", "ics": b"BEGIN:VCALENDAR", "pdf": b"%PDF"}
    heads |= {"page": b"<!doctype html>", "plan": b"{"}
    for ending, head in heads.items():
        assert wanted[ending].read_bytes().startswith(head)
        assert wanted[ending].stat().st_mode & 0o077 == 0
    draft = plan_file.read(wanted["plan"].read_bytes())
    assert [crew.skills for crew in draft.teams] == [(), ("nurse",)]
    assert [list(order) for order in draft.orders] == [
        [visit["id"] for visit in round_["visits"]] for round_ in told["rounds"]
    ]
