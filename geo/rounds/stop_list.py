"""Stop list: stops from a CSV file that a team has made: docs/rounds.md tells its columns."""

import csv
import io
from collections.abc import Container
from typing import NoReturn

from geo.errors import QuestionError
from geo.i18n import mark
from geo.rounds import duty
from geo.rounds.choice import TYPED, Choice
from geo.rounds.limits import LONGEST_VISIT, MOST_STOPS
from geo.rounds.plan import SKILLS, Window

COLUMNS = ("id", "name", "lat", "lon", "minutes", "must", "priority", "needs", "hours", "between")
MOST_BYTES, MOST_LETTERS = 200_000, 80
YES = {"": False, "no": False, "yes": True}


def read(content: bytes, known: Container[str]) -> list[Choice]:
    """Return the stops of a file; `known` are the ids of the list.

    A row has the id of an entry, or the name and the point of a place of one's own, or an id and
    the point of a public place to meet.

    Raises
    ------
    QuestionError : says in which line, in which column, and what was wanted
    """
    try:
        text = content[: MOST_BYTES + 1].decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise QuestionError(NO_TABLE) from None
    if not rows or len(content) > MOST_BYTES:
        raise QuestionError(NO_TABLE)
    for number, column in enumerate(rows[0], 1):
        if column not in COLUMNS:
            raise QuestionError(COLUMN, column=number, wanted=", ".join(COLUMNS))
    if len(rows) > MOST_STOPS:
        raise QuestionError(TOO_MANY, found=len(rows), most=MOST_STOPS)
    choices = [_choice(row, line, known) for line, row in enumerate(rows, start=2)]
    for line, choice in enumerate(choices, start=2):
        if choice.key in {other.key for other in choices[: line - 2]}:
            _refuse(line, "id", "each stop once")
    return choices


def _choice(row: dict[str, str | None], line: int, known: Container[str]) -> Choice:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    key, name = cells["id"], cells["name"][:MOST_LETTERS]
    point = None
    if cells["lat"] or cells["lon"]:
        point = _number(cells, "lat", line, 90), _number(cells, "lon", line, 180)
    if key and key not in known:
        _refuse(line, "id", "the id of an entry of the list, or nothing")
    if not key and not (name and point):
        _refuse(line, "name", "an id, or a name with lat and lon")
    needs = tuple(filter(None, (one.strip() for one in cells["needs"].split(";"))))
    if not set(needs) <= set(SKILLS):
        _refuse(line, "needs", "; ".join(SKILLS))
    if cells["must"].casefold() not in YES:
        _refuse(line, "must", "yes or no")
    return Choice(
        key=key or f"{TYPED}{line}",
        name="" if key else name,
        point=point,
        minutes=_whole(cells, "minutes", line, LONGEST_VISIT) if cells["minutes"] else None,
        must=YES[cells["must"].casefold()],
        priority=_whole(cells, "priority", line, 3) if cells["priority"] else 1,
        needs=needs,
        hours=_window(cells, "hours", line),
        between=_window(cells, "between", line),
    )


def _number(cells: dict[str, str], column: str, line: int, most: int) -> float:
    try:
        value = float(cells[column])
    except ValueError:
        value = most + 1
    if not abs(value) <= most:
        _refuse(line, column, f"degrees, -{most} to {most}")
    return value


def _whole(cells: dict[str, str], column: str, line: int, most: int) -> int:
    text = cells[column]
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= most):
        _refuse(line, column, f"a whole number from 1 to {most}")
    return int(text)


def _window(cells: dict[str, str], column: str, line: int) -> Window | None:
    if not cells[column]:
        return None
    times = [duty.clock(one.strip()) for one in cells[column].split("-")]
    if len(times) != 2 or times[0] is None or times[1] is None:
        _refuse(line, column, "two times such as 09:00-12:00")
    return times[0], times[1]


def _refuse(line: int, column: str, wanted: str) -> NoReturn:
    raise QuestionError(CELL, line=line, column=column, wanted=wanted)


NO_TABLE = mark("This is not a list of stops: wanted a small CSV file in UTF-8 with a row a stop.")
COLUMN = mark("A column of this file is not known (number {column}). Wanted some of: {wanted}.")
TOO_MANY = mark("Found {found} stops. Plan at most {most} at a time: choose a town or a type.")
CELL = mark("Line {line}, column {column}: wanted {wanted}.")
