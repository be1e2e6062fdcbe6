"""`check` prints one line a fault, then counts; `gaps` prints what the library finds."""

import csv
import json
import os
import subprocess
import sys
from datetime import date, datetime

import pytest

from geo.__main__ import main
from geo.catalogue.keeper import load_catalogue
from geo.clock import TIMEZONE
from geo.gaps import demand, export, question_file
from geo.gaps.answer import work_out
from geo.gaps.question import Question
from geo.settings import DATA, ROOT

FIXTURES = ROOT / "tests/fixtures"
CANARY = "4821 Zanzibar Street"


def run(capsys, *arguments):
    code = main(["check", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert err == ""
    return code, out.splitlines()


def test_a_good_file_gives_counts_and_exit_code_0(capsys):
    assert run(capsys, FIXTURES / "valid_words.csv") == (
        0,
        [
            "valid_words.csv: 1 row, no faults.",
            "rows by county:",
            "  imperial                     1",
            "rows by type:",
            "  clinic                       1",
        ],
    )


TWICE = (
    "valid_precision.csv:4 name: found 'Oak Pantry', wanted a place that is not listed yet. "
    "valid_precision.csv:3 has such a name and this phone: if they are one, keep one."
)


def test_a_file_with_a_doubt_gives_a_remark_and_exit_code_1_only_if_strict(capsys):
    code, lines = run(capsys, FIXTURES / "valid_precision.csv")
    assert (code, lines[:4]) == (
        0,
        [
            f"Remark: {TWICE}",
            "valid_precision.csv: 3 rows, no faults, 1 remark.",
            "remarks by rule:",
            "  listed_twice                 1",
        ],
    )
    assert run(capsys, FIXTURES / "valid_precision.csv", "--strict") == (1, lines)
    assert run(capsys, FIXTURES / "valid_words.csv", "--strict")[0] == 0


def test_check_as_json_tells_the_same_to_a_program(capsys):
    code, (line,) = run(capsys, FIXTURES / "valid_precision.csv", "--json")
    told = json.loads(line)
    (remark,) = told.pop("remarks")
    assert (code, told) == (0, {"rows": 3, "faults": []})
    assert (remark["rule"], remark["column"]) == ("listed_twice", "name")
    assert "{where} {column}: found '{found}', wanted {wanted}. {fix}".format(**remark) == TWICE
    code, (line,) = run(capsys, FIXTURES / "invalid_zips.csv", "--json")
    assert (code, [fault["rule"] for fault in json.loads(line)["faults"]]) == (1, ["zips", "zips"])


def test_a_bad_file_gives_a_line_a_fault_then_counts_and_exit_code_1(capsys):
    assert run(capsys, FIXTURES / "invalid_zips.csv") == (
        1,
        [
            "invalid_zips.csv:2 zip: found '95202', wanted a ZIP code of Imperial County. "
            "It is in San Joaquin County: which is right?",
            "invalid_zips.csv:3 zip: found '9520', wanted five digits. Correct it, or empty it.",
            "invalid_zips.csv: 2 rows, 2 faults.",
            "faults by rule:",
            "  zips                         2",
            "rows by county:",
            "  imperial                     1, 1 with faults",
            "  san_joaquin                  1, 1 with faults",
            "rows by type:",
            "  clinic                       1, 1 with faults",
            "  food                         1, 1 with faults",
        ],
    )


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.csv")), ids=lambda path: path.stem)
def test_the_exit_code_is_1_for_each_invalid_file_and_0_for_each_valid_one(capsys, path):
    assert run(capsys, path)[0] == path.stem.startswith("invalid_")


def test_without_a_file_the_served_catalogue_is_checked(capsys, monkeypatch):
    monkeypatch.setenv("CATALOGUE", str(FIXTURES / "valid_ids.csv"))
    assert run(capsys)[1][0] == "valid_ids.csv: 2 rows, no faults."


@pytest.mark.parametrize("column", ["street", "county", "service_types", "location_policy", "name"])
@pytest.mark.parametrize("good", ["area_only", "public"])
def test_a_confidential_address_is_in_no_output(capsys, tmp_path, column, good):
    header, row, *_ = (FIXTURES / "valid_confidential.csv").read_text(encoding="utf-8").splitlines()
    names = header.split(",")
    cells = dict(zip(names, row.replace("area_only", good).split(","), strict=True))
    path = tmp_path / "services.csv"
    changed = ",".join((cells | {column: CANARY}).values())
    path.write_text(f"{header}\n{changed}\n", encoding="utf-8")
    code, lines = run(capsys, path)
    assert code == 1
    assert not any("4821" in line or "Zanzibar" in line for line in lines)


@pytest.mark.parametrize("name", ["none.csv", "", "bytes.csv"])
def test_a_file_that_cannot_be_read_is_one_line(capsys, tmp_path, name):
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    code, lines = run(capsys, tmp_path / name)
    assert (code, len([line for line in lines if ": found " in line])) == (1, 1)


def test_it_runs_as_a_command_on_a_terminal_that_knows_ascii_only():
    done = subprocess.run(
        [sys.executable, "-m", "geo", "check", FIXTURES / "invalid_twins.csv"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "invalid_twins.csv: 2 rows, 2 faults." in done.stdout


def test_an_unknown_command_says_what_there_is(capsys):
    with pytest.raises(SystemExit):
        main(["chek"])
    assert "check" in capsys.readouterr().err


PLACES = load_catalogue(DATA / "services.csv", date(2026, 11, 22))
CLINICS = ("--type", "clinic", "--county", "san_joaquin")


def asked(capsys, *arguments):
    """Return the exit code of `python -m geo gaps`, and what it printed, and its complaint."""
    try:
        code = main(["gaps", *arguments])
    except SystemExit as stop:
        code = stop.code
    return code, *capsys.readouterr()


def answered(**question):
    return work_out(PLACES, demand.load(), Question(**question))


@pytest.mark.parametrize(
    ("arguments", "question"),
    [
        (
            [*CLINICS, "--minutes", "10"],
            {"type": "clinic", "county": "san_joaquin", "threshold": 10},
        ),
        (["--type", "food"], {"type": "food"}),
        (
            ["--type", "hospital", "--county", "imperial", "--miles", "15"],
            {"type": "hospital", "county": "imperial", "measure": "miles", "threshold": 15},
        ),
        (
            [*CLINICS, "--at", "2026-11-24T10:00", "--only", "official", "--speed", "0.8"],
            {
                "type": "clinic",
                "county": "san_joaquin",
                "hour": datetime(2026, 11, 24, 10, tzinfo=TIMEZONE),
                "trust": frozenset({"official"}),
                "speed": 0.8,
            },
        ),
        (
            ["--type", "food", "--mode", "walking", "--at", "2026-11-24T18:00Z"],
            {
                "type": "food",
                "mode": "walking",
                "hour": datetime(2026, 11, 24, 10, tzinfo=TIMEZONE),
            },
        ),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_gaps_prints_the_numbers_of_the_library_as_json(capsys, arguments, question):
    code, out, err = asked(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == json.loads(json.dumps(export.as_json(answered(**question))))


def test_gaps_counts_the_planners_own_places_people_and_districts(capsys, tmp_path):
    files = {
        "sites": "name,lat,lon,capacity\nOcotillo,32.74,-116.0,20\n",
        "people": "lat,lon,people\n32.74,-115.99,30\n32.79,-115.56,70\n",
        "districts": json.dumps(
            {
                "features": [
                    {
                        "geometry": {
                            "type": "Polygon",
                            "coordinates": [[[-116.1, 32.6], [-115.7, 32.6], [-115.7, 33.5]]],
                        },
                        "properties": {"name": "West"},
                    }
                ]
            }
        ),
    }
    arguments = ["--type", "food", "--county", "imperial", "--miles", "5", "--sites-only"]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        arguments += [f"--{name}", str(tmp_path / name)]
    code, out, err = asked(capsys, *arguments, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert (told["people"], told["people_within"]) == (100, 30)
    assert {row["district"]: row["people"] for row in told["by"]["district"]} == {
        "": 70,
        "West": 30,
    }
    (site,) = told["services"]
    assert (site["id"], site["name"], site["capacity"], site["own"]) == (
        "own-1",
        "Ocotillo",
        20,
        True,
    )
    assert told["own"] == "only 1 own sites, 2 points of own people, 1 own districts"
    questions = tmp_path / "questions.toml"
    questions.write_text('questions = [{type = "food", measure = "miles", threshold = 5}]')
    own = arguments[6:]
    code, out, _ = asked(capsys, "--questions", str(questions), "--out", str(tmp_path), *own)
    assert code == 0
    text = (tmp_path / "overview.csv").read_text(encoding="utf-8-sig")
    (one,) = csv.DictReader(text.splitlines())
    assert (one["people"], one["people_beyond_most"]) == ("100", "70")


def test_gaps_as_json_has_what_the_documents_promise(capsys):
    told = json.loads(asked(capsys, *CLINICS, "--minutes", "30", "--json")[1])
    assert (told["people"], told["engine"], told["estimate"]) == (779_233, "crow", True)
    assert told["share_beyond"] == pytest.approx(1 - told["people_within"] / told["people"])
    assert len(told["areas"]) == 501
    assert sum(area["people"] for area in told["areas"]) == told["people"]
    within = [area["people"] for area in told["areas"] if area["minutes"][0] <= 30]
    assert sum(within) == told["people_within"]
    assert all(len(area[unit]) == 3 for area in told["areas"] for unit in ("minutes", "miles"))


def test_gaps_where_there_are_only_two_has_null_for_the_third(capsys):
    out = asked(capsys, "--type", "hospital", "--county", "imperial", "--json")[1]
    for area in json.loads(out)["areas"]:
        assert area["miles"][2] is None and area["minutes"][2] is None
        assert area["miles"][0] <= area["miles"][1]


def test_gaps_as_csv_has_a_row_a_block_group(capsys):
    code, out, _ = asked(capsys, "--type", "hospital", "--county", "imperial", "--csv")
    rows = list(csv.DictReader(out.removeprefix("\ufeff").splitlines()))
    assert (code, len(rows), rows[0]["miles_3"]) == (0, 114, "")
    assert sum(int(row["people"]) for row in rows) == 179_702


def test_gaps_prints_lines_without_being_asked_for_more(capsys):
    code, out, err = asked(capsys, *CLINICS)
    assert (code, err) == (0, "")
    assert out.splitlines() == list(export.as_lines(answered(type="clinic", county="san_joaquin")))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "one of the arguments --type --questions --every --areas is required"),
        (["--type", "spa"], "type: found 'spa', wanted one of clinic"),
        (["--type", "hotline"], "Lines to call have no place to go to"),
        (["--type", "clinic", "--county", "kern"], "county: found 'kern', wanted one of imperial"),
        (["--type", "clinic", "--minutes", "0"], "Found 0, wanted minutes or miles"),
        (["--type", "clinic", "--miles", "-1"], "Found -1,"),
        (["--type", "clinic", "--minutes", "nan"], "Found nan"),
        (["--type", "clinic", "--minutes", "inf"], "Found inf"),
        (["--type", "clinic", "--minutes", "ten"], "invalid float value: 'ten'"),
        (["--type", "clinic", "--minutes", "9", "--miles", "9"], "not allowed with"),
        (["--type", "clinic", "--at", "noon"], "--at: found 'noon', wanted a day and time"),
        (["--type", "clinic", "--at", "2026-11-24"], "--at: found '2026-11-24'"),
        (["--type", "clinic", "--at", "0001-01-01T00:00Z"], "--at: found"),
        (["--type", "clinic", "--at", "1600-01-01T00:00"], "Found the year 1600"),
        (["--type", "clinic", "--only", "hope"], "only: found 'hope', wanted one of placed"),
        (["--type", "clinic", "--speed", "0"], "speed: found 0.0, wanted 0.1 to 10"),
        (["--type", "clinic", "--miles", "9", "--speed", "0.8"], "--speed would do nothing here"),
        (["--type", "clinic", "--miles", "9", "--mode", "walking"], "--mode would do nothing"),
        (["--every"], "--every: wanted --out FOLDER too"),
        (["--every", "--out", "x", "--county", "imperial"], "--county would do nothing here"),
        (["--type", "clinic", "--sites", "none.csv"], "--sites: none.csv cannot be read: No such"),
        (["--type", "clinic", "--people", "README.md"], "--people: This file cannot be read"),
        (["--type", "clinic", "--sites-only"], "--sites-only would do nothing here: it belongs to"),
        (["--every", "--out", "x", "--sites", "x"], "--sites would do nothing here: --every is"),
        (["--type", "clinic", "--out", "x"], "--out would do nothing here: it belongs to"),
        (["--questions", "x.json"], "wanted --out FOLDER too"),
        (["--questions", "none.json", "--out", "x"], "none.json cannot be read: No such file"),
        (["--questions", "x.json", "--out", "x", "--json"], "--json would do nothing here"),
        (["--questions", "x.json", "--out", "x", "--miles", "0"], "--miles would do nothing here"),
        (["--questions", "x.json", "--type", "food"], "not allowed with"),
        (["--type", "clinic", "--engine", "osrm"], "--engine: found 'osrm', which does not answer"),
        (["--type", "clinic", "--engine", "x"], "engine: found 'x', wanted one of osrm"),
        (["--type", "clinic", "--at", ""], "--at: found ''"),
        (["--type", "clinic", "--at", "9999-12-31T23:59"], "Found the year 9999"),
        (["--type", "clinic", "--at", "10000-01-01T00:00"], "--at: found '10000"),
        (["--type", "clinic", "--minutes", "1e999"], "Found inf"),
        (["--type", "clinic", "--speed", "nan"], "speed: found nan"),
        (["--type", "clinic", "--mode", "boat"], "mode: found 'boat', wanted one of driving"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_gaps_says_in_a_sentence_what_cannot_be_asked(capsys, arguments, told):
    code, out, err = asked(capsys, *arguments)
    assert code in (1, 2) and out == ""
    assert told in err and "Traceback" not in err


def test_gaps_answers_a_file_of_questions_into_a_folder(capsys, tmp_path):
    asked_of = [Question("food", "imperial", "miles", 2), Question("harm_reduction", "imperial")]
    file, out = tmp_path / "questions.json", tmp_path / "answers" / "today"
    file.write_bytes(question_file.write(asked_of))
    code, told, complaint = asked(capsys, "--questions", str(file), "--out", str(out))
    name = "001-service-gaps-food-imperial-2-miles"
    assert (code, told) == (1, f"{name}\n")
    assert "002-service-gaps-harm_reduction-imperial-30-minutes: No entry of this" in complaint
    assert {path.name for path in out.iterdir()} == {
        "overview.csv",
        *(f"{name}.{ending}" for ending in ("csv", "json", "geojson")),
    }
    answer = answered(type="food", county="imperial", measure="miles", threshold=2)
    assert json.loads((out / f"{name}.json").read_bytes()) == export.as_json(answer)
    assert (out / f"{name}.csv").read_bytes() == export.as_csv(answer)
    rows = list(csv.DictReader((out / "overview.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0]["people_beyond_least"] == str(int(answer.best.people_beyond))
    assert rows[0]["people_beyond_most"] == str(int(answer.worst.people_beyond))
    assert rows[1]["people_beyond_most"] == "" and "No entry of this type" in rows[1]["problem"]


def test_gaps_writes_a_report_over_every_service(capsys, tmp_path):
    code, told, _ = asked(capsys, "--every", "--miles", "5", "--out", str(tmp_path))
    assert (code, told) == (0, "service-gaps-all-both-5-miles\n")
    written = {path.suffix: path.read_bytes()[:4] for path in tmp_path.iterdir()}
    assert written == {".pdf": b"%PDF", ".xlsx": b"PK\x03\x04"}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (FIXTURES / "invalid_zips.csv", "invalid_zips.csv:2 zip: found '95202'"),
        (FIXTURES / "valid_precision.csv", "No entry of this type has a public place here"),
        (FIXTURES / "none.csv", "found no file that can be read"),
    ],
    ids=lambda given: getattr(given, "stem", ""),
)
def test_gaps_says_what_is_wrong_with_the_catalogue(capsys, monkeypatch, path, told):
    monkeypatch.setenv("CATALOGUE", str(path))
    code, out, err = asked(capsys, "--type", "legal_aid")
    assert (code, out) == (1, "")
    assert told in err


@pytest.mark.slow
def test_gaps_ends_quietly_when_the_reader_has_read_enough():
    done = subprocess.run(
        f"{sys.executable} -m geo gaps --type clinic --csv | head -1",
        shell=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout.startswith("\ufeffgeo_id,")
    assert done.stderr == ""
