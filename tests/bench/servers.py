"""Servers: an app under measurement, started on a free port; its processor time and memory."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import js_lib_leaflet
from xstatic.pkg import jquery

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
DASH = PROJECT / ".venv" / "dash" / "bin" / "python"
LEAFLET = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_S = 120
FLAGS = ("--server.address=127.0.0.1", "--server.headless=true", "--server.fileWatcherType=none")
PLAIN = ("--browser.gatherUsageStats=false", "--server.enableStaticServing=true")


@dataclass(frozen=True)
class Server:
    """A running app."""

    name: str  # "ours", "naive", "dash" or "empty"
    pid: int
    port: int

    @property
    def url(self) -> str:
        """Return the address of its first page."""
        return f"http://127.0.0.1:{self.port}/"

    def cpu_s(self) -> float:
        """Return the processor time it has used, in seconds (Linux counts in steps of 0.01)."""
        fields = (
            Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_mb(self) -> float:
        """Return the memory it holds (resident set), in megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024 / 1e6


@contextmanager
def ours(catalogue: Path) -> Iterator[Server]:
    """Run the app of this project on a catalogue."""
    with running("ours", PROJECT / "app.py", PROJECT, catalogue) as server:
        yield server


@contextmanager
def naive(catalogue: Path, folder: Path) -> Iterator[Server]:
    """Run the naive app in `folder`, as plain as `streamlit run naive.py`."""
    static = folder / "static"
    shutil.copytree(LEAFLET, static / "leaflet", dirs_exist_ok=True)
    shutil.copy(Path(jquery.BASE_DIR) / "jquery.min.js", static / "leaflet")
    for image in (LEAFLET / "images").iterdir():  # where Leaflet looks before its style is there
        shutil.copy(image, static / f"leaflet{image.name}")
    shutil.copy(HERE / "naive.py", folder)
    with running("naive", folder / "naive.py", folder, catalogue, *PLAIN) as server:
        yield server


@contextmanager
def dash(catalogue: Path) -> Iterator[Server]:
    """Run the page of Dash on a catalogue, with its own server, in a place of its own."""
    port = _free_port()
    command = [str(DASH), str(HERE / "dash_page.py"), str(port)]
    with _started("dash", command, HERE, catalogue, f"http://127.0.0.1:{port}/", port) as server:
        yield server


@contextmanager
def empty(folder: Path) -> Iterator[Server]:
    """Run a page with nothing on it in `folder`, by plain Streamlit."""
    shutil.copy(HERE / "empty.py", folder)
    with running("empty", folder / "empty.py", folder, folder, *PLAIN) as server:
        yield server


@contextmanager
def running(
    name: str, script: Path, folder: Path, catalogue: Path, *flags: str
) -> Iterator[Server]:
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    health = f"http://127.0.0.1:{port}/_stcore/health"
    with _started(name, [*command, *FLAGS, *flags], folder, catalogue, health, port) as server:
        yield server


@contextmanager
def _started(
    name: str, command: Sequence[str], folder: Path, catalogue: Path, health: str, port: int
) -> Iterator[Server]:
    limits = {"CATALOGUE": str(catalogue), "CATALOGUE_MOST_BYTES": "100000000"}
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            command, cwd=folder, env=os.environ | limits, stdout=log, stderr=log
        ) as process,
    ):
        try:
            _wait(health, process, log)
            yield Server(name, process.pid, port)
            if process.poll() is not None:
                raise RuntimeError(f"The {name} server ended by itself: {_said(log)}")
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _wait(url: str, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    """Wait until the server says that it is well."""
    for _ in range(PATIENCE_S * 10):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
        if process.poll() is not None:
            break
    raise RuntimeError(f"{url} does not answer. The server said: {_said(log)}")


def _said(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read().decode(errors="replace")[-2000:]
