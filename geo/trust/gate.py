"""Gate: what a report may say, so that no place that must not be found is told to us.

The rules are those of the rows of the catalogue, and as there no answer repeats what was refused.
"""

from geo.catalogue import allowed_text, disclosure, never, survivors
from geo.catalogue.places import Entry
from geo.i18n import mark

MOST_LETTERS = 500
TOO_LONG = mark("This is too long. Please say it in 500 letters or less.")
TELLS_A_PLACE = mark(
    "We did not keep this: it may tell where a place is that must not be found. "
    "Please say it without an address, a street or a link. The name and the town are enough."
)
ONLY_PLAIN = mark(
    "We did not keep this. To keep this place safe we take only everyday words about it, "
    "no names, streets or numbers. You can also send it without words: what you chose is enough."
)


def refusal(text: str, entry: Entry | None) -> str:
    """Return why a text of a report is not kept, '' if it may be; `entry` None: it is not listed.

    Of a place whose address is private the text is held to the words that a row of it may have. Of
    one for survivors, of one that is not on the list, and where the text itself speaks of a
    shelter, nothing may look like an address.
    """
    if len(text) > MOST_LETTERS:
        return TOO_LONG
    if never.refuses([text]):
        return TELLS_A_PLACE
    if entry is not None and entry["is_private"]:
        names = (entry["name"], entry["organization"])
        return ONLY_PLAIN if text and allowed_text.refusal(text, names) else ""
    return TELLS_A_PLACE if _is_delicate(text, entry) and disclosure.clue(text) else ""


def _is_delicate(text: str, entry: Entry | None) -> bool:
    if entry is None or not survivors.TYPES.isdisjoint(entry["types"]):
        return True
    of_a_shelter = bool(survivors.SHELTER.search(survivors.folded(text)))
    return entry["for_survivors"] == "yes" or of_a_shelter or survivors.speaks_of_them(text)
