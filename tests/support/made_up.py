"""Made up: an edition of one entry, sound but for the cells that a test gives."""

from geo.catalogue.keeper import Edition
from geo.catalogue.places import locate
from tests.browser import hostile

CELLS = dict.fromkeys(hostile.TEXTS, "Text") | {
    "id": "aaaaaa",
    "release_ref": "",
    "phone": "209-555-0100",
    "text_line": "",
    "website": "https://help.example",
    "hours": "",
}


def edition(**cells: str) -> Edition:
    """Return it; its entry is called `aaaaaa`, is public and gives food in San Joaquin County."""
    return Edition(1, locate(hostile.rows("")[:1].assign(**{**CELLS, **cells})))
