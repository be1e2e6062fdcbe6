"""A file comes out whole, in the format that was asked for, or there is a sentence."""

import json
import zipfile

import pytest

from geo.__main__ import main


@pytest.mark.parametrize(
    ("format_", "name", "begins"),
    [
        ("hsds", "out.zip", b"PK"),
        ("hsds", "out.json", b"[\n{"),
        ("hsds", "out.ndjson", b'{"id"'),
        ("csv", "out.csv", b"\xef\xbb\xbfid,"),
        ("xlsx", "out.xlsx", b"PK"),
        ("geojson", "out.geojson", b'{"type":"FeatureCollection"'),
        ("kml", "out.kml", b"<?xml"),
    ],
)
def test_a_file_is_written_and_told(tmp_path, capsys, format_, name, begins):
    out = tmp_path / name
    assert main(["export", format_, str(out)]) == 0
    assert out.read_bytes().startswith(begins)
    assert f"{out}: " in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_what_rules_cannot_say_is_counted(tmp_path, capsys):
    assert main(["export", "hsds", str(tmp_path / "out.zip")]) == 0
    told = capsys.readouterr().out
    with zipfile.ZipFile(tmp_path / "out.zip") as files:
        names = {one["path"] for one in json.loads(files.read("datapackage.json"))["resources"]}
        assert {*files.namelist()} == {"datapackage.json", *names}
        schedules = files.read("schedules.csv").decode()
    words = schedules.count("As written in the way of OpenStreetMap")
    assert f"no rule for, told in words: {words}." in told


def test_a_file_that_cannot_be_is_refused_in_a_sentence(tmp_path, capsys):
    assert main(["export", "hsds", str(tmp_path / "out.txt")]) == 1
    assert "wanted a name that ends with .zip, .json, .ndjson" in capsys.readouterr().err
    assert main(["export", "csv", str(tmp_path / "nowhere/out.csv")]) == 1
    assert "cannot be written" in capsys.readouterr().err
