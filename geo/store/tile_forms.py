"""Tile forms: the two forms in which a tile goes out: Mapbox Vector Tile, and GeoJSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from psycopg import Connection
from psycopg.types.json import Jsonb

from geo import sphere
from geo.catalogue import records

CLOSEST = 20  # the last zoom that there are tiles of; the first is 0
STEPS = 4096  # across a tile
GROUPS = (*(group.key for group in records.GROUPS), "other")  # "other": a place that is in none
VECTOR = f"""
WITH place AS (
  SELECT p.n, p.id, p.name, p."group", p.off_m, ST_Point(p.x, p.y) AS at
  FROM jsonb_to_recordset(%s)
    AS p (n integer, id text, name text, "group" text, off_m integer, x integer, y integer)
), cluster AS (
  SELECT c.places, {", ".join(f"c.{name}" for name in GROUPS)}, ST_Point(c.x, c.y) AS at
  FROM jsonb_to_recordset(%s)
    AS c (places integer, {" integer, ".join(GROUPS)} integer, x integer, y integer)
)
SELECT coalesce((SELECT ST_AsMVT(place, 'places', {STEPS}, 'at', 'n') FROM place), '')
  || coalesce((SELECT ST_AsMVT(cluster, 'clusters', {STEPS}, 'at') FROM cluster), '')
"""

Feature = dict[str, Any]


@dataclass(frozen=True)
class Square:
    """A square of the world: so many columns from the west, so many rows from the north."""

    zoom: int
    x: int
    y: int

    @property
    def is_there(self) -> bool:
        """Return whether the world has such a square, and its zoom has tiles."""
        return self.zoom <= CLOSEST and max(self.x, self.y) < 2**self.zoom


@dataclass(frozen=True)
class Tile:
    """What is in a square; `x` and `y` of a feature are those of the world, from 0 to 1."""

    square: Square
    places: Sequence[Feature]  # number in the catalogue, id, name, group, metres it may be off
    clusters: Sequence[Feature]  # of how many places, and of how many of each group among them


def vector(found: Connection, tile: Tile) -> bytes:
    """Return a tile as Mapbox Vector Tile: the layers "places" and "clusters", each if it has any.

    Raises
    ------
    psycopg.Error : the database did not write it
    """
    square = tile.square

    def in_steps(feature: Feature) -> Feature:
        x, y = (feature[axis] * 2**square.zoom for axis in ("x", "y"))
        return feature | {"x": int((x - square.x) * STEPS), "y": int((y - square.y) * STEPS)}

    layers = [Jsonb([*map(in_steps, layer)]) for layer in (tile.places, tile.clusters)]
    row = found.execute(VECTOR.encode(), layers).fetchone()
    assert row is not None
    return bytes(row[0])


def geojson(_: Connection, tile: Tile) -> bytes:
    """Return a tile as points; a place is one that has a name."""
    features = [*tile.places, *tile.clusters]
    spots = [(feature["x"] - 0.5, 0.5 - feature["y"]) for feature in features]
    metres = np.array(spots).reshape(-1, 2) * (2 * np.pi * sphere.EARTH_RADIUS_M)
    told = [
        {
            "type": "Feature",
            "properties": {name: of for name, of in feature.items() if name not in ("x", "y")},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for feature, (lat, lon) in zip(
            features, sphere.on_globe(metres).round(6).tolist(), strict=True
        )
    ]
    collection = {"type": "FeatureCollection", "features": told}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


FORMS: Mapping[str, Callable[[Connection, Tile], bytes]] = {"mvt": vector, "json": geojson}
