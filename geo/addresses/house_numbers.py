"""House numbers: house numbers on the imported streets; asks nobody.

Each edge of TIGER/Line has the numbers that its two sides run from and to, in the direction of its
line, and the ZIP code of each side. A number is set between its two ends in proportion, a few
metres beside the line. Odd and even numbers lie on different sides: a number of the wrong kind is
not on a side, however near. The ranges are potential ones, often wider than what stands there, so
that a point may be off along its block; that is what the precision `street` says.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from threading import Condition

import numpy as np
import pandas as pd
import shapely
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from geo import areas, sphere
from geo.addresses import reading
from geo.addresses.reading import Address, Answer, Provider, Street
from geo.streets.store import Streets

BESIDE_M = 8.0  # from the middle of the street; our own assumption
CORNER_M = 6.0  # no house stands nearer to the end of its block, if that is long enough
SAME_PLACE_M = 150.0  # two answers nearer than this are one
MIXED = 0.95  # our own judgement of a side that has both odd and even numbers


@dataclass(frozen=True, eq=False)
class Index:
    """The sides of streets that have house numbers, those of one name in a row."""

    rows: Mapping[str, slice]  # by the name of a street in its one form
    streets: tuple[Street, ...]
    street_of: NDArray[np.intp]  # of each side, a position in `streets`
    first: NDArray[np.int64]  # the house number where the line begins
    last: NDArray[np.int64]
    zips: NDArray[np.object_]
    left: NDArray[np.bool_]
    lines: NDArray[np.object_]
    names: NDArray[np.object_]  # as TIGER/Line writes it
    source: str


@cached(LRUCache[Hashable, Index](1), condition=Condition())
def index(streets: Streets) -> Index:
    """Return the index of imported streets, made once for each."""
    sides = pd.concat([_side(streets.frame, side) for side in ("left", "right")], ignore_index=True)
    written, names = pd.factorize(sides["name"])
    forms = [reading.street(name) for name in names]
    known = tuple(dict.fromkeys(form for form in forms if form))
    place = {form: number for number, form in enumerate(known)}
    street_of = np.array([place[form] if form else -1 for form in forms], dtype=np.intp)[written]
    keys = {form.name: number for number, form in enumerate(known)}
    key_of = np.array([keys[form.name] for form in known], dtype=np.intp)
    told = np.flatnonzero(street_of >= 0)
    order = told[np.argsort(key_of[street_of[told]], kind="stable")]
    ordered = key_of[street_of[order]]
    sides, street_of = sides.iloc[order], street_of[order]
    years = sorted({*streets.years.values()})
    return Index(
        rows={
            name: slice(int(start), int(end))
            for name, start, end in zip(
                keys,
                np.searchsorted(ordered, [*keys.values()], "left"),
                np.searchsorted(ordered, [*keys.values()], "right"),
                strict=True,
            )
        },
        streets=known,
        street_of=street_of,
        first=sides["from"].to_numpy(np.int64),
        last=sides["to"].to_numpy(np.int64),
        zips=sides["zip"].to_numpy(object),
        left=sides["left"].to_numpy(bool),
        lines=sides["geometry"].to_numpy(object),
        names=sides["name"].to_numpy(object),
        source=f"US Census TIGER/Line {', '.join(map(str, years))}, between house numbers",
    )


def provider(streets: Streets) -> Provider:
    """Return the provider that sets house numbers on these streets."""
    known = index(streets)

    def ask(address: Address) -> Answer | None:
        found = find(known, address)
        return found[0] if found else None

    return ask


def find(index: Index, address: Address) -> list[Answer]:
    """Return where an address may be, the best first; places next to each other are one.

    If several are best, each of them has half its score: nobody can tell which is meant.
    """
    if address.street is None or not address.number:
        return []
    sides = index.rows.get(address.street.name, slice(0, 0))
    first, last, number = index.first[sides], index.last[sides], address.number
    mixed = first % 2 != last % 2
    fits = (np.minimum(first, last) <= number) & (number <= np.maximum(first, last))
    fits &= mixed | (first % 2 == number % 2)
    rows = np.flatnonzero(fits) + sides.start
    fitting = {
        zip_code: score
        for zip_code in set(index.zips[rows])
        if (score := reading.agreement(address, zip_code))
    }
    near = np.array([zip_code in fitting for zip_code in index.zips[rows]], dtype=bool)
    answers: list[Answer] = []
    for side in rows[near]:
        street = index.streets[index.street_of[side]]
        score = reading.likeness(address.street, street) * fitting[index.zips[side]]
        score *= MIXED if index.first[side] % 2 != index.last[side] % 2 else 1.0
        if score:
            answers.append(_answer(index, int(side), number, score))
    return _apart(sorted(answers, key=lambda answer: -answer.score))


def beside(
    line: shapely.LineString, share: float, left: bool, away_m: float
) -> tuple[float, float]:
    """Return the point beside a line, `share` of the way along it, as (lat, lon).

    On one that runs north the left is the west:

    >>> lat, lon = beside(shapely.LineString([(0, 0), (0, 0.01)]), 0.5, left=True, away_m=111.195)
    >>> round(lat, 4), round(lon, 4)
    (0.005, -0.001)
    """
    degrees = shapely.get_coordinates(line)
    scale = sphere.METRES_A_DEGREE * np.array([np.cos(np.radians(degrees[:, 1].mean())), 1.0])
    points = (degrees - degrees[0]) * scale
    steps = np.diff(points, axis=0)
    lengths = np.hypot(*steps.T)
    ends = np.cumsum(lengths)
    corner = min(CORNER_M, ends[-1] / 4)
    along = corner + share * (ends[-1] - 2 * corner)
    part = min(int(np.searchsorted(ends, along)), len(lengths) - 1)
    forward = steps[part] / lengths[part]
    sideways = np.array([-forward[1], forward[0]]) * (away_m if left else -away_m)
    metres = points[part] + forward * (along - (ends[part] - lengths[part])) + sideways
    lon, lat = metres / scale + degrees[0]
    return float(lat), float(lon)


def _side(frame: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return one side of each edge that has a name, and numbers there in digits only."""
    first, last = frame[f"{side}_from"], frame[f"{side}_to"]
    told = first.str.fullmatch(r"[0-9]{1,6}") & last.str.fullmatch(r"[0-9]{1,6}")
    rows = frame[told & frame["name"].ne("") & frame["length_m"].gt(0)]
    return pd.DataFrame(
        {
            "name": rows["name"].to_numpy(object),
            "from": rows[f"{side}_from"].to_numpy(object).astype(np.int64),
            "to": rows[f"{side}_to"].to_numpy(object).astype(np.int64),
            "zip": rows[f"{side}_zip"].to_numpy(object),
            "left": side == "left",
            "geometry": rows.geometry.to_numpy(object),
        }
    )


def _answer(index: Index, side: int, number: int, score: float) -> Answer:
    first, last = int(index.first[side]), int(index.last[side])
    share = (number - first) / (last - first) if last != first else 0.5
    lat, lon = beside(index.lines[side], share, bool(index.left[side]), BESIDE_M)
    house, zip_code = f"{number} {index.names[side]}", index.zips[side]
    return Answer(
        lat,
        lon,
        "street",
        index.source,
        round(score, 3),
        matched=f"{house}, {zip_code}",
        county=areas.zip_counties().get(zip_code, ""),
        house=house,
        zip=zip_code,
    )


def _apart(answers: list[Answer]) -> list[Answer]:
    """Return the first answer at each place; those as good as the best at half their score."""
    kept: list[Answer] = answers[:1]
    for answer in answers[1:]:
        others = [(other.lat, other.lon) for other in kept]
        if (sphere.great_circle_m((answer.lat, answer.lon), others) > SAME_PLACE_M).all():
            kept.append(answer)
    rivals = [answer for answer in kept if answer.score == kept[0].score]
    if len(rivals) < 2:
        return kept
    halved = [replace(answer, score=round(answer.score / 2, 3)) for answer in rivals]
    return [*halved, *kept[len(rivals) :]]
