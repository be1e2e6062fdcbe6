"""Steps: what is worked out of each part, in three steps, each of all parts before the next.

`ground`: how closely people live around each point, on which the pace of ways by car hangs.
`shares`: what each service has for one of the people around it, the first step of E2SFCA.
`answer`: the nearest three of each area, whether they are within the limit, and the second step.
A step of a part needs what the step before it left of the parts around, as far as its figures
reach; it takes them one at a time, so that it holds no more than two parts at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
from numpy.typing import NDArray

from geo.gaps import measures
from geo.gaps.nation import cut, near, points
from geo.gaps.nation.near import Nearest, Services
from geo.gaps.nation.points import Numbers, Points
from geo.gaps.nation.rings import Rings, gather
from geo.gaps.nation.shelf import Shelf
from geo.gaps.question import RANKS, STEPS
from geo.sphere import Floats
from geo.travel import crow, pace

SCHEMA = 1  # rises when the same tables give other figures, so that nothing older is taken


@dataclass(frozen=True)
class Run:
    """What every step is told: where its tables lie and what is asked."""

    folder: Path
    mark: str
    measure: str  # 'minutes' or 'miles'
    threshold: float

    @property
    def shelf(self) -> Shelf:
        """Return the folder of what is finished."""
        return Shelf(self.folder, self.mark)


def ground(run: Run, part: int) -> None:
    """Put the areas and services of a part in order of blocks, with their surroundings."""
    parts = cut.parts(run.shelf)
    own = parts[part]
    kept = {}
    for name, rows, box in (
        ("areas", own.areas, own.areas_box),
        ("services", own.services, own.services_box),
    ):
        table = cut.take(run.shelf, name, part, rows)
        here = _alike(table)
        people = np.zeros(len(here))
        for other, one in enumerate(parts):
            if near.reaches(box, one.areas_box, AROUND.reach_m):
                around = cut.take(run.shelf, "areas", other, one.areas)
                there = _alike(around)
                people += gather(here, there, _column(around, "number"), AROUND)
        kind = crow.surroundings(people / pace.SQUARE_MILES)
        order = points.order(here.degrees, kind)
        table = table.append_column("kind", pyarrow.array(kind))
        kept[name] = table.take(pyarrow.array(order))
    run.shelf.put("ground", part, kept)


def shares(run: Run, part: int) -> None:
    """Put what each service of a part has for one of the people around it; 0 if there are none."""
    parts = cut.parts(run.shelf)
    table = run.shelf.take("ground", part, "services")
    here, supply = _points(table), _column(table, "number")
    demand = np.zeros(len(here))
    for other, one in enumerate(parts):
        if near.reaches(parts[part].services_box, one.areas_box, CATCHMENT.reach_m):
            areas = run.shelf.take("ground", other, "areas", [*PLACED, "number"])
            demand += gather(here, _points(areas), _column(areas, "number"), CATCHMENT)
    share = np.divide(supply, demand, out=np.zeros(len(here)), where=demand > 0)
    run.shelf.put("shares", part, {"services": pyarrow.table({"share": share})})


def answer(run: Run, part: int) -> None:
    """Put the figures of each area of a part, and tell the sums over them."""
    parts, shelf = cut.parts(run.shelf), run.shelf
    box = parts[part].areas_box
    table = shelf.take("ground", part, "areas")
    here, people = _points(table), _column(table, "number")
    access = np.zeros(len(here))
    for other, one in enumerate(parts):
        if near.reaches(box, one.services_box, CATCHMENT.reach_m):
            share = _column(shelf.take("shares", other, "services"), "share")
            there = _points(shelf.take("ground", other, "services", PLACED))
            access += gather(here, there, share, CATCHMENT)
    found = Nearest(here, run.measure)
    looked: list[int] = []

    def load(other: int) -> Services:
        looked.append(other)
        services = shelf.take("ground", other, "services", [*PLACED, "row"])
        return _points(services), _column(services, "row").astype(np.int64)

    found.look(box, [one.services_box for one in parts], load)
    cost = found.minutes if run.measure == "minutes" else found.miles
    figures = {
        "geoid": table["name"],
        "lat": table["lat"],
        "lon": table["lon"],
        "people": table["number"],
        **_ranked("minutes", found.minutes),
        **_ranked("miles", found.miles),
        "nearest_id": _names(shelf, found.row, looked),
        "within": pyarrow.array(cost[:, 0] <= run.threshold),
        "access": pyarrow.array(access),
    }
    everyone, limits = float(people.sum()), thresholds(run.threshold)
    within = measures.steps(cost, people, limits) if everyone else np.zeros((len(limits), 3))
    told = {"people": everyone, "steps": within.tolist()}
    shelf.put("answer", part, {"areas": pyarrow.table(figures)}, told)


def thresholds(threshold: float) -> list[float]:
    """Return the limits within which people are counted, the least first."""
    return sorted({*map(float, STEPS), threshold})


ALL: Mapping[str, Callable[[Run, int], None]] = {
    "ground": ground,
    "shares": shares,
    "answer": answer,
}
PLACED = ["lat", "lon", "kind"]


def _column(table: pyarrow.Table, name: str) -> Any:
    return table[name].to_numpy()


def _degrees(table: pyarrow.Table) -> Floats:
    return np.column_stack([_column(table, "lat"), _column(table, "lon")])


def _points(table: pyarrow.Table) -> Points:
    return Points(_degrees(table), _column(table, "kind"))


def _alike(table: pyarrow.Table) -> Points:
    """Return all as points of one kind, in the order of the table."""
    degrees = _degrees(table)
    return Points(degrees, np.zeros(len(degrees), dtype=np.intp))


def _ranked(name: str, cost: Floats) -> dict[str, pyarrow.Array]:
    """Return a column a rank; null where there is none."""
    return {
        f"{name}_{rank}": pyarrow.array(cost[:, rank - 1], mask=np.isinf(cost[:, rank - 1]))
        for rank in RANKS
    }


def _names(shelf: Shelf, rows: Numbers, parts: list[int]) -> pyarrow.Array:
    """Return the names of services by their rows, all of them in one of the parts; null for -1."""
    names = np.full(len(rows), None, dtype=object)
    for part in parts:
        table = shelf.take("ground", part, "services", ["row", "name"])
        there = _column(table, "row")
        order = np.argsort(there)
        at = order[np.minimum(np.searchsorted(there, rows, sorter=order), len(there) - 1)]
        here = np.flatnonzero(there[at] == rows)
        names[here] = _column(table, "name")[at[here]]
    return pyarrow.array(names, pyarrow.string())


def _is_around(metres: Floats, _here: Numbers, _there: Numbers, _ring: int) -> NDArray[np.bool_]:
    near_by: NDArray[np.bool_] = metres <= pace.AROUND_M
    return near_by


def _is_driven(metres: Floats, here: Numbers, there: Numbers, ring: int) -> NDArray[np.bool_]:
    ends = crow.LOCAL_PACE[here] + crow.LOCAL_PACE[there]
    near_by: NDArray[np.bool_] = crow.driving(crow.DETOUR * metres, ends) <= measures.BREAKS[ring]
    return near_by


AROUND = Rings(np.array([[[pace.AROUND_M]]], dtype=np.float64), np.ones(1), _is_around)
CATCHMENT = Rings(
    crow.driven_m(
        np.array(measures.BREAKS),
        (crow.LOCAL_PACE[:, None] + crow.LOCAL_PACE)[..., None],
    )
    / crow.DETOUR,
    np.array(measures.WEIGHTS),
    _is_driven,
)
