"""Work: the figures of all areas, from two tables to one, by whichever scheduler there is.

What is finished lies beside the table that is to come, in a folder `.NAME.parts`; run again, it is
looked over and only the rest is done. At the end the table is written whole, and the folder goes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from filelock import Timeout

from geo.errors import QuestionError
from geo.files import whole
from geo.gaps import measures
from geo.gaps.nation import cut, steps
from geo.gaps.nation.schedulers import Scheduler
from geo.gaps.nation.shelf import Shelf, mark
from geo.gaps.nation.steps import Run
from geo.gaps.nation.tables import AREAS, SERVICES, files
from geo.sphere import Floats

Tell = Callable[[str, int, int], None]  # the step, how many parts are done, of how many


@dataclass(frozen=True, eq=False)
class Found:
    """What is told of all areas together."""

    areas: int
    services: int
    parts: int
    people: float
    limits: list[float]
    steps: Floats  # shape (limits, 3): people within each of one, two and three services


def work(
    areas: Path,
    services: Path,
    out: Path,
    scheduler: Scheduler,
    measure: str = "minutes",
    threshold: float = 30.0,
    tell: Tell = lambda *_: None,
    most: tuple[int, int] = cut.MOST,
) -> Found:
    """Write the figures of each area into the table `out`, and return those of all.

    Parameters
    ----------
    areas, services : a file or folder each, as docs/nation.md says
    measure, threshold : how near is near, in 'minutes' by car or 'miles' of the way
    tell : is told of each part that is done
    most : how many areas and services a part may hold

    Raises
    ------
    QuestionError : a table or the threshold is not as wanted, a worker is lost again and again, or
        another run is at the same table
    OSError : the disk does not take it; what is finished is kept
    """
    measures.check_threshold(threshold)
    with _alone(out):
        inputs = [*files(areas, AREAS), *files(services, SERVICES)]
        asked = steps.SCHEMA, str(areas), str(services), measure, threshold, most
        folder = out.resolve().with_name(f".{out.name}.parts")
        run = Run(folder, mark(inputs, asked), measure, threshold)
        cut.cut(run.shelf, areas, services, most)
        parts = cut.parts(run.shelf)
        for step in steps.ALL:
            _do(run, step, len(parts), scheduler, tell)
        found = _sums(run, parts)
        _write(run.shelf, len(parts), out)
        run.shelf.clear()
    return found


def _do(run: Run, step: str, parts: int, scheduler: Scheduler, tell: Tell) -> None:
    waiting = [part for part in range(parts) if not run.shelf.is_finished(step, part)]
    done = parts - len(waiting)
    tell(step, done, parts)
    for _ in scheduler(run, step, waiting) if waiting else ():
        done += 1
        tell(step, done, parts)


def _sums(run: Run, parts: list[cut.Part]) -> Found:
    told = [run.shelf.told("answer", part) for part in range(len(parts))]
    return Found(
        areas=sum(part.areas for part in parts),
        services=sum(part.services for part in parts),
        parts=len(parts),
        people=sum(one["people"] for one in told),
        limits=steps.thresholds(run.threshold),
        steps=np.sum([one["steps"] for one in told], axis=0),
    )


def _write(shelf: Shelf, parts: int, out: Path) -> None:
    """Put the tables of all parts into one file, a part at a time."""
    schema = shelf.take("answer", 0, "areas").schema
    with whole.swap(out) as beside, pq.ParquetWriter(beside, schema, compression="zstd") as file:
        for part in range(parts):
            table = shelf.take("answer", part, "areas")
            if len(table):
                file.write_table(table)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the table that is to come, so that no other run writes it meanwhile."""
    out.resolve().parent.mkdir(parents=True, exist_ok=True)
    try:
        with whole.lock(out).acquire(timeout=0):
            yield
    except Timeout:
        raise QuestionError("--out: another run is at {out}. Wait for it.", out=out) from None
