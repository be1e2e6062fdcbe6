"""Told: a service at a place as a feed tells it, before anything is decided about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geo.exchange.incoming.tables import Address, Location, Phone, Term

NOWHERE, NO_LOCATION = Address(), Location()


@dataclass(frozen=True)
class Told:
    """What a feed says of one service at one place, in its own words."""

    service: str  # the id of the service, with its table: service/12; '' if it has none
    place: str = ""  # the id of the place: location/3
    name: str = ""
    organization: str = ""
    terms: Sequence[Term] = ()
    description: str = ""
    how_to_apply: str = ""
    address: Address = NOWHERE
    location: Location = NO_LOCATION
    hints: Sequence[str] = ()  # texts that may say that the place is not to be known
    has_place: bool = False
    phones: Sequence[Phone] = ()
    website: str = ""
    hours: str = ""  # as OpenStreetMap writes them
    hours_note: str = ""
    areas: Sequence[str] = ()
    languages: Sequence[str] = ()
    interpreter: str = ""
    documents: Sequence[str] = ()
    accessibility: Sequence[str] = ()
    eligibility: str = ""
    fees: str = ""
    status: str = ""
    alert: str = ""
    assured: str = ""
    modified: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)  # cells that are as we write them
    lost: Sequence[str] = ()  # what could not be read, in words for the report

    @property
    def external_id(self) -> str:
        """Return what tells this row from all others of its feed, in each run the same."""
        return f"{self.service}/{self.place}" if self.place else self.service
