"""Parcel: the files of a feed, one alone, in a folder or in a zip, read where they lie.

Nothing is unpacked onto the disk, so no name in a zip leads anywhere. One that would grow beyond
all reason is refused before it is read.
"""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from geo.errors import CatalogueError

ENDINGS = (".csv", ".txt", ".tsv", ".json", ".ndjson", ".jsonl", ".xlsx")
MOST_BYTES = 2_000_000_000
MOST_TIMES = 200  # what is in a zip, to the zip
SMALL = 20_000_000  # bytes that do no harm, however well they are packed
MOST_FILES = 1_000


@dataclass(frozen=True)
class File:
    """A file of a feed: its name without a folder, and how to open it for reading bytes."""

    name: str
    open: Callable[[], IO[bytes]]

    @property
    def ending(self) -> str:
        """Return the end of its name, as .csv."""
        return PurePosixPath(self.name).suffix.casefold()


@contextmanager
def files(path: Path) -> Iterator[list[File]]:
    """Yield the files of a feed that can be read, in the order of their names.

    Raises
    ------
    CatalogueError : it is not there, is no zip that can be read, or is too large
    """
    try:
        if path.is_dir():
            yield _of_folder(path)
        elif zipfile.is_zipfile(path) and path.suffix.casefold() not in ENDINGS:
            with zipfile.ZipFile(path) as packed:
                yield _of_zip(packed, path)
        else:
            size = path.stat().st_size
            _bounded(size, path.name)
            if zipfile.is_zipfile(path):  # so is a workbook
                with zipfile.ZipFile(path) as packed:
                    _of_zip(packed, path)
            yield [File(path.name, partial(_opened, path))]
    except OSError as error:
        why = error.strerror or "broken"
        raise CatalogueError(f"{path.name}: cannot be read ({why}).") from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        wanted = "a zip that is whole and packed in a usual way"
        raise CatalogueError(f"{path.name}: found a broken zip, wanted {wanted}.") from error


def _of_folder(folder: Path) -> list[File]:
    inside = folder.resolve()
    found = [path for path in sorted(folder.rglob("*")) if path.suffix.casefold() in ENDINGS]
    own = [path for path in found if path.is_file() and path.resolve().is_relative_to(inside)]
    _bounded(sum(path.stat().st_size for path in own), folder.name)
    return _named([File(path.name, partial(_opened, path)) for path in own])


def _of_zip(packed: zipfile.ZipFile, path: Path) -> list[File]:
    infos = [one for one in packed.infolist() if not one.is_dir()]
    if len(infos) > MOST_FILES:
        raise CatalogueError(f"{path.name}: found {len(infos)} files, wanted {MOST_FILES} at most.")
    if any(one.flag_bits & 1 for one in infos):
        raise CatalogueError(f"{path.name}: found a file with a password, wanted none.")
    size = sum(one.file_size for one in infos)
    _bounded(size, path.name)
    if size > max(SMALL, MOST_TIMES * path.stat().st_size):
        wanted = f"{MOST_TIMES} times its size at most"
        raise CatalogueError(f"{path.name}: found {size:,} bytes once unpacked, wanted {wanted}.")
    own = [one for one in infos if _is_inside(one.filename)]
    return _named(
        [
            File(PurePosixPath(one.filename).name, partial(packed.open, one))
            for one in sorted(own, key=lambda one: one.filename)
        ]
    )


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    plain = ".." not in parts and not name.startswith("/") and "__MACOSX" not in parts
    return plain and PurePosixPath(name).suffix.casefold() in ENDINGS


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def _named(found: list[File]) -> list[File]:
    return [one for one in found if not one.name.startswith(".")]


def _bounded(size: int, name: str) -> None:
    if size > MOST_BYTES:
        raise CatalogueError(f"{name}: found {size:,} bytes, wanted {MOST_BYTES:,} at most.")
