"""Proof: that nothing which was said to be saved is lost, by trying: kills, full disks, locks.

Each trial works in a folder of its own, with processes that are forked and, some of them, killed.
It needs a system that can fork (Linux, macOS).
"""

import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from geo.catalogue import csv_file, history
from geo.errors import GeoError
from geo.trust import decisions, report_file
from geo.trust.decisions import Decision
from geo.trust.report_file import ReportFile
from geo.trust.reports import Box, Report, ReportsError

DAY = date(2026, 11, 26)
ROLE = "catalogue editor"
SEED = 20_261_126
NOBODY = 65_534  # the user that may write nothing
Tell = Callable[[str], object]


@dataclass(frozen=True)
class Trial:
    """What was tried, what came out in words, and what is wrong with it; '' if nothing is."""

    name: str
    told: str
    wrong: str = ""


def writes(folder: Path, catalogue: Path, saves: int, rewrites: int, each: int) -> Iterator[Trial]:
    """Yield every trial; `catalogue` is a sound one, of which copies are used.

    Parameters
    ----------
    folder : an empty folder in which everything happens
    saves, rewrites : how many reports and decisions are made while processes are killed
    each : how many reports each of four writers saves
    """
    dice = random.Random(SEED)
    yield killed_saves(_box(_in(folder, "saves")), saves, dice)
    yield killed_rewrites(_copy(catalogue, _in(folder, "rewrites")), rewrites, dice)
    yield four_writers(_box(_in(folder, "writers")), each)
    yield half_written(_box(_in(folder, "half")))
    yield full_disk(_copy(catalogue, _in(folder, "full")))
    yield read_only(_copy(catalogue, _in(folder, "read_only")))
    yield locked(_box(_in(folder, "locked")))
    yield clock_set_back(_box(_in(folder, "clock")))
    yield log_cut_off(_copy(catalogue, _in(folder, "log")))


def killed_saves(box: Box, wanted: int, dice: random.Random) -> Trial:
    """Try to save so many reports in processes that are killed at any moment."""
    acknowledged: list[str] = []
    kills = number = 0
    while len(acknowledged) < wanted:
        said, was_killed = _kill_within(partial(_save_on, box, number), dice.uniform(0.002, 0.06))
        acknowledged += said
        kills += was_killed
        number += len(said) + 1
    there = {report.entry for report in box.waiting()}
    lost = {*acknowledged} - there
    return Trial(
        "reports saved while killed",
        f"{len(acknowledged)} acknowledged, {kills} processes killed, {len(lost)} lost",
        f"lost: {sorted(lost)}" if lost else "",
    )


def _save_on(box: Box, number: int, tell: Tell) -> None:
    while True:
        box.save(Report(f"r{number:05}", "other", "", DAY))
        tell(f"r{number:05}")
        number += 1


def killed_rewrites(path: Path, wanted: int, dice: random.Random) -> Trial:
    """Try so many corrections in processes that are killed at any moment; both files hold."""
    own = csv_file.read(path).frame["id"].iloc[0]
    acknowledged: list[str] = []
    kills, wrong = 0, ""
    while len(acknowledged) < wanted and not wrong:
        said, was_killed = _kill_within(partial(_correct_on, path, own), dice.uniform(0.05, 0.8))
        acknowledged += said
        kills += was_killed
        wrong = _at_odds(path, own, {*acknowledged})
    return Trial(
        "catalogue and log rewritten while killed",
        f"{len(acknowledged)} acknowledged, {kills} processes killed, none half"
        if not wrong
        else "",
        wrong,
    )


def _correct_on(path: Path, own: str, tell: Tell) -> None:
    while True:
        row = decisions.read(path).row(own) or {}
        new = "paid" if row["fees"] == "free" else "free"
        act = decisions.decide(path, Decision("correct", own, ROLE, new={"fees": new}), DAY)
        tell(str(act.number))


