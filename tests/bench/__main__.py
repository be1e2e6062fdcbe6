"""Bench: `python -m tests.bench` measures the app and the naive one and prints one table."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from geo.catalogue import csv_file
from geo.settings import DATA
from tests.bench import lines, measure, places, servers
from tests.bench.lines import Pair
from tests.bench.report import Line, machine, table
from tests.browser import chromium
from tests.support import catalogues

PARTS = ("clicks", "load", "bytes", "memory", "sessions")
SIZES = ("real", "1000", "10000")


@dataclass(frozen=True)
class Plan:
    """What to measure, and how often."""

    parts: Sequence[str]
    sizes: Sequence[str]
    naive: Sequence[str]  # the sizes at which the naive app is measured too
    crowds: Sequence[str]  # the sizes at which sessions are counted: that takes minutes
    naive_parts: Sequence[str] = PARTS
    clicks: int = 30
    naive_clicks: int = 10
    profiles: int = 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what `arguments` ask for and print the table."""
    options = _parser().parse_args(arguments)
    if not Path("/proc/self/stat").exists():
        sys.exit("The bench reads processor time and memory from /proc: it needs Linux.")
    if not chromium.find():
        sys.exit("No Chromium was found. Run `make browser`, or name one: CHROMIUM=/path.")
    head = machine()
    print(head, flush=True)
    shown: list[Line] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for line in _measured(playwright, _plan(options), Path(folder)):
            print("  ".join(filter(None, line.cells())), flush=True)
            shown.append(line)
    print(f"\n{table(shown)}")
    if options.write:
        options.write.write_text(f"{head}\n\n{table(shown)}\n", encoding="utf-8")


def _plan(options: argparse.Namespace) -> Plan:
    parts = [part for part in PARTS if part in (options.only or PARTS)]
    sizes = options.sizes or SIZES
    naive = [] if options.ours else [size for size in sizes if options.all or size != "10000"]
    if not options.quick:
        return Plan(parts, sizes, naive, options.sizes or ["1000"])
    return Plan(parts, sizes, naive, [], ["clicks"], clicks=10, naive_clicks=4, profiles=1)


def _measured(playwright: Playwright, plan: Plan, folder: Path) -> Iterator[Line]:
    """Yield the lines of the table as they become known."""
    floor: measure.Loads | None = None
    if "load" in plan.parts:
        with servers.empty(_new(folder / "empty")) as server:
            floor = measure.loads(playwright, server, plan.profiles, 3)
        yield from lines.empty(floor)
    for size in plan.sizes:
        catalogue = DATA / "services.csv"
        if size != "real":
            catalogue = folder / f"{size}.csv"
            catalogues.write(places.make(int(size)), catalogue)
        for part in plan.parts:
            if part != "sessions" or size in plan.crowds:
                with _pair(plan, size, part, catalogue, folder) as pair:
                    yield from _part(playwright, plan, part, pair, floor)


def _part(
    playwright: Playwright, plan: Plan, part: str, pair: Pair, floor: measure.Loads | None
) -> Iterator[Line]:
    if part == "clicks":
        yield from lines.clicks(playwright, pair, plan.clicks, plan.naive_clicks)
    elif part == "load" and floor:
        yield from lines.loads(playwright, pair, floor, plan.profiles)
    elif part == "bytes":
        yield from lines.sizes(playwright, pair)
    elif part == "memory":
        yield from lines.memory(pair)
    elif part == "sessions":
        yield from lines.sessions(pair)


@contextmanager
def _pair(plan: Plan, size: str, part: str, catalogue: Path, folder: Path) -> Iterator[Pair]:
    """Run both apps, or ours alone, each fresh but for one visitor who has been there."""
    count = f"{int(size):,}" if size != "real" else f"real, {_rows(catalogue)}"
    wanted = size in plan.naive and part in plan.naive_parts
    other = servers.naive(catalogue, _new(folder / f"naive-{size}-{part}"))
    with servers.ours(catalogue) as ours, other if wanted else nullcontext() as naive:
        measure.run_ms(ours, 2)
        yield Pair(count, ours, naive)


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _rows(catalogue: Path) -> int:
    return len(csv_file.read(catalogue).frame)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    add = parser.add_argument
    add(
        "--quick",
        action="store_true",
        help="fewer clicks and visits; the naive app is clicked only",
    )
    add("--only", nargs="+", choices=PARTS, help="only these parts")
    add("--sizes", nargs="+", choices=SIZES, help="only these catalogues")
    add("--ours", action="store_true", help="leave the naive app out")
    add("--all", action="store_true", help="the naive app with 10,000 places too (it may hang)")
    add("--write", type=Path, metavar="FILE", help="write the table into a file as well")
    return parser


if __name__ == "__main__":
    main()
