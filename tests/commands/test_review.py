"""A keeper sees what needs them most, is asked in plain lines, and a sheet of a round is taken."""

from datetime import date

import pytest

from geo.__main__ import main
from geo.catalogue import csv_file, history
from geo.trust import desk, queue
from geo.trust.desk import Keeping
from geo.trust.report_file import ReportFile
from geo.trust.reports import Report
from tests.bench import places as made_up_places
from tests.support import catalogues, made_up

DAY = date(2026, 11, 26)
OPEN = "hck7q3"


@pytest.fixture
def kept(tmp_path, monkeypatch, served):
    path = tmp_path / "reports.sqlite"
    monkeypatch.setenv("REPORTS", str(path))
    frame = csv_file.read(served).frame
    short = frame[frame["id"].eq(OPEN) | frame["location_policy"].ne("public")][:12]
    catalogues.write(short, served)
    return path


def typed(monkeypatch, *lines):
    given = iter(lines)
    asked = []

    def answer(question):
        asked.append(question)
        return next(given)

    monkeypatch.setattr("builtins.input", answer)
    return asked


def log(served):
    return history.read(history.beside(served)).acts


def test_what_is_reported_comes_first_and_all_is_plain_lines(kept, capsys):
    ReportFile(kept).save(Report(OPEN, "closed", "\x1b[31mred", DAY))
    ReportFile(kept).save(Report("", "missing", "A pantry in Holtville", DAY))
    assert main(["review", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "2 reports waiting" in lines[0]
    assert lines[1] == "Missing, reported 2026-11-26: A pantry in Holtville"
    assert lines[2].startswith(f"1. {OPEN} ")
    assert "1 report: It has closed" in lines[2]


def test_an_entry_is_gone_through_with_questions_and_saved_on_yes_alone(
    kept, served, monkeypatch, capsys
):
    asked = typed(
        monkeypatch,
        OPEN,
        "c",
        "y",
        "called",
        "no",
        OPEN,
        "k",
        "hours",
        "24/7",
        "called",
        "yes",
        "q",
    )
    assert main(["review", "--role", "volunteer"]) == 0
    assert [(act.what, act.fields) for act in log(served)] == [("correct", ("hours",))]
    out = capsys.readouterr().out
    assert "Nothing was saved." in out
    assert "hours: '' -> '24/7'" in out
    assert "status: open Is it so? y or n: " in asked


def test_a_fault_is_told_and_the_next_question_comes(kept, served, monkeypatch, capsys):
    typed(monkeypatch, OPEN, "k", "hours", "M-F 8-5", "called", "zzzzzz", "q")
    assert main(["review", "--role", "volunteer"]) == 0
    out = capsys.readouterr().out
    assert "Did you mean Mo-Fr 08:00-17:00" in out
    assert "no entry of this id" in out
    assert log(served) == ()


def test_without_a_role_nothing_is_asked(kept, capsys):
    assert main(["review"]) == 1
    assert "--role" in capsys.readouterr().err


def test_reports_that_were_looked_at_are_closed_with_how_long_they_waited(kept, served, capsys):
    from geo import clock

    ReportFile(kept).save(Report(OPEN, "phone", "", clock.today()))
    assert main(["review", "reports", OPEN, "--role", "volunteer"]) == 0
    assert ReportFile(kept).waiting() == []
    assert log(served)[0].waited == (0,)
    assert main(["review", "reports", OPEN, "--role", "volunteer"]) == 1


def test_a_sheet_of_a_round_is_shown_first_and_taken_with_write(kept, served, tmp_path, capsys):
    others = [own for own in csv_file.read(served).frame["id"] if own != OPEN][:3]
    sheet = tmp_path / "back.csv"
    rows = [
        f"{OPEN},A,Open,2026-11-20,=1+1 at 12 Oak Street",
        f"{others[0]},B,nobody,2026-11-20,",
        f"{others[1]},C,moved,2026-11-20,",
        f"{others[2]},D,not_visited,,",
        "zzzzzz,E,open,2026-11-20,",
        f"{others[2]},F,open,2999-01-01,",
        f"{others[2]},G,perhaps,2026-11-20,",
    ]
    sheet.write_text("id,name,result,seen_on,note\n" + "\n".join(rows) + "\n")
    arguments = ["review", "--from", str(sheet), "--role", "outreach worker"]
    assert main(arguments) == 1
    assert log(served) == ()
    out = capsys.readouterr().out
    assert "run it again with --write" in out
    assert main([*arguments, "--write"]) == 1
    out = capsys.readouterr().out
    assert [(act.entry, act.what, act.day) for act in log(served)] == [
        (OPEN, "confirm", "2026-11-20"),
        (others[0], "fail", "2026-11-20"),
    ]
    assert f"{others[1]}: has moved" in out
    for told in (":6 ", ":7 seen_on", ":8 result"):
        assert f"back.csv{told}" in out
    assert "Oak" not in history.beside(served).read_text()


def test_the_sheet_that_is_given_out_can_be_taken_back(kept, served, tmp_path, capsys):
    assert main(["review", "sheet", "--most", "3"]) == 0
    text = capsys.readouterr().out
    assert text.splitlines()[0] == "id,name,result,seen_on,note"
    sheet = tmp_path / "back.csv"
    sheet.write_text(text)
    assert main(["review", "--from", str(sheet), "--role", "volunteer"]) == 0


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", "id,name\n1,2\n"])
def test_another_table_is_refused(kept, tmp_path, text, capsys):
    (tmp_path / "other.csv").write_text(text)
    arguments = ["review", "--from", str(tmp_path / "other.csv"), "--role", "volunteer"]
    assert main(arguments) == 1
    assert "are missing" in capsys.readouterr().err


def test_the_order_of_the_queue_is_that_of_the_need():
    def entry(own, **cells):
        found = made_up.edition(**{"id": own, "hours": "24/7", "verified_on": "", **cells})
        return found.entries[0]

    old, new = {"source_date": "2019-01-01"}, {"source_date": "2026-01-01"}
    jobs = {"service_types": "job_training"}
    entries = [
        entry("gggggg", verified_on="2026-11-01", verified_by_role="volunteer", **old),
        entry("ffffff", **jobs, **new),
        entry("eeeeee", **jobs, **old),
        entry("dddddd", **new),
        entry("cccccc", hours="", **new),
        entry("bbbbbb", **old),
        entry("aaaaaa", verified_on="2026-11-01", verified_by_role="volunteer", **new),
    ]
    acts = (
        history.Act(1, "2026-10-01", "pause", "ffffff", "volunteer", again="2026-11-26"),
        history.Act(2, "2026-10-01", "fail", "eeeeee", "volunteer"),
    )
    waiting = [Report("aaaaaa", "closed", "", DAY)]
    found = queue.make(entries, history.History(acts), waiting, {}, DAY)
    assert [need.entry["id"][0] for need in found] == [*"afebcdg"]


def test_the_desk_lays_out_a_large_catalogue_without_asking_the_rules(kept, served, monkeypatch):
    from geo.catalogue import checks

    catalogues.write(made_up_places.make(60), served)
    monkeypatch.setattr(checks, "check", None)
    assert len(desk.lay(Keeping(served)).entries) == 60
