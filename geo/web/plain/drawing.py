"""Drawing: what all small plain pages have: other languages, one address, whether to be listed."""

from datetime import datetime
from typing import Any

from geo.i18n import LANGUAGES, Words
from geo.web import plain_page
from geo.web.plain.address import ROOT, Address
from geo.web.plain.listing import Site


def draw(
    template: str, say: Words, address: Address, site: Site, is_listed: bool, **values: Any
) -> str:
    """Return the page that a template draws; `is_listed` says if what is on it may be listed.

    Where the site does not know its own address, its links have none before their path.
    """
    versions = {code: address.within(language=code).path for code in LANGUAGES}
    by_browser = ROOT + address.path.removeprefix(f"{ROOT}/{address.language}")
    alternates = {**versions, "x-default": by_browser}
    return plain_page.draw(
        template,
        say,
        is_listed=is_listed and site.is_listed,
        versions=versions,
        canonical=f"{site.origin}{address.path}",
        alternates={code: f"{site.origin}{path}" for code, path in alternates.items()},
        whole=Address(address.language).path,
        **values,
    )


def as_of(at: datetime, say: Words) -> str:
    """Return a moment in words, such as "November 26, 2026, 3:15 PM"."""
    return f"{say.date(at.date())}, {say.time(at)}"


def web(address: str) -> str:
    """Return an address to link to; '' if it is none of the web.

    >>> web("https://help.example"), web("javascript:alert(1)")
    ('https://help.example', '')
    """
    return address if address.startswith(("http://", "https://")) else ""
