"""Question: what a planner asks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from geo.catalogue import records
from geo.clock import TIMEZONE
from geo.errors import QuestionError
from geo.gaps import measures
from geo.hours.rules import is_holiday
from geo.i18n import mark
from geo.travel import engines

Measure = Literal["minutes", "miles"]
RANKS = (1, 2, 3)  # the nearest, the second and the third
STEPS = (10, 20, 30, 60)  # minutes or miles
MEASURES = ("minutes", "miles")
TRUSTS = {
    "placed": mark("Only entries with an exact place"),
    "official": mark("Only entries from an official list or the service's own site"),
    "verified": mark("Only entries that we have checked ourselves"),
}
FIRST_YEAR, LAST_YEAR = 2000, 2099  # outside, holidays are not known


@dataclass(frozen=True)
class Question:
    """What a planner asks. QuestionError says what cannot be asked."""

    type: str  # one of records.TYPES, but not lines to call
    county: str = ""  # one of records.COUNTIES; "" is both
    measure: Measure = "minutes"
    threshold: float = 30.0  # minutes or miles
    hour: datetime | None = None  # with time zone: only what is known to be open then
    trust: frozenset[str] = frozenset()  # of TRUSTS; each leaves out the other entries
    speed: float = 1.0  # 0.8 is a fifth slower than usual
    engine: str = "crow"
    mode: str = "driving"

    def __post_init__(self) -> None:
        if self.type == "hotline":
            raise QuestionError(mark("Lines to call have no place to go to. Choose another type."))
        _one_of("type", self.type, records.PLACE_TYPES)
        _one_of("county", self.county, ["", *records.COUNTIES])
        _one_of("measure", self.measure, MEASURES)
        for trust in self.trust:
            _one_of("trust", trust, TRUSTS)
        measures.check_threshold(self.threshold)
        if self.hour and not FIRST_YEAR <= self.hour.year <= LAST_YEAR:
            raise QuestionError(
                mark("Found the year {found}, wanted one from {first} to {last}."),
                found=self.hour.year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )


def next_usual(weekday: int, at: time, today: date) -> datetime:
    """Return the next such hour, after today, on a weekday (0 is Monday) that is no holiday.

    >>> next_usual(3, time(10), date(2026, 11, 22)).isoformat()  # the 26th is Thanksgiving
    '2026-12-03T10:00:00-08:00'
    """
    days = (today + timedelta(days=n) for n in range(1, 60))
    day = next(day for day in days if day.weekday() == weekday and not is_holiday(day))
    return datetime.combine(day, at, TIMEZONE)


def _one_of(what: str, found: str, wanted: "list[str] | tuple[str, ...] | dict[str, str]") -> None:
    """Raise QuestionError unless `found` is one of `wanted`."""
    if found not in wanted:
        words = ", ".join(word for word in wanted if word)
        raise QuestionError(engines.UNKNOWN, what=what, found=found, wanted=words)
