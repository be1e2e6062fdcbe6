"""Store: how long a PostGIS store of very many places takes to load and to answer.

`python -m tests.bench.store` makes 1,000,000 places up, or takes them from a file made before
(`--rows FILE.parquet`), loads them into a server of its own, and asks it questions of several
kinds from a fresh process; `--url URL` asks a store that is loaded already. `--files 100000` asks
the search over files the same, of so many places, beside it. It ends with 1 if a limit is passed.
Times of the processor, the server's with it, are told beside those of the clock.
"""

import argparse
import gc
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg

from geo import areas
from geo.areas import Area
from geo.catalogue import records
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.errors import StoreError
from geo.search.index import build_index
from geo.search.query import Query, search
from geo.store import connection, editions, load, migrations, questions
from tests.bench import places
from tests.bench.report import percentile
from tests.support import postgres

NOON = datetime(2026, 11, 18, 12, tzinfo=TIMEZONE)
SIZE = 1_000_000
FIRST = 50
WORDS = ("food", "clinic", "gratis", "dentist", "abogdo", "help with rent", "niños", "vallley")
MILES = (1.0, 2.0, 5.0)
MOST_P95_MS = 60.0
LIMITED = "near: type, words, open"  # the kind that is to be answered so fast
SHARED_BUFFERS = "1GB"  # of the server: what is asked lies in its memory, as it would for readers
TABLES = """
SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class
WHERE relnamespace = 'map_edition'::regnamespace AND relkind = 'r' ORDER BY 2 DESC
"""
Ask = Callable[[Query], tuple[int, float]]  # how many places there are, seconds of the processor


