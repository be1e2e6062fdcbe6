"""Measure: one function a question, each asked of one running server."""

import asyncio
import time
import urllib.request
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import Any, TypeVar

from playwright.sync_api import Playwright

from tests.bench import browsing, visitors
from tests.bench.report import percentile
from tests.bench.servers import Server

Answer = TypeVar("Answer")
ENOUGH_S = 1.0


@dataclass(frozen=True)
class Clicks:
    """How long each click on a filter took, in turn one that narrows and one that widens."""

    narrow_ms: Sequence[float]
    widen_ms: Sequence[float]
    cpu_ms: float  # of the server, for each click, with all runs that it led to

    @property
    def all_ms(self) -> list[float]:
        """Return the milliseconds of all clicks."""
        return [*self.narrow_ms, *self.widen_ms]


def clicks(playwright: Playwright, server: Server, count: int, before: int) -> Clicks:
    """Click filters `count` times in a browser, after `before` clicks that are not counted."""
    with browsing.profile(playwright) as context:
        page, _ = browsing.visit(context, server)
        browsing.settle(page)
        for number in range(before):
            browsing.click(page, number)
        start = server.cpu_s()
        taken = [browsing.click(page, number) for number in range(before, before + count)]
        cpu_ms = (server.cpu_s() - start) * 1000 / count
    first = before % 2
    return Clicks(taken[first::2], taken[1 - first :: 2], cpu_ms)


@dataclass(frozen=True)
class Loads:
    """How long the page took to be there, in ms."""

    first_ms: Sequence[float]  # in browsers that had never been anywhere
    later_ms: Sequence[float]  # in the same browsers, again


def loads(playwright: Playwright, server: Server, profiles: int, again: int) -> Loads:
    """Open the page in `profiles` fresh browsers, and in each of them `again` times more."""
    first: list[float] = []
    later: list[float] = []
    for _ in range(profiles):
        with browsing.profile(playwright) as context:
            for turn in range(again + 1):
                page, taken = browsing.visit(context, server)
                (later if turn else first).append(taken)
                browsing.settle(page)
                page.close()
    return Loads(first, later)


def text_bytes(server: Server) -> int:
    """Return the size of the plain page as it travels, compressed."""
    asked = urllib.request.Request(f"{server.url}text", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return len(answer.read())


def text_ms(server: Server, count: int, at_once: int) -> list[float]:
    """Return how long each of `count` answers with the plain page took, `at_once` asking."""
    turns = iter(range(count))
    asked = f"GET /text HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAccept-Encoding: gzip\r\n\r\n"

    async def reader() -> list[float]:
        answers, questions = await asyncio.open_connection("127.0.0.1", server.port)
        taken = []
        for _ in turns:
            start = time.perf_counter()
            questions.write(asked.encode())
            head = (await answers.readuntil(b"\r\n\r\n")).decode().lower()
            await answers.readexactly(int(head.partition("content-length: ")[2].split()[0]))
            taken.append((time.perf_counter() - start) * 1000)
        questions.close()
        return taken

    async def ask() -> list[float]:
        found = await asyncio.gather(*(reader() for _ in range(at_once)))
        return [taken for one in found for taken in one]

    return _awaited(ask())


def run_ms(server: Server, count: int) -> list[float]:
    """Return how long the server's part of a click takes, with one visitor there."""

    async def ask() -> list[float]:
        async with visitors.gathered(server) as crowd:
            await crowd.grow(1)
            return [await crowd.visitors[0].click() * 1000 for _ in range(count)]

    return _awaited(ask())


def session_mb(server: Server, sessions: int, before: int) -> float:
    """Return how much memory a session holds that is open and idle.

    `before` sessions come first, so that what all share is there already. The growth is taken
    over each half of `sessions` in turn, and its median: what the server frees meanwhile of what
    it loaded with is no gain of a session.
    """

    async def ask() -> float:
        async with visitors.gathered(server) as crowd:
            await crowd.grow(before)
            await asyncio.sleep(2)
            held = [server.memory_mb()]
            for size in range(before + 1, before + sessions + 1):
                await crowd.grow(size)
                held.append(server.memory_mb())
            half = sessions // 2
            return median((held[n + half] - held[n]) / half for n in range(sessions - half + 1))

    return _awaited(ask())


def held(server: Server, steps: Sequence[int]) -> tuple[int, dict[int, float]]:
    """Return how many sessions use filters at once, 95 of 100 clicks done within a second.

    It is the last of `steps` that held. Beside it, for each step tried, that percentile in seconds.
    """

    async def ask() -> tuple[int, dict[int, float]]:
        most, seen = 0, {}
        async with visitors.gathered(server) as crowd:
            for size in steps:
                await crowd.grow(size)
                seen[size] = percentile(await crowd.use(), 95)
                if seen[size] >= ENOUGH_S:
                    break
                most = size
        return most, seen

    return _awaited(ask())


def _awaited(asked: Coroutine[Any, Any, Answer]) -> Answer:
    """Run `asked` to its end in a thread of its own: Playwright has the loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()
