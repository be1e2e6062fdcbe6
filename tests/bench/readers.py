"""Readers: `python -m tests.bench.readers` says how many a machine holds, and what each costs.

One process holds idle pages while others ask what a page asks this server; then planners, whose
questions only the server can answer, and first visits, with one, two and three processes behind
nginx. All on this machine, which the light readers share: what they find is rather too slow.
"""

import argparse
import asyncio
import itertools
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.report import machine, percentile
from tests.bench.servers import Server
from tests.deploy import fleet, nginx
from tests.support.light_reader import LightReader

CLICK_S = 4.0
ENOUGH_S = 1.0
AT_ONCE = 8  # who come in together, before anything is measured
UNBOUND = {"SESSIONS_AT_ONCE": "100000", "REQUESTS_A_MINUTE": "10000000", "REPORTS": "off"}
PLANNERS = (4, 8, 16, 24, 32, 48, 64)
VISITORS = 8
ASKED = ("/text/en", "/place?id=bbbbbb", "/streets", "/_stcore/health", "/text/es")


@dataclass(frozen=True)
class Told:
    """The seconds that answers took, by what was asked, and what the processes worked meanwhile."""

    taken: Mapping[str, Sequence[float]]
    cpu_s: float
    window_s: float

    @property
    def all_s(self) -> list[float]:
        """Return the seconds of all answers."""
        return [one for some in self.taken.values() for one in some]


