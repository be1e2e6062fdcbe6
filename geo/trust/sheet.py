"""Sheet: a table of what was found at the door or by phone, read back into decisions.

Its columns are those of the results of a round: `id,name,result,seen_on,note`. The note stays on
the paper: it may hold anything, and the log is public.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.catalogue.places import Entry
from geo.errors import CatalogueError
from geo.files import regular, table

COLUMNS = ("id", "name", "result", "seen_on", "note")
RESULTS = ("open", "closed", "moved", "nobody", "not_visited")
MOST_BYTES = 2_000_000
HOW = "visited on a round"


@dataclass(frozen=True)
class Line:
    """One entry of a sheet that came back."""

    number: int  # of the line in the file
    entry: str
    result: str
    seen_on: str  # ISO date


def read(path: Path, today: date) -> tuple[list[Line], list[str]]:
    """Return the lines that say something, and in words what is wrong with the others.

    Raises
    ------
    CatalogueError : it is no such table
    """
    try:
        with regular.open_file(path) as file:
            text = file.read(MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CatalogueError(f"{path}: wanted a CSV file in UTF-8 that can be read.") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if missing := {"id", "result", "seen_on"} - {*(reader.fieldnames or ())}:
        raise CatalogueError(f"{path.name}: the columns {', '.join(sorted(missing))} are missing.")
    good: list[Line] = []
    bad: list[str] = []
    for cells in reader:
        told = {name: (cells.get(name) or "").strip() for name in COLUMNS}
        line = Line(reader.line_num, told["id"], told["result"].casefold(), told["seen_on"])
        if line.result in ("", "not_visited"):
            continue
        wrong = list(_wrong(line, today))
        bad += [f"{path.name}:{line.number} {text}" for text in wrong]
        good += [] if wrong else [line]
    return good, bad


def _wrong(line: Line, today: date) -> Iterator[str]:
    if line.result not in RESULTS:
        yield f"result: wanted one of {', '.join(RESULTS)}."
    try:
        is_past = date.fromisoformat(line.seen_on) <= today
    except ValueError:
        is_past = False
    if not is_past:
        yield "seen_on: wanted the day of the visit as YYYY-MM-DD, not one to come."


def write(entries: Sequence[Entry]) -> bytes:
    """Return an empty sheet of entries, to be filled in."""
    return table.write(COLUMNS, [[entry["id"], entry["name"], "", "", ""] for entry in entries])