def _at_odds(path: Path, own: str, acknowledged: set[str]) -> str:
    """Return what is wrong with a catalogue and its log after a kill, '' if nothing is."""
    try:
        kept = decisions.read(path)
    except GeoError as error:
        return str(error)
    if kept.log.fault:
        return kept.log.fault
    if lost := acknowledged - {str(act.number) for act in kept.log.acts}:
        return f"lost: {sorted(lost)}"
    last = kept.log.acts[-1].new["fees"] if kept.log.acts else None
    row = kept.row(own) or {}
    return "" if last in (None, row["fees"]) else "the catalogue and its log are of two times"


def four_writers(box: Box, each: int) -> Trial:
    """Try four processes that save at once."""

    def save(who: str) -> Callable[[Tell], None]:
        def run(tell: Tell) -> None:
            for number in range(each):
                box.save(Report(f"{who}{number:05}", "other", "", DAY))
                tell(f"{who}{number:05}")

        return run

    children = [_start(save(who)) for who in "abcd"]
    acknowledged = [name for child, pipe in children for name in _end(child, pipe)]
    lost = {*acknowledged} - {report.entry for report in box.waiting()}
    wrong = "" if len(acknowledged) == 4 * each and not lost else "not all were kept"
    return Trial("four writers", f"{len(acknowledged)} of {4 * each} kept", wrong)


def half_written(box: ReportFile) -> Trial:
    """Try a restart with a journal whose end is nonsense, as a machine without power leaves it."""

    def save_and_stay(tell: Tell) -> None:
        with closing(sqlite3.connect(box.path)):
            for number in range(20):
                box.save(Report(f"r{number:05}", "other", "", DAY))
                tell(f"r{number:05}")
            with closing(sqlite3.connect(box.path)) as other:  # holds the journal as it is
                other.execute("SELECT count(*) FROM reports").fetchone()
                box.save(Report("r00020", "other", "", DAY))
                tell("r00020")
                os.kill(os.getpid(), signal.SIGKILL)

    acknowledged = _end(*_start(save_and_stay))
    journal = box.path.with_name(f"{box.path.name}-wal")
    was_there = journal.exists() and journal.stat().st_size > 0
    with journal.open("ab") as file:
        file.write(random.Random(SEED).randbytes(3_000))
    lost = {*acknowledged} - {report.entry for report in box.waiting()}
    box.save(Report("r99999", "other", "", DAY))
    wrong = f"lost: {sorted(lost)}" if lost or not was_there else ""
    return Trial("a half-written journal", f"{len(acknowledged)} reports recovered", wrong)


def full_disk(path: Path) -> Trial:
    """Try to write where no file may grow any more; it works again once there is room."""
    box = _box(path.parent)
    box.save(Report("r00000", "other", "", DAY))
    before, own = path.read_bytes(), csv_file.read(path).frame["id"].iloc[0]

    def fill(tell: Tell) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 60_000))
        with _telling(tell):
            decisions.decide(path, Decision("retire", own, ROLE), DAY)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        with _telling(tell):
            for number in range(500):
                text = "x" * 400
                box.save(Report(f"s{number:05}", "other", text, DAY))
                tell(f"s{number:05}")

    said = _end(*_start(fill))
    refused = [text for text in said if text.startswith("refused")]
    acknowledged = {*said} - {*refused}
    lost = acknowledged - {report.entry for report in box.waiting()}
    left = [
        one.name for one in path.parent.iterdir() if re.search(r"\.csv\.[0-9a-f]{32}$", one.name)
    ]
    is_same = path.read_bytes() == before and not history.beside(path).exists()
    decisions.decide(path, Decision("retire", own, ROLE), DAY)
    box.save(Report("t00000", "other", "", DAY))
    wrong = "" if len(refused) == 2 and not lost and not left and is_same else f"{said[-1]} {left}"
    told = f"{len(acknowledged)} reports fitted and are kept, both refusals told"
    return Trial("a disk without room", told, wrong)


