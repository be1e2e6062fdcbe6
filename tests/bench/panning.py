"""Panning: whether the map moves smoothly on a phone over the streets of a large county.

`python -m tests.bench.panning` imports a made-up city of 60,000 pieces of street, opens the Find
page in a Chromium the size of a phone, and drags the map to and fro at a few zooms, with the
streets and without. First at full speed, to count the CPU time of the page's main thread; then
slowed down four times, to count the frames as a reader sees them. On a busy machine frames come
late whatever is drawn, so the limit is on the CPU time that streets add: four times as slow, it has
to fit into a frame of 60 a second. It ends with 1 if it does not.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from geo.streets import parquet
from tests.browser import chromium, reading, servers

ACROSS = 174  # blocks of the city each way: 2 x 174 x 175 pieces
STEP = 0.0013  # degrees a block
SOUTH_WEST = (37.85, -121.45)
AWAY, MIDDLE = (37.92, -121.38), (37.98, -121.31)
ZOOMS = (11, 13, 15, 17)
SLOWER, FRAME_MS = 4, 1_000 / 60
DRAGS, STEPS = 4, 30
PHONE = {"width": 390, "height": 844}
WATCH = """() => {
  const seen = window.__seen = [];
  let last = performance.now();
  window.__watch = true;
  const tick = (now) => {
    seen.push(now - last);
    last = now;
    if (window.__watch) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""
LOOKED = "() => { window.__watch = false; return window.__seen.slice(1); }"
GO = "([lat, lon, zoom]) => serviceMap.inspect.look([lat, lon], zoom)"
DRAWN = "() => !serviceMap.inspect.isLoading()"


@dataclass(frozen=True)
class Drag:
    """What dragging took: the main thread for a frame, and each frame of a slowed browser."""

    work_ms: float
    frames_ms: list[float]

    def __str__(self) -> str:
        """Say it in one line."""
        p50, p95 = np.percentile(self.frames_ms, (50, 95))
        return f"{self.work_ms:.1f}; {p50:.0f} / {p95:.0f} / {max(self.frames_ms):.0f}"


def main() -> int:
    """Measure, print, and return 1 if the map does not move smoothly."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        city(Path(folder) / "06077.parquet")
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=root)
        with_streets = measured(browser, folder)
        without = measured(browser, f"{folder}/none")
        browser.close()
    print(f"CPU ms a frame; ms of a frame {SLOWER} times slowed, p50 / p95 / worst")
    for zoom in ZOOMS:
        print(f"  zoom {zoom}: {with_streets[zoom]}; without streets {without[zoom]}")
    added_ms = max(with_streets[zoom].work_ms - without[zoom].work_ms for zoom in ZOOMS)
    print(f"streets add {added_ms:.1f} ms a frame at most (limit {FRAME_MS / SLOWER:.1f})")
    return int(added_ms * SLOWER > FRAME_MS)


def city(path: Path) -> None:
    """Put a city of streets, each of 174 blocks, into a file as the import makes it."""
    rows, columns = np.mgrid[0 : ACROSS + 1, 0 : ACROSS + 1]
    number = rows * (ACROSS + 1) + columns
    lat, lon = SOUTH_WEST[0] + rows * STEP, SOUTH_WEST[1] + columns * STEP
    points = np.stack([lon, lat], axis=-1)
    across = number[:, :-1].ravel(), number[:, 1:].ravel()
    up = number[:-1].ravel(), number[1:].ravel()
    ends = np.concatenate([np.column_stack(across), np.column_stack(up)])
    at = points.reshape(-1, 2)
    lines = gpd.GeoSeries.from_wkt(
        [f"LINESTRING ({a[0]} {a[1]}, {b[0]} {b[1]})" for a, b in at[ends]], crs="EPSG:4326"
    )
    street = np.concatenate([rows[:, :-1].ravel(), columns[:-1].ravel()])
    way = np.repeat(["St", "Ave"], len(ends) // 2)
    main_road = street % 12 == 0
    blank = pd.Series([""] * len(ends))
    frame = gpd.GeoDataFrame(
        {
            "tlid": np.arange(len(ends)),
            "from_node": ends[:, 0],
            "to_node": ends[:, 1],
            "length_m": np.full(len(ends), 120, dtype=np.float32),
            "name": [f"{n} {kind}" for n, kind in zip(street, way, strict=True)],
            "mtfcc": np.where(main_road, "S1200", "S1400"),
            "drive": True,
            "walk": True,
            **dict.fromkeys(parquet.COLUMNS[8:14], blank),
        },
        geometry=lines,
    )
    frame.attrs = {"year": 2025, "sources": ["made up"], "imported_on": "2026-11-22"}
    parquet.write(frame, path)


def measured(browser: Browser, folder: str) -> dict[int, Drag]:
    """Return what dragging the map takes, at each zoom."""
    with servers.app(STREETS=folder) as app:
        context = browser.new_context(viewport=PHONE, device_scale_factor=2)
        page = context.new_page()
        page.goto(app.url)
        reading.view(reading.whole(page))
        tools = context.new_cdp_session(page)
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        found = {}
        for zoom in ZOOMS:
            before = busy_s(tools)
            frames = len(dragged(page, zoom, AWAY))
            work_ms = (busy_s(tools) - before) * 1_000 / frames
            tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            found[zoom] = Drag(work_ms, dragged(page, zoom, MIDDLE))
            tools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        context.close()
    return found


def busy_s(tools: CDPSession) -> float:
    """Return the seconds of CPU that the main thread has spent on tasks."""
    told = tools.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in told if one["name"] == "TaskDuration")


def dragged(page: Page, zoom: int, middle: tuple[float, float]) -> list[float]:
    """Drag the map to and fro at a zoom; return the ms of each frame meanwhile."""
    chart = reading.map_of(page)
    chart.evaluate(GO, [*middle, zoom])
    chart.wait_for_function(DRAWN)
    page.locator(reading.MAP).scroll_into_view_if_needed()
    box = page.locator(reading.MAP).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    chart.evaluate(WATCH)
    for number in range(DRAGS):
        way = 1 if number % 2 else -1
        page.mouse.move(x - way * 100, y - way * 200)
        page.mouse.down()
        page.mouse.move(x + way * 100, y + way * 200, steps=STEPS)
        page.mouse.up()
    return chart.evaluate(LOOKED)


if __name__ == "__main__":
    sys.exit(main())
