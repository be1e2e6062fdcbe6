"""Lines: what is asked of both apps -> lines of the table, with what was to be reached."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TypeVar

from playwright.sync_api import Error, Playwright

from tests.bench import browsing, measure
from tests.bench.report import Line, percentile
from tests.bench.servers import Server

Answer = TypeVar("Answer")
STEPS = (10, 20, 40, 80, 160)
NAIVE_STEPS = (1, 2, 4)


@dataclass(frozen=True)
class Pair:
    """The two apps, with the same places."""

    places: str  # how many, in words: "real, 241" or "1,000"
    ours: Server
    naive: Server | None

    def line(
        self,
        what: str,
        unit: str,
        take: Callable[[Answer], float],
        ours: Answer,
        naive: Answer | Error | None,
        **wanted: float,
    ) -> Line:
        """Return the line of what `take` finds in the answers of both."""
        other = math.inf if isinstance(naive, Error) else None if naive is None else take(naive)
        return Line(what, self.places, unit, take(ours), other, **wanted)


def clicks(playwright: Playwright, pair: Pair, count: int, naive_count: int) -> Iterator[Line]:
    """Yield how long a click on a filter takes, and what it costs the server."""
    ours = measure.clicks(playwright, pair.ours, count, 5)
    naive = _patiently(measure.clicks, playwright, pair.naive, naive_count, 2)
    inside = measure.run_ms(pair.ours, count)

    def line(what: str, take: Callable[[measure.Clicks], float], **wanted: float) -> Line:
        return pair.line(what, "ms", take, ours, naive, **wanted)

    goal = {"1,000": {"most": 125.0}, "10,000": {"most": 190.0}}.get(pair.places, {})
    yield line("click on a filter to list and map new, p50", lambda c: median(c.all_ms), **goal)
    yield line("  the same, p95", lambda c: percentile(c.all_ms, 95))
    yield line("  fewer places shown than before, p50", lambda c: median(c.narrow_ms))
    yield line("  all places shown again, p50", lambda c: median(c.widen_ms))
    yield Line("  of it, until the server is done, p50", pair.places, "ms", median(inside))
    if isinstance(naive, measure.Clicks):
        goal = {"least": 60.0} if pair.places == "1,000" else {}
        for what, mine, theirs in (
            ("  times as fast as the naive app, all clicks", ours.all_ms, naive.all_ms),
            ("  the same, all places shown again", ours.widen_ms, naive.widen_ms),
        ):
            yield Line(what, pair.places, "", fmean(theirs) / fmean(mine), None, **goal)
    yield line("server CPU a click", lambda c: c.cpu_ms, most=40.0)


def empty(loads: measure.Loads) -> Iterator[Line]:
    """Yield how long a page with nothing on it takes to be there."""
    yield Line("first visit of an empty Streamlit page", "", "s", _s(loads.first_ms))
    yield Line("later load of an empty Streamlit page", "", "s", _s(loads.later_ms))


def loads(
    playwright: Playwright, pair: Pair, floor: measure.Loads, profiles: int
) -> Iterator[Line]:
    """Yield how long the page takes to be there, beside `floor`, that of an empty one."""
    ours = measure.loads(playwright, pair.ours, profiles, 3)
    naive = _patiently(measure.loads, playwright, pair.naive, 1, 2)

    def line(what: str, take: Callable[[measure.Loads], float], **wanted: float) -> Line:
        return pair.line(what, "s", take, ours, naive, **wanted)

    first, later = _s(floor.first_ms), _s(floor.later_ms)
    yield line("first visit to marks drawn", lambda seen: _s(seen.first_ms))
    yield line("  above an empty page", lambda seen: _s(seen.first_ms) - first)
    yield line("later load to marks drawn", lambda seen: _s(seen.later_ms))
    yield line("  above an empty page", lambda seen: _s(seen.later_ms) - later, most=0.6)


def sizes(playwright: Playwright, pair: Pair) -> Iterator[Line]:
    """Yield the bytes that a first visit and the plain page take."""
    ours = browsing.traffic(playwright, pair.ours)
    naive = _patiently(browsing.traffic, playwright, pair.naive)

    def line(
        what: str, unit: str, take: Callable[[browsing.Traffic], float], **wanted: float
    ) -> Line:
        return pair.line(what, unit, take, ours, naive, **wanted)

    yield line("first visit on the wire", "MB", lambda t: (t.http + t.websocket) / 1e6, most=1.2)
    yield line("  of it, over the websocket", "kB", lambda t: t.websocket / 1e3)
    yield line("  requests", "", lambda t: t.requests)
    goal = {"most": 100.0} if pair.places.startswith("real") else {}
    text_kb = measure.text_bytes(pair.ours) / 1e3
    yield Line("/text, compressed", pair.places, "kB", text_kb, None, **goal)
    text_ms = percentile(measure.text_ms(pair.ours, 1_000, 20), 95)
    yield Line("/text, 1,000 by 20 at once, p95", pair.places, "ms", text_ms, None, most=10.0)


def memory(pair: Pair) -> Iterator[Line]:
    """Yield the memory of a session and of the whole server."""
    ours = measure.session_mb(pair.ours, 40, 30)
    naive = measure.session_mb(pair.naive, 6, 2) if pair.naive else None
    yield Line("memory of an idle session", pair.places, "MB", ours, naive, most=0.5)
    then = pair.ours.memory_mb(), pair.naive.memory_mb() if pair.naive else None
    yield Line("  memory of the server then", pair.places, "MB", *then)


def sessions(pair: Pair) -> Iterator[Line]:
    """Yield how many readers a server holds at once, and how they fare."""
    ours, tried = measure.held(pair.ours, STEPS)
    naive, _ = measure.held(pair.naive, NAIVE_STEPS) if pair.naive else (None, {})
    yield Line("sessions held, a click each 4 s, p95 under 1 s", pair.places, "", ours, naive)
    for size, taken in tried.items():
        yield Line(f"  p95 with {size}", pair.places, "s", taken)


def _patiently(
    ask: Callable[..., Answer], playwright: Playwright, server: Server | None, *how_often: int
) -> Answer | Error | None:
    """Return the answer, the error of a page that cannot give one in time, or None for nobody."""
    try:
        return ask(playwright, server, *how_often) if server else None
    except Error as error:
        return error


def _s(values_ms: Sequence[float]) -> float:
    return median(values_ms) / 1000
