"""Open eligibility: the terms of that taxonomy which fit each of our kinds of help.

They are in a file of their own, `data/open_eligibility.csv`, since they have a licence of their own
(CC BY-SA 3.0): what holds them is under it too.
"""

import csv
from collections.abc import Mapping, Sequence

from geo.settings import DATA

FILE = DATA / "open_eligibility.csv"


def load() -> Mapping[str, Sequence[str]]:
    """Return the terms for each type of service that any fits.

    >>> load()["job_training"]
    ['Skills & Training', 'Help Find Work']
    """
    found: dict[str, list[str]] = {}
    with FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["service_type"], []).append(row["term"])
    return found
