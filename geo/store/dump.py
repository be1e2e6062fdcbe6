"""Dump: the files of the edition that is up, byte for byte as they were loaded.

It gives what was loaded and no more. What is never loaded, such as where a private place is, cannot
be dumped.
"""

from collections.abc import Iterator
from pathlib import Path

from psycopg import Connection

from geo.errors import StoreError
from geo.files import whole
from geo.store import connection

NAMES = """
SELECT f.name FROM map_kept.files f, map_kept.edition e WHERE f.piece = 0
ORDER BY f.name <> e.name, f.name
"""


def dump(url: str, folder: Path) -> list[Path]:
    """Write those files into a folder, all or none; return their paths.

    Raises
    ------
    StoreError : the store cannot be reached, nothing was loaded, or this role may not see them
    OSError : the folder cannot be written
    """
    with connection.writing(url) as found, found.transaction():
        found.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        rows = found.execute(NAMES).fetchall()
        paths = [folder / name for (name,) in rows]
        if not paths:
            raise StoreError(f"Nothing was loaded yet into the store at {connection.where(url)}.")
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        with whole.lock(paths[0]), whole.swap_together(*paths) as besides:
            for (name,), beside in zip(rows, besides, strict=True):
                with beside.open("wb") as file:
                    file.writelines(_pieces(found, name))
    return paths


def _pieces(found: Connection, name: str) -> Iterator[bytes]:
    piece = 0
    query = "SELECT content FROM map_kept.files WHERE (name, piece) = (%s, %s)"
    while row := found.execute(query, [name, piece], binary=True).fetchone():
        yield row[0]
        piece += 1
