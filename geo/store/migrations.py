"""Migrations: the ground of a store, made in numbered steps of plain SQL, each once and whole."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection

from geo.errors import StoreError
from geo.store import connection

FOLDER = Path(__file__).parent / "sql"
EDITION = ("edition.sql", "edition_ends.sql", "edition_swap.sql")
LOCK = 7_308_614_212  # our own: of two who change the store, the second waits
NOTES = """
CREATE SCHEMA IF NOT EXISTS map_kept;
CREATE TABLE IF NOT EXISTS map_kept.migrations (
  number integer PRIMARY KEY, name text NOT NULL, mark text NOT NULL
);
"""


@dataclass(frozen=True)
class Step:
    """One file of SQL."""

    number: int
    name: str
    text: str

    @property
    def mark(self) -> str:
        """Return its SHA-256, which tells whether it was changed after it was carried out."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def steps(folder: Path = FOLDER) -> list[Step]:
    """Return all steps in their order."""
    paths = sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return [Step(int(path.name[:4]), path.stem, _text(path)) for path in paths]


def shape() -> str:
    """Return the mark of the tables that an edition lies in."""
    return hashlib.sha256("".join(map(sql, EDITION)).encode()).hexdigest()[:16]


def sql(name: str) -> str:
    """Return the text of a file of SQL."""
    return _text(FOLDER / name)


def migrate(url: str, folder: Path = FOLDER) -> list[str]:
    """Carry out the steps that were not yet; return their names. Safe to run twice, or by two.

    Raises
    ------
    StoreError : the store cannot be reached, a step failed, it was changed since, or the store is
        newer than this program
    """
    with connection.writing(url) as found:
        found.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with found.transaction():
            found.execute(NOTES)
        return [step.name for step in steps(folder) if _carried_out(found, step, steps(folder))]


def newest(folder: Path = FOLDER) -> int:
    """Return the number of the last step that this program knows."""
    return steps(folder)[-1].number


def _carried_out(found: Connection, step: Step, known: list[Step]) -> bool:
    """Carry a step out if it was not yet, and say whether it was done now."""
    rows = found.execute("SELECT number, mark FROM map_kept.migrations").fetchall()
    done: dict[int, str] = dict(rows)
    if beyond := done.keys() - {one.number for one in known}:
        raise StoreError(
            f"The store is newer than this program: it has step {max(beyond)}. "
            "Run the newer program."
        )
    if step.number in done:
        if done[step.number] != step.mark:
            raise StoreError(
                f"{step.name}.sql was changed after it was carried out. "
                "Restore it, and write the change as a step of its own."
            )
        return False
    with found.transaction():
        found.execute(step.text.encode())
        found.execute(
            "INSERT INTO map_kept.migrations (number, name, mark) VALUES (%s, %s, %s)",
            [step.number, step.name, step.mark],
        )
    return True


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
