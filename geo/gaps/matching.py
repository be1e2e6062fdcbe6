"""Matching: which ZIP code and which city each block group is in, as `python -m geo match` sets it.

Only the middle of each is known and how many people it has. So each is filled with people until it
has as many as are known to live there, in the way that moves people least.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import eye_array, kron, vstack

from geo import areas
from geo.areas import Area
from geo.sphere import apart_m

NOWHERE_RADII = 1.5  # what it costs to be in no city; the same for all, so it moves nobody


def match(blockgroups: pd.DataFrame) -> pd.DataFrame:
    """Return `zip` and `city` ('' outside any) of each block group, in the order of its rows.

    `blockgroups` has the columns of `demand.load`; distance to a city is counted in its radii.
    """
    in_zip = {row["zip"]: int(row["people"]) for row in areas.rows("zip_people")}
    in_city = {row["name"]: int(row["population_2020"]) for row in areas.rows("cities")}
    found = blockgroups[[]].assign(zip="", city="")
    for county, rows in blockgroups.groupby("county"):
        here = [area for area in areas.load().values() if area.county == county]
        codes, cities = _of_kind(here, "zip", in_zip), _of_kind(here, "city", in_city)
        number = fill(_away_m(rows, codes), rows["people"], [in_zip[one.name] for one in codes])
        found.loc[rows.index, "zip"] = [codes[n].name for n in number]
        radii = _away_m(rows, cities) / [city.radius_m for city in cities]
        people = [in_city[city.name] for city in cities]
        number = fill(
            np.column_stack([radii, np.full(len(rows), NOWHERE_RADII)]),
            rows["people"],
            [*people, max(rows["people"].sum() - sum(people), 0)],
        )
        names = [*(city.name for city in cities), ""]
        found.loc[rows.index, "city"] = [names[n] for n in number]
    return found


def _of_kind(here: Sequence[Area], kind: str, people: Mapping[str, int]) -> list[Area]:
    return [area for area in here if area.kind == kind and area.name in people]


def _away_m(rows: pd.DataFrame, here: Sequence[Area]) -> NDArray[np.float64]:
    return apart_m(rows[["lat", "lon"]], [(area.lat, area.lon) for area in here])


def fill(costs: ArrayLike, people: ArrayLike, sizes: ArrayLike) -> NDArray[np.intp]:
    """Return for each of n block groups the number of its area, of m.

    Parameters
    ----------
    costs : shape (n, m), how far each block group is from each area
    people : shape (n,), in each block group
    sizes : shape (m,), people known to live in each area; taken as shares of all `people`

    Least people x cost with every area filled: the transportation problem (F. L. Hitchcock, "The
    distribution of a product from several sources to numerous localities", 1941). A block group
    that falls on several areas is counted with the one that holds most of it.

    >>> fill([[1, 2], [1, 3], [1, 9]], people=[10, 10, 10], sizes=[200, 100]).tolist()
    [1, 0, 0]
    """
    table, people = np.asarray(costs, dtype=np.float64), np.asarray(people, dtype=np.float64)
    n, m = table.shape
    room = np.asarray(sizes, dtype=np.float64) / np.sum(sizes) * people.sum()
    rules = vstack([kron(eye_array(n), np.ones((1, m))), kron(np.ones((1, n)), eye_array(m))])
    done = linprog(table.ravel(), A_eq=rules, b_eq=np.concatenate([people, room]), method="highs")
    most: NDArray[np.intp] = np.argmax(done.x.reshape(n, m), axis=1)
    return most
