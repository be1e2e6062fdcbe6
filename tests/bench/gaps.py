"""Gaps: how long the planners' figures take.

`python -m tests.bench.gaps` asks 40 different questions of 615 block groups and 200 made-up
services, first in the library and then in the page, in a real Chromium. It ends with 1 if a limit
is passed.
"""

import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from playwright.sync_api import Page, Playwright, sync_playwright

from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.gaps import demand
from geo.gaps.answer import work_out
from geo.gaps.question import MEASURES, Question
from tests.bench import browsing, places, servers
from tests.browser import reading
from tests.support import catalogues

MOST_FIRST = 1.3  # times an empty page of Streamlit, each in a browser that was never there
MOST_CHANGE_S = 1.0  # for another question, at the 95th percentile
CHANGES, SERVICES_HERE, VISITS = 40, 200, 5
RESTING = """() =>
  document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
"""
Found = TypeVar("Found")


def main() -> int:
    """Measure, print, and return 1 if a limit was passed."""
    change_s = changes()
    print(f"another question, 615 x {SERVICES_HERE}: p95 {change_s:.2f} s (limit {MOST_CHANGE_S})")
    words_s, map_s, empty_s, page_s = page_answers()
    print(
        f"the page: first answer {words_s:.2f} s, its map {map_s:.2f} s, an empty page of "
        f"Streamlit {empty_s:.2f} s: {words_s / empty_s:.2f} times that (limit {MOST_FIRST}); "
        f"another question: p95 {page_s:.2f} s (limit {MOST_CHANGE_S})"
    )
    return int(max(change_s, page_s) > MOST_CHANGE_S or words_s > MOST_FIRST * empty_s)


def page_answers() -> tuple[float, float, float, float]:
    """Return the seconds to the first answer, its map and an empty page, and the p95 of another.

    The first three are the middle of `VISITS`, by turns, each in a browser that was never there.
    """
    with tempfile.TemporaryDirectory() as folder:
        file, still = Path(folder) / "services.csv", Path(folder) / "empty"
        still.mkdir()
        catalogues.write(clinics(), file)
        with (
            servers.ours(file) as server,
            servers.empty(still) as empty,
            sync_playwright() as playwright,
        ):
            seen = [
                (*first_answer(playwright, server.url), first_rest(playwright, empty.url))
                for _ in range(VISITS)
            ]
            with browsing.profile(playwright) as context:
                page = context.new_page()
                page.goto(f"{server.url}gaps")
                answered(page, 30)
                taken = [timed(lambda n=n: ask(page, n))[1] for n in range(31, 31 + CHANGES)]
    words_s, map_s, empty_s = np.median(seen, axis=0).tolist()
    return words_s, map_s, empty_s, float(np.percentile(taken, 95))


def first_answer(playwright: Playwright, url: str) -> tuple[float, float]:
    """Return the seconds until the answer stands there in words, and until its map is drawn."""
    with browsing.profile(playwright) as context:
        page, start = context.new_page(), time.perf_counter()
        page.goto(f"{url}gaps", wait_until="commit")
        told(page, 30)
        words_s = time.perf_counter() - start
        answered(page, 30)
        return words_s, time.perf_counter() - start


def first_rest(playwright: Playwright, url: str) -> float:
    """Return the seconds until an empty page rests."""
    with browsing.profile(playwright) as context:
        page, start = context.new_page(), time.perf_counter()
        page.goto(url, wait_until="commit")
        page.wait_for_function(RESTING)
        return time.perf_counter() - start


def ask(page: Page, minutes: int) -> None:
    """Ask about another limit, and wait for the answer."""
    box = page.locator(".st-key-gaps_limit input")
    box.fill(str(minutes))
    box.press("Enter")
    answered(page, minutes)


def told(page: Page, minutes: int) -> None:
    """Wait until the page tells of a limit in words, and in the legend of the map."""
    for part in (".st-key-headline .headline", ".st-key-legend .legend"):
        page.locator(part, has_text=re.compile(rf"\b{minutes}\b")).wait_for()


def answered(page: Page, minutes: int) -> None:
    """Wait until the page tells of a limit, and its map is drawn."""
    told(page, minutes)
    frame = page.locator(reading.MAP).element_handle().content_frame()
    frame.wait_for_function("() => window.serviceMap?.inspect?.isReady()")


def clinics() -> pd.DataFrame:
    """Return made-up clinics, each with a public place."""
    made = places.make(4 * SERVICES_HERE)
    here = made[made["location_policy"].eq("public") & made["latitude"].ne("")]
    here = here[~here["service_types"].str.contains("hotline")].head(SERVICES_HERE)
    return here.assign(service_types="clinic", status="open")


def changes() -> float:
    """Return the 95th percentile of the seconds that a changed question takes to answer."""
    here = locate(clinics().reset_index(drop=True))
    areas, noon = demand.load(), datetime(2026, 11, 24, 12, tzinfo=TIMEZONE)
    work_out(here, areas, Question("clinic"))
    taken = []
    for number in range(CHANGES):
        question = Question(
            "clinic",
            county=("", "imperial", "san_joaquin")[number % 3],
            measure=MEASURES[number % 2],
            threshold=5.0 + number,
            hour=noon + timedelta(hours=7 * number) if number % 4 else None,
            speed=(0.8, 1.0, 1.2)[number // 3 % 3],
        )
        taken.append(timed(lambda asked=question: work_out(here, areas, asked))[1])
    return float(np.percentile(taken, 95))


def timed(work: Callable[[], Found]) -> tuple[Found, float]:
    """Return what `work` returns, and the seconds it took on the wall."""
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
