"""The command that brings feeds in says what became of them, and ends as it ought to."""

import csv

import pytest

from geo.__main__ import main
from tests.support import feeds


@pytest.fixture
def beside(tmp_path, monkeypatch):
    path = feeds.catalogue(tmp_path / "data")
    monkeypatch.setenv("CATALOGUE", str(path))
    (tmp_path / "types.csv").write_text(feeds.MAP)
    return path


def hsds(tmp_path, tables, *more):
    feed = feeds.folder(tmp_path / "feed", tables)
    types = str(tmp_path / "types.csv")
    return main(["import", "hsds", str(feed), "--source", feeds.NAME, "--map", types, *more])


def test_a_feed_comes_in_with_a_report(tmp_path, beside, capsys):
    listed = tmp_path / "report.csv"
    assert hsds(tmp_path, feeds.TABLES, "--report", str(listed)) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:3] == [
        "Valley 211: 1 services at places in the feed, 1 taken.",
        "New: 1.",
        "  service/12/location/12",
    ]
    rows = list(csv.reader(listed.read_text("utf-8-sig").splitlines()))
    assert rows == [["what", "external_id", "why"], ["came", "service/12/location/12", ""]]
    assert len(feeds.kept(beside)) == 1
    assert main(["check"]) == 0
    assert "imported/Valley 211.csv: 1 row." in capsys.readouterr().out


def test_a_dry_run_says_so_and_writes_nothing(tmp_path, beside, capsys):
    assert hsds(tmp_path, feeds.TABLES, "--dry-run") == 0
    assert "Nothing was written. Leave out --dry-run to do it." in capsys.readouterr().out
    assert not beside.with_name("imported").exists()


def test_nothing_taken_ends_with_1_and_the_terms_for_the_map(tmp_path, beside, capsys):
    tables = {**feeds.TABLES, "taxonomy_terms": [{"id": "t1", "name": "Hot meals"}]}
    assert hsds(tmp_path, tables) == 1
    told = capsys.readouterr()
    assert "Not taken, the map has none of its terms: 1." in told.out
    assert "  t1 (Hot meals): 1" in told.out
    assert "nothing could be taken" in told.err
    assert feeds.kept(beside) == []


@pytest.mark.parametrize("bad", ["food bank,meals\n", "food bank;food\n"])
def test_a_map_of_types_that_is_none_is_told(tmp_path, beside, capsys, bad):
    (tmp_path / "types.csv").write_text("term,service_types\n" + bad if "," in bad else bad)
    assert hsds(tmp_path, feeds.TABLES) == 1
    assert "types.csv:" in capsys.readouterr().err
    assert not beside.with_name("imported").exists()


def test_a_name_that_leads_out_is_refused(tmp_path, beside, capsys):
    feed = feeds.folder(tmp_path / "feed", feeds.TABLES)
    assert main(["import", "hsds", str(feed), "--source", "../x"]) == 1
    assert "--source: wanted a short name" in capsys.readouterr().err
    assert not beside.with_name("imported").exists()


def test_a_table_is_shown_first_and_written_on_yes(tmp_path, beside, capsys):
    feed, columns = tmp_path / "list.csv", tmp_path / "columns.csv"
    rows = [f"{number},Oak {number},Stockton,95202" for number in range(7)]
    feed.write_text("\n".join(["no,agency,town,zip", *rows]) + "\n")
    columns.write_text(
        "ours,theirs,fixed\nexternal_id,no,\nname,agency,\ncity,town,\nzip,zip,\n"
        "service_types,,food\n"
    )
    command = ["import", "csv", str(feed), "--map", str(columns), "--source", "County list"]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert told.count("  county: san_joaquin\n") == 5
    assert "County list: 7 services at places in the feed, 7 taken." in told
    assert "Add --yes to do it." in told
    assert not beside.with_name("imported").exists()
    assert main([*command, "--yes"]) == 0
    assert beside.with_name("imported").joinpath("County list.csv").read_text().count("\n") == 8
