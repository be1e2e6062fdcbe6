"""Load: 10, 50 and 200 readers at once, who think between two pages."""

import asyncio
import os
import random
import time
from collections.abc import Sequence

from streamlit.proto.ClientState_pb2 import ClientState

from geo.settings import DATA
from tests.bench import servers, visitors
from tests.bench.report import percentile
from tests.bench.servers import Server
from tests.score.row import Reached, Trial

FIGURE = "a page from the server for 10, 50 and 200 readers at once, 4 s of thought between two"
TARGET = "p95 at most 1 s, 0 errors"
NOT_COVERED = "a network; what a reader does on Find, which asks the server nothing"
MOST_S = 1.0
THINK_S = 4.0


def measure(trial: Trial) -> Reached:
    """Let crowds read for a while, one after the other; a refusal is an error."""
    sizes = (10,) if trial.is_small else (10, 50, 200)
    if trial.is_broken:
        os.environ["SESSIONS_AT_ONCE"] = "4"
    told, faults, tries = [], list[str](), 0
    with servers.ours(DATA / "services.csv") as server:
        for size in sizes:
            taken, errors = asyncio.run(_read(server, size, trial.count(12, 3), trial.dice()))
            tries += len(taken) + errors
            if not taken:
                faults.append(f"{size} readers: none had a page")
                continue
            middle, high = (percentile(taken, percent) for percent in (50, 95))
            told.append(f"{size}: {1000 * middle:,.0f}/{1000 * high:,.0f} ms")
            if high > MOST_S or errors:
                faults.append(f"{size} readers: p95 {high:.2f} s, {errors} errors")
    return Reached("; ".join(told) or "refused", not faults, tries, tuple(faults))


async def _read(
    server: Server, size: int, seconds: float, dice: random.Random
) -> tuple[Sequence[float], int]:
    """Return how long each page took, and how many readers had none."""
    taken: list[float] = []
    errors = 0
    async with visitors.gathered(server) as crowd:
        for number in range(size):
            try:
                await crowd.grow(len(crowd.visitors) + 1)
            except Exception:  # noqa: BLE001 - whatever kept a reader out
                errors += 1
                crowd.visitors = crowd.visitors[: number - errors + 1]
        end = time.perf_counter() + seconds

        async def one(visitor: visitors.Visitor) -> None:
            nonlocal errors
            await asyncio.sleep(dice.uniform(0, min(THINK_S, seconds / 2)))
            while time.perf_counter() < end:
                try:
                    taken.append(await visitor._run(ClientState()))
                except Exception:  # noqa: BLE001 - whatever broke off
                    errors += 1
                    return
                await asyncio.sleep(dice.uniform(0.5, 1.5) * THINK_S)

        await asyncio.gather(*map(one, crowd.visitors))
    return taken, errors
