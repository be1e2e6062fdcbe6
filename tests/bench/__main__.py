"""Bench: `python -m tests.bench` measures the app and the naive one and prints one table."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any, TypeVar

from playwright.sync_api import Error, Playwright, sync_playwright

from geo.formats import csv
from geo.settings import DATA
from tests.bench import browsing, measure, places, servers
from tests.bench.report import Line, machine, percentile, table
from tests.bench.servers import Server
from tests.browser import chromium

PARTS = ("clicks", "load", "bytes", "memory", "sessions")
SIZES = ("real", "1000", "10000")
Answer = TypeVar("Answer")
STEPS = (10, 20, 40, 80, 160)
NAIVE_STEPS = (1, 2, 4)


@dataclass(frozen=True)
class Plan:
    """What to measure, and how often."""

    parts: Sequence[str]
    sizes: Sequence[str]
    naive: Sequence[str]  # the sizes at which the naive app is measured too
    crowds: Sequence[str]  # the sizes at which sessions are counted: that takes minutes
    clicks: int = 30
    naive_clicks: int = 10
    profiles: int = 3
    steps: Sequence[int] = STEPS


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what `arguments` ask for and print the table."""
    options = _parser().parse_args(arguments)
    if not Path("/proc/self/stat").exists():
        sys.exit("The bench reads processor time and memory from /proc: it needs Linux.")
    if not chromium.find():
        sys.exit("No Chromium was found. Run `make browser`, or name one: CHROMIUM=/path.")
    head = machine()
    print(head, flush=True)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for line in _measured(playwright, _plan(options), Path(folder)):
            print("  ".join(filter(None, line.cells())), flush=True)
            lines.append(line)
    print(f"\n{table(lines)}")
    if options.write:
        options.write.write_text(f"{head}\n\n{table(lines)}\n", encoding="utf-8")


def _plan(options: argparse.Namespace) -> Plan:
    parts = [part for part in PARTS if part in (options.only or PARTS)]
    sizes = options.sizes or SIZES
    naive = [] if options.ours else [size for size in sizes if options.all or size != "10000"]
    if not options.quick:
        return Plan(parts, sizes, naive, options.sizes or ["1000"])
    return Plan(parts, sizes, naive, [], clicks=10, naive_clicks=4, profiles=1)


def _measured(playwright: Playwright, plan: Plan, folder: Path) -> Iterator[Line]:
    """Yield the lines of the table as they become known."""
    floor: measure.Loads | None = None
    if "load" in plan.parts:
        (folder / "empty").mkdir()
        with servers.empty(folder / "empty") as server:
            floor = measure.loads(playwright, server, plan.profiles, 3)
        yield Line("first visit of an empty Streamlit page", "", "s", _s(floor.first_ms))
        yield Line("later load of an empty Streamlit page", "", "s", _s(floor.later_ms))
    for size in plan.sizes:
        yield from _size(playwright, plan, folder, size, floor)


def _size(
    playwright: Playwright, plan: Plan, folder: Path, size: str, floor: measure.Loads | None
) -> Iterator[Line]:
    catalogue = DATA / "services.csv"
    if size != "real":
        catalogue = folder / f"{size}.csv"
        csv.write(places.make(int(size)), catalogue)
    count = f"{int(size):,}" if size != "real" else f"real, {_rows(catalogue)}"
    naive_folder = folder / f"naive-{size}"
    naive_folder.mkdir()
    with ExitStack() as stack:
        ours = stack.enter_context(servers.ours(catalogue))
        measure.run_ms(ours, 2)
        naive = None
        if size in plan.naive:
            naive = stack.enter_context(servers.naive(catalogue, naive_folder))
        if "clicks" in plan.parts:
            yield from _clicks(playwright, plan, count, ours, naive)
        if floor:
            yield from _loads(playwright, plan, count, floor, ours, naive)
        if "bytes" in plan.parts:
            yield from _bytes(playwright, count, ours, naive)
    if "memory" in plan.parts or ("sessions" in plan.parts and size in plan.crowds):
        with ExitStack() as stack:
            ours = stack.enter_context(servers.ours(catalogue))
            naive = None
            if size in plan.naive:
                naive = stack.enter_context(servers.naive(catalogue, naive_folder))
            if "memory" in plan.parts:
                yield from _memory(count, ours, naive)
            if "sessions" in plan.parts and size in plan.crowds:
                yield from _sessions(plan, count, ours, naive)


