"""`python -m geo hours` reads hours as people write them, and says what it could not settle."""

import json

import pytest

from geo.__main__ import main

MEANT = "Mo-Fr 08:00-12:00,13:00-17:00; Sa[2] 09:00-12:00"


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_what_is_understood_is_told_as_the_field_and_in_both_languages(capsys):
    assert main(["hours", "M-F 8-5, closed noon-1; 2nd Sat 9-12"]) == 0
    assert plain(capsys.readouterr().out).splitlines() == [
        MEANT,
        "English: Monday to Friday: 8:00 AM to 12:00 PM and 1:00 PM to 5:00 PM"
        " · Second Saturday of the month: 9:00 AM to 12:00 PM",
        "Español: Lunes a viernes: de 8:00 a.m. a 12:00 p.m. y de 1:00 p.m. a 5:00 p.m."
        " · Segundo sábado del mes: de 9:00 a.m. a 12:00 p.m.",
    ]


def test_words_need_no_quotes_and_the_field_comes_back_as_it_is(capsys):
    assert main(["hours", "Mo-Fr", "08:00-17:00"]) == 0
    assert capsys.readouterr().out.startswith("Mo-Fr 08:00-17:00\n")


def test_what_is_not_settled_is_told_with_its_place_and_its_readings(capsys):
    assert main(["hours", "Mon 9-12; Tue 6-8, sunrise"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Asked back: '6-8' (character 15): AM or PM? It can be 06:00-08:00 or 06:00-20:00 or"
        " 18:00-20:00.",
        "Not understood: 'sunrise' (character 20).",
        "Understood so far, not to be used as it is: Mo 09:00-12:00",
    ]


def test_hours_that_were_hardly_meant_are_doubted(capsys):
    assert main(["hours", "Mo-Fr 9 AM - 5 AM"]) == 0
    assert "If 5 in the afternoon is meant, write 09:00-17:00." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("M-F 8-5", 0, {"hours": "Mo-Fr 08:00-17:00", "complete": True, "asked": []}),
        ("M-F 6-8", 1, {"hours": "", "complete": False, "not_understood": []}),
    ],
)
def test_as_json_it_is_one_object(capsys, text, code, told):
    assert main(["hours", text, "--json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert found | told == found
    assert found["written"] == text
    assert {*found["words"]} == {"en", "es"}
    for piece in found["asked"]:
        assert {*piece} == {"found", "character", "why", "readings"}
