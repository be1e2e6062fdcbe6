"""Schedulers: who does the steps: this process, or the workers of Dask.

A worker reads and writes the folder of the run and gives nothing back but the number of the part.
So what is sent is small, and a worker that dies takes nothing with it that was finished.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geo.errors import QuestionError
from geo.gaps.nation import steps
from geo.gaps.nation.steps import Run

if TYPE_CHECKING:
    from distributed import Client

Scheduler = Callable[[Run, str, Sequence[int]], Iterator[int]]
MOST_BYTES = 3_000_000_000  # a worker of our own
WAIT_S = 30
MISSING = (
    "--scheduler {found}: needs Dask, which is not installed. Run `make scale`, "
    "or choose `--scheduler none`, which does the same in one process."
)


@contextmanager
def named(name: str) -> Iterator[Scheduler]:
    """Yield the scheduler 'none', 'local' (a worker a core of this machine) or of an address.

    Raises
    ------
    QuestionError : Dask is needed and not installed, or cannot be reached
    """
    if name == "none":
        yield one_process
        return
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise QuestionError(MISSING, found=name) from None
    logging.getLogger("distributed").setLevel(logging.WARNING)  # of each step it tells much
    if name == "local":
        with (
            LocalCluster(
                host="127.0.0.1",
                threads_per_worker=1,
                memory_limit=MOST_BYTES,
                dashboard_address=None,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield of_dask(client)
        return
    try:
        client = Client(name, timeout=WAIT_S)
    except (OSError, ValueError) as error:
        wanted = (
            "--scheduler: {found} was not reached ({why}). Name `local`, `none` or the address "
            "of a Dask scheduler that runs, such as tcp://127.0.0.1:8786."
        )
        why = str(error).partition("\n")[0] or type(error).__name__
        raise QuestionError(wanted, found=name, why=why) from None
    with client:
        yield of_dask(client)


def one_process(run: Run, step: str, parts: Sequence[int]) -> Iterator[int]:
    """Do a step of some parts here, one after the other; yield each that is done."""
    for part in parts:
        steps.ALL[step](run, part)
        yield part


def of_dask(client: "Client") -> Scheduler:
    """Return a scheduler that has the workers of a Dask client do it."""
    from distributed import KilledWorker, as_completed

    def scheduler(run: Run, step: str, parts: Sequence[int]) -> Iterator[int]:
        _check_folder(client, run)
        doing = client.map(lambda part: _do(run, step, part), parts, pure=False)
        try:
            for future in as_completed(doing):
                yield future.result()
        except KilledWorker as error:
            wanted = (
                "A worker was lost several times at the same part ({why}). What is finished is "
                "kept: give the workers more memory, and run the same again."
            )
            raise QuestionError(wanted, why=str(error).partition("\n")[0]) from None
        finally:
            client.cancel(doing)

    return scheduler


def _do(run: Run, step: str, part: int) -> int:
    steps.ALL[step](run, part)
    return part


def _check_folder(client: "Client", run: Run) -> None:
    """Refuse workers that do not see the folder of the run."""
    try:
        client.wait_for_workers(1, timeout=WAIT_S)
    except TimeoutError:
        raise QuestionError("--scheduler: it has no workers. Start some, and run again.") from None
    for worker, there in client.run(run.folder.is_dir).items():
        if not there:
            wanted = (
                "--out: the worker {worker} finds no folder {folder}. "
                "Put it on a disk that all workers share, under the same name."
            )
            raise QuestionError(wanted, worker=worker, folder=run.folder)
