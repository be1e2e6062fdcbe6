"""Checks: all rules over the rows of a catalogue -> what is wrong and how to mend it.

A rule takes `Rows` and yields an `Issue` for each bad cell; its name is the rule's name. To add
one, write it into a module of `rules` and put it into `RULES`. No message ever repeats a cell of a
row whose place is not public.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from geo.catalogue import records
from geo.catalogue.issue import Issue, Said
from geo.catalogue.rows import Rows, Rule, read_rows
from geo.catalogue.rules import cells, contact, places, privacy, texts
from geo.errors import CatalogueError

RULES: tuple[Rule, ...] = (
    cells.required,
    cells.ids,
    cells.words,
    cells.lists,
    cells.documents,
    cells.languages,
    places.points,
    places.precision,
    places.zips,
    places.at_odds,
    contact.phones,
    contact.nobodys_number,
    contact.text_words,
    cells.opening_hours,
    cells.dates,
    cells.verification,
    contact.links,
    texts.clean_text,
    texts.damaged_text,
    texts.no_value,
    texts.twins,
    privacy.release,
    privacy.stated,
    privacy.shared_names,
    privacy.confidential,
    privacy.never,
)
# The others look at each row by itself.
COMPARING: tuple[Rule, ...] = (cells.ids, privacy.shared_names, privacy.never)
# What else is wrong with a cell that should be blank does not matter, but for these.
NEVER_MOOT = {
    rule.__name__
    for rule in (
        texts.no_value,
        contact.nobodys_number,
        privacy.release,
        privacy.stated,
        privacy.shared_names,
        privacy.confidential,
        privacy.never,
    )
}


def check(
    frame: pd.DataFrame,
    lines: Sequence[int],
    today: date,
    zip_counties: Mapping[str, str],
    file_name: str,
    rules: Sequence[Rule] = RULES,
) -> list[Issue]:
    """Return every fault that `rules` find, in the order of the file: by row, then by column.

    Parameters
    ----------
    frame : the columns of `records.COLUMNS`, all text, '' for blank
    lines : the line of the file on which each row of `frame` begins
    today : the day after which no date may be
    zip_counties : 'imperial' or 'san_joaquin' for each ZIP code of the two
    file_name : what messages call the file
    """
    try:
        rows = read_rows(frame, lines, today, zip_counties, file_name)
    except CatalogueError as error:  # fingerprints without their key
        found = Said("fingerprints that cannot be compared")
        return [Issue(f"{file_name}:1", "id", found, "their key", str(error), "never")]
    issues = found_by(rules, rows)
    moot = {(one.where, one.column) for one in issues if one.rule == texts.no_value.__name__}
    return [one for one in issues if one.rule in NEVER_MOOT or (one.where, one.column) not in moot]


def found_by(rules: Sequence[Rule], rows: Rows) -> list[Issue]:
    """Return what some rules find, each with the rule's name: by row, then by column."""
    issues = [replace(issue, rule=rule.__name__) for rule in rules for issue in rule(rows)]
    row_number = {row.where: number for number, row in enumerate(rows)}
    columns = list(records.COLUMNS)
    return sorted(issues, key=lambda one: (row_number[one.where], columns.index(one.column)))
