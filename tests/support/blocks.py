"""Blocks: made-up towns with house numbers, and addresses there with the truth of where they are.

Nothing here uses the geocoder: names are spelled from a table, places are measured by pyproj.
"""

import random
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from geo.streets import parquet
from geo.streets.store import Streets

SIZE, STEP_DEG = 6, 0.0016
FACE_M = 25.0  # how far from the middle of the street a block face reaches
TOWNS = (  # name, ZIP codes west and east of the middle, south-west corner, county number
    ("Lodi", ("95242", "95240"), (38.12, -121.29), "06077"),
    ("Stockton", ("95203", "95202"), (37.95, -121.30), "06077"),
    ("Tracy", ("95376", "95376"), (37.73, -121.44), "06077"),
    ("Brawley", ("92227", "92227"), (32.97, -115.54), "06025"),
    ("El Centro", ("92243", "92243"), (32.78, -115.57), "06025"),
)
# As TIGER/Line has it, and as people write it.
ROWS = (
    ("{} 1st St", ("{} 1st St", "{} First Street", "{} 1ST STREET", "{} first st.")),
    ("{} El Dorado St", ("{} El Dorado St", "{} el dorado street", "{} El Dorado Str")),
    ("{} Main St", ("{} Main St", "{} Main Street", "{} main st.")),
    ("{} State Hwy 111", ("{} State Highway 111", "{} CA-111", "{} Hwy 111", "{} State Rte 111")),
    ("{} St Marks Blvd", ("{} Saint Marks Boulevard", "{} St. Mark's Blvd")),
    ("{} 22nd Ave", ("{} 22nd Avenue", "{} Twenty-Second Ave", "{} twenty second av")),
)
COLUMNS = (
    ("{} A St", ("{} A Street", "{} A St")),
    ("{} Grant Line Rd", ("{} Grant Line Road", "{} grant line rd")),
    ("{} Center Ave", ("{} Center Avenue", "{} Center Ave")),
    ("{} West Ln", ("{} West Lane", "{} west ln")),
    ("{} Muñoz Way", ("{} Muñoz Way", "{} Munoz Way")),
    ("{} Hospital Dr", ("{} Hospital Drive", "{} HOSPITAL DR")),
)
WAYS = {
    "N": ("N", "North", "n."),
    "S": ("S", "South"),
    "E": ("E", "East", "E."),
    "W": ("W", "west"),
}
UNITS = ("", "", "", ", Suite 103", " Apt 4", " #12", ", 2nd Floor", ", Ste D-470", " Unit B")
UTM = {"06077": "EPSG:32610", "06025": "EPSG:32611"}


@dataclass(frozen=True)
class Home:
    """An address as somebody writes it, and what is true of it."""

    line: str
    city: str
    zip: str
    county: str
    town: str
    number: int
    face: shapely.Polygon  # in metres of `crs`
    crs: str

    def distance_m(self, lat, lon):
        """Return how far a point is from the block face, 0 on it."""
        to_metres = pyproj.Transformer.from_crs("EPSG:4326", self.crs, always_xy=True).transform
        return self.face.distance(shapely.Point(to_metres(lon, lat)))


def make(count, seed=20_261_122):
    """Return made-up streets, and `count` addresses on them."""
    dice = random.Random(seed)
    rows, faces = [], []
    for town in TOWNS:
        for row in _edges(town, dice):
            row["tlid"] = 1_000 + len(rows)
            faces += [(town, row, side) for side in ("left", "right") if row[f"{side}_from"]]
            rows.append(row)
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    streets = Streets(frame, {"06025": 2025, "06077": 2025}, "made up")
    return streets, [_home(*dice.choice(faces), dice) for _ in range(count)]


def lay(folder, count=40):
    """Put made-up streets into a folder as an import does; return addresses there."""
    known, homes = make(count)
    for county in known.years:
        frame = known.frame[known.frame["county"].eq(county)]
        number = np.arange(len(frame))
        frame = frame.assign(from_node=number, to_node=number + 1, mtfcc="S1400")
        frame = frame.assign(drive=True, walk=True)
        frame.attrs = {"year": 2025, "sources": ["made up"], "imported_on": "2026-11-22"}
        parquet.write(frame, folder / f"{county}.parquet")
    return homes


def town_of(lat, lon):
    """Return the town in whose grid a point lies, '' for none."""
    reach = STEP_DEG * SIZE
    for name, _, (south, west), _ in TOWNS:
        inside = south - 0.002 < lat < south + reach and west - 0.002 < lon < west + reach
        if inside:
            return name
    return ""


def _edges(town, dice):
    """Yield the blocks of a town: numbers grow away from the middle, as in most towns here."""
    _, zips, (south, west), county = town
    half = SIZE // 2
    for across in (True, False):
        for place, (name, spelled) in enumerate(ROWS if across else COLUMNS):
            for block in range(SIZE - 1):
                ends = [(block, place), (block + 1, place)]
                if not across:
                    ends = [(place, block), (place, block + 1)]
                line = [(west + x * STEP_DEG, south + y * STEP_DEG) for x, y in ends]
                (x1, y1), (x2, y2) = line
                bend = dice.uniform(-1, 1) * STEP_DEG / 20
                line.insert(1, ((x1 + x2) / 2 + bend, (y1 + y2) / 2 + bend))
                outwards = block >= half - 1
                way = ("E" if outwards else "W") if across else ("N" if outwards else "S")
                low = 100 * (1 + (block - half + 1 if outwards else half - 2 - block))
                numbers = (low, low + 98) if outwards else (low + 98, low)
                odd = tuple(number + 1 for number in numbers)
                zip_code = zips[0] if (x1 + x2) / 2 < west + (half - 1) * STEP_DEG else zips[1]
                yield _edge(
                    line, numbers, odd, name.format(way), spelled, way, zip_code, county, dice
                )


def _edge(line, even, odd, name, spelled, way, zip_code, county, dice):
    """Return an edge whose line may run either way, with even numbers on either side."""
    if dice.random() < 0.5:
        line, even, odd = line[::-1], even[::-1], odd[::-1]
    left, right = (even, odd) if dice.random() < 0.5 else (odd, even)
    if dice.random() < 0.1:
        left = ("", "")
    geometry = shapely.LineString(line)
    return {
        "name": name,
        "spelled": spelled,
        "way": way,
        "county": county,
        "left_from": str(left[0]),
        "left_to": str(left[1]),
        "right_from": str(right[0]),
        "right_to": str(right[1]),
        "left_zip": zip_code if left[0] else "",
        "right_zip": zip_code,
        "length_m": pyproj.Geod(ellps="WGS84").geometry_length(geometry),
        "geometry": geometry,
    }


def _home(town, row, side, dice):
    number = dice.choice(sorted({*_numbers(row[f"{side}_from"], row[f"{side}_to"])}))
    crs = UTM[row["county"]]
    to_metres = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    line = shapely.transform(row["geometry"], to_metres, interleaved=False)
    reach = FACE_M if side == "left" else -FACE_M
    face = line.buffer(reach, single_sided=True)
    street = dice.choice(row["spelled"]).format(dice.choice(WAYS[row["way"]]))
    given = dice.choice(("both", "both", "zip", "city"))
    return Home(
        line=f"{number} {street}{dice.choice(UNITS)}",
        city="" if given == "zip" else town[0],
        zip="" if given == "city" else row["right_zip"],
        county={"06077": "san_joaquin", "06025": "imperial"}[row["county"]],
        town=town[0],
        number=number,
        face=face,
        crs=crs,
    )


def _numbers(first, last):
    low, high = sorted((int(first), int(last)))
    return range(low, high + 1, 2)
