"""Whole: files are written whole or not at all, one or several together, whatever happens."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from filelock import FileLock


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
    beside = _beside(path)
    try:
        yield beside
        _settle(beside, path)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _flush(path.parent)


@contextmanager
def swap_together(first: Path, *others: Path) -> Iterator[list[Path]]:
    """Yield a path beside each to write to; at the end all take the place of the old ones, or none.

    Once all are on the disk a note of it lies beside `first`; from then on the swap is finished,
    if need be by `finish` after a crash. Whoever swaps holds the `lock` of `first`.

    Raises
    ------
    OSError : the file system does not take one of them; the old ones are as they were
    """
    paths = [path.resolve() for path in (first, *others)]
    besides = [_beside(path) for path in paths]
    try:
        yield besides
        for beside, path in zip(besides, paths, strict=True):
            _settle(beside, path)
        with swap(journal(first)) as note:
            pairs = zip(map(str, besides), map(str, paths), strict=True)
            note.write_text(json.dumps([*pairs]), encoding="utf-8")
    except BaseException:
        for left in (journal(first), *besides):
            left.unlink(missing_ok=True)
        raise
    _roll_forward(first)


def finish(path: Path) -> None:
    """Finish the swap of `path` and others that a crash cut off, or wait for one that is going on.

    Raises
    ------
    OSError : who runs this may not write there
    """
    if journal(path).exists():
        with lock(path):
            _roll_forward(path)


def lock(path: Path) -> FileLock:
    """Return the lock that whoever changes a file holds, so that nobody else does meanwhile."""
    file = path.resolve()
    return FileLock(file.with_name(f".{file.name}.lock"))


def journal(path: Path) -> Path:
    """Return where the note of a swap lies that is not finished."""
    file = path.resolve()
    return file.with_name(f".{file.name}.swap")


def _roll_forward(path: Path) -> None:
    note = journal(path)
    if not note.exists():
        return
    for beside, target in json.loads(note.read_text(encoding="utf-8")):
        if Path(beside).exists():
            Path(beside).replace(target)
            _flush(Path(target).parent)
    note.unlink()
    _flush(note.parent)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{uuid4().hex}")


def _settle(beside: Path, path: Path) -> None:
    """Have a new file on the disk, with the permissions of the old one."""
    _flush(beside)
    if path.exists():
        shutil.copymode(path, beside)


def _flush(path: Path) -> None:
    """Have a file, or what a folder lists, on the disk before anything else is done."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
