"""Places: a catalogue of made-up services, as many as wanted and always the same for one seed.

`python -m tests.bench.places 1000 FILE` writes one. Nothing in it is real but the cities and the
ZIP codes; telephone numbers are of the range 555-01xx, which belongs to nobody.
"""

import math
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo import areas
from geo.areas import Area
from geo.catalogue import records
from geo.catalogue.bounds import BOXES
from tests.support import catalogues

SEED = 20_261_122
ID_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
PRECISIONS = ("exact",) * 12 + ("street",) * 6 + ("zip", "city")
HOURS = (
    "",
    "24/7",
    "Mo-Fr 08:00-17:00; PH off",
    "Mo-Th 09:00-12:00,13:00-18:00; Fr 09:00-12:00",
    "Mo-Su 17:00-08:00",
    "Tu,Th 10:00-14:00",
    "We[1,3] 10:00-14:00",
    "Sa 22:00-02:00",
)
LANGUAGES = ("", "en", "en;es", "en;es", "es", "en;es;tl", "en;pa", "en;interpreter")
STREETS = ("Oak Street", "Main Street", "Date Avenue", "Fourth Street", "Harbor Road")
BEGINNINGS = ("Valley", "Delta", "Desert", "Sunrise", "Community", "Hope", "New River", "Central")
AUDIENCES = (("", ""), ("Adults", "Adultos"), ("Families with children", "Familias con niños"))
SURVIVORS = ("domestic_violence", "trafficking")
PLAIN = {  # texts that say nothing of where a place is
    "name": "Made up service",
    "organization": "",
    "description_en": "Call and ask. This record is made up to measure the app.",
    "description_es": "Llame y pregunte. Registro inventado para medir la aplicación.",
    "website": "",
    "source_ref": "made up",
}
SHOWN = {"release_ref": "listed by made up, 2025-01, catalogue editor", "for_survivors": "no"}
MOST_LINES = 33  # as in the real catalogue: lines to call do not grow in number with the places
FARTHEST = 2.5  # half radii of its town, north or east: with more, a check calls it a fault
LAST_LINE = MOST_LINES * len(records.TYPES)


def make(count: int, seed: int = SEED) -> pd.DataFrame:
    """Return `count` made-up services in the columns of `records.COLUMNS`, all of them valid."""
    dice = random.Random(seed)
    towns = [area for area in areas.load().values() if area.kind == "city"]
    weights = [math.sqrt(town.area_m2) for town in towns]
    ids = _ids(count, dice)
    rows = [
        _service(number, ids[number], town, dice)
        for number, town in enumerate(dice.choices(towns, weights, k=count))
    ]
    return pd.DataFrame(rows, columns=list(records.COLUMNS), dtype=str).fillna("")


def _ids(count: int, dice: random.Random) -> list[str]:
    """Return as many ids; with an x in front none is a number or a date."""
    numbers = dice.sample(range(len(ID_SIGNS) ** 5), count)
    return [
        "x"
        + "".join(ID_SIGNS[number // len(ID_SIGNS) ** place % len(ID_SIGNS)] for place in range(5))
        for number in numbers
    ]


def _service(number: int, key: str, town: Area, dice: random.Random) -> dict[str, str]:
    kinds = [kind for kind in records.TYPES if kind != "hotline" or number < LAST_LINE]
    kind = kinds[number % len(kinds)]
    types = [kind]
    if dice.random() < 0.3 and kind not in SURVIVORS:
        types += [dice.choice([k for k in kinds if k not in (*types, *SURVIVORS, "hotline")])]
    label = records.TYPES[kind]
    audience, audience_es = dice.choice(AUDIENCES)
    verified = dice.random() < 0.3
    return {
        "id": key,
        "name": f"{dice.choice(BEGINNINGS)} {label} number {number}",
        "organization": f"{dice.choice(BEGINNINGS)} Partners",
        "service_types": ";".join(types),
        "description_en": f"{label} for people who live near {town.name}. Ask about other help, "
        "such as rides, forms and where to go next. This record is made up to measure the app.",
        "description_es": f"Ayuda para personas que viven cerca de {town.name}. Pregunte por otras "
        "ayudas, como transporte y trámites. Este registro es inventado para medir la aplicación.",
        "counties_served": town.county,
        "status": "open" if number % 50 else "paused",
        "phone": f"{'760' if town.county == 'imperial' else '209'}-555-01{dice.randrange(100):02}",
        "website": f"https://example.org/{key}",
        "hours": dice.choice(HOURS),
        "languages": dice.choice(LANGUAGES),
        "eligibility": audience,
        "eligibility_es": audience_es,
        "required_documents": dice.choice(("", "none", "photo_id;proof_of_address")),
        "fees": dice.choice(("", *records.FEES)),
        "walk_in": dice.choice(("", *records.WALK_IN)),
        "wheelchair": dice.choice(("", *records.WHEELCHAIR)),
        "source_name": "Made up",
        "source_ref": "https://example.org/made-up",
        "source_date": f"{dice.randint(2019, 2025)}-{dice.randint(1, 12):02}",
        "verified_on": f"2025-{dice.randint(1, 12):02}-15" if verified else "",
        "verified_by_role": "volunteer" if verified else "",
        "confidence": dice.choice(list(records.CONFIDENCES)),
        **_place(kind, town, dice),
    }


def _place(kind: str, town: Area, dice: random.Random) -> dict[str, str]:
    """Return the cells that say where a service is, as sure as chance has it."""
    if kind == "hotline":
        return PLAIN | {"county": "both", "location_precision": "none", "location_policy": "none"}
    if dice.random() < (0.5 if kind in SURVIVORS else 0.02):
        policy = {"location_precision": "none", "location_policy": "area_only"}
        return PLAIN | {"county": town.county, **policy}
    cells = {
        "street": f"{dice.randrange(100, 9900)} {dice.choice(STREETS)}",
        "city": town.name,
        "zip": _zip(town).name,
        "county": town.county,
        "location_precision": dice.choice(PRECISIONS),
        "location_policy": "public",
        **SHOWN,
    }
    if cells["location_precision"] in ("exact", "street"):
        lat, lon = _point(town, dice)
        cells |= {"latitude": f"{lat:.6f}", "longitude": f"{lon:.6f}", "location_source": "made up"}
    return cells


def _zip(town: Area) -> Area:
    """Return the widest ZIP code of a town, the nearest one if it is not known which it has."""
    inside = [a for a in areas.load().values() if a.kind == "zip" and a.county == town.county]
    own = [area for area in inside if area.name in areas.zips_of(town.name)]
    if own:
        return max(own, key=lambda area: area.area_m2)
    return min(inside, key=lambda area: math.hypot(area.lat - town.lat, area.lon - town.lon))


def _point(town: Area, dice: random.Random) -> tuple[float, float]:
    """Return a point in or near a town and inside the box of its county."""
    south, north, west, east = BOXES[town.county]
    spread = town.radius_m / 111_000 / 2  # half the radius, in degrees of latitude
    lat, lon = (
        middle + spread * min(max(dice.gauss(0, 1), -FARTHEST), FARTHEST)
        for middle in (town.lat, town.lon)
    )
    return min(max(lat, south), north), min(max(lon, west), east)


def main(arguments: Sequence[str]) -> None:
    """Write as many places as the first argument says into the file that the second names."""
    catalogues.write(make(int(arguments[0])), Path(arguments[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
