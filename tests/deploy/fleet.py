"""Fleet: several processes of the app, as the units of docs/deploy start them."""

import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from geo.settings import ROOT

PATIENCE_S = 300  # a busy machine


@dataclass
class Fleet:
    """Processes on ports of this machine, each with its log in `folder`."""

    folder: Path
    settings: dict[str, str]
    processes: "dict[int, subprocess.Popen[bytes]]" = field(default_factory=dict)

    def pid_file(self, port: int) -> Path:
        """Return the file that has the number of the process on a port."""
        return self.folder / f"{port}.pid"

    def start(self, *ports: int, version: Path = ROOT) -> None:
        """Start a process of a version on each port, all at once, and wait until they are well."""
        for port in ports:
            self.processes[port] = start(port, version, self.folder / f"{port}.log", self.settings)
            self.pid_file(port).write_text(str(self.processes[port].pid), encoding="utf-8")
        for port in ports:
            wait(port, self.processes[port])

    def kill(self, port: int) -> None:
        """Have the system end one at once, as it does when memory is short."""
        self.processes[port].kill()
        self.processes.pop(port).wait()

    def end(self) -> None:
        """End all."""
        for port in list(self.processes):
            self.kill(port)

    def log(self) -> str:
        """Return all that the processes have said."""
        return "".join(path.read_text(encoding="utf-8") for path in self.folder.glob("*.log"))


def start(
    port: int, version: Path, log: Path, settings: dict[str, str], *before: str
) -> "subprocess.Popen[bytes]":
    """Start a process of the version in a folder, by the program `before` it if one is named."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    with log.open("ab") as out:
        return subprocess.Popen(
            [*before, *command, f"--server.port={port}", "--server.address=127.0.0.1"],
            cwd=version,
            env={**os.environ, "PYTHONPATH": str(version), **settings},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )


def wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a process answers that all is well."""
    end = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The process on port {port} did not come up.")
