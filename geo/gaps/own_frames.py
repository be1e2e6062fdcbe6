"""Own frames: a planner's own data put into the tables that an answer is worked out from."""

import numpy as np
import pandas as pd
import shapely

from geo import sphere
from geo.catalogue import records
from geo.errors import QuestionError
from geo.gaps import demand
from geo.gaps.demand import GROUPS
from geo.gaps.own_data import Own, Site
from geo.i18n import mark

OWN_ID = "own-{n}"
COLUMNS = (  # of the frame of `catalogue.load` that an answer needs
    *("id", "name", "types", "serves", "county", "status", "is_line", "has_point", "radius_m"),
    *("confidence", "verified_on", "source_date", "hours", "lat", "lon"),
)


def places(listed: pd.DataFrame, own: Own, kind: str) -> pd.DataFrame:
    """Return the places that count, those of the planner's own as entries of `kind`, at the end.

    More columns: `own` (bool) and `capacity` (NaN: not known). Their index goes on after the list.
    An own site serves both counties, wherever it stands: so places beyond the line come in.

    Raises QuestionError if an id is not on the list.
    """
    number_of = {identity: number for number, identity in enumerate(listed["id"])}
    capacity = pd.Series(np.nan, index=listed.index)
    named = []
    for n, site in enumerate(own.sites, 1):
        if site.id:
            if site.id not in number_of:
                raise QuestionError(
                    mark("Point {n}, id: no entry of the list has this id, and it has no point."),
                    n=n,
                )
            named.append(listed.index[number_of[site.id]])
            capacity[named[-1]] = np.nan if site.capacity is None else site.capacity
    kept = listed.loc[named if own.only else listed.index, [*COLUMNS]]
    kept = kept.assign(own=False, capacity=capacity.loc[kept.index])
    own_rows = [
        _entry(n, site, kind, len(listed) + n)
        for n, site in enumerate((one for one in own.sites if not one.id), 1)
    ]
    if not own_rows:
        return pd.DataFrame(kept)
    added = pd.DataFrame(own_rows).set_index("index")
    return pd.concat([pd.DataFrame(kept), added]) if len(kept) else added


def areas(known: pd.DataFrame, own: Own) -> pd.DataFrame:
    """Return the areas with the planner's own people in place of the census, and `district`.

    Each point is counted in the block group of its county whose center is nearest. That one then
    stands at the middle of its points, weighted by their people; of groups nothing is known.
    """
    if own.people:
        known = _peopled(known, own)
    if own.districts:
        known = known.assign(district=_districts(known, own))
    return known


def _entry(n: int, site: Site, kind: str, number: int) -> dict[str, object]:
    return {
        "index": number,
        "id": OWN_ID.format(n=n),
        "name": site.name,
        "types": [kind],
        "serves": list(records.COUNTIES),
        "county": "",
        "status": "open",
        "is_line": False,
        "has_point": True,
        "radius_m": 0.0,
        "confidence": "",
        "verified_on": "",
        "source_date": "",
        "hours": site.hours,
        "lat": site.lat,
        "lon": site.lon,
        "own": True,
        "capacity": np.nan if site.capacity is None else site.capacity,
    }


def _peopled(known: pd.DataFrame, own: Own) -> pd.DataFrame:
    points = np.array([(one.lat, one.lon) for one in own.people])
    people = np.array([one.people for one in own.people], dtype=np.float64)
    apart = sphere.apart_m(points, known[["lat", "lon"]])
    elsewhere = demand.county_of(points)[:, None] != known["county"].to_numpy(object)[None]
    at = np.where(elsewhere, np.inf, apart).argmin(axis=1)
    count = np.bincount(at, people, len(known))
    moved = {
        name: np.divide(
            np.bincount(at, people * points[:, column], len(known)),
            count,
            out=known[name].to_numpy(float, copy=True),
            where=count > 0,
        )
        for column, name in enumerate(("lat", "lon"))
    }
    changed = known.assign(people=count.astype(int), **moved, **dict.fromkeys(GROUPS, np.nan))
    return changed.assign(edge_m=demand.edge_m(changed["county"], changed[["lon", "lat"]]))


def _districts(known: pd.DataFrame, own: Own) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Return the name of the first district that each center lies in; '' outside all."""
    names = np.full(len(known), "", dtype=object)
    centers = shapely.points(known[["lon", "lat"]].to_numpy(float))
    for district in reversed(own.districts):
        shapely.prepare(district.shape)
        names[shapely.covers(district.shape, centers)] = district.name
    return names
