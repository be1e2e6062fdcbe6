"""Place page: one entry as a plain page, with who says each fact, and its hours as of a moment."""

from datetime import datetime

from geo.catalogue import provenance, records, wording
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.i18n import words
from geo.web import way_out
from geo.web.plain import drawing, linked_data, listing
from geo.web.plain.address import Address, report
from geo.web.plain.listing import Site


def page(edition: Edition, address: Address, at: datetime, site: Site) -> str:
    """Return the page of the entry that `address` names, as of `at`."""
    say, entry = words(address.language), find(edition, address.entry)
    is_listed = listing.may_list(entry)
    is_named = is_listed and not listing.is_discreet(entry["types"])
    url = f"{site.origin}{address.path}" if site.origin else ""
    return drawing.draw(
        "plain/place.html",
        say,
        address,
        site,
        is_listed=is_listed,
        title=entry["name"] if is_named else way_out.TITLE,
        data=linked_data.of(entry, say, url) if is_listed else {},
        row=wording.describe(entry, say, wording.Moment(at, chosen=True)),
        website=drawing.web(entry["website"]),
        as_of=drawing.as_of(at, say),
        sources=provenance.listed(entry, say, at.date()),
        report=report(address.language, entry["id"]),
        up=[
            (say(records.COUNTIES[county]), Address(address.language, county).path)
            for county in entry["serves"]
        ],
    )


def find(edition: Edition, entry: str) -> Entry:
    """Return the entry of this id.

    Raises
    ------
    KeyError : there is none
    """
    found = next((one for one in edition.entries if one["id"] == entry), None)
    if found is None:
        raise KeyError(entry)
    return found


def is_there(edition: Edition, entry: str) -> bool:
    """Return whether an id is that of an entry."""
    return any(one["id"] == entry for one in edition.entries)
