"""Engine: how long the search takes in a browser and on the server, and what it is sent.

`python -m tests.bench.engine` asks the questions of `tests.bench.search` of three catalogues in
Chromium and in Python, in turn. It ends with 1 if a limit is passed. A question typed for the first
time counts as any other; only the first round, in which scripts are compiled, does not.
"""

import gzip
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from geo.catalogue.keeper import load_catalogue
from geo.catalogue.places import locate
from geo.search import columns
from geo.search.index import Index, build_index
from geo.settings import DATA
from tests.bench import places, search
from tests.bench.search import NOON, ROUNDS, WHERE, WORDS
from tests.support import engine_page

TODAY = date(2026, 11, 18)
DAYS = 30
SIZES = {"real": 60, "1,000": 60, "10,000": 400}  # the most kB on the wire
MOST_P95_MS = 10.0  # of 50 for a keystroke, with what is drawn


def main() -> int:
    """Measure, print, and return 1 if a limit was passed."""
    over = False
    with sync_playwright() as playwright:
        browser = engine_page.launch(playwright.chromium)
        page = engine_page.visit(browser)
        for name, most_kb in SIZES.items():
            index = build_index(_catalogue(name))
            sizes = {file: len(gzip.compress(body, 9)) for file, body in _files(index).items()}
            told = ", ".join(f"{file} {size / 1000:.1f}" for file, size in sizes.items())
            kb = sum(sizes.values()) / 1000
            half, most = np.percentile([*_in_browser(page, name, index)], (50, 95))
            theirs = np.percentile([*search.taken(index)], (50, 95))
            print(f"{name} places: {kb:.1f} kB on the wire ({told})")
            print(f"  p50 / p95 ms: browser {half:.1f} / {most:.1f}, ", end="")
            print(f"server {theirs[0]:.1f} / {theirs[1]:.1f}")
            over = over or kb > most_kb or most > MOST_P95_MS
        browser.close()
    return int(over)


def _catalogue(name: str) -> pd.DataFrame:
    if name == "real":
        return load_catalogue(DATA / "services.csv", TODAY)
    return locate(places.make(int(name.replace(",", ""))))


def _files(index: Index) -> dict[str, bytes]:
    return {
        "places": columns.places(index),
        "openings": columns.openings(index, TODAY - timedelta(days=1), DAYS),
        "words": columns.words(index),
        "tables": columns.tables(index),
    }


def _in_browser(page: Page, name: str, index: Index) -> Iterator[float]:
    """Yield the ms that each question takes."""
    hours = columns.openings(index, TODAY - timedelta(days=1), DAYS).decode()
    engine_page.put(page, name, index, hours)
    asked = [{"words": words, "where": where or None} for words in WORDS for where in WHERE]
    given = [name, int(NOON.timestamp() * 1000), asked]
    for number in range(ROUNDS):
        taken: Sequence[float] = page.evaluate("(given) => time(...given)", given)
        if number:
            yield from taken


if __name__ == "__main__":
    sys.exit(main())
