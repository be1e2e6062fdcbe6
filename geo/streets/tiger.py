"""Tiger: the EDGES file of a county, from the TIGER/Line shapefiles of the US Census Bureau.

The edges of a county are every line on its map: streets, rails, water, boundaries. They meet at
nodes that are the same in the files of all counties of a year. Public domain.

Source of fields and classes: TIGER/Line Shapefiles Technical Documentation, US Census Bureau,
chapter 4.2 (all lines) and appendix E (MTFCC). It tells no speed, no one-way street and no turn
that is forbidden.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely

from geo.errors import StreetsError
from geo.files import regular

TEXTS = {
    "name": "FULLNAME",
    "mtfcc": "MTFCC",
    "left_from": "LFROMADD",
    "left_to": "LTOADD",
    "right_from": "RFROMADD",
    "right_to": "RTOADD",
    "left_zip": "ZIPL",
    "right_zip": "ZIPR",
}
NUMBERS = {"tlid": "TLID", "from_node": "TNIDF", "to_node": "TNIDT"}
FIELDS = ("STATEFP", "COUNTYFP", "ROADFLG", *NUMBERS.values(), *TEXTS.values())

# What a class is open to. Private roads (S1740), those of the Census only (S1750), winter trails
# (S1810) and medians (S2000) are for neither; a four-wheel-drive trail (S1500) is not for any car.
DRIVE = frozenset({"S1100", "S1200", "S1400", "S1630", "S1640", "S1730", "S1780"})
WALK = frozenset(
    {"S1200", "S1400", "S1500", "S1640", "S1710", "S1720", "S1730", "S1780", "S1820", "S1830"}
)
NAME = re.compile(r"tl_(\d{4})_(\d{5})_edges")
ROUNDED = 6  # digits of a degree: 0.1 m
FIX = "Fetch it again; a file tl_YEAR_COUNTY_edges.zip is wanted."


def name(year: int, county: str) -> str:
    """Return what the file of a county is called.

    >>> name(2025, "06077")
    'tl_2025_06077_edges.zip'
    """
    return f"tl_{year}_{county}_edges.zip"


def read(path: Path) -> tuple[str, gpd.GeoDataFrame]:
    """Return the number of the county in a zip, and its streets (`formats.parquet.COLUMNS`).

    `attrs` of the frame tell the `year`.

    Raises
    ------
    StreetsError : it is no zip, damaged, of another kind, or without a street
    """
    content = _content(path)
    year, county = _named(path, content)
    try:
        about = pyogrio.read_info(content)
        missing = [field for field in FIELDS if field not in set(about["fields"])]
        if missing:
            raise _wrong(path, f"no column {', '.join(missing)}", "those of EDGES")
        edges = pyogrio.read_dataframe(content, columns=list(FIELDS))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        if isinstance(error, StreetsError):
            raise
        raise _wrong(path, f"a shapefile that cannot be read ({error})", "one that can") from None
    others = {*(edges["STATEFP"] + edges["COUNTYFP"])} - {county}
    if others:
        found = f"edges of {', '.join(map(str, sorted(others, key=str)))}"
        raise _wrong(path, found, f"only those of {county}")
    streets = _streets(edges[edges["ROADFLG"] == "Y"])
    if streets.empty:
        raise _wrong(path, "not one street", "the streets of a county")
    if streets["tlid"].duplicated().any():
        raise _wrong(path, "an edge twice", "each TLID once")
    streets.attrs = {"year": year}
    return county, streets


def _content(path: Path) -> bytes:
    try:
        with regular.open_file(path) as file:
            return file.read()
    except OSError as error:
        raise _wrong(path, f"no file that can be read ({error.strerror})", "a zip file") from None


def _named(path: Path, content: bytes) -> tuple[int, str]:
    """Return year and county of the shapefile in a zip, if both are sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            damaged, inside = packed.testzip(), set(packed.namelist())
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise _wrong(path, f"no zip file that can be read ({error})", "a zip file") from None
    if damaged:
        raise _wrong(path, f"a damaged part ({damaged})", "a sound zip file")
    stems = [file.removesuffix(".shp") for file in inside if file.endswith(".shp")]
    told = NAME.fullmatch(Path(stems[0]).name) if len(stems) == 1 else None
    named = NAME.fullmatch(path.stem)
    if told is None or (named and named.groups() != told.groups()):
        found = f"{', '.join(sorted(stems)) or 'no shapefile'} in it"
        raise _wrong(path, found, "one shapefile tl_YEAR_COUNTY_edges, named as the zip")
    absent = [end for end in (".dbf", ".shx") if stems[0] + end not in inside]
    if absent:
        raise _wrong(path, f"no {' and no '.join(absent)}", "a whole shapefile")
    return int(told[1]), told[2]


def _streets(edges: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    lines = edges.geometry.to_crs("EPSG:4326").array if edges.crs else edges.geometry.array
    drawn = shapely.get_type_id(lines) == 1
    edges, rounded = edges[drawn], shapely.transform(lines[drawn], lambda at: at.round(ROUNDED))
    texts: Mapping[str, pd.Series] = {
        ours: edges[theirs].fillna("").astype(str).str.strip() for ours, theirs in TEXTS.items()
    }
    columns = {ours: edges[theirs].astype(np.int64) for ours, theirs in NUMBERS.items()}
    columns |= {
        "length_m": _length_m(rounded).astype(np.float32),
        "name": texts["name"],
        "mtfcc": texts["mtfcc"],
        "drive": texts["mtfcc"].isin(DRIVE),
        "walk": texts["mtfcc"].isin(WALK),
    }
    frame = pd.DataFrame({**columns, **texts}).reset_index(drop=True)
    return gpd.GeoDataFrame(frame, geometry=np.asarray(rounded), crs="EPSG:4326")


def _length_m(lines: np.ndarray) -> np.ndarray:
    """Return how long each line is on the ellipsoid."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    inside = line[1:] == line[:-1]
    a, b = points[:-1][inside], points[1:][inside]
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(*a.T, *b.T)
    return np.bincount(line[1:][inside], metres, minlength=len(lines))


def _wrong(path: Path, found: str, wanted: str) -> StreetsError:
    return StreetsError(f"{path.name}: found {found}, wanted {wanted}. {FIX}")
