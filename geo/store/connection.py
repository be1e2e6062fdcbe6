"""Connection: a way to the database that nobody waits for long, and its faults as sentences.

A reader waits 1 s for a connection and 1.5 s for an answer; then a sentence comes. What broke off
is made anew at the next question.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from threading import Timer
from urllib.parse import urlsplit

import psycopg
from psycopg import Connection, errors
from psycopg_pool import ConnectionPool, PoolTimeout

from geo.errors import StoreError

CONNECT_S = 2  # the least that the client library takes
WAIT_S = 1.0  # for a connection of the pool
CHECK_S = 0.4
ANSWER_S = 1.5  # for all that one question asks
STATEMENT_MS = 1_400
MOST_CONNECTIONS = 8
# What went wrong -> how it is told; the first that fits counts.
FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (errors.InvalidPassword, "It did not take the name or the password."),
    (errors.InvalidAuthorizationSpecification, "It did not take the name or the password."),
    (errors.InvalidCatalogName, "It has no database of this name."),
    (errors.QueryCanceled, "It took too long and was stopped."),
    (errors.DiskFull, "Its disk is full; nothing was changed."),
    (errors.ReadOnlySqlTransaction, "This connection may only read."),
    (errors.InsufficientPrivilege, "This role may not do that (docs/store.md says which may)."),
    (errors.UndefinedFunction, "It is older than this program. Run `python -m geo store migrate`."),
    (errors.UndefinedTable, "Nothing was loaded yet. Run `python -m geo store load`."),
    (errors.InvalidSchemaName, "It was never set up. Run `python -m geo store migrate`."),
    (errors.TooManyConnections, "It has no connection free."),
    (PoolTimeout, "It cannot be reached, or has no connection free."),
    (psycopg.OperationalError, "It cannot be reached, or the connection broke off."),
    (psycopg.Error, "It did not do what it was asked."),
)


def where(url: str) -> str:
    """Return where a database is, without a name or a password.

    >>> where("postgresql://clerk:secret@db.example:5433/places")
    'db.example:5433/places'
    """
    parts = urlsplit(url)
    return f"{parts.hostname or 'this machine'}:{parts.port or 5432}{parts.path}"


@contextmanager
def told(url: str) -> Iterator[None]:
    """Raise what goes wrong in the block as a `StoreError`."""
    try:
        yield
    except (psycopg.Error, PoolTimeout) as error:
        said = next(said for kind, said in FAULTS if isinstance(error, kind))
        wrong = str(error).casefold()
        if isinstance(error, psycopg.OperationalError) and "password" in wrong:
            said = FAULTS[0][1]
        code = getattr(error, "sqlstate", None) or type(error).__name__
        raise StoreError(f"The store at {where(url)}: {said} ({code})") from error


@contextmanager
def writing(url: str) -> Iterator[Connection]:
    """Yield a connection for somebody who may change things, without a limit of time.

    What is done in a block of `connection.transaction()` is done whole or not at all.

    Raises
    ------
    StoreError : it cannot be reached, does not know who asks, or refuses
    """
    with told(url), psycopg.connect(url, connect_timeout=CONNECT_S, autocommit=True) as found:
        yield found


@contextmanager
def reading(url: str, most_s: float = ANSWER_S) -> Iterator[Connection]:
    """Yield a connection that may only read, and sees one moment, for at most so many seconds.

    Raises
    ------
    StoreError : there is none in time, it broke off, or the answer took too long
    """
    with _begun(url, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", most_s) as found:
        yield found


@contextmanager
def adding(url: str, most_s: float = ANSWER_S) -> Iterator[Connection]:
    """Yield a connection for a short change, which sees what others have just done.

    Raises
    ------
    StoreError : as `reading`
    """
    with _begun(url, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", most_s) as found:
        yield found


@contextmanager
def _begun(url: str, begin: str, most_s: float) -> Iterator[Connection]:
    """Yield a connection with a transaction begun; what is done in it is done at the end, or not.

    One that broke off since it was last used is found out as it begins, and the next is taken.
    """
    pool, until = _pool(url), time.monotonic() + WAIT_S
    with told(url):
        while True:
            found = pool.getconn(max(until - time.monotonic(), 0.01))
            try:
                with _at_most(found, CHECK_S):
                    found.execute(begin.encode())
                break
            except psycopg.OperationalError:
                pool.putconn(found)
                if time.monotonic() > until:
                    raise
        try:
            with _at_most(found, most_s):
                try:
                    if most_s != ANSWER_S:
                        found.execute(f"SET LOCAL statement_timeout = '{most_s:.0f}s'".encode())
                    yield found
                except BaseException:
                    _roll_back(found)
                    raise
                found.execute("COMMIT")
        finally:
            pool.putconn(found)


def _roll_back(found: Connection) -> None:
    with suppress(psycopg.Error):
        found.execute("ROLLBACK")


@cache
def _pool(url: str) -> ConnectionPool:
    """Return the one pool of this process; nothing is connected before somebody asks."""
    return ConnectionPool(
        url,
        min_size=0,
        max_size=MOST_CONNECTIONS,
        timeout=WAIT_S,
        reconnect_timeout=0,
        kwargs={
            "connect_timeout": CONNECT_S,
            "options": f"-c statement_timeout={STATEMENT_MS}",
            "autocommit": True,
        },
        open=True,
    )


@contextmanager
def _at_most(connection: Connection, seconds: float) -> Iterator[None]:
    """Cut a connection off if the block takes longer: a server that hangs says nothing at all."""
    line = socket.socket(fileno=os.dup(connection.fileno()))
    timer = Timer(seconds, line.shutdown, [socket.SHUT_RDWR])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        line.close()
