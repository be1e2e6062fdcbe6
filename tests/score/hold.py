"""Hold: sessions that are open and idle, and the memory that each takes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from geo.settings import DATA
from tests.bench import measure as bench
from tests.bench import servers
from tests.bench.servers import Server
from tests.score.row import Reached, Trial

FIGURE = "memory that one of 1,000 idle sessions holds"
TARGET = "at most 0.5 MB each"
NOT_COVERED = "sessions with a plan or an answer in them"
MOST_MB = 0.5


def measure(trial: Trial) -> Reached:
    """Open them all, and take the growth over each half of them."""
    sessions = trial.count(1_000, 10)
    os.environ |= {"SESSIONS_AT_ONCE": "2000", "REQUESTS_A_MINUTE": "1000000"}
    with served(trial.is_broken) as server:
        held = bench.session_mb(server, sessions, trial.count(20, 3))
    faults = () if held <= MOST_MB else (f"{held:.2f} MB a session",)
    return Reached(f"{held:.2f} MB", not faults, sessions, faults)


@contextmanager
def served(is_broken: bool) -> Iterator[Server]:
    """Run the app, or the one that leaks."""
    catalogue = DATA / "services.csv"
    if not is_broken:
        with servers.ours(catalogue) as server:
            yield server
        return
    os.environ["PYTHONPATH"] = str(servers.PROJECT)
    script = servers.PROJECT / "tests/score/planted/leaking_app.py"
    with servers.running("leaking", script, servers.PROJECT, catalogue) as server:
        yield server
