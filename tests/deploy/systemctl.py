"""Systemctl: what docs/deploy/roll-over asks of systemd, done without it, with real processes.

The folder FLEET has, beside what a fleet has in it, `version`, the folder of the version that is
current, `settings`, and `nginx`, its number. Timers are not run.
"""

import json
import os
import re
import signal
import sys
import time
from pathlib import Path

from tests.deploy import fleet

PATIENCE_S = 30  # TimeoutStopSec of the unit


def main(told: list[str], folder: Path) -> None:
    """Do one command."""
    verb, *units = [one for one in told if not one.startswith("--")]
    if verb == "reload":
        os.kill(int((folder / "nginx").read_text()), signal.SIGHUP)
    for port in re.findall(r"service-map@(\d+)\.service", " ".join(units)):
        {"enable": start, "disable": stop}[verb](int(port), folder)


def start(port: int, folder: Path) -> None:
    """Start the process on a port, of the version that is current."""
    version = Path((folder / "version").read_text())
    settings = json.loads((folder / "settings").read_text())
    process = fleet.start(port, version, folder / f"{port}.log", settings)
    (folder / f"{port}.pid").write_text(str(process.pid))


def stop(port: int, folder: Path) -> None:
    """Stop the process on a port; if it does not stop within the patience of the unit, at once."""
    pid = int((folder / f"{port}.pid").read_text())
    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + PATIENCE_S
    while is_there(pid):
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def is_there(pid: int) -> bool:
    """Return whether a process is at work; one that only waits to be noticed is not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


if __name__ == "__main__":
    main(sys.argv[1:], Path(os.environ["FLEET"]))
