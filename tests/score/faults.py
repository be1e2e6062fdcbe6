"""Faults: what may go wrong under the server; the last good list stays up, and it is told."""

import os
import resource
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np

from geo import clock
from geo.addresses import census
from geo.addresses.reading import Address
from geo.catalogue import keeper
from geo.catalogue.keeper import Edition, Keeper, keeper_of
from geo.commands import prove
from geo.errors import GeocoderError
from geo.files import whole
from geo.settings import DATA
from geo.travel import engines, servers
from geo.trust import proof
from geo.trust.report_file import ReportFile
from tests.score import served
from tests.score.row import Reached, Trial
from tests.support.asking import ask

FIGURE = "faults of file, disk, clock, network and database that the list survives"
TARGET = "14 of 14"
NOT_COVERED = "memory that is full; a disk that gives back other bytes than it was given"
LEAST_PLACES = 300


def measure(trial: Trial) -> Reached:
    """Try each fault by itself over a list that was good."""
    with ExitStack() as stack:
        if trial.is_broken:
            stack.enter_context(patch.object(Keeper, "_read", _read_whatever_there_is))
        failed = [name for name, fault in FAULTS.items() if not _survived(fault)]
        failed += [one.name + ": " + one.wrong for one in proofs() if one.wrong]
    tries = len(FAULTS) + 3
    return Reached(f"{tries - len(failed)} of {tries}", not failed, tries, tuple(failed))


def _survived(fault: Callable[[Path], bool]) -> bool:
    """Tell whether the same places are listed after a fault, on the plain page and in files."""
    from app import app as server

    with served.catalogue() as path:
        before = ask(server, "/text/en")
        ok = fault(path)
        after, csv_file = ask(server, "/text/en"), ask(server, "/places.csv")
        listed = after.text.count("<h4>")
        same = listed == before.text.count("<h4>") >= LEAST_PLACES // 2
        return bool(ok and same and after.status == csv_file.status == 200)


def _is_told(path: Path) -> bool:
    from app import app as server

    return ask(server, "/health").status == 503


def written(content: Callable[[bytes], bytes], path: Path) -> bool:
    """Write something else into the file; it has to be told."""
    path.write_bytes(content(path.read_bytes()))
    return _is_told(path)


def missing(path: Path) -> bool:
    """Take the file away."""
    path.unlink()
    return _is_told(path)


def swapped_columns(content: bytes) -> bytes:
    """Name two columns of the header the other way round."""
    header, rest = content.split(b"\n", 1)
    names = header.replace(b"latitude", b"\0").replace(b"longitude", b"latitude")
    return names.replace(b"\0", b"longitude") + b"\n" + rest


def replaced_while_read(path: Path) -> bool:
    """Replace the file all the time while it is read."""
    stop, content = threading.Event(), path.read_bytes()

    def replace() -> None:
        while not stop.is_set():
            with whole.swap(path) as beside:
                beside.write_bytes(content)

    writer = threading.Thread(target=replace)
    writer.start()
    counts = {len(keeper_of(path).current().places) for _ in range(5)}
    stop.set()
    writer.join()
    return len(counts) == 1 and counts.pop() >= LEAST_PLACES


def no_descriptors(path: Path) -> bool:
    """Leave hardly any descriptor: a page becomes the plain list, the list itself is served."""
    from app import app as server

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = [os.open(os.devnull, os.O_RDONLY) for _ in range(100)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (taken[-1] + 30, before[1]))
    try:
        shown, health = ask(server, "/about"), ask(server, "/health")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        for number in taken:
            os.close(number)
    return (shown.status, health.status) == (503, 503) and "<h4>" in shown.text


def slow_router(path: Path) -> bool:
    """Ask a routing server that takes the call and says nothing: an estimate comes instead."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        os.environ["OSRM_URL"] = f"http://127.0.0.1:{silent.getsockname()[1]}"
        try:
            with patch.object(servers, "SECONDS", 0.3):
                points = np.array([[37.74, -121.43]])
                found = engines.minutes(points, points + 0.1, "osrm", "driving", 1.0, public=True)
        finally:
            del os.environ["OSRM_URL"]
    return bool(found.estimate and found.minutes[0, 0] > 0)


def slow_geocoder(path: Path) -> bool:
    """Ask a geocoder that takes the call and says nothing: that is told, and no point invented."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ask_it = census.provider(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout_s=0.3)
        try:
            return ask_it(Address("939 W Main St", city="El Centro", zip="92243")) is None
        except GeocoderError:
            return True


def database_gone(path: Path) -> bool:
    """Put a folder where the database of reports was: the form says so, the list is there."""
    from app import app as server

    kept = Path(os.environ["REPORTS"])
    ask(server, "/report/en")
    for one in kept.parent.glob(f"{kept.name}*"):
        one.unlink()
    kept.mkdir()
    headers = {"origin": "http://127.0.0.1", "content_type": "application/x-www-form-urlencoded"}
    sent = ask(server, "/report/en", "POST", b"kind=other&text=x&token=x", **headers)
    return 400 <= sent.status < 600 and "211" in sent.text


def clock_jumps(path: Path) -> bool:
    """Set the clock ten years on and ten back."""
    from app import app as server

    now, counts = clock.now(), set()
    for years in (10, -10):
        with patch.object(clock, "now", lambda y=years: now + timedelta(days=365 * y)):
            counts.add(ask(server, "/text/en").text.count("<h4>"))
    return len(counts) == 1 and counts.pop() >= LEAST_PLACES // 2


def proofs() -> list[proof.Trial]:
    """Return what came out of a full disk, a folder that may not be written, and a lock."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        short = prove.short(DATA / "services.csv", folder / "short.csv")
        parts = []
        for number in range(3):
            part = folder / f"{number}"
            part.mkdir()
            shutil.copy(short, part / "services.csv")
            parts.append(part)
        return [
            proof.full_disk(parts[0] / "services.csv"),
            proof.read_only(parts[1] / "services.csv"),
            proof.locked(ReportFile(parts[2] / "reports.sqlite")),
        ]


def _read_whatever_there_is(self: Keeper) -> Edition:
    """Put up what there is, however bad."""
    places, self.faults = keeper.read_catalogue(self.path, clock.today(), self.ledger)
    return Edition(self.last.number + 1, places)


FAULTS: dict[str, Callable[[Path], bool]] = {
    "file missing": missing,
    "file empty": partial(written, lambda _: b""),
    "file half written": partial(written, lambda content: content[: len(content) // 2]),
    "file binary": partial(written, lambda _: bytes(range(256)) * 100),
    "columns swapped": partial(written, swapped_columns),
    "file replaced while it is read": replaced_while_read,
    "no descriptor left": no_descriptors,
    "routing server silent": slow_router,
    "geocoder silent": slow_geocoder,
    "database gone": database_gone,
    "clock jumps": clock_jumps,
}
