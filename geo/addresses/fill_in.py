"""Fill in: rows of a catalogue -> the points that are missing, and what needs a person's eyes.

Only rows whose place is public are ever looked at: of the others nothing is read, sent or shown.

A provider is a function that takes a `reading.Address` and returns a `reading.Answer`, or None if
it has none: no answer is no error. To add one:

1. Write a module here with a function `provider(...) -> Provider`. What it needs, such as an
   address of a server, is an argument. If it asks another host it raises an exception of
   `geopy.exc` when that host does not answer; `wrappers` know them.
2. Judge what it finds by `reading.likeness` and `reading.agreement`, so that scores of all
   providers mean the same, and say no more than is known: `exact` is this very building.
3. Put its name into `PROVIDERS`, and into `ONLINE` if it asks another host; say in `build` how it
   is made.
4. Test it against a local server that speaks its form: time-outs, 429, garbage, another state.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from geopy.exc import GeocoderServiceError

from geo import sphere
from geo.addresses import census, gazetteer, house_numbers, nominatim, reading, wrappers
from geo.addresses.reading import Address, Answer, Provider
from geo.addresses.wrappers import Cache
from geo.catalogue.places import is_public
from geo.settings import Settings
from geo.streets.store import Streets

PROVIDERS = ("streets", "census", "nominatim", "gazetteer")
ONLINE = ("census", "nominatim")
AT_HOME = tuple(name for name in PROVIDERS if name not in ONLINE)
THRESHOLD = 0.8
MOST_MOVED_M = 250.0
CENSUS_APART_S = 0.2
POINTS = ("exact", "street")
WRITTEN = ("filled", "moved", "area")

Notice = Callable[[str], None]


@dataclass(frozen=True)
class Finding:
    """What was found for one row.

    `verdict`: `filled` (a point where there was none), `moved` (a street point set anew, near the
    old one), `area` (at least its ZIP code or town), `proposed` (a point, but its score is below
    the threshold), `far` (the known point lies elsewhere), `none`. The first three are `WRITTEN`.
    """

    row: int  # position in the frame
    address: Address
    answer: Answer | None
    verdict: str
    moved_m: float = np.nan  # from the point that the row has


def build(
    names: Sequence[str],
    given: Settings,
    streets: Streets | None,
    cache: Cache,
    notice: Notice,
) -> dict[str, Provider]:
    """Return the providers of these names, in this order, each with all that it needs around it.

    `notice` is told when one of them gives up; it has no answers from then on. Without streets
    there is no provider `streets`.
    """

    def patient(name: str, provider: Provider, apart_s: float) -> Provider:
        asked = wrappers.patient(wrappers.limited(provider, apart_s))
        return wrappers.forgiving(
            wrappers.cached(asked, name, cache),
            lambda error: notice(f"{name}: {error} Going on without it; what is known is kept."),
        )

    makers: Mapping[str, Callable[[], Provider]] = {
        "streets": lambda: house_numbers.provider(streets) if streets else _nothing,
        "census": lambda: patient("census", census.provider(given.census_url), CENSUS_APART_S),
        "nominatim": lambda: patient(
            "nominatim", nominatim.provider(given.nominatim_url), nominatim.APART_S
        ),
        "gazetteer": lambda: gazetteer.answer,
    }
    return {name: wrappers.at_home(makers[name]()) for name in names}


def ask_at_once(asked: Iterable[Address], given: Settings, cache: Cache, notice: Notice) -> None:
    """Ask the Census geocoder about many addresses at once, and keep what it says.

    If that fails, nothing is lost: its provider asks one by one.
    """
    told = {str(address): address for address in asked if address.street}
    new = [address for line, address in told.items() if ("census", line) not in cache]
    for start in range(0, len(new), census.MOST_IN_A_BATCH):
        part = new[start : start + census.MOST_IN_A_BATCH]
        try:
            answers = census.batch(given.census_url, part)
        except GeocoderServiceError as error:
            notice(f"census: the batch failed ({error}). Asking one by one.")
            return
        for address, answer in zip(part, answers, strict=True):
            cache.keep("census", address, answer)


def solve(
    address: Address, providers: Mapping[str, Provider], threshold: float = THRESHOLD
) -> Answer | None:
    """Return the first point that reaches the threshold; else the best point; else an area."""
    point: Answer | None = None
    area: Answer | None = None
    for provider in providers.values():
        answer = provider(address)
        if answer is None:
            continue
        if answer.precision not in POINTS:
            area = area or answer
        elif answer.score >= threshold:
            return answer
        elif point is None or answer.score > point.score:
            point = answer
    return point or area


def run(
    rows: pd.DataFrame,
    providers: Mapping[str, Provider],
    threshold: float = THRESHOLD,
    again: bool = False,
) -> Iterator[Finding]:
    """Yield what is found for each row that is public and has no point.

    `again`: also for rows whose point is only as good as the street.
    """
    for number, address in wanted(rows, again):
        yield _judge(
            number, rows.iloc[number], address, solve(address, providers, threshold), threshold
        )


def wanted(rows: pd.DataFrame, again: bool = False) -> Iterator[tuple[int, Address]]:
    """Yield the position and address of each public row that is to be geocoded."""
    public = is_public(rows) & rows["status"].ne("closed")
    missing = rows["latitude"].eq("") | (again & rows["location_precision"].eq("street"))
    for number in np.flatnonzero(public & missing):
        yield int(number), address_of(rows.iloc[number])


def address_of(row: "pd.Series[str]") -> Address:
    """Return the address of a public row."""
    return reading.parse(row["street"], row["city"], row["zip"], row["county"])


def changed(rows: pd.DataFrame, findings: Sequence[Finding], today: date) -> pd.DataFrame:
    """Return `rows` with what may be written of the findings."""
    new = rows.copy()
    columns = ["latitude", "longitude", "location_precision", "location_source"]
    places = [new.columns.get_loc(column) for column in columns]
    for finding in findings:
        answer = finding.answer
        if answer is None or finding.verdict not in WRITTEN:
            continue
        if finding.verdict == "area":
            cells = ["", "", answer.precision, ""]
        else:
            source = f"{answer.source}, geocoded {today.isoformat()}"
            cells = [f"{answer.lat:.6f}", f"{answer.lon:.6f}", answer.precision, source]
        new.iloc[finding.row, places] = cells
    return new


def compare(rows: pd.DataFrame, provider: Provider) -> list[tuple[int, Answer | None, float]]:
    """Return how far a provider lands from what is known: of each public row with an exact point.

    Each comes as its position, the answer (None if it is no point) and the metres between the two.
    Rows without a street are left out.
    """
    exact = is_public(rows) & rows["location_precision"].eq("exact")
    found = []
    for number in np.flatnonzero(exact & rows["street"].ne("")):
        row = rows.iloc[number]
        answer = provider(address_of(row))
        point = answer if answer and answer.precision in POINTS else None
        found.append((int(number), point, _moved_m(row, point)))
    return found


def _judge(
    number: int, row: "pd.Series[str]", address: Address, answer: Answer | None, threshold: float
) -> Finding:
    if answer is None:
        return Finding(number, address, None, "none")
    moved_m = _moved_m(row, answer)
    if answer.precision not in POINTS:
        verdict = "area" if row["location_precision"] == "none" else "none"
    elif moved_m > MOST_MOVED_M:
        verdict = "far"
    elif answer.score < threshold:
        verdict = "proposed"
    else:
        verdict = "filled" if np.isnan(moved_m) else "moved"
    return Finding(number, address, answer, verdict, moved_m)


def _moved_m(row: "pd.Series[str]", answer: Answer | None) -> float:
    """Return how far an answer is from the point that a row has, NaN if it has none."""
    if answer is None or not row["latitude"]:
        return float("nan")
    old = float(row["latitude"]), float(row["longitude"])
    return float(sphere.great_circle_m(old, [[answer.lat, answer.lon]])[0])


def _nothing(_: Address) -> None:
    """Have no answer."""
