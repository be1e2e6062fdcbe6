"""Places: rules on where a service is: points, ZIP codes, towns, and whether they agree."""

import re
from collections.abc import Iterator

from geo.catalogue import records, whereabouts
from geo.catalogue.bounds import BOXES, DEGREES, EARTH, are_degrees, is_inside
from geo.catalogue.issue import Issue, Said
from geo.catalogue.rows import Row, Rows


def points(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each point that is half, no number, unsourced or not in its county."""
    for row in rows:
        for column, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if row[column] and not DEGREES.fullmatch(row[column]):
                yield row.issue(column, "degrees such as 32.7921", "Correct it, or empty both.")
            if row[column] and not row[other]:
                yield row.issue(other, "latitude and longitude, or neither", "Fill it in.")
        if are_degrees([row["latitude"], row["longitude"]]):
            yield from _misplaced(row, float(row["latitude"]), float(row["longitude"]))


def _misplaced(row: Row, lat: float, lon: float) -> Iterator[Issue]:
    county = row["county"]
    if not row["location_source"]:
        yield row.issue("location_source", records.COLUMNS["location_source"], "Fill it in.")
    if county in records.PLACES and county != "outside" and county not in BOXES:
        fix = "Name the county that the point lies in, or empty the point."
        yield row.issue("county", "imperial, san_joaquin or outside, for there is a point", fix)
    box = EARTH if county == "outside" else BOXES.get(county)
    if box and not is_inside(box, lat, lon):
        south, north, west, east = box
        wanted = f"a point in {records.PLACES[county]}" if county in BOXES else "a point on earth"
        wanted += f", latitude {south} to {north} and longitude {west} to {east}"
        found = Said(f"{row['latitude']}, {row['longitude']}")
        yield row.issue("latitude", wanted, _mend_point(box, lat, lon), found)


def _mend_point(box: tuple[float, float, float, float], lat: float, lon: float) -> str:
    if is_inside(box, lon, lat):
        return "Are the two swapped?"
    if is_inside(box, lat, -lon):
        return "Is the minus sign of the longitude missing?"
    for county, other in BOXES.items():
        if is_inside(other, lat, lon):
            return f"It lies in {records.COUNTIES[county]}: is the county right?"
    return "Correct it, or empty both."


def precision(rows: Rows) -> Iterator[Issue]:
    """Yield an issue where a public row says it knows its place better or worse than it does."""
    for row, column, found in rows.filled("location_precision"):
        point = row["latitude"] or row["longitude"]
        if not row.is_public or found not in records.PRECISIONS:
            continue
        if found in ("exact", "street") and not point:
            fix = "Fill in latitude and longitude, or write zip, city or none."
            yield row.issue(column, "zip, city or none, for there is no point", fix)
        elif found not in ("exact", "street") and point:
            fix = "Write exact or street if the source gives this very address, else empty both."
            yield row.issue(column, "exact or street, for there is a point", fix)
        elif found in ("zip", "city") and not row[found]:
            yield row.issue(column, f"a row whose {found} is filled", f"Fill the {found} in.")


def zips(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each ZIP code that is not five digits or not in the county named."""
    for row, column, found in rows.filled("zip"):
        county, home = row["county"], rows.zip_counties.get(found)
        if not re.fullmatch(r"[0-9]{5}", found):
            yield row.issue(column, "five digits", "Correct it, or empty it.")
        elif county in records.COUNTIES and home != county:
            wanted = f"a ZIP code of {records.COUNTIES[county]}"
            known = records.COUNTIES.get(home or "")
            fix = f"It is in {known}: which is right?" if known else "Correct it, or empty it."
            yield row.issue(column, wanted, fix)


def at_odds(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each public row whose town, ZIP code, county and point do not agree."""
    for row in rows:
        if row.is_public and not row.lacks_release:
            for one in whereabouts.at_odds(row.place):
                point = Said(f"{row['latitude']}, {row['longitude']}")
                found = point if one.column == "latitude" else None
                yield row.issue(one.column, one.wanted, one.fix, found)