def _clicks(
    playwright: Playwright, plan: Plan, count: str, ours: Server, naive: Server | None
) -> Iterator[Line]:
    seen = measure.clicks(playwright, ours, plan.clicks, 5)
    other = naive and _patiently(measure.clicks, playwright, naive, plan.naive_clicks, 2)
    inside = measure.run_ms(ours, plan.clicks)

    def line(what: str, take: Callable[[measure.Clicks], float], **wanted: float) -> Line:
        return Line(what, count, "ms", take(seen), _of(other, take), **wanted)

    goal = {"1,000": {"most": 125.0}, "10,000": {"most": 190.0}}.get(count, {})
    yield line("click on a filter to list and map new, p50", lambda c: median(c.all_ms), **goal)
    yield line("  the same, p95", lambda c: percentile(c.all_ms, 95))
    yield line("  fewer places shown than before, p50", lambda c: median(c.narrow_ms))
    yield line("  all places shown again, p50", lambda c: median(c.widen_ms))
    yield Line("  of it, until the server is done, p50", count, "ms", median(inside))
    if isinstance(other, measure.Clicks):
        times = fmean(other.all_ms) / fmean(seen.all_ms)
        goal = {"least": 60.0} if count == "1,000" else {}
        yield Line("  times as fast as the naive app, all clicks", count, "", times, None, **goal)
    yield line("server CPU a click", lambda c: c.cpu_ms, most=40.0)


def _loads(
    playwright: Playwright,
    plan: Plan,
    count: str,
    floor: measure.Loads,
    ours: Server,
    naive: Server | None,
) -> Iterator[Line]:
    seen = measure.loads(playwright, ours, plan.profiles, 3)
    other = naive and _patiently(measure.loads, playwright, naive, 1, 2)

    def line(what: str, take: Callable[[measure.Loads], float], **wanted: float) -> Line:
        return Line(what, count, "s", take(seen), _of(other, take), **wanted)

    empty_first, empty_later = _s(floor.first_ms), _s(floor.later_ms)
    yield line("first visit to marks drawn", lambda loads: _s(loads.first_ms))
    yield line("  above an empty page", lambda loads: _s(loads.first_ms) - empty_first)
    yield line("later load to marks drawn", lambda loads: _s(loads.later_ms))
    yield line("  above an empty page", lambda loads: _s(loads.later_ms) - empty_later, most=0.6)


def _bytes(
    playwright: Playwright, count: str, ours: Server, naive: Server | None
) -> Iterator[Line]:
    seen = browsing.traffic(playwright, ours)
    other = naive and _patiently(browsing.traffic, playwright, naive)

    def line(
        what: str, unit: str, take: Callable[[browsing.Traffic], float], **wanted: float
    ) -> Line:
        return Line(what, count, unit, take(seen), _of(other, take), **wanted)

    yield line("first visit on the wire", "MB", lambda t: (t.http + t.websocket) / 1e6, most=1.2)
    yield line("  of it, over the websocket", "kB", lambda t: t.websocket / 1e3)
    yield line("  requests", "", lambda t: t.requests)
    goal = {"most": 100.0} if count.startswith("real") else {}
    size = measure.text_bytes(ours) / 1e3
    yield Line("/text, compressed", count, "kB", size, None, **goal)


def _memory(count: str, ours: Server, naive: Server | None) -> Iterator[Line]:
    seen = measure.session_mb(ours, 40, 30)
    other = measure.session_mb(naive, 6, 2) if naive else None
    yield Line("memory of an idle session", count, "MB", seen, other, most=0.5)
    then = ours.memory_mb(), naive.memory_mb() if naive else None
    yield Line("  memory of the server then", count, "MB", *then)


def _sessions(plan: Plan, count: str, ours: Server, naive: Server | None) -> Iterator[Line]:
    seen, tried = measure.held(ours, plan.steps)
    other, _ = measure.held(naive, NAIVE_STEPS) if naive else (None, {})
    yield Line("sessions held, a click each 4 s, p95 under 1 s", count, "", seen, other)
    for size, taken in tried.items():
        yield Line(f"  p95 with {size}", count, "s", taken)


def _patiently(ask: Callable[..., Answer], *arguments: Any) -> Answer | None:
    """Return the answer, or None from an app that cannot give one in time."""
    try:
        return ask(*arguments)
    except Error as error:
        print(f"The naive app gave up: {str(error).splitlines()[0]}", flush=True)
        return None


def _of(answer: Answer | None, take: Callable[[Answer], float]) -> float | None:
    return None if answer is None else take(answer)


def _s(values_ms: Sequence[float]) -> float:
    return median(values_ms) / 1000


def _rows(catalogue: Path) -> int:
    return len(csv.read(catalogue).frame)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    add = parser.add_argument
    add("--quick", action="store_true", help="fewer clicks and visits, no sessions")
    add("--only", nargs="+", choices=PARTS, help="only these parts")
    add("--sizes", nargs="+", choices=SIZES, help="only these catalogues")
    add("--ours", action="store_true", help="leave the naive app out")
    add("--all", action="store_true", help="the naive app with 10,000 places too (it may hang)")
    add("--write", type=Path, metavar="FILE", help="write the table into a file as well")
    return parser


if __name__ == "__main__":
    main()
