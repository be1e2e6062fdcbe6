"""Replace: the catalogue is replaced all the time, and whoever reads it never sees half of one."""

import os
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from geo.catalogue import csv_file
from geo.commands import prove
from geo.files import whole
from geo.settings import DATA
from tests.score.row import Reached, Trial, faultless

FIGURE = "readings of a catalogue, replaced without end meanwhile, that were neither old nor new"
TARGET = "0 of 2,000"
NOT_COVERED = "an editor that writes into the file itself: then the checks hold it back"

Write = Callable[[Path, bytes], None]


def measure(trial: Trial) -> Reached:
    """Read so often while another process replaces the file by one of two others."""
    with tempfile.TemporaryDirectory() as name:
        path = prove.short(DATA / "services.csv", Path(name) / "services.csv")
        lines = path.read_bytes().splitlines(keepends=True)
        editions = [b"".join(lines), b"".join([lines[0], *reversed(lines[1:])])]
        wanted = [_ids(_written(path, edition)) for edition in editions]
        child = _replacing(path, editions, in_place if trial.is_broken else swapped)
        faults, seen = [], set()
        try:
            for number in range(trial.count(2_000, 150)):
                found = _ids(path)
                if found not in wanted:
                    faults.append(f"reading {number}: {len(found)} rows")
                seen.add(found)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if len(seen) < 2:
        faults.append("the file was never replaced meanwhile")
    return faultless(number + 1, faults, "readings")


def _ids(path: Path) -> tuple[str, ...]:
    return tuple(csv_file.read(path).frame["id"])


def _written(path: Path, edition: bytes) -> Path:
    path.write_bytes(edition)
    return path


def swapped(path: Path, edition: bytes) -> None:
    """Write as all of ours is written."""
    with whole.swap(path) as beside:
        beside.write_bytes(edition)


def in_place(path: Path, edition: bytes) -> None:
    """Write into the file that others read."""
    with path.open("wb") as file:
        for at in range(0, len(edition), 2_000):
            file.write(edition[at : at + 2_000])
            file.flush()
            time.sleep(0.0005)


def _replacing(path: Path, editions: list[bytes], write: Write) -> int:
    """Fork a process that replaces a file until it is killed."""
    child = os.fork()
    if child:
        return child
    while True:
        for edition in editions:
            write(path, edition)
