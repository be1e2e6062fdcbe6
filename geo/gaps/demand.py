"""Demand: where people live, how many, and who they are.

One row is a block group of the census of 2020, at its centre of population. Who lives there is
known only by ZIP code (American Community Survey 2018-2022): a block group is given the shares of
its ZIP code. Which block group is in which ZIP code or city is not known either, only the middle
of each and how many people it has. So each is *filled* with people until it has as many as are
known to live there, in the way that moves people least (`matching`). To take the nearest middle
instead goes badly wrong: all of Brawley is nearer to the middle of Westmorland's ZIP code, so that
nearly twice as many would count as poor there as the survey finds in both.
"""

from collections.abc import Hashable
from functools import partial
from threading import Condition

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from cachetools import LRUCache, cached
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo import areas
from geo.i18n import mark
from geo.sphere import EARTH_RADIUS_M

Floats = NDArray[np.float64]

GROUPS = {
    "poverty": mark("People below the poverty line"),
    "no_vehicle": mark("People in homes without a car"),  # the homes' share, put on people
    "under_18": mark("Under 18"),
    "over_65": mark("65 and older"),
    "hispanic": mark("Hispanic or Latino"),
}


def load() -> pd.DataFrame:
    """Return every block group, index 0 to n-1.

    Columns: `geoid`, `county`, `lat`, `lon` (degrees), `people`, `zip`, `city` ('' outside any),
    `edge_m` (metres in a straight line to the county line), and for each of `GROUPS` how many
    people, as a float: an estimate; NaN where its ZIP code has no figure.

    >>> load().groupby("county")["people"].sum().to_dict()
    {'imperial': 179702, 'san_joaquin': 779233}
    """
    return _load().copy()


@cached(LRUCache[Hashable, gpd.GeoDataFrame](1), condition=Condition())
def cells() -> gpd.GeoDataFrame:
    """Return an area to draw for each block group, in the order of `load`: `geoid`, `geometry`.

    A cell is all of the county that is nearer to this centre than to any other. It is not the
    outline of the block group, which is not at hand; together they fill the county without gaps.
    """
    frame = _load()
    drawn = np.empty(len(frame), dtype=object)
    for county, outline in _outlines().items():
        rows = np.flatnonzero(frame["county"] == county)
        middle = outline.centroid.y
        points = _flat(frame[["lon", "lat"]].to_numpy()[rows], middle)
        ground = shapely.transform(outline, partial(_flat, middle=middle))
        parts = shapely.voronoi_polygons(
            shapely.MultiPoint(points), extend_to=ground.envelope, ordered=True
        )
        clipped = shapely.intersection(shapely.get_parts(parts), ground)
        drawn[rows] = shapely.transform(clipped, partial(_round, middle=middle))
    return gpd.GeoDataFrame({"geoid": frame["geoid"]}, geometry=drawn, crs="EPSG:4326")


@cached(LRUCache[Hashable, pd.DataFrame](1), condition=Condition())
def _load() -> pd.DataFrame:
    rows = pd.DataFrame(areas.rows("blockgroups"))
    points = rows[["latitude", "longitude"]].astype(float)
    people = rows["population_2020"].astype(int)
    shares = pd.DataFrame(areas.rows("zip_people")).set_index("zip")[[*GROUPS]]
    known = shares.apply(pd.to_numeric, errors="coerce").reindex(rows["zip"]).to_numpy(float)
    frame = pd.DataFrame(
        {
            "geoid": rows["geoid"],
            "county": rows["county"],
            "lat": points["latitude"],
            "lon": points["longitude"],
            "people": people,
            "zip": rows["zip"],
            "city": rows["city"],
            "edge_m": edge_m(rows["county"], points[["longitude", "latitude"]]),
        }
    )
    return frame.assign(**dict(zip(GROUPS, (known * people.to_numpy()[:, None]).T, strict=True)))


def county_of(points: Floats) -> "NDArray[np.object_]":
    """Return the county that each point (lat, lon) lies in, shape (n,); '' for neither.

    >>> county_of(np.array([[32.79, -115.56], [34.05, -118.24]])).tolist()
    ['imperial', '']
    """
    spots = shapely.points(points[:, ::-1])
    found = np.full(len(points), "", dtype=object)
    for county, outline in _outlines().items():
        found[shapely.covers(outline, spots)] = county
    return found


def edge_m(counties: "pd.Series[str]", lonlat: pd.DataFrame) -> Floats:
    """Return how far each point (lon, lat) is from the line of its county, in metres."""
    points = lonlat.to_numpy(float)
    metres = np.full(len(points), np.nan)
    for county, outline in _outlines().items():
        rows = np.flatnonzero(counties == county)
        middle = outline.centroid.y
        line = shapely.transform(outline.boundary, partial(_flat, middle=middle))
        metres[rows] = shapely.distance(shapely.points(_flat(points[rows], middle)), line)
    return metres


@cached(LRUCache[Hashable, dict[str, BaseGeometry]](1), condition=Condition())
def _outlines() -> dict[str, BaseGeometry]:
    return {
        feature["properties"]["key"]: shape(feature["geometry"])
        for feature in areas.features("counties")
    }


def _flat(degrees: Floats, middle: float) -> Floats:
    """Return (lon, lat) as metres east and north, right near the latitude `middle`.

    Across one of these counties it is wrong by less than 1 %.
    """
    across = np.array([np.cos(np.radians(middle)), 1.0])
    metres: Floats = EARTH_RADIUS_M * np.radians(degrees) * across
    return metres


def _round(metres: Floats, middle: float) -> Floats:
    """Return what `_flat` flattened as (lon, lat) again."""
    across = np.array([np.cos(np.radians(middle)), 1.0])
    degrees: Floats = np.degrees(metres / EARTH_RADIUS_M / across)
    return degrees