def read_only(path: Path) -> Trial:
    """Try to write where nothing may be written."""
    box = _box(path.parent)
    before, own = path.read_bytes(), csv_file.read(path).frame["id"].iloc[0]

    def write(tell: Tell) -> None:
        if os.getuid() == 0:
            os.setuid(NOBODY)
        with _telling(tell):
            box.save(Report("r00000", "other", "", DAY))
        with _telling(tell):
            decisions.decide(path, Decision("retire", own, ROLE), DAY)

    path.parent.chmod(0o555)
    try:
        said = _end(*_start(write))
    finally:
        path.parent.chmod(0o755)
    is_told = len(said) == 2 and all(text.startswith("refused") for text in said)
    wrong = "" if is_told and path.read_bytes() == before else f"{said}"
    return Trial("a folder that may not be written", "both refusals told, nothing changed", wrong)


def locked(box: ReportFile) -> Trial:
    """Try to save while another holds the file."""
    box.save(Report("r00000", "other", "", DAY))
    before, report_file.WAIT_S = report_file.WAIT_S, 0.05
    told: list[str] = []
    try:
        with closing(sqlite3.connect(box.path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with _telling(told.append):
                box.save(Report("r00001", "other", "", DAY))
            other.execute("ROLLBACK")
    finally:
        report_file.WAIT_S = before
    box.save(Report("r00001", "other", "", DAY))
    there = len(box.waiting())
    return Trial("a locked file", "told, and kept after", "" if told and there == 2 else str(told))


def clock_set_back(box: Box) -> Trial:
    """Try a clock that goes back by years between two reports."""
    for number, day in enumerate((DAY, DAY - timedelta(days=3_000), DAY)):
        box.save(Report(f"r{number:05}", "other", "", day))
    there = {report.entry for report in box.waiting()}
    is_all = there == {"r00000", "r00001", "r00002"}
    return Trial("a clock set back", "nothing is lost", "" if is_all else str(there))


def log_cut_off(path: Path) -> Trial:
    """Try to decide when the log has lost its end: within a line, whole lines, all of it."""
    own = csv_file.read(path).frame["id"].iloc[0]
    for _ in range(3):
        decisions.decide(path, Decision("fail", own, ROLE), DAY)
    log, told, is_same = history.beside(path), list[str](), True
    whole, before = log.read_bytes(), path.read_bytes()
    for cut in (whole[:-9], whole[: whole.index(b"\n") + 1], b""):
        log.write_bytes(cut)
        with _telling(told.append):
            decisions.decide(path, Decision("retire", own, ROLE), DAY)
        is_same &= (path.read_bytes(), log.read_bytes()) == (before, cut)
    wanted = ("ends within a line", "lines 2 to 3 are gone", "lines 1 to 3 are gone")
    is_told = [text in said for text, said in zip(wanted, told, strict=False)] == [True] * 3
    wrong = "" if is_told and is_same else str(told)
    return Trial("a log cut off", "told, nothing written, what is above the cut is read", wrong)


@contextmanager
def _telling(tell: Tell) -> Iterator[None]:
    """Tell what is refused in words; any other error breaks the trial."""
    try:
        yield
    except (ReportsError, GeoError, OSError) as error:
        tell(f"refused: {error}".replace("\n", " "))


def _in(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def _box(folder: Path) -> ReportFile:
    return ReportFile(folder / "reports.sqlite")


def _copy(catalogue: Path, folder: Path) -> Path:
    return Path(shutil.copy(catalogue, folder / "services.csv"))


Child = tuple[int, int]  # its number, and the end of the pipe that is read


def _kill_within(run: Callable[[Tell], None], seconds: float) -> tuple[list[str], bool]:
    """Return what a process told before it was killed, and whether it lived till then."""
    child, pipe = _start(run)
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    said, status = _said(child, pipe)
    return said, os.WIFSIGNALED(status)


def _start(run: Callable[[Tell], None]) -> Child:
    """Fork a process that tells lines; it ends with what it runs."""
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    os.close(read)
    try:
        run(lambda line: os.write(write, f"{line}\n".encode()))
    finally:
        os._exit(0)


def _end(child: int, pipe: int) -> list[str]:
    return _said(child, pipe)[0]


def _said(child: int, pipe: int) -> tuple[list[str], int]:
    """Return the whole lines that a process told, and how it ended."""
    with os.fdopen(pipe, "rb") as file:
        told = file.read()
    _, status = os.waitpid(child, 0)
    return [line.decode() for line in told.split(b"\n")[:-1]], status
