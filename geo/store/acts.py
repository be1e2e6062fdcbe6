"""Acts: the log of keepers as the store keeps it, to which lines are only ever added.

The log beside the catalogue is the one that counts; the store holds its first lines, all of them
but what it missed while it was away. So two keepers with a catalogue each cannot go two ways: a log
that does not begin with what is in the store is refused.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection, errors

from geo.errors import StoreError
from geo.store import connection

log = logging.getLogger(__name__)
MOST_S = 10.0  # for a keeper, while the catalogue is written too
KEPT = """
SELECT count(*), sha256(coalesce(string_agg(line, '' ORDER BY number), '')) FROM map_kept.acts
"""
AHEAD = (
    "The log of keepers in the store has {n} lines, and the file beside the catalogue does not "
    "begin with them: somebody decided on another copy. Take theirs first, from git or by "
    "`python -m geo store dump`."
)


def add(found: Connection, content: bytes) -> int:
    """Add the lines of a log that the store has not, in the transaction that is begun; count them.

    Raises
    ------
    StoreError : the log does not begin with the lines that are there
    """
    lines = [line + b"\n" for line in content.split(b"\n")[:-1]]
    number, mark = found.execute(KEPT).fetchone() or (0, b"")
    if len(lines) < number or hashlib.sha256(b"".join(lines[:number])).digest() != mark:
        raise StoreError(AHEAD.format(n=number))
    query = "INSERT INTO map_kept.acts (number, line) VALUES (%s, %s)"
    try:
        with found.cursor() as cursor:
            cursor.executemany(query, list(enumerate(lines[number:], number + 1)))
    except errors.UniqueViolation as error:  # another keeper was faster
        raise StoreError(AHEAD.format(n=number + 1)) from error
    return len(lines) - int(number)


@contextmanager
def noting(url: str, content: bytes) -> Iterator[None]:
    """Add what a log has more while the block writes it to its file: both are kept, or neither.

    Should the store go away in the moment after the file is written, it gets the line with the next
    act, or at the next load.

    Raises
    ------
    StoreError : the store is away, or somebody decided on another copy; the block is not begun
    """
    written = False
    try:
        with connection.adding(url, MOST_S) as found:
            if not add(found, content):  # on two copies the same was decided
                raise StoreError(AHEAD.format(n=content.count(b"\n")))
            yield
            written = True
    except StoreError as error:
        if not written:
            raise
        log.error("%s The act is in the file; the store gets it with the next one.", error)
