"""Nation: the part of `gaps` that is about tables of areas and services, however large."""

import argparse
import sys
from pathlib import Path

from geo.errors import QuestionError
from geo.gaps.nation import schedulers
from geo.gaps.nation.work import Found, work

OPTIONS = ("services", "scheduler")


def add(asking: argparse.ArgumentParser) -> None:
    """Add the options to those of `gaps`, but for `--areas`, which says that this is meant."""
    asking.add_argument("--services", metavar="PARQUET", help="of --areas: what is near or not")
    asking.add_argument(
        "--scheduler",
        metavar="WHO",
        help="of --areas: none (default: this process), local (Dask, a worker a core) or the "
        "address of a Dask scheduler",
    )


def run(options: argparse.Namespace, measure: str, threshold: float) -> int:
    """Write a table with the figures of each area, and print those of all; return 0.

    Raises
    ------
    QuestionError : it cannot be done as asked; the message says what to do instead
    """
    if not options.services or not options.out:
        raise QuestionError("--areas: wanted --services PARQUET and --out PARQUET too.")
    areas, services, out = (Path(each) for each in (options.areas, options.services, options.out))
    try:
        with schedulers.named(options.scheduler or "none") as scheduler:
            found = work(areas, services, out, scheduler, measure, threshold, _Progress())
    except OSError as error:
        told = "--out: {out} cannot be written ({why}). What is finished is kept: run it again."
        raise QuestionError(told, out=out, why=error.strerror or error) from None
    for line in _lines(found, measure, out):
        print(line)
    return 0


def _lines(found: Found, measure: str, out: Path) -> list[str]:
    head = f"{found.areas:,} areas, {found.people:,.0f} people, {found.services:,} services."
    lines = [head, f"Within {measure} of one, two and three services:"]
    for limit, people in zip(found.limits, found.steps, strict=True):
        shares = ", ".join(f"{n:,.0f} ({n / found.people:.1%})" for n in people)
        lines.append(f"{limit:g}: {shares}")
    return [*lines, f"Ways are an estimate from straight lines. Each area: {out}"]


class _Progress:
    """Tells how many parts are done: on a terminal in place, else each tenth on a line."""

    def __init__(self) -> None:
        self._told = ("", -1)

    def __call__(self, step: str, done: int, parts: int) -> None:
        live = sys.stderr.isatty()
        tenth = (step, done if live else done * 10 // parts)
        if tenth == self._told:
            return
        self._told = tenth
        end = "\r" if live and done < parts else "\n"
        print(f"{step}: {done} of {parts} parts", end=end, file=sys.stderr, flush=True)
