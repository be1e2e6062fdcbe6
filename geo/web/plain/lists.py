"""Lists: plain pages of a county, its towns and its kinds of help, small for an old phone."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from geo.catalogue import records, wording
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.i18n import Words, words
from geo.web import way_out
from geo.web.plain import drawing, listing
from geo.web.plain.address import Address
from geo.web.plain.listing import Site

MOST = 60  # entries that one page names; where there are more, its kinds of help lead to them

Link = tuple[str, str, int]  # what it is called, where it leads, how many are there


def page(edition: Edition, address: Address, at: datetime, site: Site) -> str:
    """Return the page of a county, or of a town or a kind of help in it, as of `at`."""
    say = words(address.language)
    found = sorted(on(edition.entries, address), key=lambda entry: entry["name"].casefold())
    name = heading(address, say)
    is_discreet = listing.is_discreet([address.kind])
    return drawing.draw(
        "plain/list.html",
        say,
        address,
        site,
        is_listed=may_list(found, address),
        title=way_out.TITLE if is_discreet else name,
        heading=name,
        as_of=drawing.as_of(at, say),
        up=list(_up(address, say)),
        kinds=[] if address.kind else list(_kinds(found, address, say)),
        towns=[] if address.town else list(_towns(found, address)),
        rows=_rows(found, address, at, say) if names(found, address) else [],
        has_entries=names(found, address),
        is_of_places=address.kind != "hotline",
    )


def on(entries: Sequence[Entry], address: Address) -> list[Entry]:
    """Return the entries that belong on a page; in a town only those that are known to be there."""
    return [
        entry
        for entry in entries
        if address.county in entry["serves"]
        and (not address.kind or address.kind in entry["types"])
        and (not address.town or (entry["is_public"] and entry["city"] == address.town))
        and (wording.dial(entry["phone"]) or entry["text_line"] or address.kind != "hotline")
    ]


def may_list(found: Sequence[Entry], address: Address) -> bool:
    """Return whether a search engine may list a page: if it may list all that the page names."""
    return bool(found) and (not names(found, address) or all(map(listing.may_list, found)))


def names(found: Sequence[Entry], address: Address) -> bool:
    """Return whether a page names its entries; that of a county or a large town leads to others."""
    return bool(address.kind) or (bool(address.town) and len(found) <= MOST)


def heading(address: Address, say: Words) -> str:
    """Return what a page is of, such as "Food: Tracy" or "Imperial County"."""
    where = address.town or say(records.COUNTIES[address.county])
    if not address.kind:
        return where
    return say("{kind}: {where}", kind=say(records.TYPES[address.kind]), where=where)


def all_of(entries: Sequence[Entry], language: str) -> Iterator[Address]:
    """Yield every page that has something on it, in one language."""
    for county in records.COUNTIES:
        of_county = Address(language, county)
        served = on(entries, of_county)
        places: dict[str, list[Entry]] = {"": served}
        for entry in served:
            if entry["is_public"] and entry["city"]:
                places.setdefault(entry["city"], []).append(entry)
        for town, found in places.items():
            yield of_county.within(town=town)
            for kind in records.TYPES:
                page = of_county.within(town=town, kind=kind)
                if on(found, page):
                    yield page


def _up(address: Address, say: Words) -> Iterator[tuple[str, str]]:
    """Yield the pages above this one: the county, and where both are chosen the kind, the town."""
    if not (address.town or address.kind):
        return
    above = [address.within(town="", kind="")]
    if address.town and address.kind:
        above += [address.within(town=""), address.within(kind="")]
    for page in above:
        yield heading(page, say), page.path


def _kinds(found: Sequence[Entry], address: Address, say: Words) -> Iterator[Link]:
    for kind, label in records.TYPES.items():
        page = address.within(kind=kind)
        count = len(on(found, page))
        if count:
            yield say(label), page.path, count


def _towns(found: Sequence[Entry], address: Address) -> Iterator[Link]:
    known = {entry["city"] for entry in found if entry["is_public"] and entry["city"]}
    for town in sorted(known):
        page = address.within(town=town)
        yield town, page.path, len(on(found, page))


def _rows(found: Sequence[Entry], address: Address, at: datetime, say: Words) -> list[wording.Row]:
    rows = wording.rows(found, range(len(found)), say, wording.Moment(at, chosen=True))
    for row in rows:
        row["href"] = Address(address.language, entry=row["id"]).path
    return rows
