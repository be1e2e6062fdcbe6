"""Whole: a file is written whole or not at all, whatever happens meanwhile."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def swap(path: Path) -> Iterator[Path]:
    """Yield a path beside `path` to write to; at the end that file takes the place of the old one.

    It is on the disk before it does, and keeps the permissions of the old one. If anything is
    raised, the old file, if any, is as it was, and nothing lies beside it. A link stays a link.

    Raises
    ------
    OSError : the file system does not take it
    """
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        yield beside
        _flush(beside)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _flush(path.parent)


def _flush(path: Path) -> None:
    """Have a file, or what a folder lists, on the disk before anything else is done."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
