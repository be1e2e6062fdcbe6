"""Approve: show a text that is not on our lists to someone, and write down that they approve it."""

import argparse
from collections.abc import Iterator

import pandas as pd

from geo import areas, clock, settings
from geo.catalogue import approvals, csv_file, sources
from geo.catalogue.rows import Row
from geo.catalogue.rules import privacy
from geo.errors import CatalogueError


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    approving = commands.add_parser("approve", help="approve a text of a place that is not public")
    approving.add_argument("id", nargs="?", help="of the row; without it all that wait are shown")
    approving.add_argument("column", nargs="?", help="without it all of the row that wait")
    approving.add_argument("--role", required=True, choices=approvals.ROLES, help="yours")
    approving.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show each text that waits for a role, ask, and write down what was approved."""
    given = settings.read()
    known = approvals.read(given.approved)
    seen: set[str] = set()
    for row, column in _waiting(options.id, options.column):
        text = row[column]
        if text in seen or options.role in known.roles_of(text):
            continue
        seen.add(text)
        print(f"{row['id']} {column}, approved by {len(known.roles_of(text))}:\n  {text}")
        if input("Does it tell nothing of where a place is? yes or no: ").strip() == "yes":
            where = (row["id"], column)
            approvals.add(given.approved, text, where, options.role, clock.today())
    print(f"{len(seen)} shown. A text passes once {approvals.ROLES_NEEDED} roles approved it.")
    return 0


def _waiting(row_id: str | None, column: str | None) -> Iterator[tuple[Row, str]]:
    """Yield row and column of each text that is refused now, of these if they are named."""
    given = settings.read()
    table = csv_file.read(given.catalogue, given.most_bytes)
    lines = sources.read(sources.beside(given.catalogue))
    if faults := [*table.issues, *lines.issues]:
        raise CatalogueError("\n".join(map(str, faults)))
    rows = pd.concat([table.frame, sources.as_rows(lines.frame, table.frame)])
    found = privacy.refused_texts(rows, clock.today(), areas.zip_counties())
    for row, refused in found:
        if row_id in (None, row["id"]) and column in (None, refused):
            yield row, refused
