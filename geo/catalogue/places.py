"""Places: rows of the catalogue -> located places, each with what may be shown of where it is."""

import geopandas as gpd
import numpy as np
import pandas as pd

from geo import areas
from geo.catalogue import records


def locate(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return `rows` with what the rest of the library works on.

    Added: `lat`, `lon` (degrees; NaN without a place), `radius_m` (0 for a point, else that of the
    area it is somewhere in), `geometry`, `types`, `serves`, `spoken` (lists), `group` (the number
    of its mark) and `is_line` (bool). The index counts from 0: the number of a place on the map.
    """
    places = rows.reset_index(drop=True)
    lat = pd.to_numeric(places["latitude"], errors="coerce").astype(float).to_numpy(copy=True)
    lon = pd.to_numeric(places["longitude"], errors="coerce").astype(float).to_numpy(copy=True)
    radius = np.zeros(len(places))
    about = places[["location_precision", "city", "zip"]].itertuples(index=False, name=None)
    for number, (precision, city, zip_code) in enumerate(about):
        area = areas.around(city, zip_code) if precision in ("zip", "city") else None
        if area:
            lat[number], lon[number], radius[number] = area.lat, area.lon, area.radius_m
    types = [records.split(cell) for cell in places["service_types"]]
    places = places.assign(
        lat=lat,
        lon=lon,
        radius_m=radius,
        types=types,
        serves=[records.split(cell) for cell in places["counties_served"]],
        spoken=[records.split(cell) for cell in places["languages"]],
        group=np.array([records.group_of(kinds) for kinds in types], dtype=int),
        is_line=np.array(["hotline" in kinds for kinds in types], dtype=bool),
    )
    points = gpd.points_from_xy(lon, lat, crs="EPSG:4326")
    points[np.isnan(lat)] = None
    return gpd.GeoDataFrame(places, geometry=points)
