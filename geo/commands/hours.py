"""Hours: read opening hours as people write them, and say what was not understood."""

import argparse
import json
from collections.abc import Iterator

from geo.hours import timetable
from geo.hours.doubts import doubts
from geo.hours.pieces import Piece
from geo.hours.reading import Reading, understand
from geo.i18n import LANGUAGES


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    reading = commands.add_parser(
        "hours",
        help="read opening hours as people write them",
        description=(
            "Print the text for the column `hours`, its words in each language, what can be read"
            " in two ways, and what was not understood. Nothing is guessed. The exit code is 0 if"
            " all was understood, else 1."
        ),
    )
    reading.add_argument(
        "text", nargs="+", metavar="TEXT", help='such as "M-F 8-5, closed noon-1; 2nd Sat 9-12"'
    )
    reading.add_argument("--json", action="store_true", help="print one JSON object")
    reading.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what a text of hours means; return 1 if some of it is not settled, else 0."""
    text = " ".join(options.text)
    reading = understand(text)
    if options.json:
        print(json.dumps(_as_json(text, reading), ensure_ascii=False, indent=2))
    else:
        for line in _lines(reading):
            print(line)
    return 0 if reading.is_complete else 1


def _lines(reading: Reading) -> Iterator[str]:
    """Yield the lines for an operator."""
    if reading.is_complete:
        yield reading.hours
        for language, name in LANGUAGES.items():
            yield f"{name}: {' · '.join(timetable.describe(reading.hours, language))}"
        for doubt in doubts(reading.hours):
            yield f"Look at character {doubt.character}, {doubt.found!r}: {doubt.fix}"
    for piece in reading.asked:
        ways = f" It can be {' or '.join(piece.readings)}." if piece.readings else ""
        yield f"Asked back: {_place(piece)}: {piece.why}?{ways}"
    for piece in reading.not_understood:
        why = f": {piece.why}" if piece.why else ""
        yield f"Not understood: {_place(piece)}{why}."
    if not reading.is_complete:
        understood = reading.hours or "nothing"
        yield f"Understood so far, not to be used as it is: {understood}"


def _place(piece: Piece) -> str:
    return f"{piece.found!r} (character {piece.character})"


def _as_json(text: str, reading: Reading) -> dict[str, object]:
    """Return all of it as plain values."""
    hours = reading.hours if reading.is_complete else ""
    return {
        "written": text,
        "hours": hours,
        "complete": reading.is_complete,
        "understood_so_far": reading.hours,
        "words": {code: timetable.describe(hours, code) for code in LANGUAGES},
        "asked": [_piece(piece) | {"readings": list(piece.readings)} for piece in reading.asked],
        "not_understood": [_piece(piece) for piece in reading.not_understood],
        "doubts": [doubt.__dict__ for doubt in doubts(hours)],
    }


def _piece(piece: Piece) -> dict[str, object]:
    return {"found": piece.found, "character": piece.character, "why": piece.why}
