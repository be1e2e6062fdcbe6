"""What a keeper decides is in the store's log at once, and two copies never go two ways."""

import shutil
import threading
from datetime import date
from pathlib import Path

import psycopg
import pytest

from geo.__main__ import main
from geo.catalogue import csv_file, history
from geo.errors import StoreError
from geo.store import connection, keeping, load
from geo.store.report_table import ReportTable
from geo.trust import decisions, desk
from geo.trust.decisions import Decision
from geo.trust.report_file import ReportFile
from geo.trust.reports import Report, ReportsError
from tests.store.test_faults import soon
from tests.support import catalogues

DAY = date(2026, 11, 26)
PLACE = "hck7q3"  # a public place of the shipped catalogue
FAIL = Decision("fail", PLACE, "volunteer")


@pytest.fixture
def owner(store):
    """Return the address of a store without reports and acts, as only who owns it can make it."""
    with psycopg.connect(store, autocommit=True) as found:
        found.execute("DELETE FROM map_kept.reports")
        found.execute("ALTER TABLE map_kept.acts DISABLE TRIGGER only_added")
        found.execute("DELETE FROM map_kept.acts")
        found.execute("ALTER TABLE map_kept.acts ENABLE TRIGGER only_added")
    return store


@pytest.fixture
def ours(owner, reader, keeper, served, monkeypatch):
    """Return what keepers work on: a short catalogue, and the store with the rights of a keeper."""
    frame = csv_file.read(served).frame
    catalogues.write(frame[frame["id"].eq(PLACE) | (frame.index % 40 == 0)], served)
    monkeypatch.setenv("STORE_URL", reader)
    monkeypatch.setenv("KEEPERS_URL", keeper)
    monkeypatch.setenv("REPORTS", "")
    return keeping.read()


def copy(ours, name):
    """Return the same for a keeper with a copy of the catalogue in a folder of its own."""
    folder = ours.catalogue.parent / name
    folder.mkdir()
    for file in ours.catalogue.parent.glob("services.*"):
        shutil.copy(file, folder)
    return desk.Keeping(folder / ours.catalogue.name, ours.box, ours.noted)


def in_store(owner):
    with psycopg.connect(owner) as found:
        rows = found.execute("SELECT line FROM map_kept.acts ORDER BY number").fetchall()
    return b"".join(bytes(line) for (line,) in rows)


def in_file(kept):
    path = history.beside(kept.catalogue)
    return path.read_bytes() if path.exists() else b""


def decide(kept, wanted=FAIL):
    return desk.save(kept, wanted, DAY)[0]


def test_each_act_is_in_the_store_when_it_is_in_the_file(owner, ours):
    for number in (1, 2):
        assert decide(ours).number == number
        assert in_store(owner) == in_file(ours)
        assert in_store(owner).count(b"\n") == number


def test_what_was_decided_before_comes_along(owner, ours):
    decisions.decide(ours.catalogue, FAIL, DAY)
    assert in_store(owner) == b""
    decide(ours)
    assert in_store(owner) == in_file(ours)


def test_who_decides_on_another_copy_is_refused_until_it_is_the_same(owner, ours):
    theirs = copy(ours, "theirs")
    decide(ours)
    before = {file: file.read_bytes() for file in theirs.catalogue.parent.glob("services.*")}
    with pytest.raises(StoreError, match="somebody decided on another copy"):
        decide(theirs)
    assert {
        file: file.read_bytes() for file in theirs.catalogue.parent.glob("services.*")
    } == before
    for file in ours.catalogue.parent.glob("services.*"):
        shutil.copy(file, theirs.catalogue.parent)
    assert decide(theirs).number == 2
    assert in_store(owner) == in_file(theirs)


def test_of_four_copies_that_decide_at_once_one_does(owner, ours):
    copies = [copy(ours, name) for name in "abcd"]
    refused = []
    begin = threading.Barrier(len(copies))

    def run(kept):
        begin.wait()
        try:
            decide(kept)
        except StoreError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=run, args=(kept,)) for kept in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert all("somebody decided on another copy" in one for one in refused)
    (decided,) = [kept for kept in copies if in_file(kept)]
    assert in_store(owner) == in_file(decided)


