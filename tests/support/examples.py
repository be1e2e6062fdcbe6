"""Examples: made-up places for the tests; what a row leaves out is blank, or the most usual."""

import pandas as pd

from geo.catalogue import records
from geo.catalogue.keeper import Edition
from geo.catalogue.places import locate

USUAL = dict.fromkeys(records.COLUMNS, "") | {
    "id": "aaaaaa",
    "name": "Oak Pantry",
    "service_types": "food",
    "description_en": "Bags of food.",
    "description_es": "Bolsas de comida.",
    "county": "san_joaquin",
    "counties_served": "san_joaquin",
    "location_precision": "none",
    "location_policy": "public",
    "status": "open",
    "source_name": "State list",
    "source_ref": "https://data.example.gov/food",
    "source_date": "2026-06",
    "confidence": "high",
}
IN_TRACY = {
    "street": "10 Example Street",
    "city": "Tracy",
    "zip": "95376",
    "latitude": "37.7397",
    "longitude": "-121.4252",
    "location_precision": "exact",
}


def frame(*rows: dict[str, str]) -> pd.DataFrame:
    """Return `rows` as the file of a catalogue holds them."""
    return pd.DataFrame([USUAL | row for row in rows], columns=[*USUAL], dtype=str)


def edition(*rows: dict[str, str]) -> Edition:
    """Return a reading of a catalogue of `rows`, which no rule has checked."""
    return Edition(1, locate(frame(*rows)))
