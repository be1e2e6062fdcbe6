"""Base map: the folium map that all pages share, and what it is told to show.

No text of a record ever reaches folium, which would run it as a template. The base map is the
same for every reader and every question, so that it is never loaded anew; its one layer of ours
fetches all points once, as columns, and is then only told which of them to show.
"""

import base64
import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from threading import Condition
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from branca.element import MacroElement
from cachetools import LRUCache, cached
from folium.template import Template
from shapely.geometry import shape

from geo import areas
from geo.catalogue import records
from geo.catalogue.places import locate

SHIELDS_DEG = 0.25  # of a highway, about fifteen miles, between one shield and the next
SOUTH_WEST, NORTH_EAST = (32.6, -122.3), (38.4, -114.4)


class Layer(MacroElement):
    """The layer of ours on a folium map; it takes fixed addresses only."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "serviceMap({{ this._parent.get_name() }}, {{ this.addresses|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, addresses: Mapping[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Layer"
        self.addresses = dict(addresses)


class Chart(folium.Map):
    """A map that is written once, and the same for all who see it from then on.

    Streamlit-folium writes a map at each run of a page, two fifths of what such a run costs.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._id = "div"  # what streamlit-folium calls it, whatever its name: so nothing changes
        self._is_written = False

    def render(self, **options: Any) -> None:  # type: ignore[override]  # as folium's own
        """Write it, if it is not written yet."""
        if not self._is_written:
            super().render(**options)  # type: ignore[no-untyped-call]
            self._is_written = True


@cached(LRUCache[Hashable, Chart](6), condition=Condition())
def build(scripts: tuple[str, ...], styles: tuple[str, ...], **addresses: str) -> Chart:
    """Return the base map, which loads everything from this server, written already.

    `scripts` (Leaflet first) and `styles` are addresses; `addresses` those of the data: 'points',
    'ground', 'cells' for a map of areas, and 'tiles' where the places come in tiles.
    """
    chart = Chart(tiles=None, zoom_control=False, prefer_canvas=True)
    chart.fit_bounds((SOUTH_WEST, NORTH_EAST))
    chart.options.update(max_zoom=18, min_zoom=5, zoom_snap=0.5)
    chart.default_js = [(f"script_{number}", address) for number, address in enumerate(scripts)]
    chart.default_css = [(f"style_{number}", address) for number, address in enumerate(styles)]
    chart.add_child(Layer(addresses))
    chart.get_root().render()
    return chart


def points(places: gpd.GeoDataFrame) -> bytes:
    """Return the columns of all places that have a spot on the map, as JSON.

    `n` numbers of places, `lat` and `lon` in degrees, `g` groups, `r` radius in metres of the area
    a place is somewhere in (0: a point), `name`; `size` the number of all places.
    """
    drawn = places[places["has_point"]]
    columns = {
        "size": len(places),
        "n": drawn.index.tolist(),
        "lat": drawn["lat"].round(5).tolist(),
        "lon": drawn["lon"].round(5).tolist(),
        "g": drawn["group"].tolist(),
        "r": drawn["radius_m"].round().astype(int).tolist(),
        "name": drawn["name"].tolist(),
        "groups": [{"shape": group.key, "colour": group.colour} for group in records.GROUPS],
    }
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()


def no_points() -> bytes:
    """Return the columns of `points` without any place, for a map whose places come in tiles."""
    return points(locate(pd.DataFrame(columns=list(records.COLUMNS), dtype=str)))


def ground() -> bytes:
    """Return what lies under the places, as JSON: outlines, cities and ZIP codes."""
    towns = [area for area in areas.load().values() if area.kind != "county"]
    counties = [area for area in areas.load().values() if area.kind == "county"]
    highways = areas.features("highways")
    columns = {
        "outlines": areas.features("outline") + areas.features("counties"),
        "highways": [
            {
                "type": "Feature",
                "properties": {"name": way["properties"]["name"]},
                "geometry": way["geometry"],
            }
            for way in highways
        ],
        "shields": [shield for way in highways for shield in _shields(way)],
        "frames": [{"key": county.key, "view": view(county)} for county in reversed(counties)],
        "labels": [
            [
                area.name,
                area.kind,
                round(area.lat, 4),
                round(area.lon, 4),
                round(area.area_m2 / 1e6),
            ]
            for area in towns
            if area.area_m2
        ],
        "counties": [[area.name, view(area)[1][0], area.lon] for area in counties],
    }
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()


def _shields(way: Mapping[str, Any]) -> Iterator[list[object]]:
    """Yield where the shield of a highway may stand: its name, latitude and longitude."""
    line = shape(way["geometry"])
    many = max(1, round(line.length / SHIELDS_DEG))
    for number in range(many):
        spot = line.interpolate((number + 0.5) / many, normalized=True)
        yield [way["properties"]["name"], round(spot.y, 4), round(spot.x, 4)]


def bits(numbers: Sequence[int] | np.ndarray, size: int) -> str:
    """Return which of `size` places are meant: one bit each, first place first, as base64.

    >>> bits([0, 9], 10)
    'gEA='
    """
    flags = np.zeros(size, dtype=bool)
    flags[np.asarray(numbers, dtype=int)] = True
    return base64.b64encode(np.packbits(flags).tobytes()).decode()


def view(where: areas.Area | None) -> list[list[float]]:
    """Return the corners (south-west, north-east) to show for what a reader chose.

    The whole of both counties for nothing; the county; else what lies around a city, a ZIP code or,
    closer, an address.
    """
    if where is None:
        return [list(SOUTH_WEST), list(NORTH_EAST)]
    if where.kind == "county":
        shape = next(f for f in areas.features("counties") if f["properties"]["key"] == where.key)
        ring = np.array(shape["geometry"]["coordinates"][0])
        return [ring.min(axis=0)[::-1].tolist(), ring.max(axis=0)[::-1].tolist()]
    least = 0.025 if where.kind == "address" else 0.07
    reach = min(0.25, max(least, 1.6 * where.radius_m / 111_000))
    return [
        [where.lat - reach, where.lon - reach * 1.2],
        [where.lat + reach, where.lon + reach * 1.2],
    ]


def around(points: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the corners (south-west, north-east) of a view with all of `points` well inside.

    >>> around([(38.0, -121.0), (38.0, -121.5)])
    [[37.985, -121.575], [38.015, -120.925]]
    """
    corners = np.asarray(points, dtype=float)
    low, high = corners.min(axis=0), corners.max(axis=0)
    edge = np.maximum((high - low) * 0.15, 0.015)
    return [(low - edge).round(4).tolist(), (high + edge).round(4).tolist()]
