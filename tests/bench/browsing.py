"""Browsing: what a reader waits for, timed inside the page of a real Chromium."""

import base64
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, ViewportSize

from tests.bench.servers import Server
from tests.browser import chromium

SCRIPT = Path(__file__).with_name("page.js").read_text(encoding="utf-8")
ARGUMENTS = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
KINDS = ("Food", "Lawyer, papers", "Doctor, dentist", "Jobs and GED")
SIZE: ViewportSize = {"width": 1280, "height": 800}
PATIENCE_MS = 120_000
PAUSE_MS = 250
POLL_MS = 20


@contextmanager
def profile(playwright: Playwright) -> Iterator[BrowserContext]:
    """Open a browser that has never been anywhere."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium.find(), args=[*ARGUMENTS], viewport=SIZE
        )
        try:
            yield context
        finally:
            context.close()


def visit(context: BrowserContext, server: Server) -> tuple[Page, float]:
    """Open the first page in a new tab; return it and the ms until list and map were painted."""
    page = context.new_page()
    return page, _open(page, server)


def click(page: Page, number: int) -> float:
    """Click the filter whose turn it is; return the ms until list and map were new.

    Each kind of help is chosen by one click and let go by the next: few places, then all again.
    """
    label = KINDS[number // 2 % len(KINDS)]
    page.evaluate("label => bench.click(label)", label)
    taken = _taken(page)
    settle(page)
    return taken


def type_letter(page: Page, words: str) -> tuple[float, float]:
    """Change the words; return the ms until the list is new, and until the map is too."""
    page.evaluate("words => void bench.type(words)", words)
    taken = _taken(page)
    listed: float = page.evaluate("() => bench.listed")
    return listed, taken


def settle(page: Page) -> None:
    """Wait until the server has nothing more to do for a page."""
    page.wait_for_timeout(PAUSE_MS)
    page.wait_for_function("() => bench.settled()", polling=POLL_MS, timeout=PATIENCE_MS)


def _open(page: Page, server: Server) -> float:
    page.add_init_script(f"{SCRIPT}\nif (window.bench) bench.start({server.name!r});")
    page.goto(server.url, wait_until="commit", timeout=PATIENCE_MS)
    return _taken(page)


def _taken(page: Page) -> float:
    """Return the ms that the page took itself, once it knows; a frozen page is given up."""
    known = "() => window.bench && bench.taken"
    page.wait_for_function(known, polling=POLL_MS, timeout=PATIENCE_MS)
    taken: float = page.evaluate("() => bench.taken")
    return taken


def heap_mb(page: Page) -> float:
    """Return what the scripts of a page hold, in megabytes."""
    held: float = page.evaluate("() => performance.memory.usedJSHeapSize / 1e6")
    return held


def peak_mb(playwright: Playwright, server: Server) -> float:
    """Return the most memory that a tab ever held, by a first visit and four clicks, in megabytes.

    No other browser of ours may be open: it is that of the largest process that draws pages.
    """
    with profile(playwright) as context:
        page, _ = visit(context, server)
        settle(page)
        for number in range(4):
            click(page, number)
        return max(_most_mb(pid) for pid in _drawing())


def _drawing() -> Iterator[int]:
    """Yield the processes under this one that draw pages."""
    parents = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2]
            parents[int(process.name)] = int(told.split()[1])
    for pid in parents:
        above = pid
        while above in parents and above != os.getpid():
            above = parents[above]
        with suppress(OSError):
            if (
                above == os.getpid()
                and b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes()
            ):
                yield pid


def _most_mb(pid: int) -> float:
    """Return the most memory a process ever held (resident set), in megabytes; 0 if it is gone."""
    with suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    return 0.0


@dataclass(frozen=True)
class Traffic:
    """Bytes that came over the wire, and those that went or came over the websocket."""

    http: int
    websocket: int
    requests: int


def traffic(playwright: Playwright, server: Server) -> Traffic:
    """Return what the first visit of a fresh browser costs."""
    files: list[float] = []
    frames: list[int] = []
    with profile(playwright) as context:
        page = context.pages[0]
        network = context.new_cdp_session(page)
        network.on("Network.loadingFinished", lambda e: files.append(e["encodedDataLength"]))
        for event in ("Network.webSocketFrameReceived", "Network.webSocketFrameSent"):
            network.on(event, lambda e: frames.append(_length(e["response"])))
        network.send("Network.enable")
        _open(page, server)
        settle(page)
        page.wait_for_timeout(1000)
    return Traffic(round(sum(files)), sum(frames), len(files))


def _length(frame: dict[str, Any]) -> int:
    """Return the size of a websocket frame's content; what is not text comes as base64."""
    text: str = frame["payloadData"]
    return len(text.encode() if frame["opcode"] == 1 else base64.b64decode(text))
