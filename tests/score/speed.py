"""Speed: clicks, letters and loads, beside a page of Dash and an empty one, in one run."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.bench import browsing, find, servers
from tests.bench.servers import Server
from tests.score.row import Reached, Trial

FIGURE = "a click, a letter, first and later loads at the real size, 1,000 and 10,000 places"
TARGET = "the limits of `make bench`"
NOT_COVERED = "the naive app, which takes minutes (`make bench`); slow phones and networks"


def measure(trial: Trial) -> Reached:
    """Measure ours, Dash's and the empty page in turns; each line has a limit of its own."""
    if not servers.DASH.exists():
        return Reached("not measured", False, 0, ("no page of Dash: run `make .venv/.dash`",))
    sizes = ("real",) if trial.is_small else find.SIZES
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        if trial.is_broken:
            stack.enter_context(patch.object(browsing, "visit", _slowly(browsing.visit)))
        clicks = trial.count(16, 4)
        lines = [
            line for size in sizes for line in find._measured(playwright, size, clicks, folder)
        ]
    judged = [line for line in lines if line.met is not None]
    faults = tuple(" ".join(line.cells()) for line in judged if not line.met)
    ours = {f"{line.what} {line.places}": line.ours for line in lines}
    told = ", ".join(
        f"{ours[name]:.0f} ms"
        for name in (f"a click, p50 {size}" for size in sizes)
        if name in ours
    )
    met = len(judged) - len(faults)
    return Reached(f"{met} of {len(judged)}; a click {told}", not faults, len(lines), faults)


def _slowly(visit: object) -> object:
    """Return a way to open our page on a machine that is ten times as slow."""

    def opened(context: BrowserContext, server: Server) -> tuple[Page, float]:
        page, taken = visit(context, server)  # type: ignore[operator]
        if server.name == "ours":
            slow = context.new_cdp_session(page)
            slow.send("Emulation.setCPUThrottlingRate", {"rate": 10})
        return page, taken

    return opened