def test_a_file_that_cannot_be_written_leaves_the_store_as_it_was(owner, ours, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(csv_file, "amend", full)
    with pytest.raises(OSError, match="No space left"):
        decide(ours)
    assert (in_store(owner), in_file(ours)) == (b"", b"")


def test_while_the_store_is_away_nothing_is_decided_and_that_is_told_soon(server, owner, ours):
    before = ours.catalogue.read_bytes()
    server.stop()
    try:
        with soon(), pytest.raises(StoreError, match="cannot be reached"):
            decide(ours)
        assert (ours.catalogue.read_bytes(), in_file(ours)) == (before, b"")
    finally:
        server.start()
    assert any(_decided(ours) for _ in range(5))
    assert in_store(owner) == in_file(ours)


def _decided(kept):
    try:
        return bool(decide(kept))
    except StoreError:
        return False


def test_a_store_that_goes_as_the_file_is_written_gets_the_act_with_the_next(
    owner, ours, monkeypatch, caplog
):
    amend = csv_file.amend

    def and_away(*given):
        amend(*given)
        with psycopg.connect(owner, autocommit=True) as found:
            query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'"
            found.execute(query)

    with monkeypatch.context() as once:
        once.setattr(csv_file, "amend", and_away)
        assert decide(ours).number == 1
    assert "the store gets it with the next one" in caplog.text
    assert in_store(owner) == b""
    assert decide(ours).number == 2
    assert in_store(owner) == in_file(ours)


def test_a_load_takes_the_log_from_where_the_keepers_are(owner, ours):
    decide(ours)
    decisions.decide(ours.catalogue, FAIL, DAY)
    load.load(owner, ours.catalogue, DAY, lambda *_: None)
    assert in_store(owner) == in_file(ours)
    (ours.catalogue.parent / "services.history.seal").unlink()
    history.beside(ours.catalogue).write_bytes(b"")
    with pytest.raises(StoreError, match="2 lines"):
        load.load(owner, ours.catalogue, DAY, lambda *_: None)


def test_a_keeper_at_a_terminal_sees_reports_of_the_store_and_closes_them(
    owner, reader, ours, capsys
):
    ReportTable(reader).save(Report(PLACE, "closed", "It is shut", DAY))
    assert main(["review", "list"]) == 0
    assert "1 reports waiting" in capsys.readouterr().out
    assert main(["review", "reports", PLACE, "--role", "volunteer"]) == 0
    assert "Reports looked at: 1" in capsys.readouterr().out
    assert ReportTable(reader).count() == 0
    assert history.read(history.beside(ours.catalogue)).acts[0].what == "reports"
    assert in_store(owner) == in_file(ours)


def test_reports_that_cannot_be_closed_wait_and_the_act_is_told_as_saved(
    reader, ours, monkeypatch, caplog
):
    ReportTable(reader).save(Report(PLACE, "closed", "It is shut", DAY))

    def away(*_):
        raise ReportsError("The store is away.")

    with monkeypatch.context() as once:
        once.setattr(ReportTable, "close", away)
        act, closed = desk.save(ours, Decision("reports", PLACE, "volunteer"), DAY)
    assert (act.number, closed) == (1, 0)
    assert "its reports still wait" in caplog.text
    assert desk.save(ours, Decision("reports", PLACE, "volunteer"), DAY)[1] == 1


def test_who_only_serves_readers_cannot_review(ours, monkeypatch, capsys):
    monkeypatch.delenv("KEEPERS_URL")
    assert main(["review", "list"]) == 1
    assert "This role may not do that" in capsys.readouterr().err


def test_reports_may_stay_in_a_file_and_the_log_go_to_the_store(ours, monkeypatch, tmp_path):
    monkeypatch.setenv("REPORTS", str(tmp_path / "kept"))
    assert keeping.box() == keeping.read().box == ReportFile(Path(tmp_path / "kept"))
    assert keeping.read().noted is not desk.Keeping(ours.catalogue).noted
    monkeypatch.setenv("REPORTS", "off")
    assert keeping.box() is keeping.read().box is None


def test_a_log_is_read_whole_by_nobody_but_its_keepers(reader):
    with connection.adding(reader) as found, pytest.raises(psycopg.errors.InsufficientPrivilege):
        found.execute("SELECT * FROM map_kept.acts")
