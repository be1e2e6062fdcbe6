"""Quick: `python -m tests.bench.quick`: the file to keep and the full page, over a slow connection.

Both are opened in a browser that was never there, in turns, with the delay and the rate that
Lighthouse calls slow 4G. An answer is there when the count of places is painted; bytes are those
that had come by then.
"""

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Playwright, sync_playwright

from geo.settings import DATA
from geo.web import offline
from tests.bench import browsing, servers
from tests.bench.report import Line, machine, table
from tests.bench.servers import Server
from tests.browser import chromium

SLOW_4G = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
LIMITS = (("seconds", "s", 1.5), ("kilobytes", "kB", 150))
WATCH = """(() => {
  if (window !== top) return;
  const roots = () => [...document.querySelectorAll("*")].map((one) => one.shadowRoot);
  const isThere = () => roots().some((root) => root && root.querySelector("#count"));
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() =>
    window.firstAnswer(performance.now())));
  (function look() { isThere() ? painted() : setTimeout(look, 5); })();
})();"""


@dataclass(frozen=True)
class First:
    """The first answer of a page: how long it took, and what had come by then."""

    seconds: float
    kilobytes: float


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.quick", description=__doc__)
    parser.add_argument("--visits", type=int, default=5)
    options = parser.parse_args()
    if not chromium.find():
        sys.exit("No Chromium was found. Run `make browser`, or name one: CHROMIUM=/path.")
    print(machine(), flush=True)
    with sync_playwright() as playwright, servers.ours(DATA / "services.csv") as server:
        shown = [*_lines(playwright, server, options.visits)]
    print(f"\n{table(shown).replace('naive', 'full ', 1)}")


def _lines(playwright: Playwright, server: Server, visits: int) -> Iterator[Line]:
    """Yield what the file takes, and beside it what the full page takes."""
    seen: dict[str, list[First]] = {offline.PATH: [], "/": []}
    for path in seen:
        _first(playwright, server, path)  # so that all is made, and packed
    for _ in range(visits):
        for path, firsts in seen.items():
            firsts.append(_first(playwright, server, path))
    for what, unit, most in LIMITS:
        file, full = (
            statistics.median(getattr(one, what) for one in firsts) for firsts in seen.values()
        )
        yield Line("first answer on a slow 4G", "real", unit, file, full, most)


def _first(playwright: Playwright, server: Server, path: str) -> First:
    """Return the first answer at a path, in a browser that was never there.

    Of a file that is still coming, the share that has come counts.
    """
    come: Counter[str] = Counter()  # letters of each file, unpacked
    whole: dict[str, float] = {}  # bytes of each that is there, as they travelled
    answers: list[tuple[float, Counter[str]]] = []
    with browsing.profile(playwright) as context:
        page = context.pages[0]
        page.expose_function("firstAnswer", lambda ms: answers.append((ms, come.copy())))
        page.add_init_script(WATCH)
        network = context.new_cdp_session(page)
        network.on("Network.dataReceived", lambda e: come.update({e["requestId"]: e["dataLength"]}))
        network.on(
            "Network.loadingFinished",
            lambda e: whole.update({e["requestId"]: e["encodedDataLength"]}),
        )
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_4G})
        page.goto(f"{server.url}{path.lstrip('/')}", wait_until="commit")
        while not answers or not answers[0][1].keys() <= whole.keys():
            page.wait_for_timeout(browsing.POLL_MS)
    ms, had = answers[0]
    return First(ms / 1000, sum(whole[one] * had[one] / come[one] for one in had) / 1000)


if __name__ == "__main__":
    main()
