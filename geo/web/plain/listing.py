"""Listing: what a search engine may list, and which pages say no name in the browser's history.

Two questions. Listed, a place is found by anyone who searches: also by who looks for the people in
it. A title stays in the history of whoever read the page: also of a phone that another one checks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from geo.catalogue import survivors
from geo.catalogue.places import Entry
from geo.settings import Settings
from geo.web.plain import address


@dataclass(frozen=True)
class Site:
    """Where readers find this server, '' if it was not told; whether its pages may be listed."""

    origin: str = ""
    is_listed: bool = True


def site(given: Settings) -> Site:
    """Return what the operator says of the site: the first of `ORIGINS` is its public address."""
    return Site(given.origins[0] if given.origins else "", given.search_engines)


def may_list(entry: Entry) -> bool:
    """Return whether a search engine may list an entry.

    Never one whose place is private. One for people who fled violence or trafficking only with its
    written release: that others list it is none.
    """
    if entry["is_private"]:
        return False
    answer = entry["for_survivors"]
    about = f"{entry['description_en']} {entry['description_es']}"
    for_survivors = (
        answer == "yes"
        or not survivors.TYPES.isdisjoint(entry["types"])
        or survivors.shelters_them(entry["types"], entry["name"], about, answer)
    )
    has_release = survivors.release_of(entry["release_ref"], date.max) == survivors.AGREED
    return has_release or not for_survivors


def is_discreet(kinds: Iterable[str]) -> bool:
    """Return whether a page of such kinds of help keeps the title that all pages have."""
    return not address.DISCREET.keys().isdisjoint(kinds)
