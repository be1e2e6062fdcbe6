"""Whatever happens to the store, who reads gets the last good answer or a sentence, within 3 s."""

import os
import signal
import threading
import time
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import psycopg
import pytest
from starlette.applications import Starlette

from geo.clock import TIMEZONE
from geo.errors import StoreError
from geo.search.query import Query
from geo.store import connection, questions, served
from geo.store.served import StoreKeeper
from geo.web.endpoints import ROUTES
from tests.search.test_query import made
from tests.support.asking import ask

TODAY, NOON = date(2026, 11, 18), datetime(2026, 11, 18, 12, tzinfo=TIMEZONE)
MOST_S = 3.0


@pytest.fixture
def up(loaded, monkeypatch):
    """Return the address of a store in which one place is up; each look is a new one."""
    monkeypatch.setattr(served, "LOOK_S", 0.0)
    return loaded(made({"id": "one", "name": "One"}), TODAY)


@contextmanager
def soon():
    """Hold that the block ends before a reader would give up."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < MOST_S


def answers(address):
    return questions.ask(address, Query(), NOON).places.tolist() == [0]


def heals(address):
    """Return whether an answer comes again by itself, before long."""
    for _ in range(10):
        try:
            return answers(address)
        except StoreError:
            continue
    return False


def test_a_store_that_is_stopped_leaves_the_last_edition_up_and_is_taken_again(server, up):
    keeper = StoreKeeper(up)
    assert (keeper.faults, len(keeper.current().places)) == ([], 1)
    server.stop()
    with soon():
        assert len(keeper.current().places) == 1
    assert "cannot be reached" in str(keeper.faults[0])
    with soon(), pytest.raises(StoreError, match="cannot be reached"):
        answers(up)
    server.start()
    assert heals(up)
    keeper.current()
    assert keeper.faults == []


def test_a_restart_within_a_question_is_a_sentence_and_the_next_answer_is_right(server, up):
    with soon(), pytest.raises(StoreError, match="broke off"), connection.reading(up) as found:
        server.stop("immediate")
        found.execute("SELECT 1")
    server.start()
    assert heals(up)


def test_connections_that_broke_off_while_they_rested_are_not_noticed(store, up):
    assert answers(up)
    with psycopg.connect(store, autocommit=True) as found:
        query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'visitor'"
        assert found.execute(query).fetchall()
    with soon():
        assert answers(up)


def test_when_all_connections_are_taken_a_sentence_comes(up):
    taken = [connection.reading(up, 10.0) for _ in range(connection.MOST_CONNECTIONS)]
    for one in taken:
        one.__enter__()
    with soon(), pytest.raises(StoreError, match="no connection free"):
        answers(up)
    for one in taken:
        one.__exit__(None, None, None)
    assert answers(up)


def test_what_takes_too_long_is_stopped(up):
    with soon(), pytest.raises(StoreError, match="took too long"), connection.reading(up) as found:
        found.execute("SELECT pg_sleep(60)")
    assert answers(up)


def test_a_server_that_hangs_is_not_waited_for(server, up):
    assert answers(up)
    pid = int((server.folder / "data/postmaster.pid").read_text().split()[0])
    theirs = [one for one in children(pid) if "visitor" in name(one)]
    for one in theirs:
        os.kill(one, signal.SIGSTOP)
    try:
        with soon(), pytest.raises(StoreError):
            answers(up)
        assert heals(up)
    finally:
        for one in theirs:
            os.kill(one, signal.SIGCONT)


def children(pid):
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    return [int(one) for one in text.split()]


def name(pid):
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")


def test_a_wrong_password_is_told_without_the_password(server, store, up):
    with psycopg.connect(store, autocommit=True) as found:
        found.execute("DROP ROLE IF EXISTS locked")
        found.execute("CREATE ROLE locked LOGIN PASSWORD 'right' IN ROLE service_map_reader")
    rules = server.folder / "data/pg_hba.conf"
    before = rules.read_text(encoding="utf-8")
    rules.write_text("host all locked all scram-sha-256\n" + before, encoding="utf-8")
    try:
        reload(store)
        address = store.replace("owner@", "locked:wr0ng@")
        with soon(), pytest.raises(StoreError) as told, connection.reading(address):
            pass
        assert "wr0ng" not in str(told.value)
        with (
            pytest.raises(StoreError, match="name or the password") as told,
            connection.writing(address),
        ):
            pass
        assert "wr0ng" not in str(told.value)
    finally:
        rules.write_text(before, encoding="utf-8")
        reload(store)


def reload(store):
    with psycopg.connect(store, autocommit=True) as found:
        found.execute("SELECT pg_reload_conf()")
    time.sleep(0.1)  # the server takes it up by a signal, and says nothing when it has


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE map_kept.edition SET shape = 'older'",
        "DELETE FROM map_kept.migrations WHERE number > 1",
    ],
)
def test_an_older_form_leaves_the_last_edition_up_and_says_what_to_run(store, up, change):
    keeper = StoreKeeper(up)
    with psycopg.connect(store, autocommit=True) as found:
        steps = found.execute("SELECT number, name, mark FROM map_kept.migrations").fetchall()
        shape = found.execute("SELECT shape FROM map_kept.edition").fetchone()
        found.execute(change)
        try:
            assert len(keeper.current().places) == 1
            assert "store migrate" in str(keeper.faults[0])
        finally:
            found.execute("UPDATE map_kept.edition SET shape = %s", shape)
            for step in steps:
                query = "INSERT INTO map_kept.migrations VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
                found.execute(query, step)
    keeper.current()
    assert keeper.faults == []


def test_health_is_red_when_the_store_is_away_and_green_when_it_is_back(server, up, monkeypatch):
    monkeypatch.setenv("STORE_URL", up)
    app = Starlette(routes=ROUTES)
    told = ask(app, "/health")
    assert (told.status, '"status":"ok"' in told.text, '"places":1' in told.text) == (200,) + (
        True,
    ) * 2
    server.stop()
    with soon():
        told = ask(app, "/health")
    assert (told.status, '"status":"store away"' in told.text) == (503, True)
    assert '"places":1' in told.text
    server.start()
    assert heals(up)
    assert ask(app, "/health").status == 200


def test_a_disk_that_is_full_is_told_and_changes_nothing(server, store, up):
    """A limit of the server's on what it writes stands for a full disk."""
    with psycopg.connect(store, autocommit=True) as found:
        found.execute("SET temp_file_limit = '1MB'")
        with pytest.raises(StoreError), connection.told(store):
            found.execute("SELECT * FROM generate_series(1, 10000000) ORDER BY random()")
    assert answers(up)


def test_many_who_ask_while_the_server_restarts_all_get_an_answer_or_a_sentence(server, up):
    seen, stop = [], threading.Event()

    def reader():
        while not stop.is_set():
            began = time.monotonic()
            try:
                seen.append((answers(up), time.monotonic() - began))
            except StoreError:
                seen.append((None, time.monotonic() - began))

    threads = [threading.Thread(target=reader) for _ in range(4)]
    for one in threads:
        one.start()
    server.stop()
    server.start()
    assert heals(up)
    stop.set()
    for one in threads:
        one.join()
    assert {found for found, _ in seen} <= {True, None}
    assert max(took for _, took in seen) < MOST_S
