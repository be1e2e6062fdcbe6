"""Dates: a date that is known to the year, the month or the day, as sources give it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class PartialDate:
    """A date, and to what it is known."""

    first_day: date  # the earliest day that it can be
    known_to: Literal["year", "month", "day"]

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date that is written as YYYY, YYYY-MM or YYYY-MM-DD; else ValueError.

        >>> PartialDate.parse("2026-09")
        PartialDate(first_day=datetime.date(2026, 9, 1), known_to='month')
        """
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            raise ValueError(f"found {text!r}, wanted YYYY, YYYY-MM or YYYY-MM-DD")
        first_day = date.fromisoformat(f"{text}-01-01"[:10])
        return cls(first_day, {4: "year", 7: "month"}.get(len(text), "day"))  # type: ignore[arg-type]

    def days_before(self, today: date) -> int:
        """Return how many days ago its first day was; 0 if it is still to come."""
        return max((today - self.first_day).days, 0)
