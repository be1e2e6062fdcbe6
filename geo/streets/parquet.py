"""Parquet: the streets of one county as one compact file, written whole or not at all."""

from pathlib import Path

import geopandas as gpd
import pyarrow
import shapely

from geo.errors import StreetsError
from geo.files import regular, whole

SCHEMA = 1  # rises when a column changes its name or meaning
COLUMNS = (
    "tlid",  # int64, the edge: permanent, and the same in the files of two counties it divides
    "from_node",  # int64, the same in all files of a year
    "to_node",
    "length_m",  # float32, along the line on the ellipsoid
    "name",  # as 'N Main St', '' where there is none
    "mtfcc",  # class, such as S1400
    "drive",  # bool: open to the cars of everyone
    "walk",
    "left_from",  # house numbers as text, in the direction of the line; '' where there are none
    "left_to",
    "right_from",
    "right_to",
    "left_zip",
    "right_zip",
    "geometry",  # line, EPSG:4326
)
FIX = "Import it again: `python -m geo streets {county}`."


def write(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Put `frame`, with its `attrs`, into the file at `path`: whole or, if that fails, not at all.

    `attrs` need `year`, `sources` (names of files) and `imported_on` (ISO date).

    Raises
    ------
    StreetsError : the disk does not take it; the old file, if any, is as it was
    """
    kept = frame[list(COLUMNS)]
    kept.attrs = {**frame.attrs, "schema": SCHEMA}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole.swap(path) as beside:
            kept.to_parquet(beside, compression="zstd", index=False)
    except OSError as error:
        fix = "Make room or name another folder (STREETS); the old file, if any, is as it was."
        raise StreetsError(
            f"{path}: cannot be written ({error.strerror or error}). {fix}"
        ) from None


def read(path: Path) -> gpd.GeoDataFrame:
    """Return the streets in a file that `write` made; `attrs` tell year, sources and day.

    Raises
    ------
    StreetsError : it cannot be read, or is of another make
    """
    fix = FIX.format(county=path.stem)
    try:
        with regular.open_file(path) as file:
            frame = gpd.read_parquet(file)
        whole = frame.attrs.get("schema") == SCHEMA and tuple(frame.columns) == COLUMNS
        good = whole and (shapely.get_type_id(frame.geometry.array) == 1).all()
    except (OSError, ValueError, TypeError, pyarrow.ArrowException, shapely.GEOSException) as error:
        why = str(error).partition("\n")[0]
        raise StreetsError(f"{path}: cannot be read ({why}). {fix}") from None
    if not good:
        raise StreetsError(f"{path}: other columns than those of version {SCHEMA}. {fix}")
    return frame
