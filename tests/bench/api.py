"""Api: how fast the HSDS API answers: pages of 50 of 10,000 services, for many who ask at once.

`python -m tests.bench.api` starts the app over made-up services and asks it with wrk, a load tool
(Debian: `apt install wrk`). The limits: 95 of 100 answers within 30 ms, 300 answers a second. It
ends with 1 if they are not kept. wrk itself takes a part of the processors of this machine.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from tests.bench import places, servers
from tests.bench.report import machine
from tests.support import catalogues

SERVICES = 10_000
AT_ONCE, SECONDS = 4, 10
MOST_MS, LEAST_A_SECOND = 30, 300
PAGES = (
    "services?page=7",
    "services?page=7&full=true",
    "services?search=food&page=2",
    "service_at_locations?postcode=95376&proximity=5000",
    "organizations?page=3",
)
TELL = """
done = function(summary, latency, requests)
  io.write(string.format("told %d %.2f %.2f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    summary.errors.status + summary.errors.timeout + summary.errors.read))
end
"""


def main() -> int:
    """Print how fast each page is; return 1 if the first is slower than the limits."""
    tool = shutil.which("wrk")
    if not tool:
        print("wrk is not here. Install it (Debian: apt install wrk) and run this again.")
        return 1
    print(machine())
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        catalogue, script = Path(folder) / "services.csv", Path(folder) / "tell.lua"
        catalogues.write(places.make(SERVICES), catalogue)
        script.write_text(TELL, encoding="utf-8")
        with servers.ours(catalogue) as server:
            for page in PAGES:
                address = f"{server.url}hsds/{page}"
                urllib.request.urlopen(address, timeout=120).read()
                before = server.cpu_s()
                a_second, middle, most, faults = _asked(tool, script, address)
                cpu_ms = 1_000 * (server.cpu_s() - before) / max(a_second * SECONDS, 1)
                print(
                    f"{page:<55} {a_second:>6.0f} a second, p50 {middle:.1f} ms, "
                    f"p95 {most:.1f} ms, {cpu_ms:.2f} ms of CPU each, {faults:.0f} faults"
                )
                if page == PAGES[0]:
                    kept = a_second >= LEAST_A_SECOND and most <= MOST_MS and not faults
            print(f"{server.memory_mb():.0f} MB resident")
    return 0 if kept else 1


def _asked(tool: str, script: Path, address: str) -> tuple[float, float, float, float]:
    """Return answers a second, the median and the 95th percentile in ms, and faults."""
    command = [tool, "-t2", f"-c{AT_ONCE}", f"-d{SECONDS}s", "-s", str(script), address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told = re.search(r"told (\S+) (\S+) (\S+) (\S+)", said)
    if told is None:
        raise RuntimeError(f"wrk said something else:\n{said}")
    a_second, middle, most, faults = map(float, told.groups())
    return a_second, middle, most, faults


if __name__ == "__main__":
    sys.exit(main())
