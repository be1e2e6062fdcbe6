"""Report: numbers -> one table, what was to be reached beside what was."""

import math
import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from tests.browser import chromium

PACKAGES = ("streamlit", "folium", "streamlit-folium", "geopandas", "playwright")


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value below which `percent` of 100 lie, between two of them in proportion.

    >>> percentile([1, 2, 3, 4], 50), percentile([7], 95)
    (2.5, 7)
    """
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


@dataclass(frozen=True)
class Line:
    """One line of the table; `most` or `least` is what was to be reached."""

    what: str
    places: str
    unit: str
    ours: float | None
    naive: float | None = None
    most: float | None = None
    least: float | None = None

    @property
    def target(self) -> str:
        """Say what was to be reached."""
        if self.least is not None:
            return f"≥ {self._text(self.least)}"
        return "" if self.most is None else f"≤ {self._text(self.most)}"

    @property
    def met(self) -> bool | None:
        """Say whether it was; None if nothing was set."""
        if self.ours is None or (self.most is None and self.least is None):
            return None
        above = self.least is None or self.ours >= self.least
        return above and (self.most is None or self.ours <= self.most)

    def cells(self) -> tuple[str, ...]:
        """Return the texts of its cells."""
        sign = {None: "", True: " ✓", False: " ✗"}[self.met]
        ours = f"{self._text(self.ours)}{sign}"
        return (self.what, self.places, self.target, ours, self._text(self.naive))

    def _text(self, value: float | None) -> str:
        if value is None:
            return ""
        if math.isinf(value):
            return "gave up"
        digits = 0 if abs(value) >= 100 or value == int(value) else 2 if abs(value) < 10 else 1
        return f"{value:,.{digits}f} {self.unit}".rstrip()


HEAD = ("what", "places", "to reach", "ours", "naive")


def table(lines: Sequence[Line]) -> str:
    """Return `lines` as a Markdown table that can be read as it is."""
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    shown = [
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for row in rows
    ]
    return "\n".join([shown[0], f"|{'|'.join('-' * (width + 2) for width in widths)}|", *shown[1:]])


def machine() -> str:
    """Say on what this runs and how busy that is."""
    found = chromium.find()
    browser = subprocess.run([str(found), "--version"], capture_output=True, text=True, check=False)
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load, today = os.getloadavg()[0], datetime.now().astimezone().date()
    busy = "" if load < 0.7 else " (busy: times come out too long)"
    return (
        f"{today}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"load average at the start {load:.2f}{busy}.\n"
        f"Python {platform.python_version()}, {versions}, {browser.stdout.strip()}."
    )
