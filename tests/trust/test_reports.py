"""A report is on the disk before it is said to be, is kept once, and is gone after 90 days."""

import sqlite3
import threading
from contextlib import closing
from datetime import date, timedelta

import pytest

from geo.trust import reports
from geo.trust.reports import FloodError, Report, ReportsError

DAY = date(2026, 11, 26)


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "reports.sqlite"


def told(kept):
    return [(one.entry, one.kind, one.text, one.day) for one in reports.waiting(kept)]


def test_what_is_saved_waits_with_its_day_and_nothing_else_is_kept(kept):
    reports.save(kept, Report("hck7q3", "hours", "Closed on Fridays", DAY))
    assert told(kept) == [("hck7q3", "hours", "Closed on Fridays", DAY)]
    with closing(sqlite3.connect(kept)) as file:
        columns = [row[1] for row in file.execute("PRAGMA table_info(reports)")]
    assert columns == ["number", "day", "entry", "kind", "text", "closed_on"]


def test_the_same_report_of_a_day_is_kept_once(kept):
    for _ in range(3):
        reports.save(kept, Report("hck7q3", "closed", "", DAY))
    assert len(told(kept)) == 1


def test_what_is_older_than_90_days_goes_at_the_next_save_and_leaves_no_trace_in_the_file(kept):
    reports.save(kept, Report("hck7q3", "other", "zzyzx", DAY))
    reports.save(kept, Report("hck7q3", "phone", "", DAY + timedelta(days=90)))
    assert len(told(kept)) == 2
    reports.save(kept, Report("hck7q3", "phone", "", DAY + timedelta(days=91)))
    assert [text for _, _, text, _ in told(kept)] == ["", ""]
    assert b"zzyzx" not in kept.read_bytes()


def test_at_the_start_too_what_is_old_goes(kept):
    reports.save(kept, Report("hck7q3", "other", "zzyzx", DAY))
    reports.forget(kept, DAY + timedelta(days=90))
    assert len(told(kept)) == 1
    reports.forget(kept, DAY + timedelta(days=91))
    assert told(kept) == []
    reports.forget(kept.with_name("none"), DAY)
    assert not kept.with_name("none").exists()


def test_a_clock_that_is_set_back_loses_nothing(kept):
    reports.save(kept, Report("hck7q3", "closed", "", DAY))
    reports.save(kept, Report("hck7q3", "closed", "", DAY - timedelta(days=400)))
    assert len(told(kept)) == 2


def test_a_flood_of_one_place_stops_there_and_of_all_at_the_bound_of_a_day(kept, monkeypatch):
    monkeypatch.setattr(reports, "A_DAY", 60)
    for number in range(reports.A_DAY_OF_ONE):
        reports.save(kept, Report("aaaaaa", "other", str(number), DAY))
    with pytest.raises(FloodError):
        reports.save(kept, Report("aaaaaa", "other", "one more", DAY))
    reports.save(kept, Report("aaaaaa", "other", "0", DAY))  # is there already
    for number in range(60 - reports.A_DAY_OF_ONE):
        reports.save(kept, Report(f"b{number:05}", "other", "", DAY))
    with pytest.raises(FloodError):
        reports.save(kept, Report("cccccc", "other", "", DAY))
    reports.save(kept, Report("cccccc", "other", "", DAY + timedelta(days=1)))
    assert len(told(kept)) == 61


def test_a_report_is_closed_once_and_how_long_it_waited_is_counted(kept):
    for text in ("a", "b", "c"):
        reports.save(kept, Report("hck7q3", "other", text, DAY))
    first, second, third = (one.number for one in reports.waiting(kept))
    assert reports.close(kept, [first], DAY + timedelta(days=4)) == 1
    assert reports.close(kept, [first, second], DAY + timedelta(days=8)) == 1
    assert sorted(reports.days_to_close(kept)) == [4, 8]
    assert [one.number for one in reports.waiting(kept)] == [third]


def test_four_who_write_at_once_all_have_theirs_kept(kept):
    failed = []

    def write(who):
        try:
            for number in range(20):
                reports.save(kept, Report(f"{who}{number:05}", "other", "", DAY))
        except ReportsError as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(who,)) for who in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(told(kept)) == 80


def test_a_file_that_somebody_holds_is_told_as_such_and_works_again_after(kept, monkeypatch):
    monkeypatch.setattr(reports, "WAIT_S", 0.05)
    reports.save(kept, Report("hck7q3", "closed", "", DAY))
    with closing(sqlite3.connect(kept, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ReportsError, match="locked"):
            reports.save(kept, Report("hck7q3", "moved", "", DAY))
        other.execute("ROLLBACK")
    reports.save(kept, Report("hck7q3", "moved", "", DAY))
    assert len(told(kept)) == 2


def test_no_folder_or_a_file_that_is_none_of_ours_is_told_with_what_to_do(tmp_path):
    for path in (tmp_path / "none" / "reports.sqlite", tmp_path / "text"):
        if path.parent.exists():
            path.write_text("no database, but longer than its head would be: " + "x" * 200)
        with pytest.raises(ReportsError, match="See that the disk has room"):
            reports.save(path, Report("hck7q3", "closed", "", DAY))
    assert (tmp_path / "text").read_text().startswith("no database")


def test_a_form_of_today_or_yesterday_is_known_and_no_other(kept):
    given = reports.token(kept, DAY)
    assert reports.token(kept, DAY) == given
    for days, is_known in ((0, True), (1, True), (2, False), (-1, False)):
        assert reports.is_token(kept, given, DAY + timedelta(days=days)) == is_known
    assert not reports.is_token(kept, "", DAY)
    assert not reports.is_token(kept, "ü" * 32, DAY)
    assert reports.token(kept.with_name("other.sqlite"), DAY) != given


@pytest.mark.parametrize(
    ("clock", "left"),
    [
        ([0, -3000, 0], "abc"),  # it was set back for a while
        ([0, -3000, 1, 2], "abcd"),
        ([-3000, 0], "b"),  # nothing came before: it may as well be old
        ([0, 5000, 0], "bc"),  # it was ahead: what was there seemed old
        ([0, 5000, 0, 91], "d"),  # and what came from the future goes with what came after it
        ([0, -1, 89], "abc"),
        ([0, -1, 91], "c"),
        ([0, 45, 91], "bc"),
    ],
    ids=str,
)
def test_what_came_while_the_clock_was_set_back_is_not_taken_for_old(kept, clock, left):
    for name, day in zip("abcd", clock, strict=False):
        reports.save(kept, Report(name, "closed", "", DAY + timedelta(days=day)))
    assert "".join(entry for entry, *_ in told(kept)) == left


def test_what_is_forgotten_leaves_the_journal_too_while_a_server_holds_the_file(kept):
    reports.save(kept, Report("hck7q3", "other", "zzyzx", DAY))
    with closing(reports.hold(kept)):
        reports.save(kept, Report("hck7q3", "other", "other words", DAY))
        files = [kept, kept.with_name(f"{kept.name}-wal")]
        assert any(b"zzyzx" in one.read_bytes() for one in files)
        reports.save(kept, Report("hck7q3", "phone", "", DAY + timedelta(days=91)))
        assert not any(b"zzyzx" in one.read_bytes() for one in files)


def test_a_file_that_cannot_be_held_open_is_told(tmp_path):
    with pytest.raises(ReportsError, match="cannot be kept"):
        reports.hold(tmp_path / "none" / "reports.sqlite")