@dataclass(frozen=True)
class Site:
    """What readers come to: an address and the processes behind it."""

    url: str
    processes: Sequence[Server]
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def reader(self, page: str = "") -> LightReader:
        """Return a reader of a page, from one of many addresses: one may hold only so much open."""
        number = next(self.numbers)
        return LightReader(self.url, page, f"127.66.{number // 250 % 250}.{number % 250 + 1}")

    def cpu_s(self) -> float:
        """Return the processor time of all processes so far."""
        return sum(one.cpu_s() for one in self.processes)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what `arguments` ask for and print it line by line."""
    options = _parser().parse_args(arguments)
    if nginx.find() is None:
        sys.exit(nginx.MISSING)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(machine(), flush=True)
    if "idle" in options.only:
        with _site(1) as site:
            asyncio.run(_idle(site, options.idle, options.readers, options.window))
    for count in options.processes:
        with _site(count) as site:
            if "visits" in options.only:
                asyncio.run(_visits(site, options.window))
            if "planners" in options.only:
                asyncio.run(_planners(site, options.window))


async def _idle(site: Site, idle: int, readers: int, window_s: float) -> None:
    """Hold `idle` pages; say what one weighs, and how long answers take for `readers` more."""
    process = site.processes[0]
    crowd = await _come(site.reader() for _ in range(50))
    before = process.memory_mb()
    crowd += await _come(site.reader() for _ in range(idle - 50))
    grown_kb = (process.memory_mb() - before) * 1000 / (idle - 50)
    _say(f"{idle} idle pages: {process.memory_mb():.0f} MB, {grown_kb:.0f} kB for each")
    start, worked = time.perf_counter(), site.cpu_s()
    await asyncio.sleep(window_s)
    share = (site.cpu_s() - worked) / (time.perf_counter() - start)
    _say(f"{idle} idle pages: {share:.1%} of a core")
    asked = itertools.cycle(ASKED)
    told = await _at_work(site, readers, window_s, lambda _: _asking(site.reader(), next(asked)))
    _lines(f"{idle} idle pages, {readers} readers, each asks every {CLICK_S:g} s", told)
    await _go(crowd)


async def _visits(site: Site, window_s: float) -> None:
    """Let readers come for the first time, one after the other and then many at once."""
    for at_once in (1, VISITORS):
        told = await _at_work(site, at_once, window_s, lambda _: _visiting(site), pause_s=0)
        _lines(f"{len(site.processes)} processes, {at_once} first visits at a time", told)
        rate = len(told.all_s) / told.window_s
        _say(f"{len(site.processes)} processes: {rate:.1f} first visits a second")


async def _planners(site: Site, window_s: float) -> None:
    """Let ever more planners change their question; say how many are answered within a second."""
    crowd: list[LightReader] = []
    dice, most = random.Random(15), 0
    for size in PLANNERS:
        crowd.extend(await _come(site.reader("gaps") for _ in range(size - len(crowd))))
        told = await _at_work(
            site, size, window_s, lambda n: _planning(crowd[n], round(dice.uniform(5, 60), 4))
        )
        _lines(f"{len(site.processes)} processes, {size} planners", told)
        if percentile(told.all_s, 95) >= ENOUGH_S:
            break
        most = size
    _say(f"{len(site.processes)} processes: {most} planners, a question each {CLICK_S:g} s")
    await _go(crowd)


async def _at_work(
    site: Site,
    readers: int,
    window_s: float,
    act: Callable[[int], Awaitable[str]],
    pause_s: float = CLICK_S,
) -> Told:
    """Let each reader act about every `pause_s` seconds for a while; note how long it took."""
    dice, taken = random.Random(readers), defaultdict[str, list[float]](list)
    start, worked = time.perf_counter(), site.cpu_s()
    end = start + window_s

    async def one(number: int) -> None:
        await asyncio.sleep(dice.uniform(0, pause_s))
        while time.perf_counter() < end:
            begun = time.perf_counter()
            what = await act(number)
            taken[what].append(time.perf_counter() - begun)
            await asyncio.sleep(dice.uniform(0.5, 1.5) * pause_s)

    await asyncio.gather(*map(one, range(readers)))
    return Told(taken, site.cpu_s() - worked, time.perf_counter() - start)


async def _asking(reader: LightReader, path: str) -> str:
    answer = await reader.get(path)
    assert answer.status in (200, 204), (path, answer.status)
    return path


async def _visiting(site: Site) -> str:
    reader = site.reader()
    await reader.come()
    await reader.go()
    return "visit"


async def _planning(reader: LightReader, limit: float) -> str:
    await reader.type("Limit", limit)
    assert reader.losses == 0
    return "question"


async def _come(readers: Iterator[LightReader]) -> list[LightReader]:
    """Let readers come, a few at a time."""
    crowd = list(readers)
    waiting = iter(crowd)

    async def some() -> None:
        for reader in waiting:
            await reader.come()

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return crowd


async def _go(crowd: Sequence[LightReader]) -> None:
    for reader in crowd:
        await reader.go()


@contextmanager
def _site(count: int) -> Iterator[Site]:
    """Run so many processes: one alone, several behind nginx."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "nginx").mkdir()
        ports = [nginx.free_port() for _ in range(count)]
        with nginx.running(Path(folder) / "nginx", ports) as proxy:
            started = fleet.Fleet(Path(folder), {**UNBOUND, "PROXIES": "1", "ORIGINS": proxy.url})
            try:
                started.start(*ports)
                found = [Server("ours", started.processes[port].pid, port) for port in ports]
                yield Site(proxy.url, found)
            finally:
                started.end()


def _lines(what: str, told: Told) -> None:
    for asked, taken in sorted(told.taken.items()):
        p50, p95 = percentile(taken, 50) * 1000, percentile(taken, 95) * 1000
        _say(
            f"{what}: {asked} p50 {p50:.0f} / p95 {p95:.0f} / most {max(taken) * 1000:.0f} ms "
            f"of {len(taken)}"
        )
    _say(f"{what}: {told.cpu_s * 1000 / len(told.all_s):.0f} ms of a core for each")


def _say(line: str) -> None:
    print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.readers", description=__doc__)
    parts = ("idle", "visits", "planners")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    parser.add_argument("--processes", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--idle", type=int, default=1000)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--window", type=float, default=24.0, help="seconds for each step")
    return parser


if __name__ == "__main__":
    main()
