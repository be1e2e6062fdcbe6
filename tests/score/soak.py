"""Soak: ten minutes of readers and ten new editions; what grows, and what stays open."""

import asyncio
import os
import shutil
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import numpy as np

from geo.settings import DATA
from tests.bench import visitors
from tests.bench.servers import Server
from tests.score import hold
from tests.score.row import Reached, Trial

FIGURE = "memory and descriptors through ten minutes of readers and ten reloads of the data"
TARGET = "at most 2 MB a minute in the second half; no descriptor but of pages just closed"
NOT_COVERED = "days"
MOST_MB_A_MINUTE = 2.0
READERS = 10
CLOSED = 128  # pages that Streamlit keeps for two minutes after they were closed, at most
DESCRIPTORS = 3  # of a page that is closed


def measure(trial: Trial) -> Reached:
    """Have readers come, read and go, and the file change, and look at the server each time."""
    turns, seconds = trial.count(60, 6), trial.count(600, 6)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "services.csv"
        shutil.copy(DATA / "services.csv", path)
        with patch.object(hold, "DATA", Path(folder)), hold.served(trial.is_broken) as server:
            asyncio.run(_readers(server))
            before = _descriptors(server)
            held = []
            for turn in range(turns):
                ends = time.monotonic() + seconds / turns
                asyncio.run(_readers(server))
                if turn % max(1, turns // 10) == 0:
                    os.utime(path)
                held.append(server.memory_mb())
                time.sleep(max(0, ends - time.monotonic()))
            after = _descriptors(server)
    half = held[turns // 2 :]
    slope = float(np.polyfit(range(len(half)), half, 1)[0]) * turns / (seconds / 60)
    faults = [] if slope <= MOST_MB_A_MINUTE else [f"{slope:.1f} MB a minute"]
    more = after - before
    faults += [f"{more} descriptors more"] if more > READERS + CLOSED * DESCRIPTORS else []
    told = f"{slope:+.2f} MB a minute, {more:+} descriptors"
    return Reached(told, not faults, turns * READERS, tuple(faults))


async def _readers(server: Server) -> None:
    async with visitors.gathered(server) as crowd:
        await crowd.grow(READERS)


def _descriptors(server: Server) -> int:
    return len([*Path(f"/proc/{server.pid}/fd").iterdir()])
