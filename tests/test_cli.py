"""`python -m geo check` prints one line a fault, then counts, and its exit code says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.__main__ import main

FIXTURES = Path(__file__).parent / "fixtures"
CANARY = "4821 Zanzibar Street"


def run(capsys, *arguments):
    code = main(["check", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert err == ""
    return code, out.splitlines()


def test_a_good_file_gives_counts_and_exit_code_0(capsys):
    assert run(capsys, FIXTURES / "valid_precision.csv") == (
        0,
        [
            "valid_precision.csv: 3 rows, no faults.",
            "rows by county:",
            "  imperial                     1",
            "  san_joaquin                  2",
            "rows by type:",
            "  clinic                       1",
            "  food                         2",
        ],
    )


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
    header, row, *_ = (FIXTURES / "valid_confidential.csv").read_text().splitlines()
    names = header.split(",")
    cells = dict(zip(names, row.replace("area_only", good).split(","), strict=True))
    path = tmp_path / "services.csv"
    path.write_text(f"{header}\n{','.join((cells | {column: CANARY}).values())}\n")
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
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "invalid_twins.csv: 2 rows, 2 faults." in done.stdout


def test_an_unknown_command_says_what_there_is(capsys):
    with pytest.raises(SystemExit):
        main(["chek"])
    assert "check" in capsys.readouterr().err
