"""Ground: how long ways over streets take to find, and how they differ from straight lines.

`python -m tests.bench.ground` builds the street graph of San Joaquin and the main roads of
Imperial that lie beside the project, and finds the ways from every block group to 200 made-up
services in both. Those graphs have no licence and are no part of the project; without them nothing
is measured. They have no classes: each piece is a street (S1400), at the speed of its surroundings.
Seconds are of the processor, which other programs do not change much. It ends with 1 if a limit is
passed.
"""

import resource
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
import shapely

from geo import sphere
from geo.gaps import demand
from geo.settings import ROOT
from geo.streets import network
from geo.travel import engines
from geo.travel.pace import people_a_square_mile
from geo.travel.roads import SPEEDS_MPH, TOWN

Found = TypeVar("Found")
FOLDER = ROOT.parent / "shared" / "geo"
GRAPHS = {"06077": "roads_06077", "06025": "roads_coarse_06025"}
COUNTIES = {"06077": "san_joaquin", "06025": "imperial"}
SERVICES, SEED = 200, 20_261_122
MOST_S, MOST_MB = 3.0, 500.0
OFF = network.Off(60 / (10 * sphere.METRES_A_MILE), 5_000)
APART_MILES = (0, 1, 3, 10, 30)


def main(folder: Path = FOLDER) -> int:
    """Measure, print, and return 1 if a limit was passed."""
    if not folder.is_dir():
        print("The street graphs are not here: nothing to measure.")
        return 0
    nodes, ends, lines, length_m = graph(folder)
    before = memory_mb()
    pace = 60 / (speeds(lines) * sphere.METRES_A_MILE)
    roads, built_s = timed(lambda: network.build(ends, lines, length_m, pace))
    people = demand.load()
    origins = people[["lat", "lon"]].to_numpy(float)
    there = np.vstack([services(nodes, county) for county in GRAPHS])
    (minutes, metres), table_s = timed(lambda: network.table(roads, origins, there, OFF))
    used = memory_mb() - before
    print(f"{len(nodes):,} nodes, {len(ends):,} pieces of street; built in {built_s:.2f} s")
    print(
        f"{len(origins)} x {len(there)}: {table_s:.2f} s (limit {MOST_S}), "
        f"{used:.0f} MB more than before (limit {MOST_MB:.0f}); "
        f"{np.isnan(minutes).mean():.0%} without a way (another county)"
    )
    for county, name in COUNTIES.items():
        row = (people["county"] == name).to_numpy()
        column = np.repeat([*GRAPHS], SERVICES) == county
        compare(name, people[row], there[column], minutes[row][:, column], metres[row][:, column])
    return int(table_s > MOST_S or used > MOST_MB)


def graph(folder: Path) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    """Return nodes (county, lat, lon), and ends, lines and metres of pieces, of all counties."""
    nodes, ends, metres, before = [], [], [], 0
    for county, name in GRAPHS.items():
        own = pd.read_csv(folder / f"{name}_nodes.csv.gz").assign(county=county)
        pieces = pd.read_csv(folder / f"{name}_edges.csv.gz")
        number = pd.Series(np.arange(len(own)) + before, index=own["node"])
        ends.append(np.column_stack([number[pieces["u"]], number[pieces["v"]]]))
        metres.append(pieces["length_m"].to_numpy(float))
        nodes.append(own)
        before += len(own)
    every, both = pd.concat(nodes, ignore_index=True), np.vstack(ends)
    lines = shapely.linestrings(every[["lon", "lat"]].to_numpy()[both])
    return every, both, lines, np.concatenate(metres)


def speeds(lines: np.ndarray) -> np.ndarray:
    """Return the miles an hour of each piece: those of a street in town or in the country."""
    middles = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    town = people_a_square_mile(middles[:, ::-1]) >= TOWN
    return np.where(town, *SPEEDS_MPH["S1400"])


def services(nodes: pd.DataFrame, county: str) -> np.ndarray:
    """Return made-up services of a county, (lat, lon), each within some 500 m of a node."""
    dice = np.random.default_rng(SEED)
    here = nodes[nodes["county"] == county][["lat", "lon"]].to_numpy()
    return here[dice.integers(len(here), size=SERVICES)] + dice.normal(0, 0.003, (SERVICES, 2))


def compare(
    county: str, people: pd.DataFrame, there: np.ndarray, minutes: np.ndarray, metres: np.ndarray
) -> None:
    """Print how minutes and miles over streets compare with those of the engine `crow`."""
    crow = engines.minutes(people[["lat", "lon"]].to_numpy(float), there)
    apart = sphere.apart_m(people[["lat", "lon"]].to_numpy(float), there) / sphere.METRES_A_MILE
    print(f"{county}: minutes over streets / minutes of crow, by miles apart")
    for low, high in pairwise((*APART_MILES, 1_000)):
        chosen = (apart >= low) & (apart < high) & ~np.isnan(minutes)
        if chosen.any():
            ratio = minutes[chosen] / crow.minutes[chosen]
            ways = metres[chosen] / crow.metres[chosen]
            p5, p50, p95 = np.percentile(ratio, (5, 50, 95))
            print(
                f"  {low} to {high}: {p50:.2f} (5th to 95th: {p5:.2f} to {p95:.2f}), "
                f"way {np.median(ways):.2f}, {chosen.sum():,} pairs"
            )
    differs = np.where(apart > 1, minutes - crow.minutes, np.nan)
    by_area = pd.Series(np.nanmedian(differs, axis=1), index=people["city"].replace("", "country"))
    by_town = by_area.groupby(level=0).median().sort_values()
    worst = [*by_town.tail(3)[::-1].items(), *by_town.head(2).items()]
    told = ", ".join(f"{town} {more:+.0f}" for town, more in worst)
    print(f"  differs most, median minutes to all services: {told}")


def timed(work: Callable[[], Found]) -> tuple[Found, float]:
    """Return what `work` returns, and the seconds of the processor it took."""
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


def memory_mb() -> float:
    """Return the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
