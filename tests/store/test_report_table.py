"""Who serves readers adds reports to the store and reads none, and whatever breaks, none is lost.

What holds for any box of reports is tried in `test_reports.py`.
"""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from app import app as site
from geo import clock
from geo.settings import ROOT
from geo.store import report_table, served
from geo.store.report_table import ReportTable
from geo.trust import reports
from geo.trust.reports import Report, ReportsError
from tests.search.test_query import made
from tests.store.test_faults import children, name, soon
from tests.support.asking import ask
from tests.web.plain.test_report_page import PLACE, send

SAVER = """
import os, signal, sys
from geo import clock
from geo.store.report_table import ReportTable
from geo.trust.reports import Report

url, who, last = sys.argv[1:]
for number in range(1_000):
    ReportTable(url).save(Report(f"{who}{number:05}", "other", "", clock.today()))
    if number == int(last):
        os.kill(os.getpid(), signal.SIGKILL)
    print(f"{who}{number:05}", flush=True)
"""
OF_READERS = {"add_report", "forget_reports", "report_secret", "reports_waiting"}


def saver(url, who, last):
    command = [sys.executable, "-c", SAVER, url, who, str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def owner(store):
    """Return the address of a store without reports, for its owner."""
    with psycopg.connect(store, autocommit=True) as found:
        found.execute("DELETE FROM map_kept.reports")
    return store


@pytest.fixture
def box(owner, reader):
    return ReportTable(reader)


def there(owner):
    return {one.entry for one in ReportTable(owner).waiting()}


def report(entry=PLACE):
    return Report(entry, "other", "", clock.today())


def test_who_serves_readers_calls_four_functions_and_reads_no_report(owner, reader, box):
    box.save(report())
    with psycopg.connect(reader, autocommit=True) as found:
        for query in (
            "SELECT * FROM map_kept.reports",
            "SELECT * FROM map_kept.report_secret",
            "SELECT map_kept.forget('2100-01-01')",
            "DELETE FROM map_kept.reports",
            "INSERT INTO map_kept.reports (day, entry, kind, words) VALUES (now(), '', '', '')",
            "UPDATE map_kept.reports SET closed_on = now()",
        ):
            with pytest.raises(InsufficientPrivilege):
                found.execute(query)
    with pytest.raises(ReportsError, match=r"This role may not do that .docs/store\.md"):
        box.waiting()
    with pytest.raises(ReportsError, match="may not do that"):
        box.close([1], clock.today())
    query = """SELECT proname FROM pg_proc WHERE pronamespace IN ('map'::regnamespace,
      'map_kept'::regnamespace) AND has_function_privilege(%s, oid, 'EXECUTE')"""
    with psycopg.connect(owner) as found:
        found.execute("CREATE ROLE anybody")
        may = {
            role: {one for (one,) in found.execute(query, [role]).fetchall()}
            for role in ("service_map_reader", "service_map_keeper", "anybody")
        }
        found.rollback()
    assert may == {
        "service_map_reader": OF_READERS,
        "service_map_keeper": set(),
        "anybody": set(),
    }


def test_keepers_read_reports_and_note_that_one_was_looked_at_and_do_no_more(owner, keeper, box):
    box.save(report())
    theirs = ReportTable(keeper)
    (waiting,) = theirs.waiting()
    with psycopg.connect(keeper, autocommit=True) as found:
        for query in (
            "UPDATE map_kept.reports SET words = 'x'",
            "DELETE FROM map_kept.reports",
            "INSERT INTO map_kept.reports (day, entry, kind, words) VALUES (now(), '', '', '')",
            "SELECT * FROM map_kept.report_secret",
            "SELECT * FROM map_kept.files",
            "UPDATE map_kept.edition SET places = 0",
            "UPDATE map_kept.acts SET line = ''",
            "DELETE FROM map_kept.acts",
            "TRUNCATE map_kept.acts",
            "SELECT map_kept.forget('2100-01-01')",
            "CREATE TABLE map_kept.mine (a int)",
        ):
            with pytest.raises(InsufficientPrivilege):
                found.execute(query)
    assert theirs.close([waiting.number], clock.today()) == 1
    assert (theirs.waiting(), box.count()) == ([], 0)


def test_nobody_has_reports_forgotten_by_telling_a_day_to_come(owner, box):
    box.save(report())
    box.begin(clock.today() + timedelta(days=400))
    box.save(Report("aaaaaa", "other", "", clock.today() + timedelta(days=400)))
    box.save(Report("bbbbbb", "other", "", clock.today() - timedelta(days=400)))
    days = {one.entry: (one.day - clock.today()).days for one in ReportTable(owner).waiting()}
    assert days.pop(PLACE) == 0
    assert days.keys() == {"aaaaaa", "bbbbbb"}
    assert all(abs(day) <= 2 for day in days.values())  # one, but for a midnight meanwhile


def test_a_text_that_is_too_long_for_the_form_is_too_long_for_the_store(owner, box):
    with pytest.raises(ReportsError, match="23514"):  # a check was violated
        box.save(Report(PLACE, "other", "x" * 501, clock.today()))
    assert there(owner) == set()


def test_a_store_that_is_older_than_the_program_is_told_with_what_to_run(owner, box):
    with psycopg.connect(owner, autocommit=True) as found:
        found.execute("ALTER FUNCTION map.add_report RENAME TO of_later")
        try:
            with pytest.raises(ReportsError, match="Run `python -m geo store migrate`"):
                box.save(report())
        finally:
            found.execute("ALTER FUNCTION map.of_later RENAME TO add_report")


def test_a_role_whose_changes_are_off_by_default_can_report(owner, reader):
    with psycopg.connect(owner, autocommit=True) as found:
        found.execute("ALTER ROLE visitor SET default_transaction_read_only = on")
        try:
            ReportTable(f"{reader}?application_name=strict").save(report())
        finally:
            found.execute("ALTER ROLE visitor RESET default_transaction_read_only")
    assert there(owner) == {PLACE}


def test_what_processes_acknowledged_is_there_after_they_were_killed(owner, reader):
    """Two are killed from outside at any moment, two between a save and the word of it."""
    last = {"a": 10, "b": 20, "c": 999, "d": 999}
    acknowledged = set()
    with ExitStack() as stack:
        savers = {
            who: stack.enter_context(saver(reader, who, number)) for who, number in last.items()
        }
        for who in "cd":
            acknowledged |= {savers[who].stdout.readline().strip() for _ in range(15)}
            savers[who].kill()
        acknowledged |= {line.strip() for one in savers.values() for line in one.stdout}
    assert [one.returncode for one in savers.values()] == [-signal.SIGKILL] * 4
    found = there(owner)
    assert acknowledged <= found
    for who in "ab":
        own = {f"{who}{number:05}" for number in range(last[who] + 1)}
        assert {one for one in found if one.startswith(who)} == own
        assert own - acknowledged == {f"{who}{last[who]:05}"}  # saved, and nobody was told so
        ReportTable(reader).save(report(f"{who}{last[who]:05}"))  # who sends it again
    assert len(ReportTable(owner).waiting()) == len(found)


def test_what_was_acknowledged_outlasts_a_crash_of_a_careless_server(server, owner, reader):
    """One that is set to acknowledge before anything is on its disk."""
    with psycopg.connect(owner, autocommit=True) as found:
        found.execute("ALTER ROLE visitor SET synchronous_commit = off")
    careless = ReportTable(f"{reader}?application_name=careless")
    try:
        for number in range(20):
            careless.save(report(f"r{number:05}"))
        server.stop("immediate")
    finally:
        server.start()
        with psycopg.connect(owner, autocommit=True) as found:
            found.execute("ALTER ROLE visitor RESET synchronous_commit")
    assert there(owner) == {f"r{number:05}" for number in range(20)}


@pytest.fixture
def page(owner, reader, loaded, monkeypatch):
    """Have the site take its list from the store and keep reports there; each look is a new one."""
    monkeypatch.setenv("STORE_URL", loaded(made({"id": PLACE, "name": "One"}), clock.today()))
    monkeypatch.setenv("REPORTS", "")
    monkeypatch.setattr(served, "LOOK_S", 0.0)
    assert send(text="before").status == 200
    return owner


def test_a_report_on_the_page_is_in_the_store_and_its_number_is_public(page):
    assert send(language="es", text="Cerrado los viernes").status == 200
    found = [(one.entry, one.kind, one.text) for one in ReportTable(page).waiting()]
    assert found == [(PLACE, "hours", "before"), (PLACE, "hours", "Cerrado los viernes")]
    assert '"waiting":2' in ask(site, "/quality.json").text


def test_a_flood_is_told_on_the_page(page):
    for number in range(reports.A_DAY_OF_ONE - 1):
        ReportTable(page).save(Report(PLACE, "other", str(number), clock.today()))
    assert send(text="one more").status == 429


def test_when_the_store_is_away_the_reader_is_told_so_soon_and_whom_to_call(server, page):
    given = reports.token(ReportTable(page), clock.today())
    server.stop()
    try:
        with soon():
            answer = send(token=given, text="Closed on Fridays")
        assert (answer.status, "call 211" in answer.text) == (503, True)
        assert "Closed on Fridays</textarea>" in answer.text
        assert f'value="{given}"' in answer.text
        report_table._secret.cache_clear()  # as in a process that never had it
        with soon():
            answer = ask(site, f"/report/es?id={PLACE}")
        assert (answer.status, "llame al 211" in answer.text) == (503, True)
        with soon():
            answer = send(token='"><b>', text="Closed on Fridays")
        assert (answer.status, "<b>" in answer.text) == (503, False)
    finally:
        server.start()
    assert any(send(token=given, text="Closed on Fridays").status == 200 for _ in range(5))
    assert [one.text for one in ReportTable(page).waiting()] == ["before", "Closed on Fridays"]


def test_when_the_store_hangs_the_reader_is_told_so_soon(server, page):
    given = reports.token(ReportTable(page), clock.today())
    pid = int((server.folder / "data/postmaster.pid").read_text().split()[0])
    stopped = [pid, *(one for one in children(pid) if "visitor" in name(one))]
    for one in stopped:
        os.kill(one, signal.SIGSTOP)
    try:
        with soon():
            answer = send(token=given)
        assert (answer.status, "call 211" in answer.text) == (503, True)
    finally:
        for one in stopped:
            os.kill(one, signal.SIGCONT)


def test_while_somebody_locks_the_table_the_reader_is_told_so_soon(page):
    with psycopg.connect(page) as other:
        other.execute("LOCK TABLE map_kept.reports")
        with soon():
            assert send(text="meanwhile").status == 503
    assert send(text="meanwhile").status == 200


def test_a_server_starts_without_the_store(server, page, reader):
    from geo.web.plain import report_page

    server.stop()
    try:
        with soon():
            assert report_page.begin(ReportTable(reader), clock.today()) is None
    finally:
        server.start()
