"""Nation: how long the gaps of a whole country take, in one process and on Dask.

`python -m tests.bench.nation` makes up 8,000,000 areas and 1,000,000 services, as crowded as towns
and country are, and works out their figures by each scheduler, in a process of its own; `--size
0.1` takes a tenth of both. It prints seconds of the clock and of the processor, and the most memory
of each process; it ends with 1 if one had more than 3 GB, or two schedulers did not agree.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pyarrow
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.settings import ROOT
from tests.bench.report import machine

AREAS, SERVICES, TOWNS, SEED = 8_000_000, 1_000_000, 20_000, 20_261_127
LAND = ((25.0, -124.0), (49.0, -67.0))  # a box as large as the 48 states
IN_TOWN = 0.8
MOST_MB = 3_000.0
AGREE = 1e-9
LOOK_S = 0.2


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return 1 if a limit was passed."""
    parser = argparse.ArgumentParser(description="Measure gaps for a nation.")
    parser.add_argument("--size", type=float, default=1.0, help="1 is 8,000,000 x 1,000,000")
    parser.add_argument("--schedulers", nargs="+", default=["none", "local"])
    options = parser.parse_args(arguments)
    n, m = round(AREAS * options.size), round(SERVICES * options.size)
    print(machine(), flush=True)
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_up(folder, n, m)
        for scheduler in options.schedulers:
            wall_s, cpu_s, most_mb = measure(folder, scheduler)
            failed |= max(most_mb) > MOST_MB
            told = ", ".join(f"{mb:,.0f}" for mb in sorted(most_mb, reverse=True))
            print(
                f"{n:,} x {m:,}, {scheduler}: {wall_s:,.0f} s, processor {cpu_s:,.0f} s, "
                f"most memory of each process {told} MB (limit {MOST_MB:,.0f})",
                flush=True,
            )
        outs = [pq.read_table(folder / f"{name}.parquet") for name in options.schedulers]
        for name, other in zip(options.schedulers[1:], outs[1:], strict=True):
            agrees = agree(outs[0], other)
            failed |= not agrees
            print(f"{options.schedulers[0]} and {name} {'agree' if agrees else 'DIFFER'}")
    return int(failed)


def make_up(folder: Path, areas: int, services: int) -> None:
    """Write `areas.parquet` and `services.parquet`: towns of very different size, and country."""
    dice = np.random.default_rng(SEED)
    middles = dice.uniform(*LAND, (TOWNS, 2))
    share = 1 / np.arange(1, TOWNS + 1)  # the second town is half as large as the first
    share /= share.sum()
    wide = 0.02 + 0.3 * np.sqrt(share / share[0])  # degrees

    def points(n: int) -> np.ndarray:
        town = dice.choice(TOWNS, size=round(n * IN_TOWN), p=share)
        there = middles[town] + dice.normal(0, 1, (len(town), 2)) * wide[town, None]
        return dice.permutation(np.vstack([there, dice.uniform(*LAND, (n - len(town), 2))]))

    for file, name, number, n in (
        ("areas", "geoid", "people", areas),
        ("services", "id", "supply", services),
    ):
        lat, lon = points(n).T
        numbers = pyarrow.array(np.arange(n)).cast(pyarrow.string())
        many = dice.integers(0, 83, n) if number == "people" else dice.integers(1, 6, n)
        table = pyarrow.table({name: numbers, "lat": lat, "lon": lon, number: many})
        pq.write_table(table, folder / f"{file}.parquet", row_group_size=131_072)


def measure(folder: Path, scheduler: str) -> tuple[float, float, list[float]]:
    """Return seconds of the clock and the processor, and the most memory of each process, in MB."""
    command = [sys.executable, "-m", "geo", "gaps", "--scheduler", scheduler]
    for name in ("areas", "services"):
        command += [f"--{name}", str(folder / f"{name}.parquet")]
    command += ["--out", str(folder / f"{scheduler}.parquet")]
    before, start = os.times(), time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT) as process, watched(process.pid) as most_mb:
        process.wait()
    if process.returncode:
        raise SystemExit(f"{scheduler}: it ended with {process.returncode}.")
    wall_s, after = time.perf_counter() - start, os.times()
    cpu_s = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return wall_s, cpu_s, [*most_mb.values()]


@contextmanager
def watched(pid: int) -> Iterator[dict[int, float]]:
    """Yield the most memory, in MB, of a process and each of those it started, while it runs."""
    most_mb: dict[int, float] = {}
    over = Event()

    def watch() -> None:
        while not over.wait(LOOK_S):
            for one in family(pid):
                for line in status(one).splitlines():
                    if line.startswith("VmHWM:"):
                        most_mb[one] = int(line.split()[1]) / 1024

    thread = Thread(target=watch)
    thread.start()
    try:
        yield most_mb
    finally:
        over.set()
        thread.join()


def family(pid: int) -> list[int]:
    """Return a process and all that it or its children started."""
    found = [pid]
    for one in found:
        try:
            tasks = [*Path(f"/proc/{one}/task").iterdir()]
            for task in tasks:
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:  # it has ended
            continue
    return found


def status(pid: int) -> str:
    """Return what the system tells of a process; '' if it has ended."""
    try:
        return Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return ""


def agree(one: pyarrow.Table, other: pyarrow.Table) -> bool:
    """Return whether two tables have the same rows, numbers to 1e-9 of themselves."""
    if one.schema != other.schema or len(one) != len(other):
        return False
    for name in one.column_names:
        if not pyarrow.types.is_floating(one[name].type):
            if not one[name].equals(other[name]):
                return False
            continue
        numbers = [pc.fill_null(table[name], -1.0).to_numpy() for table in (one, other)]
        if not np.allclose(*numbers, rtol=AGREE, atol=0):
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
