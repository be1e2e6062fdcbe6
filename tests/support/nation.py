"""Nation: made-up areas and services, and their figures reckoned pair by pair."""

import math
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow
import pyarrow.parquet as pq

EARTH_M, MILE_M = 6_371_008.8, 1_609.344
TOWN_MPH = ((3_000, 22), (1_000, 28), (0, 45))


class Case(NamedTuple):
    """Areas and services: points (lat, lon), people and supply."""

    areas: np.ndarray
    people: np.ndarray
    services: np.ndarray
    supply: np.ndarray


def made_up(seed: int, areas: int, services: int, towns: int = 6) -> Case:
    """Return towns in a land of 2 by 3 degrees, and a fifth of all somewhere between them."""
    dice = np.random.default_rng(seed)
    middles = dice.uniform((36, -121), (38, -118), (towns, 2))

    def points(n: int) -> np.ndarray:
        country = n // 5
        town = middles[dice.integers(towns, size=n - country)]
        near = town + dice.normal(0, 0.04, town.shape)
        return np.vstack([near, dice.uniform((36, -121), (38, -118), (country, 2))])

    return Case(
        points(areas),
        dice.integers(0, 3_000, areas).astype(float),
        points(services),
        dice.integers(1, 6, services).astype(float),
    )


def write(case: Case, folder: Path, **options: Any) -> tuple[Path, Path]:
    """Write the two tables and return their paths; names are the numbers of the rows."""
    paths = folder / "areas.parquet", folder / "services.parquet"
    forms = (
        ("geoid", case.areas, "people", case.people),
        ("id", case.services, "supply", case.supply),
    )
    for path, (name, points, number, many) in zip(paths, forms, strict=True):
        lat, lon = np.reshape(points, (-1, 2)).T
        names = [str(row) for row in range(len(lat))]
        table = {name: names, "lat": lat, "lon": lon, number: many}
        pq.write_table(pyarrow.table(table), path, **options)
    return paths


def read(path: Path) -> dict[str, np.ndarray]:
    """Return the columns of the answer, in the order in which the areas were written."""
    table = pq.read_table(path).to_pandas()
    ordered = table.assign(row=table["geoid"].astype(int)).sort_values("row")
    return {name: ordered[name].to_numpy() for name in table.columns}


def naive(case: Case) -> dict[str, Any]:
    """Return minutes and miles of the nearest three, the nearest and access, without numpy.

    From what the modules `crow`, `pace` and `measures` say of themselves in words.
    """
    people = case.people.tolist()
    areas, services = case.areas.tolist(), case.services.tolist()
    slow_areas, slow_services = (
        [_pace(point, areas, people) for point in points] for points in (areas, services)
    )
    miles = [[1.3 * _apart_m(a, s) / MILE_M for s in services] for a in areas]
    minutes = [
        [_minutes(way, a, s) for way, s in zip(row, slow_services, strict=True)]
        for row, a in zip(miles, slow_areas, strict=True)
    ]
    asked = [
        sum(n * _weight(row[s]) for n, row in zip(people, minutes, strict=True))
        for s in range(len(services))
    ]
    share = [n / many if many else 0.0 for n, many in zip(case.supply, asked, strict=True)]
    return {
        "minutes": [(sorted(row) + [math.nan] * 3)[:3] for row in minutes],
        "miles": [(sorted(row) + [math.nan] * 3)[:3] for row in miles],
        "nearest": [str(row.index(min(row))) if row else None for row in minutes],
        "access": [
            sum(one * _weight(cost) for one, cost in zip(share, row, strict=True))
            for row in minutes
        ],
    }


def _apart_m(one: list[float], other: list[float]) -> float:
    (lat, lon), (lats, lons) = (map(math.radians, point) for point in (one, other))
    part = math.sin((lats - lat) / 2) ** 2
    part += math.cos(lat) * math.cos(lats) * math.sin((lons - lon) / 2) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(part))


def _pace(point: list[float], areas: list[list[float]], people: list[float]) -> float:
    """Return the minutes a mile near a point."""
    near = sum(n for n, area in zip(people, areas, strict=True) if _apart_m(point, area) <= 2_000)
    density = near / (math.pi * (2_000 / MILE_M) ** 2)
    return next(60 / mph for least, mph in TOWN_MPH if density >= least)


def _minutes(miles: float, here: float, there: float) -> float:
    local = min(miles / 2, 3_000 / MILE_M)
    return local * (here + there) + (miles - 2 * local) * 1.0


def _weight(minutes: float) -> float:
    return 1.0 if minutes <= 10 else 0.68 if minutes <= 20 else 0.22 if minutes <= 30 else 0.0
