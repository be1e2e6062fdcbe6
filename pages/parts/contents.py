"""Contents: which pages there are: the file, the address and the title of each, and for whom."""

from dataclasses import dataclass

from geo.i18n import mark
from geo.web import shell
from pages.parts import log_in

READERS, PLANNERS = "readers", "planners"


@dataclass(frozen=True)
class Page:
    """One page; the first is the one a reader comes to."""

    file: str
    address: str  # the path behind the first slash
    title: str
    at_foot: str = ""  # for whom it stands at the foot of every page: READERS or PLANNERS


PAGES = (
    Page("find.py", "", mark("Find help"), READERS),
    Page("place.py", "place", mark("One place")),
    Page("gaps.py", "gaps", mark("Service gaps"), PLANNERS),
    Page("outreach.py", "outreach", mark("Outreach"), PLANNERS),
    Page("about.py", "about", mark("About"), READERS),
    Page("data.py", "data", mark("Data")),
)
REVIEW = Page("review.py", shell.REVIEW, mark("Review"))


def pages() -> tuple[Page, ...]:
    """Return the pages of this server: that of keepers is one only where they can log in."""
    return (*PAGES, REVIEW) if log_in.is_set_up() else PAGES


def addresses() -> frozenset[str]:
    """Return the paths of the pages of this server, "" the first one's."""
    return frozenset(page.address for page in pages())
