"""Losses: what a new edition no longer has of the last that was accepted, so that half a file
is not taken for a whole one.

Beside a catalogue `services.csv` lies `services.accepted.json`: how many rows it had when somebody
last ran `python -m geo accept`, and the mark of that very file. It holds numbers, no text of a row.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geo.catalogue import records
from geo.catalogue.csv_file import Table
from geo.catalogue.issue import Issue, Said
from geo.errors import CatalogueError
from geo.files import regular, whole

RULE = "losses"
SHARE = 10  # one row in so many may go without a word
FIX = "If that is meant, run `python -m geo accept`; if not, restore the file."
MOST_BYTES = 100_000


@dataclass(frozen=True)
class Counts:
    """How many rows an edition has.

    `shown` leaves out those with the status closed. The other two do not: a row that is closed is
    still there, and whoever takes the last of a kind off the list says so by closing it.
    """

    shown: int
    by_county: Mapping[str, int]
    by_kind: Mapping[str, int]


@dataclass(frozen=True)
class Accepted:
    """What was accepted: the mark of a file, the day, and what it had."""

    mark: str  # SHA-256 of the file
    day: str  # ISO date
    counts: Counts


def count(rows: pd.DataFrame) -> Counts:
    """Return how many rows a catalogue has that no rule has a fault in."""
    kinds = Counter(kind for cell in rows["service_types"] for kind in {*records.split(cell)})
    counties = Counter(rows["county"])
    return Counts(
        int((rows["status"] != "closed").sum()),
        {name: counties[name] for name in records.COUNTIES if counties[name]},
        {name: kinds[name] for name in records.TYPES if kinds[name]},
    )


def lost(before: Counts, now: Counts) -> Iterator[str]:
    """Yield in words each loss that is too large to go without a word."""
    gone = before.shown - now.shown
    if gone * SHARE > before.shown:
        yield f"{now.shown} rows that are shown, {gone} fewer than the {before.shown} before"
    for what, had, has in (
        ("county", before.by_county, now.by_county),
        ("type", before.by_kind, now.by_kind),
    ):
        for name, rows in had.items():
            if name not in has:
                yield f"no row of the {what} {name}, which had {rows} before"


class Ledger:
    """Knows what a catalogue had: what was accepted, and what went up while this process runs.

    With each file that is accepted, what went up before is forgotten.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.accepted: Accepted | None = None
        self._up: Counts | None = None

    def judge(self, table: Table) -> list[Issue]:
        """Return an issue for each loss of a file that has no other fault."""
        newest = load(self.path)
        if isinstance(newest, Issue):
            return [newest]
        if newest is not None and newest != self.accepted:
            self.accepted, self._up = newest, None
        if self.accepted and self.accepted.mark == table.mark:
            return []
        now = count(table.frame)
        before = [self.accepted.counts if self.accepted else None, self._up]
        found = dict.fromkeys(loss for one in before if one for loss in lost(one, now))
        wanted = "what was there before, but for a tenth of the rows"
        return [Issue(self.path.name, "", Said(loss), wanted, FIX, RULE) for loss in found]

    def note(self, table: Table) -> None:
        """Remember that a file went up."""
        self._up = count(table.frame)


def record_of(path: Path) -> Path:
    """Return where it is kept what was accepted of a catalogue.

    >>> record_of(Path("data/services.csv")).name
    'services.accepted.json'
    """
    return path.with_name(f"{path.stem}.accepted.json")


def load(path: Path) -> Accepted | Issue | None:
    """Return what was last accepted of a catalogue, None if nothing was; an issue if damaged."""
    record = record_of(path)
    try:
        with regular.open_file(record) as file:
            return _read(json.loads(file.read(MOST_BYTES)))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        fix = "Restore it, or run `python -m geo accept` if the catalogue is as it should be."
        wanted = "the counts of the catalogue that was accepted"
        return Issue(record.name, "", Said("nothing that can be read"), wanted, fix, RULE)


def save(path: Path, accepted: Accepted) -> None:
    """Put into its record what is accepted of the catalogue at `path`: whole or not at all.

    Raises
    ------
    CatalogueError : it cannot be written
    """
    record = record_of(path)
    try:
        with whole.swap(record) as beside:
            beside.write_text(f"{json.dumps(asdict(accepted), indent=1)}\n", encoding="utf-8")
    except OSError as error:
        fix = "Run this where the catalogue is made, and copy both files."
        raise CatalogueError(
            f"{record}: cannot be written ({error.strerror or error}). {fix}"
        ) from None


def _read(told: Any) -> Accepted:
    counts = told["counts"]
    by_county, by_kind = (
        {str(name): int(rows) for name, rows in counts[column].items()}
        for column in ("by_county", "by_kind")
    )
    return Accepted(
        str(told["mark"]), str(told["day"]), Counts(int(counts["shown"]), by_county, by_kind)
    )
