"""Streets: fetch the streets of some counties, or take them from files, for use on this machine.

They come from the US Census Bureau (TIGER/Line, public domain), one file a county.
"""

import argparse
import re
import sys
from datetime import datetime
from pathlib import Path

import geopandas as gpd

from geo import areas, clock, settings
from geo.clock import TIMEZONE
from geo.errors import StreetsError
from geo.streets import download, parquet, tiger

YEARS = 6  # looked for, from this one downward


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    fetching = commands.add_parser("streets", help="fetch the streets of counties")
    fetching.add_argument(
        "counties", nargs="*", metavar="COUNTY", help="such as 06077; default: those of the app"
    )
    fetching.add_argument(
        "--from",
        dest="files",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE.zip",
        help="EDGES files already here: nothing is fetched",
    )
    fetching.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Put the streets of each county into its file; return 0.

    Raises
    ------
    StreetsError : a county cannot be had; those before it are whole, its own file is as it was
    """
    given, counties = settings.read(), list(options.counties)
    for county in counties:
        if not re.fullmatch(r"[0-9]{5}", county):
            wanted = "five digits, state and county, such as 06077"
            raise StreetsError(f"COUNTY: found {county!r}, wanted {wanted}.")
    if options.files:
        for county, frame in _taken(options.files, counties):
            _keep(county, frame, given.streets)
        return 0
    for county in counties or _ours():
        path = _fetched(county, given)
        try:
            _, frame = tiger.read(path)
        except StreetsError:
            path.unlink()
            raise
        frame.attrs["sources"] = [path.name]
        _keep(county, frame, given.streets)
        path.unlink()
    return 0


def _ours() -> list[str]:
    return [part["properties"]["geoid"] for part in areas.features("counties")]


def _taken(files: list[Path], wanted: list[str]) -> list[tuple[str, gpd.GeoDataFrame]]:
    """Return county and streets of each file; refused unless they are the counties wanted."""
    taken = []
    for path in files:
        county, frame = tiger.read(path)
        frame.attrs["sources"] = [path.name]
        taken.append((county, frame))
    found = [county for county, _ in taken]
    if len(set(found)) < len(found):
        raise StreetsError(f"--from: found a county twice ({', '.join(found)}), wanted each once.")
    if wanted and set(wanted) != set(found):
        told = f"--from: found {', '.join(found)}, wanted {', '.join(wanted)}"
        raise StreetsError(f"{told}. Name the counties of the files, or none.")
    return taken


def _fetched(county: str, given: settings.Settings) -> Path:
    """Return the newest file of a county, fetched into a folder of its own."""
    newest = datetime.now(TIMEZONE).year
    for year in range(newest, newest - YEARS, -1):
        name = tiger.name(year, county)
        url = f"{given.streets_source.rstrip('/')}/TIGER{year}/EDGES/{name}"
        path = given.streets / "fetched" / name
        if path.exists() or download.fetch(url, path, _Progress(name)):
            return path
    told = f"{county}: found no file for {newest - YEARS + 1} to {newest} at {given.streets_source}"
    raise StreetsError(f"{told}. Is it the number of a county? {download.LOCAL}")


def _keep(county: str, frame: gpd.GeoDataFrame, folder: Path) -> None:
    path = folder / f"{county}.parquet"
    frame.attrs["imported_on"] = clock.today().isoformat()
    parquet.write(frame, path)
    numbered = ((frame["left_from"] != "") | (frame["right_from"] != "")).sum()
    print(
        f"{county}: {len(frame):,} pieces of street of {frame.attrs['year']}, "
        f"{frame['length_m'].sum() / 1000:,.0f} km; {frame['drive'].sum():,} for cars, "
        f"{frame['walk'].sum():,} on foot, {numbered:,} with house numbers. "
        f"{path}: {path.stat().st_size / 1e6:.1f} MB."
    )


class _Progress:
    """Tells how much of a file has come: on a terminal in place, else each tenth on a line."""

    def __init__(self, name: str) -> None:
        self._name, self._told = name, -1

    def __call__(self, came: int, size: int) -> None:
        share = came * 100 // size if size else came >> 20
        step = share if sys.stderr.isatty() else share // 10
        if step == self._told:
            return
        self._told = step
        whole = f" of {size / 1e6:.1f} MB, {share} %" if size else " MB"
        end = "\r" if sys.stderr.isatty() and came < size else "\n"
        print(f"{self._name}: {came / 1e6:.1f}{whole}", end=end, file=sys.stderr, flush=True)
