"""Table: rows as CSV (RFC 4180) that a spreadsheet opens as text and never runs.

A spreadsheet takes a text that begins with one of `RUN` for a formula; an apostrophe before it
makes it text again. Source: OWASP, "CSV Injection".
"""

import csv
import io
from collections.abc import Iterable, Sequence

from geo.files.clean_text import plain

RUN = tuple("=+-@＝＋－＠|%")

Cell = str | int | float | None


def write(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    r"""Return CSV in UTF-8, with the mark by which spreadsheets know it; None is a blank cell.

    >>> write(["name", "lon"], [["=1+1", -121.5], ["Oak, Elm\n", None]]).decode("utf-8-sig")
    'name,lon\r\n\'=1+1,-121.5\r\n"Oak, Elm",\r\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    shown = plain(cell)
    return f"'{shown}" if shown.startswith(RUN) else shown
