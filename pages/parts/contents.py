"""Contents: which pages there are: the file, the address and the title of each, as in the menu."""

from dataclasses import dataclass

from geo.i18n import mark


@dataclass(frozen=True)
class Page:
    """One page; the first is the one a reader comes to."""

    file: str
    address: str  # the path behind the first slash
    title: str
    in_menu: bool = True


PAGES = (
    Page("find.py", "", mark("Find help")),
    Page("place.py", "place", mark("One place"), in_menu=False),
    Page("gaps.py", "gaps", mark("Service gaps")),
    Page("outreach.py", "outreach", mark("Outreach")),
    Page("about.py", "about", mark("About")),
)
ADDRESSES = frozenset(page.address for page in PAGES)
