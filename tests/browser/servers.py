"""Servers: the app started on a free port, and small ones that only note who asks them."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).parents[2]
MEMORY = Path("/proc/self/mem")  # where Linux shows the memory of a process
PATIENCE_S = 60


@dataclass(frozen=True)
class App:
    """A running app."""

    url: str  # without a slash at the end
    process: subprocess.Popen
    log: Path


@contextmanager
def app(script: str = "app.py", port: int = 0, **settings: str) -> Iterator[App]:
    """Run the app, with these environment variables set, until the block is left.

    `port`: where another was before it, for one that comes up again; 0 for any that is free.
    """
    with tempfile.TemporaryDirectory() as folder:
        started = _start(script, settings, Path(folder) / "log", port)
        try:
            yield started
        finally:
            _end(started.process)


@contextmanager
def again(ended: App, script: str = "app.py", **settings: str) -> Iterator[App]:
    """End an app and run another at its address, until the block is left."""
    _end(ended.process)
    with app(script, urlsplit(ended.url).port or 0, **settings) as started:
        yield started


def remembers(app: App, text: str) -> bool:
    """Return whether a text stands anywhere in what the server has written into its memory."""
    process = Path(f"/proc/{app.process.pid}")
    wanted = text.encode()
    with (process / "mem").open("rb", buffering=0) as memory:
        for line in (process / "maps").read_text(encoding="utf-8").splitlines():
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            first, end = (int(edge, 16) for edge in span.split("-"))
            try:
                memory.seek(first)
                if wanted in memory.read(end - first):
                    return True
            except (OSError, OverflowError):
                continue  # a part that only the kernel reads, or that has just gone
    return False


def _start(script: str, settings: dict[str, str], log: Path, fixed: int) -> App:
    """Start it on a free port; another program may take that port first, so on another then."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), **settings}
    while True:
        port = fixed or free_port()
        address = f"--server.port={port}", "--server.address=127.0.0.1"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", script, *address],
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        started = App(f"http://127.0.0.1:{port}", process, log)
        try:
            _wait(started)
            return started
        except BaseException:
            _end(process)
            if f"Port {port} is not available" not in log.read_text(encoding="utf-8"):
                raise


def _end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(started: App) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and started.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{started.url}/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    said = started.log.read_text(encoding="utf-8")
    raise RuntimeError(f"{started.url} did not answer within {PATIENCE_S} s. It said:\n{said}")


@dataclass
class Listener:
    """A server that answers anything with a plain page and notes what it was asked."""

    url: str
    asked: list[str] = field(default_factory=list)  # paths, as they came
    referers: list[str] = field(default_factory=list)


@contextmanager
def listener(delay_s: float = 0) -> Iterator[Listener]:
    """Run a listener, which takes its time to answer, until the block is left."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.asked.append(self.path)
            heard.referers += self.headers.get_all("Referer", [])
            time.sleep(delay_s)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!DOCTYPE html><title>Weather</title><p>Sunny.</p>")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        heard = Listener(f"http://127.0.0.1:{server.server_port}/")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield heard
        finally:
            server.shutdown()
            thread.join()
