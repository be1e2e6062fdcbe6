"""Articles: the organisations that two older articles name, and what was found of each."""

import csv
from functools import cache

from geo.i18n import mark
from geo.settings import DATA

ANSWERS = {
    "listed": mark("Found, and on this list"),
    "partly": mark("Found in part: what is true of it is on this list"),
    "not_listed": mark("Named in an article, could not be confirmed, so not listed"),
}


@cache
def load() -> tuple[dict[str, str], ...]:
    """Return one dict for each organisation, with the columns of `data/named.csv`.

    `answer` is a key of `ANSWERS`; `see_id` the place to see, or blank.
    """
    with (DATA / "named.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
