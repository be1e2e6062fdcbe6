"""Sieve: rows held to the rules of the catalogue before they are kept; what fails is not."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import pandas as pd

from geo.catalogue import imported
from geo.catalogue.issue import Issue
from geo.exchange.incoming import rows
from geo.exchange.incoming.rows import Verdict

# A cell that one of these rules refuses is left blank: the row is true without it.
SPARED = {
    "phones": "a phone number that nobody can have",
    "links": "a web address that is none",
    "opening_hours": "opening hours that cannot be read",
    "dates": "a date that cannot be",
    "languages": "a language without a code",
    "at_odds": "a point that is not where its address is",
}
ALONE = ("latitude", "phone", "website", "hours", "source_date", "languages")


def sift(found: Sequence[Verdict], today: date) -> None:
    """Hold rows to the rules: a bad cell that can be spared is emptied, a bad row gets a reason.

    The reason names the rule and the column, never a text.
    """
    for start in range(0, len(found), imported.SLICE):
        part = [one for one in found[start : start + imported.SLICE] if not one.reason]
        mended = [one for one, issues in _faulty(part, today) if _mend(one, issues)]
        for one, issues in _faulty(mended, today):
            one.reason = _told(issues)


def _faulty(part: Sequence[Verdict], today: date) -> list[tuple[Verdict, list[Issue]]]:
    if not part:
        return []
    frame = pd.DataFrame([one.row for one in part], columns=[*imported.COLUMNS], dtype=str)
    frame["id"] = [f"x{number:05d}" for number in range(len(part))]  # theirs come later
    by_row: dict[int, list[Issue]] = defaultdict(list)
    for issue in imported.faults(frame, tuple(range(len(part))), today, "feed"):
        by_row[int(issue.where.rpartition(":")[2])].append(issue)
    return [(part[number], issues) for number, issues in sorted(by_row.items())]


def _mend(one: Verdict, issues: Sequence[Issue]) -> bool:
    """Empty what can be spared and return True; give the row a reason if that is not enough."""
    if not all(issue.rule in SPARED and issue.column in ALONE for issue in issues):
        one.reason = _told(issues)
        return False
    for issue in issues:
        if issue.column == "latitude":
            one.row |= rows.without_point(one.row)
        one.row[issue.column] = ""
        one.lost.append(SPARED[issue.rule])
    if not one.row["phone"]:
        one.row["phone_note"] = ""
    return True


def _told(issues: Sequence[Issue]) -> str:
    named = dict.fromkeys(f"{issue.rule} ({issue.column})" for issue in issues)
    return f"against the rules of the catalogue: {', '.join(named)}"
