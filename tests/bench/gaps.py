"""Gaps: how long the planners' figures take, for two counties and for a nation.

`python -m tests.bench.gaps` asks 40 different questions of 615 block groups and 200 made-up
services, first in the library and then in the page, in a real Chromium; then it finds the nearest
three of 100,000 services for each of 240,000 areas, and the nearest one by geopandas'
`sjoin_nearest` beside it. It ends with 1 if a limit is passed.
Memory is that of the whole process: Python, the libraries, the points and the answer.
"""

import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from geo import sphere
from geo.catalogue import csv_file
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.gaps import demand
from geo.gaps.answer import work_out
from geo.gaps.question import MEASURES, Question
from tests.bench import browsing, places, servers
from tests.browser import reading

AREAS, SERVICES, NEAREST = 240_000, 100_000, 3
MOST_S, MOST_GB = 10.0, 2.0  # for the nearest three
MOST_FIRST_S = 3.0
MOST_CHANGE_S = 1.0  # for another question, at the 95th percentile
CHANGES, SERVICES_HERE = 40, 200
TOWNS, SEED = 5_000, 20_261_122
Found = TypeVar("Found")

WEST, EAST, SOUTH, NORTH = -124.0, -67.0, 25.0, 49.0


def main() -> int:
    """Measure, print, and return 1 if a limit was passed."""
    change_s = changes()
    print(f"another question, 615 x {SERVICES_HERE}: p95 {change_s:.2f} s (limit {MOST_CHANGE_S})")
    first_s, page_s = page_changes()
    print(
        f"the page: first answer {first_s:.2f} s (limit {MOST_FIRST_S:.0f}), another question: "
        f"p95 {page_s:.2f} s (limit {MOST_CHANGE_S})"
    )
    dice = np.random.default_rng(SEED)
    areas, services = nation(AREAS, dice), nation(SERVICES, dice)
    (_, metres), ours_s = timed(lambda: sphere.nearest(areas, services, NEAREST))
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"nearest {NEAREST}, {AREAS:,} x {SERVICES:,}: {ours_s:.1f} s (limit {MOST_S:.0f}), "
        f"{gigabytes:.2f} GB (limit {MOST_GB:.0f})"
    )
    planar, theirs_s = timed(lambda: joined(areas, services))
    print(f"geopandas sjoin_nearest, nearest 1: {theirs_s:.1f} s, {theirs_s / ours_s:.1f} times")
    print(f"median of the nearest: {np.median(metres[:, 0]):.0f} m, {np.median(planar):.0f} m")
    slow = max(change_s, page_s) > MOST_CHANGE_S or first_s > MOST_FIRST_S
    return int(slow or ours_s > MOST_S or gigabytes > MOST_GB)


def page_changes() -> tuple[float, float]:
    """Return the seconds to the first answer of the page, and the p95 of those to another."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "services.csv"
        csv_file.write(clinics(), file)
        with (
            servers.ours(file) as server,
            sync_playwright() as playwright,
            browsing.profile(playwright) as context,
        ):
            page = context.new_page()
            _, first_s = timed(lambda: (page.goto(f"{server.url}gaps"), answered(page, 30)))
            taken = [timed(lambda n=n: ask(page, n))[1] for n in range(31, 31 + CHANGES)]
    return first_s, float(np.percentile(taken, 95))


def ask(page: Page, minutes: int) -> None:
    """Ask about another limit, and wait for the answer."""
    box = page.locator(".st-key-gaps_limit input")
    box.fill(str(minutes))
    box.press("Enter")
    answered(page, minutes)


def answered(page: Page, minutes: int) -> None:
    """Wait until the page tells of a limit in words, and in the legend of a map that is drawn."""
    for part in (".st-key-headline .headline", ".st-key-legend .legend"):
        page.locator(part, has_text=re.compile(rf"\b{minutes}\b")).wait_for()
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


def nation(count: int, dice: np.random.Generator) -> sphere.Floats:
    """Return `count` points, (lat, lon), three quarters of them around made-up towns."""
    towns = np.random.default_rng(SEED).uniform((SOUTH, WEST), (NORTH, EAST), (TOWNS, 2))
    near = towns[dice.integers(TOWNS, size=count * 3 // 4)]
    near = near + dice.normal(0, 0.05, near.shape)
    return np.vstack([near, dice.uniform((SOUTH, WEST), (NORTH, EAST), (count - len(near), 2))])


def joined(areas: sphere.Floats, services: sphere.Floats) -> sphere.Floats:
    """Return the metres to the nearest service as geopandas finds them, in its usual way."""
    frames = [
        gpd.GeoDataFrame(geometry=gpd.points_from_xy(points[:, 1], points[:, 0], crs="EPSG:4326"))
        for points in (areas, services)
    ]
    flat = [frame.to_crs("EPSG:5070") for frame in frames]
    found = gpd.sjoin_nearest(*flat, distance_col="metres")
    return found["metres"].to_numpy()


def timed(work: Callable[[], Found]) -> tuple[Found, float]:
    """Return what `work` returns, and the seconds it took on the wall."""
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
