"""Shelf: what is finished lies in a folder, is known by its hash, and is not done again.

A step of a part is finished when its slip (JSON) lies there. The slip tells what the figures were
made from and the hash of each table, so that a table that was cut off, altered or made from other
files is not taken for a good one. So nothing has to wait until it is on the disk.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow
import pyarrow.parquet as pq

from geo.errors import QuestionError


@dataclass(frozen=True)
class Shelf:
    """The folder of one run; `mark` stands for all that its figures hang on."""

    folder: Path
    mark: str

    def put(
        self, step: str, part: int, tables: Mapping[str, pyarrow.Table], told: object = None
    ) -> None:
        """Keep the tables of a step of a part, and what else it has to tell, whole or not at all.

        Raises
        ------
        OSError : the disk does not take it
        """
        hashes = {}
        self._slip(step, part).parent.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            path = self._table(step, part, name)
            with _swap(path) as beside:
                pq.write_table(table, beside, compression="zstd")
                hashes[name] = _hash(beside)
        slip = {"mark": self.mark, "tables": hashes, "told": told}
        with _swap(self._slip(step, part)) as beside:
            beside.write_text(json.dumps(slip), encoding="utf-8")

    def is_finished(self, step: str, part: int) -> bool:
        """Return whether a step of a part lies here whole, made from the same."""
        try:
            slip = json.loads(self._slip(step, part).read_text(encoding="utf-8"))
            return slip["mark"] == self.mark and all(
                _hash(self._table(step, part, name)) == wanted
                for name, wanted in slip["tables"].items()
            )
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def take(self, step: str, part: int, name: str, columns: list[str] | None = None) -> Any:
        """Return a table that was put here.

        Raises
        ------
        QuestionError : it is not there or cannot be read
        """
        path = self._table(step, part, name)
        try:
            return pq.read_table(path, columns=columns, memory_map=False)
        except (OSError, pyarrow.ArrowException):
            raise _lost(path) from None

    def told(self, step: str, part: int) -> Any:
        """Return what a step of a part told beside its tables; raise as `take` does."""
        path = self._slip(step, part)
        try:
            return json.loads(path.read_text(encoding="utf-8"))["told"]
        except (OSError, ValueError, KeyError):
            raise _lost(path) from None

    def clear(self) -> None:
        """Throw everything here away."""
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def _table(self, step: str, part: int, name: str) -> Path:
        return self.folder / step / f"{part:06}-{name}.parquet"

    def _slip(self, step: str, part: int) -> Path:
        return self.folder / step / f"{part:06}.json"


def mark(files: list[Path], *others: object) -> str:
    """Return what changes when the bytes of a file or another value do.

    Raises
    ------
    OSError : a file cannot be read
    """
    parts = [_hash(file) for file in files]
    return hashlib.sha256(repr((parts, others)).encode()).hexdigest()


@contextmanager
def _swap(path: Path) -> Iterator[Path]:
    """Yield a path to write to, which at the end takes the place of another at once."""
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lost(path: Path) -> QuestionError:
    wanted = "{path}: not there any more, or not readable. Run the same again: the rest is kept."
    return QuestionError(wanted, path=path)
