"""Find: `python -m tests.bench.find` clicks and types on our page and on one of Dash, in turns.

Both answer in the browser; an empty page of Streamlit is opened beside them. Times are the page's
own, from the click until list and map are painted; what the server does for a click is its
processor time. The machine is shared, so the two take turns click by click: compare the columns.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from geo.settings import DATA
from tests.bench import browsing, places, servers
from tests.bench.report import Line, machine, percentile, table
from tests.bench.servers import Server
from tests.browser import chromium
from tests.support import catalogues

SIZES = ("real", "1000", "10000")
MOST_MS = {"real": 45, "1000": 45, "10000": 70}
KEYSTROKE_MS = 50
MAP_MS = 200  # from a letter on, until the map has followed the list
FIRST_VISIT_MB = {"real": 0.9, "1000": 0.9, "10000": None}
LATER_S = 0.5  # beyond an empty page of Streamlit
IDLE_S = 0.05  # of processor time in a second: what an open session takes
TYPED = ("food", "dentist", "lawyer", "shelter for women")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.find", description=__doc__)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=SIZES)
    parser.add_argument("--clicks", type=int, default=24)
    options = parser.parse_args()
    if not servers.DASH.exists():
        sys.exit("The page of Dash is not set up. Run `make .venv/.dash`.")
    if not chromium.find():
        sys.exit("No Chromium was found. Run `make browser`, or name one: CHROMIUM=/path.")
    print(machine(), flush=True)
    shown: list[Line] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for size in options.sizes:
            for line in _measured(playwright, size, options.clicks, Path(folder)):
                print("  ".join(filter(None, line.cells())), flush=True)
                shown.append(line)
    print(f"\n{table(shown).replace('naive', 'dash ', 1)}")


def _measured(playwright: Playwright, size: str, clicks: int, folder: Path) -> Iterator[Line]:
    catalogue = DATA / "services.csv"
    if size != "real":
        catalogue = folder / f"{size}.csv"
        catalogues.write(places.make(int(size)), catalogue)
    still = folder / f"empty-{size}"
    still.mkdir()
    with ExitStack() as stack:
        ours = stack.enter_context(servers.ours(catalogue))
        dash = stack.enter_context(servers.dash(catalogue))
        empty = stack.enter_context(servers.empty(still))
        yield from _clicks(playwright, size, (ours, dash), clicks)
        yield from _letters(playwright, size, (ours, dash))
        yield from _loads(playwright, size, ours, dash, empty)


def _clicks(
    playwright: Playwright, size: str, pair: tuple[Server, Server], clicks: int
) -> Iterator[Line]:
    """Yield what a click on a kind of help takes, the two pages in turns, and what it costs."""
    taken: dict[str, list[float]] = {server.name: [] for server in pair}
    with ExitStack() as stack:
        pages = {}
        for server in pair:
            context = stack.enter_context(browsing.profile(playwright))
            pages[server.name], _ = browsing.visit(context, server)
            for number in range(4):
                browsing.click(pages[server.name], number)
            _rest(pages[server.name], server)
        begin, before = time.monotonic(), {server.name: server.cpu_s() for server in pair}
        for number in range(clicks):
            for server in pair:
                taken[server.name].append(browsing.click(pages[server.name], number))
        as_long = time.monotonic() - begin
        after = {server.name: server.cpu_s() for server in pair}
        pages["ours"].wait_for_timeout(1000 * as_long)  # what open pages cost that nobody clicks on
        cost = {
            server.name: 2 * after[server.name] - before[server.name] - server.cpu_s()
            for server in pair
        }
        heap = {name: browsing.heap_mb(page) for name, page in pages.items()}
    for percent, most in ((50, MOST_MS[size]), (95, None)):
        ours, dash = (percentile(taken[server.name], percent) for server in pair)
        yield Line(f"a click, p{percent}", size, "ms", ours, dash, most)
    ours, dash = (1000 * cost[server.name] / clicks for server in pair)
    yield Line("server time a click, beyond an open page", size, "ms", ours, dash, 1)
    yield Line("memory of the scripts", size, "MB", heap["ours"], heap["dash"])
    peak = {server.name: browsing.peak_mb(playwright, server) for server in pair}
    yield Line("most memory of the tab", size, "MB", peak["ours"], peak["dash"])


def _rest(page: Page, server: Server) -> None:
    """Wait until a server does nothing more of its own: it packs files anew beside its answers."""
    before = -1.0
    while server.cpu_s() - before > IDLE_S:
        before = server.cpu_s()
        page.wait_for_timeout(1000)


def _letters(playwright: Playwright, size: str, pair: tuple[Server, Server]) -> Iterator[Line]:
    """Yield what a letter takes that changes the list, and the map after it."""
    listed: dict[str, list[float]] = {server.name: [] for server in pair}
    mapped: dict[str, list[float]] = {server.name: [] for server in pair}
    with ExitStack() as stack:
        pages = {}
        for server in pair:
            context = stack.enter_context(browsing.profile(playwright))
            pages[server.name], _ = browsing.visit(context, server)
            pages[server.name].wait_for_timeout(3000)
        for words in TYPED * 5:
            for server in pair:
                for text in (words, ""):
                    until_list, until_map = browsing.type_letter(pages[server.name], text)
                    listed[server.name].append(until_list)
                    mapped[server.name].append(until_map)
    for what, taken, percent, most in (
        ("a change of the words", listed, 50, None),
        ("a change of the words", listed, 95, KEYSTROKE_MS),
        ("the map after it", mapped, 95, MAP_MS),
    ):
        ours, dash = (percentile(taken[server.name], percent) for server in pair)
        yield Line(f"{what}, p{percent}", size, "ms", ours, dash, most)


def _loads(
    playwright: Playwright, size: str, ours: Server, dash: Server, empty: Server
) -> Iterator[Line]:
    """Yield a first visit and later ones, beside those of an empty page of Streamlit."""
    first = {server.name: browsing.traffic(playwright, server) for server in (ours, dash, empty)}
    megabytes = {name: (one.http + one.websocket) / 1e6 for name, one in first.items()}
    most = FIRST_VISIT_MB[size]
    yield Line("bytes of a first visit", size, "MB", megabytes["ours"], megabytes["dash"], most)
    later: dict[str, list[float]] = {}
    for server in (ours, dash, empty):
        with browsing.profile(playwright) as context:
            visits = [_visit(context, server) for _ in range(5)]
            later[server.name] = visits[1:]
    middle = {name: statistics.median(times) / 1000 for name, times in later.items()}
    yield Line(
        "a later visit, beyond an empty page",
        size,
        "s",
        middle["ours"] - middle["empty"],
        middle["dash"] - middle["empty"],
        LATER_S,
    )


def _visit(context: BrowserContext, server: Server) -> float:
    """Return the ms that a visit takes; the next begins when nothing of it goes on any more."""
    page, taken = browsing.visit(context, server)
    page.wait_for_load_state("networkidle")
    page.close()
    return taken


if __name__ == "__main__":
    main()
