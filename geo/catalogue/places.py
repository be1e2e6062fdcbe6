"""Places: rows of the catalogue -> located places, each with what may be shown of where it is.

What may be shown is decided here, once. Every other module reads `is_public`, `has_point` and
`is_exact`, never the policy.
"""

from collections.abc import Mapping
from typing import TypedDict

import geopandas as gpd
import numpy as np
import pandas as pd

from geo import areas
from geo.catalogue import records
from geo.catalogue.history import Check, Checks
from geo.catalogue.sources import Source, Sources


class Entry(TypedDict):
    """One place or line: the columns of `records.COLUMNS` as text, and what `locate` adds."""

    id: str
    name: str
    organization: str
    service_types: str
    description_en: str
    description_es: str
    street: str
    city: str
    zip: str
    county: str
    counties_served: str
    latitude: str
    longitude: str
    location_precision: str
    location_source: str
    location_policy: str
    release_ref: str
    phone: str
    phone_note: str
    phone_note_es: str
    text_line: str
    text_word: str
    text_word_es: str
    website: str
    hours: str
    hours_note: str
    hours_note_es: str
    languages: str
    eligibility: str
    eligibility_es: str
    for_survivors: str
    required_documents: str
    fees: str
    fees_note: str
    fees_note_es: str
    walk_in: str
    wheelchair: str
    status: str
    status_note: str
    status_note_es: str
    source_name: str
    source_ref: str
    source_date: str
    verified_on: str
    verified_by_role: str
    confidence: str
    feed: str  # whose feed told it, '' for an entry of ours
    lat: float  # degrees, WGS 84; NaN where no point may be shown or none is known
    lon: float
    radius_m: float  # of the area it is somewhere in; 0 for a point
    types: list[str]
    serves: list[str]
    spoken: list[str]
    group: int  # the number of its mark, -1 for none
    is_line: bool
    is_public: bool  # where it is may be shown, as far as it is known
    is_private: bool  # it has a place that is kept private
    has_point: bool  # public, and at least its ZIP code or city is known
    is_exact: bool  # public, and known to the street or better
    sources: Mapping[str, Source]  # by field, of the facts that the row's own source does not say
    checks: Mapping[str, Check]  # by field, of the facts that one of us confirmed by themselves


def is_public(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Return of which rows it may be shown where they are."""
    return rows["location_policy"].eq("public")


def locate(
    rows: pd.DataFrame, sources: Sources | None = None, checks: Checks | None = None
) -> gpd.GeoDataFrame:
    """Return `rows` with what the rest of the library works on: the columns of `Entry`.

    A row that is not public has no point, whatever stands in its cells. `geometry` is a point in
    EPSG:4326, None without one. The index counts from 0: the number of a place on the map.
    """
    places = rows.reset_index(drop=True)
    public = is_public(places).to_numpy()
    lat, lon = (
        pd.to_numeric(places[name], errors="coerce").astype(float).where(public).to_numpy(copy=True)
        for name in ("latitude", "longitude")
    )
    radius = np.zeros(len(places))
    about = places[["location_precision", "city", "zip"]].itertuples(index=False, name=None)
    for number, (precision, city, zip_code) in enumerate(about):
        known = public[number] and precision in ("zip", "city")
        area = areas.around(city, zip_code) if known else None
        if area:
            lat[number], lon[number], radius[number] = area.lat, area.lon, area.radius_m
    types = [records.split(cell) for cell in places["service_types"]]
    has_point = np.isfinite(lat) & np.isfinite(lon)
    places = places.assign(
        feed=places.get("feed", ""),
        lat=lat,
        lon=lon,
        radius_m=radius,
        types=types,
        serves=[records.split(cell) for cell in places["counties_served"]],
        spoken=[records.split(cell) for cell in places["languages"]],
        group=np.array([records.group_of(kinds) for kinds in types], dtype=int),
        is_line=np.array(["hotline" in kinds for kinds in types], dtype=bool),
        is_public=public,
        is_private=places["location_policy"].eq("area_only").to_numpy(),
        has_point=has_point,
        is_exact=has_point & (radius == 0),
        sources=[(sources or {}).get(entry, {}) for entry in places["id"]],
        checks=[(checks or {}).get(entry, {}) for entry in places["id"]],
    )
    points = gpd.points_from_xy(lon, lat, crs="EPSG:4326")
    points[np.isnan(lat)] = None
    return gpd.GeoDataFrame(places, geometry=points)
