"""Board: all rows in one table, on the screen and in the README."""

import argparse
import json
import platform
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from typing import Any

from geo.clock import TIMEZONE
from geo.errors import GeoError
from geo.settings import ROOT
from tests.score import row
from tests.score.row import Reached, Trial

ROWS: tuple[str, ...] = (
    *("sinks", "browser", "inputs", "canary", "hours", "search", "exit", "faults", "kill"),
    *("writers", "replace", "hsds", "figures", "speed", "load", "hold", "soak", "probes", "deps"),
    *("access", "words"),
)
TIMED: tuple[str, ...] = ("speed", "load", "hold", "soak")  # they hang on the machine
ELSEWHERE: tuple[str, ...] = ("browser", "exit")  # made of tests that `make test` runs anyway
LONG: tuple[str, ...] = ("soak", "access")  # over a minute: only when they are named
HEAD = ("row", "figure", "target", "reached", "tries", "seed", "seconds", "what it does not cover")
SHORT = HEAD[:-1]  # on the screen what is not covered stands below
RESULTS = ROOT / "docs/score.json"
README = ROOT / "README.md"
PART = re.compile(r"(?<=<!-- score -->\n).*?(?=<!-- end of score -->)", re.DOTALL)
PACKAGES = ("streamlit", "folium", "geopandas", "playwright")
PATIENCE_S = 1_200
Result = dict[str, Any]  # what was reached, with seed, seconds, the day and the versions


def main(options: argparse.Namespace) -> int:
    """Measure the rows that are named, else all short ones; return 1 if any falls short, else 0.

    `options` are those of `geo.commands.score`.
    """
    if unknown := [name for name in options.rows if name not in ROWS]:
        raise GeoError(f"There is no row {unknown[0]!r}. The rows are: {', '.join(ROWS)}.")
    trial = Trial(options.seed, options.small, options.broken)
    lines = {}
    for name in options.rows or [name for name in ROWS if name not in LONG]:
        lines[name] = apart(name, trial)
        print("\n".join(_told(name, lines[name])), flush=True)
    print(f"\n{table(lines)}")
    if options.readme:
        save(lines)
    return 0 if all(line["is_met"] for line in lines.values()) else 1


def apart(name: str, trial: Trial) -> Result:
    """Return what a row reached in a process of its own, of which nothing is left to the next."""
    command = [sys.executable, "-m", "tests.score", name, json.dumps(asdict(trial))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            told = running.communicate(timeout=PATIENCE_S)[0].splitlines()
        except subprocess.TimeoutExpired:
            running.kill()
            told = []
    if running.returncode or not told:
        fault = f"its process ended with {running.returncode}"
        return _kept(Reached("broke off", False, 0, (fault,)), trial, 0)
    result: Result = json.loads(told[-1])
    return result


def measured(name: str, trial: Trial) -> Result:
    """Return what a row reached in this process; one that breaks off has fallen short."""
    began = time.monotonic()
    try:
        found = row.module(name).measure(trial)
    except Exception as error:  # noqa: BLE001 - a row that breaks off is told as any other
        traceback.print_exc()
        found = Reached("broke off", False, 0, (f"{type(error).__name__}: {error}",))
    return _kept(found, trial, time.monotonic() - began)


def _kept(found: Reached, trial: Trial, seconds: float) -> Result:
    return {
        **asdict(found),
        "is_small": trial.is_small,
        "seed": trial.seed,
        "seconds": round(seconds, 1),
        "day": datetime.now(TIMEZONE).date().isoformat(),
        "versions": versions(),
    }


def versions() -> str:
    """Return what a figure hangs on beside our code."""
    packages = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return f"Python {platform.python_version()}, {packages}"


def table(lines: dict[str, Result], head: Sequence[str] = SHORT) -> str:
    """Return a table of Markdown, the rows in the order of the board.

    With the whole `HEAD` it has every row, also those of which nothing is kept.
    """
    names = ROWS if head == HEAD else [name for name in ROWS if name in lines]
    told = [head, *(cells(name, lines.get(name))[: len(head)] for name in names)]
    widths = [max(map(len, column)) for column in zip(*told, strict=True)]
    ruler = ["-" * width for width in widths]
    return "\n".join(
        f"| {' | '.join(map(str.ljust, cells, widths))} |" for cells in (told[0], ruler, *told[1:])
    )


def cells(name: str, line: Result | None) -> tuple[str, ...]:
    """Return the texts of a row of the table."""
    one = row.module(name)
    about = (name, one.FIGURE, one.TARGET)
    if line is None:
        return (*about, "not measured", "", "", "", one.NOT_COVERED)
    sign = "✓" if line["is_met"] else "✗"
    tries = f"{line['tries']:,}{' (small)' if line['is_small'] else ''}"
    figures = (f"{line['reached']} {sign}", tries, f"{line['seed']}", f"{line['seconds']:,.0f}")
    return (*about, *figures, one.NOT_COVERED)


def _told(name: str, line: Result) -> Iterator[str]:
    """Yield what a row reached as it is known, and what fell short."""
    sign = "reached" if line["is_met"] else "FALLS SHORT"
    yield f"{name}: {line['reached']} in {line['tries']:,} tries, {line['seconds']} s: {sign}"
    yield f"  not covered: {row.module(name).NOT_COVERED}"
    yield from (f"  - {fault}" for fault in line["faults"])


def save(lines: dict[str, Result]) -> None:
    """Keep what was reached, beside what was kept before, and write the README anew."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    kept = {name: {**kept, **lines}[name] for name in ROWS if name in {*kept, *lines}}
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    README.write_text(PART.sub(lambda _: for_readme(kept), text), encoding="utf-8")


def for_readme(kept: dict[str, Result]) -> str:
    """Return what the README shows: the table, when it was measured and with what."""
    days = sorted({str(line["day"]) for line in kept.values()})
    with_what = "; ".join(sorted({str(line["versions"]) for line in kept.values()}))
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return f"{table(kept, HEAD)}\n\nMeasured on {when} with {with_what}.{_short_of(kept)}\n"


def _short_of(kept: dict[str, Result]) -> str:
    """Say which rows fall short; the reasons stand in docs/proof.md."""
    short = [name for name in ROWS if name in kept and not kept[name]["is_met"]]
    return f" Short of its target: {', '.join(short)} ([why](docs/proof.md))." if short else ""
