"""Conftest: one server for all tests of the store; without one they are skipped and named."""

import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from geo.store import connection, load, migrations
from tests.support import postgres
from tests.support.postgres import Server


@pytest.fixture(scope="session")
def server():
    """Return a running server of the tests' own."""
    if postgres.find() is None:
        pytest.skip(postgres.MISSING)
    folder = Path(tempfile.mkdtemp(prefix="store-"))
    folder.chmod(0o711)
    try:
        with postgres.running(folder / "server") as started:
            yield started
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def database(server: Server, request):
    """Return the address of an empty database of this file's own, as its owner."""
    name = request.module.__name__.rpartition(".")[2]
    with psycopg.connect(server.url(), autocommit=True) as found:
        found.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        found.execute(f"CREATE DATABASE {name}")
    return server.url(database=name)


@pytest.fixture(scope="module")
def store(database):
    """Return the address of a database that was set up."""
    migrations.migrate(database)
    return database


@pytest.fixture(scope="module")
def reader(store):
    """Return the address of the same database for somebody who only reads."""
    return _as(store, "visitor", "service_map_reader")


@pytest.fixture(scope="module")
def keeper(store):
    """Return the address of the same database for somebody who looks after reports."""
    return _as(store, "clerk", "service_map_keeper")


def _as(store, name, role):
    with psycopg.connect(store, autocommit=True) as found:
        if not found.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
            found.execute(f"CREATE ROLE {name} LOGIN IN ROLE {role}")
    return store.replace("owner@", f"{name}@")


@pytest.fixture
def loaded(store, reader):
    """Return what makes places the edition that is up and gives the address for readers."""

    def make(places, today, files=None):
        with connection.writing(store) as found:
            load.put(found, places, files or {}, "services.csv", today, lambda *_: None)
        return reader

    return make