@dataclass(frozen=True)
class Kind:
    """Questions of one kind, and how long each answer took, in milliseconds."""

    name: str
    clock: Sequence[float]
    processor: Sequence[float]
    most: int  # places in an answer
    empty: int  # answers without any
    late: int  # questions that were not answered in time

    def __str__(self) -> str:
        """Tell it as one line."""
        if not self.clock:
            return f"  {self.name:<28} none of {self.late} answered in time"
        clock = "/".join(f"{percentile(self.clock, share):.0f}" for share in (50, 95))
        processor = "/".join(f"{percentile(self.processor, share):.0f}" for share in (50, 95))
        return (
            f"  {self.name:<28} p50/p95 {clock:>9} ms, processor {processor:>8} ms; "
            f"{len(self.clock)} answers, up to {self.most:,} places, {self.empty} without any"
            + f", {self.late} not in time"
            * bool(self.late)
        )


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and return 1 if a limit was passed."""
    options = _parser().parse_args(arguments)
    if options.url:
        return _of_store(options.url, options.questions)
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}", flush=True)
    began = time.perf_counter()
    rows = pd.read_parquet(options.rows) if options.rows else places.make(options.size)
    rows = rows.head(options.size).fillna("")
    print(f"{len(rows):,} places made in {time.perf_counter() - began:.0f} s", flush=True)
    if options.of_files:
        return _of_files(rows, options.questions)
    folder = Path(tempfile.mkdtemp(prefix="bench-store-"))
    folder.chmod(0o711)
    try:
        with postgres.running(folder / "server", shared_buffers=SHARED_BUFFERS) as server:
            _load(server.url(), rows)
            passed = _apart("--url", server.url(), "--questions", str(options.questions))
        if options.files:
            made = folder / "rows.parquet"
            rows.head(options.files).to_parquet(made)
            _apart("--of-files", "--rows", str(made), "--questions", str(options.questions))
        return passed
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def questions_of(count: int) -> Iterator[Query]:
    """Yield questions near a town or ZIP code: a type, words, open now; the same in every run."""
    dice = random.Random(places.SEED)
    near: list[Area] = [area for area in areas.load().values() if area.kind != "county"]
    for _ in range(count):
        yield Query(
            types=frozenset([dice.choice([*records.TYPES])]),
            words=dice.choice(WORDS),
            where=dice.choice(near),
            within_miles=dice.choice(MILES),
            open_at=NOON,
        )


def _kinds(count: int) -> Mapping[str, list[Query]]:
    """Return questions of each kind; of those without a limit fewer, for they take longer."""
    asked = [*questions_of(count)]
    some = asked[: max(count // 8, 10)]
    nothing: dict[str, Any] = {"types": frozenset(), "words": "", "open_at": None}
    anywhere: dict[str, Any] = {"where": None, "within_miles": None}
    return {
        LIMITED: asked,
        "near: type, open": [replace(query, words="") for query in some],
        "near: words, open": [replace(query, types=frozenset()) for query in some],
        "near: open": [replace(query, types=frozenset(), words="") for query in some],
        "near: nothing else": [replace(query, **nothing) for query in some],
        "county: type, words, open": [replace(query, within_miles=None) for query in some],
        "county: type": [replace(query, **{**nothing, "types": query.types}) for query in some],
        "anywhere: type, words, open": [replace(query, **anywhere) for query in some],
        "anywhere: words": [
            replace(query, **{**nothing, **anywhere, "words": query.words}) for query in some
        ],
    }


def _load(url: str, rows: pd.DataFrame) -> None:
    migrations.migrate(url)
    located = locate(rows)
    began, busy = time.perf_counter(), time.process_time()
    with connection.writing(url) as found:
        load.put(found, located, {}, "services.csv", NOON.date(), _tell)
    print(
        f"loaded in {time.perf_counter() - began:.0f} s, {time.process_time() - busy:.0f} s of the "
        f"processor; at most {_memory_gb():.1f} GB of memory",
        flush=True,
    )
    with psycopg.connect(url) as found:
        for table, size, indexes in found.execute(TABLES).fetchall():
            print(f"  {table:<8} {size / 1e6:6.0f} MB, its indexes {indexes / 1e6:6.0f} MB")


def _apart(*arguments: str) -> int:
    """Measure in a process of its own, so that its memory is that of the answers alone."""
    return subprocess.run(
        [sys.executable, "-m", "tests.bench.store", *arguments], check=False
    ).returncode


def _of_store(url: str, count: int) -> int:
    def ask(query: Query) -> tuple[int, float]:
        with connection.reading(url) as reading:
            pid = reading.info.backend_pid
            busy = time.thread_time() + _busy_s(pid)
            found = questions.answered(reading, url, query, NOON)
            if len(found.places):
                editions.entries(reading, found.places[:FIRST].tolist())
            return len(found.places), time.thread_time() + _busy_s(pid) - busy

    with connection.reading(url) as reading:
        print(f"{editions.state(reading).places:,} places are up")
    gc.freeze()  # as the app does when all is loaded
    print(f"the store, the first {FIRST} with all that is told of them:", flush=True)
    passed = _measured(ask, count)
    with psycopg.connect(url) as found:
        pids = found.execute("SELECT pid FROM pg_stat_activity").fetchall()
    own = sum(_own_mb(pid) for (pid,) in pids)
    print(
        f"  memory: {_memory_gb():.2f} GB of who asks; the server {SHARED_BUFFERS} that its "
        f"processes share and {own:.0f} MB of their own",
        flush=True,
    )
    return passed


def _of_files(rows: pd.DataFrame, count: int) -> int:
    located = locate(rows)
    began = time.perf_counter()
    index = build_index(located)
    print(f"files, {len(located):,} places, index in {time.perf_counter() - began:.0f} s:")

    def ask(query: Query) -> tuple[int, float]:
        busy = time.thread_time()
        found = search(index, query, NOON)
        located.iloc[found.places[:FIRST]]
        return len(found.places), time.thread_time() - busy

    _measured(ask, count)
    print(f"  memory: at most {_memory_gb():.1f} GB", flush=True)
    return 0


def _measured(ask: Ask, count: int) -> int:
    """Ask all, print how long that took, and return 1 if it was too long."""
    passed = 0
    for name, asked in _kinds(count).items():
        kind = _kind(name, ask, asked)
        print(kind, flush=True)
        if name == LIMITED:
            passed = int(not kind.clock or percentile(kind.clock, 95) > MOST_P95_MS)
    return passed


def _kind(name: str, ask: Ask, asked: Sequence[Query]) -> Kind:
    clock, processor, counts, late = [], [], [], 0
    for number, query in enumerate([*asked[:3], *asked]):
        began = time.perf_counter()
        try:
            most, busy = ask(query)
        except StoreError:
            late += number >= 3
            continue
        if number >= 3:  # those before were only to warm up
            clock.append((time.perf_counter() - began) * 1000)
            processor.append(busy * 1000)
            counts.append(most)
    return Kind(name, clock, processor, max(counts, default=0), counts.count(0), late)


def _busy_s(pid: int) -> float:
    """Return how many seconds of the processor a process has had."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="utf-8").split()[0]) / 1e9


def _memory_mb(pid: int | str, kind: str) -> float:
    """Return what the system tells of the memory of a process."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return sum(int(line.split()[1]) for line in told.splitlines() if kind in line) / 1e3


def _own_mb(pid: int) -> float:
    """Return the memory that a process shares with no other."""
    return _memory_mb(pid, "RssAnon")


def _memory_gb() -> float:
    """Return the most memory of this process, without that of the one that started it."""
    return _memory_mb("self", "VmHWM") / 1e3


def _tell(table: str, number: int, size: int) -> None:
    if number % 200_000 == 0 or number == size:
        print(f"  {table}: {number:,} of {size:,}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.store")
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--rows", type=Path, help="places made before, as Parquet")
    parser.add_argument("--url", help="a store that is loaded already")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--files", type=int, help="so many places as files, beside the store")
    parser.add_argument("--of-files", action="store_true", help="only files, all rows")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
