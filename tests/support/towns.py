"""Towns: made-up streets in the form of the TIGER/Line EDGES file of a county."""

import zipfile

import geopandas as gpd
import pyogrio
import shapely

from geo.__main__ import main

EDGE = {  # every field of EDGES, as it is where nothing else is said
    "STATEFP": "06",
    "COUNTYFP": "077",
    "TLID": 0,
    "TFIDL": 1,
    "TFIDR": 2,
    "MTFCC": "S1400",
    "FULLNAME": None,
    "SMID": "2417",
    "LFROMADD": None,
    "LTOADD": None,
    "RFROMADD": None,
    "RTOADD": None,
    "ZIPL": None,
    "ZIPR": None,
    "FEATCAT": None,
    "HYDROFLG": "N",
    "RAILFLG": "N",
    "ROADFLG": "Y",
    "OLFFLG": "N",
    "PASSFLG": None,
    "DIVROAD": None,
    "EXTTYP": "N",
    "TTYP": None,
    "DECKEDROAD": None,
    "ARTPATH": None,
    "PERSIST": None,
    "GCSEFLG": "N",
    "OFFSETL": "N",
    "OFFSETR": "N",
    "TNIDF": 0,
    "TNIDT": 0,
}


def edges(rows):
    """Return an EDGES table; a row gives `line`, (lon, lat) of its points, and any field."""
    made = [EDGE | {"TLID": 600 + number} | row for number, row in enumerate(rows)]
    lines = [shapely.LineString(row.pop("line")) for row in made]
    return gpd.GeoDataFrame(made, geometry=lines, crs="EPSG:4269")


def pack(folder, table, county="06077", year=2025):
    """Put an EDGES table into a zip as the Census Bureau names it; return its path."""
    stem = f"tl_{year}_{county}_edges"
    folder.mkdir(parents=True, exist_ok=True)
    pyogrio.write_dataframe(table, folder / f"{stem}.shp", driver="ESRI Shapefile")
    parts = [part for part in sorted(folder.glob(f"{stem}.*")) if part.suffix != ".zip"]
    with zipfile.ZipFile(folder / f"{stem}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for part in parts:
            packed.write(part, part.name)
            part.unlink()
    return folder / f"{stem}.zip"


def lay(folder):
    """Import made-up streets: a grid over Tracy, a road in El Centro. The setting is `STREETS`."""
    road = {"line": [(-115.57, 32.79), (-115.54, 32.79)], "TNIDF": 1, "TNIDT": 2, "TLID": 1}
    towns = {
        "06077": grid(size=8, step=0.01, south_west=(37.7, -121.47)),
        "06025": [road | {"COUNTYFP": "025"}],
    }
    for county, rows in towns.items():
        path = pack(folder / county, edges(rows), county)
        assert main(["streets", "--from", str(path)]) == 0


def node(row, column, size):
    return 1_000 + row * size + column


def grid(size=4, step=0.002, south_west=(37.73, -121.43), county="06077"):
    """Return the streets of a town of `size` x `size` crossings, some of each kind of edge.

    Streets run west to east as '1st St', avenues south to north as 'A Ave', each block 100 house
    numbers: even on the right. A railway and a river bank cross it; they are no streets.
    """
    south, west = south_west
    at = lambda row, column: (west + column * step, south + row * step)  # noqa: E731
    rows = []
    for row in range(size):
        for column in range(size):
            block = 100 * (column + 1)
            if column + 1 < size:
                rows.append(
                    {
                        "line": [at(row, column), at(row, column + 1)],
                        "TNIDF": node(row, column, size),
                        "TNIDT": node(row, column + 1, size),
                        "FULLNAME": f"E {row + 1}th St",
                        "LFROMADD": str(block + 1),
                        "LTOADD": str(block + 99),
                        "RFROMADD": str(block),
                        "RTOADD": str(block + 98),
                        "ZIPL": "95376",
                        "ZIPR": "95376",
                    }
                )
            if row + 1 < size:
                rows.append(
                    {
                        "line": [at(row, column), at(row + 1, column)],
                        "TNIDF": node(row, column, size),
                        "TNIDT": node(row + 1, column, size),
                        "FULLNAME": f"{chr(65 + column)} Ave",
                    }
                )
    ends = [at(-1, 0), at(size, size)]
    rows.append({"line": ends, "MTFCC": "R1011", "RAILFLG": "Y", "ROADFLG": "N"})
    rows.append({"line": ends, "MTFCC": "H3010", "HYDROFLG": "Y", "ROADFLG": "N"})
    for row in rows:
        row["COUNTYFP"] = county[2:]
    return rows
