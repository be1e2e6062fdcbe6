"""Question: what a planner asks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

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
            _one_of("only", trust, TRUSTS)
        measures.check_threshold(self.threshold)
        if self.hour and not FIRST_YEAR <= self.hour.year <= LAST_YEAR:
            raise QuestionError(
                mark("Found the year {found}, wanted one from {first} to {last}."),
                found=self.hour.year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )

    def as_json(self) -> dict[str, Any]:
        """Return it as what `json.dumps` takes; `question_file` reads it again."""
        return {
            "type": self.type,
            "county": self.county or None,
            "measure": self.measure,
            "threshold": self.threshold,
            "at": self.hour.isoformat() if self.hour else None,
            "only": sorted(self.trust),
            "speed": self.speed,
            "mode": self.mode,
        }

    @property
    def told(self) -> str:
        """Return it in one line of plain English, for a file.

        >>> Question("food", "imperial", "miles", 2).told
        'food, imperial, 2 miles, driving'
        """
        parts = [
            self.type,
            self.county or "both counties",
            f"{self.threshold:g} {self.measure}",
            self.mode,
            f"open at {self.hour.isoformat()}" if self.hour else "",
            *(f"only {trust}" for trust in sorted(self.trust)),
            f"speed {self.speed:g}" if self.speed != 1 else "",
        ]
        return ", ".join(filter(None, parts))

    @property
    def file_name(self) -> str:
        """Return the start of the name of a file about it, which says service, county and limit.

        >>> Question("food", "", threshold=7.5, mode="walking").file_name
        'service-gaps-food-both-7.5-minutes-walking'
        """
        parts = ["service-gaps", self.type, self.county or "both", f"{self.threshold:g}"]
        parts += [self.measure, *(["walking"] if self.mode == "walking" else [])]
        parts += [f"{self.hour:%a-%H%M}".lower()] if self.hour else []
        parts += sorted(self.trust)
        parts += [f"speed-{self.speed:g}"] if self.speed != 1 else []
        return "-".join(parts)


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
