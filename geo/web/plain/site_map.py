"""Site map: the plain pages that a search engine may list, for the robots that ask."""

from collections.abc import Hashable, Iterator
from threading import Condition

from cachetools import LRUCache, cached

from geo.catalogue.keeper import Edition
from geo.i18n import LANGUAGES
from geo.web import plain_page, render
from geo.web.plain import listing, lists
from geo.web.plain.address import Address
from geo.web.plain.listing import Site
from geo.web.plain_page import Bytes

PATH = "/sitemap.xml"
UNKNOWN = (
    "This site does not know its own address, so there is no map of it. "
    "Set ORIGINS to the address under which readers come.\n"
)
OFF = "No page of this site is to be listed.\n"
# A robot that may not read a page cannot see that it is not to be listed, and lists its address all
# the same once another site links to it: so reading is not forbidden.
ROBOTS = """\
# What is not to be listed says so in its answer (X-Robots-Tag: noindex).
# Reading is allowed, for only who reads a page can see that.
User-agent: *
Disallow:
"""


@cached(LRUCache[Hashable, Bytes](2), condition=Condition())
def made(edition: Edition, site: Site) -> Bytes:
    """Return the map of a site that knows its own address."""
    pages = [
        {code: site.origin + page.within(language=code).path for code in LANGUAGES}
        for page in listed(edition)
    ]
    return plain_page.pack(render.PAGES.get_template("plain/sitemap.xml").render(pages=pages))


def listed(edition: Edition) -> Iterator[Address]:
    """Yield the pages that may be listed, in English; the other languages have the same."""
    for page in lists.all_of(edition.entries, "en"):
        if lists.may_list(lists.on(edition.entries, page), page):
            yield page
    for entry in edition.entries:
        if listing.may_list(entry):
            yield Address("en", entry=entry["id"])


def robots(site: Site) -> str:
    """Return what robots are told: to read what they like, and where the map is if there is one."""
    return f"{ROBOTS}Sitemap: {site.origin}{PATH}\n" if site.origin and site.is_listed else ROBOTS
