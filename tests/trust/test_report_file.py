"""What is forgotten leaves the file, and a file that cannot be had is told with what to do.

What holds for any box of reports is tried in `tests/store/test_reports.py`.
"""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from geo.trust import report_file
from geo.trust.report_file import ReportFile
from geo.trust.reports import Report, ReportsError

DAY = date(2026, 11, 26)


@pytest.fixture
def box(tmp_path):
    return ReportFile(tmp_path / "reports.sqlite")


def test_nothing_is_kept_but_the_report(box):
    box.save(Report("hck7q3", "hours", "Closed on Fridays", DAY))
    with closing(sqlite3.connect(box.path)) as file:
        columns = [row[1] for row in file.execute("PRAGMA table_info(reports)")]
    assert columns == ["number", "day", "entry", "kind", "text", "closed_on"]


def test_what_is_forgotten_leaves_no_trace_in_the_file(box):
    box.save(Report("hck7q3", "other", "zzyzx", DAY))
    assert b"zzyzx" in box.path.read_bytes()
    box.save(Report("hck7q3", "phone", "", DAY + timedelta(days=91)))
    assert b"zzyzx" not in box.path.read_bytes()


def test_what_is_forgotten_leaves_the_journal_too_while_a_server_holds_the_file(box):
    box.save(Report("hck7q3", "other", "zzyzx", DAY))
    with closing(box.begin(DAY)):
        box.save(Report("hck7q3", "other", "other words", DAY))
        files = [box.path, box.path.with_name(f"{box.path.name}-wal")]
        assert any(b"zzyzx" in one.read_bytes() for one in files)
        box.save(Report("hck7q3", "phone", "", DAY + timedelta(days=91)))
        assert not any(b"zzyzx" in one.read_bytes() for one in files)


def test_a_file_that_somebody_holds_is_told_as_such_and_works_again_after(box, monkeypatch):
    monkeypatch.setattr(report_file, "WAIT_S", 0.05)
    box.save(Report("hck7q3", "closed", "", DAY))
    with closing(sqlite3.connect(box.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ReportsError, match="locked"):
            box.save(Report("hck7q3", "moved", "", DAY))
        other.execute("ROLLBACK")
    box.save(Report("hck7q3", "moved", "", DAY))
    assert box.count() == 2


def test_no_folder_or_a_file_that_is_none_of_ours_is_told_with_what_to_do(tmp_path):
    for path in (tmp_path / "none" / "reports.sqlite", tmp_path / "text"):
        if path.parent.exists():
            path.write_text("no database, but longer than its head would be: " + "x" * 200)
        with pytest.raises(ReportsError, match="See that the disk has room"):
            ReportFile(path).save(Report("hck7q3", "closed", "", DAY))
        with pytest.raises(ReportsError, match="cannot be kept"):
            ReportFile(path).begin(DAY)
    assert (tmp_path / "text").read_text().startswith("no database")


def test_without_a_file_nothing_waits_and_none_is_made(box):
    assert (box.waiting(), box.count()) == ([], 0)
    assert not box.path.exists()
