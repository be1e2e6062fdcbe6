"""`find` tells its answer to programs and to people, and no secret place.

That the page of Find answers the same: `tests/browser/test_engine.py`.
"""

import json
import re

import pytest

from geo import clock
from geo.__main__ import main
from geo.catalogue.keeper import load_catalogue
from geo.settings import DATA


def answered(capsys, *arguments):
    """Return what the command prints as JSON."""
    assert main(["find", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def test_the_answer_is_told_as_data(capsys):
    told = answered(capsys, "food", "with", "tattoo", "near", "tracy", "ca", "--most", "1")
    assert told["understood"] == {
        "words": "",
        "where": "city:Tracy",
        "where_in_words": True,
        "left_out": ["tattoo"],
        "unsaid": [],
    }
    assert re.match(r"\d+ places near Tracy", told["told"][0])
    assert [place["city"] for place in told["places"]] == ["Tracy"]
    assert {"id", "name", "types", "phone", "open", "distance_miles"} <= told["places"][0].keys()
    assert told["lines"][0]["phone"] == "211"


def test_a_table_says_it_to_people(capsys):
    assert main(["find", "diapers", "in", "tracy"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.match(r"\d+ places near Tracy", lines[0])
    assert "Call 211 and ask" in lines[1]
    assert lines[2].split()[:2] == ["call", "211"]
    assert next(line for line in lines if line.startswith("   1 ")).split()[1] == "?"


def test_what_emptied_the_answer_is_told(capsys):
    asked = ["--type", "hospital", "--where", "Terminous", "--within", "0.1"]
    told = answered(capsys, *asked)
    assert told["places"] == []
    assert told["emptied_by"].keys() == {"types", "where", "within_miles"}
    assert told["beyond"]["types"][0] == "hospital"
    assert main(["find", *asked]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"  without where: {told['emptied_by']['where']}" in lines
    assert lines[-1].startswith(f"  nearest elsewhere: {told['beyond']['id']} ")


def test_a_private_place_is_told_without_town_and_distance(capsys):
    places = load_catalogue(DATA / "services.csv", clock.today())
    private = set(places["id"][places["is_private"]])
    told = answered(capsys, "shelter", "--where", "Stockton")
    shown = [place for place in told["places"] if place["id"] in private]
    assert shown
    assert all((one["city"], one["distance_miles"]) == ("", None) for one in shown)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--where", "the moon"], "We could not find that place."),
        (["--where", "salton"], "Did you mean Salton City, Salton Sea Beach?"),
        (["--type", "foood"], "--type: found 'foood', wanted one of clinic, "),
        (["--open", "noon"], "--open: found 'noon', wanted now, or a time such as"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(capsys, arguments, sentence):
    assert main(["find", "food", *arguments]) == 1
    assert sentence in capsys.readouterr().err
