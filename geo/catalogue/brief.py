"""Brief: a place in the few words of a small card, all of them from its record."""

from collections.abc import Iterator
from datetime import date, timedelta

from geo.catalogue import provenance, records, wording
from geo.catalogue.dates import PartialDate
from geo.catalogue.places import Entry
from geo.i18n import Words

MOST_LETTERS = 90  # of a text on a small card: two lines of a phone
FEW_LETTERS = 45  # of one among others: a line
LONG_AGO = timedelta(days=2 * 365)
_USUAL = frozenset(("en",))  # a language that needs no mention


def purpose(place: Entry, say: Words) -> str:
    """Return what it does: the first sentence of its description, else its kinds."""
    kinds = ", ".join(say(records.TYPES[kind]) for kind in place["types"])
    about = wording.in_language(place, "description", say)
    return shortened(about) if about else kinds


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    """Return the first sentence of `text`, cut at a word if it has more than `most` letters.

    >>> shortened("Hot meals at noon. Closed in July."), len(shortened("word " * 30))
    ('Hot meals at noon.', 91)
    """
    first = next(_sentences(text), "")
    if len(first) <= most:
        return first
    return f"{first[: most + 1].rpartition(' ')[0].rstrip(',;: ')}\N{NO-BREAK SPACE}…"


def tags(place: Entry, say: Words) -> list[str]:
    """Return for whom it is, that it is free, that no papers are asked, which languages."""
    who = wording.told_in(place, "eligibility", say)
    told = [shortened(who, FEW_LETTERS).rstrip(".")] if who else []
    if place["fees"] == "free":
        told.append(say(records.FEES["free"]))
    if place["required_documents"] == "none":
        told.append(say("No papers asked"))
    others = [code for code in place["spoken"] if code not in _USUAL]
    if others:
        told.append(wording.spoken(others, say))
    return told


def dated(place: Entry) -> str:
    """Return the year of the newest that is said of it; '' if nothing has a date."""
    newest = place["verified_on"] or provenance.dates(place)[0]
    return newest[:4]


def is_dated_long_ago(place: Entry, today: date) -> bool:
    """Return whether the newest that is said of it is more than two years old, or has no date."""
    newest = place["verified_on"] or provenance.dates(place)[0]
    return not newest or today - PartialDate.parse(newest).first_day > LONG_AGO


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; "St. Mary's" ends none."""
    begun = 0
    for at, letter in enumerate(text):
        after, before = text[at + 1 : at + 3], text[begun:at].rpartition(" ")[2]
        ends = letter in ".!?" and (not after or (after[0] == " " and after[1:2].isupper()))
        if ends and len(before) > 3:
            yield text[begun : at + 1].strip()
            begun = at + 1
    if text[begun:].strip():
        yield text[begun:].strip()
