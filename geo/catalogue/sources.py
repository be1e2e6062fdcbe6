"""Sources: who says a single fact, where it differs from who says that the service is there.

`data/sources.csv` lies beside the catalogue and is read with it. A fact that has no line there is
said by the source of its row.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from geo.catalogue import checks, csv_file, records
from geo.catalogue.issue import Issue, Said
from geo.catalogue.rules import texts
from geo.i18n import mark

NAME = "sources.csv"
SAYS = ("source_name", "source_ref", "source_date", "confidence")
COLUMNS: Mapping[str, str] = {
    "id": "the entry that the fact belongs to",
    "field": "the column of the catalogue that holds the fact",
    **{name: records.COLUMNS[name] for name in SAYS},
}

# What a line of `longitude` or of a text in Spanish would say is said by that of its twin.
TWINS: Mapping[str, str] = {
    "longitude": "latitude",
    "description_es": "description_en",
    "text_word_es": "text_word",
    **{spanish: english for english, spanish in texts.TWINS},
}

# The columns that hold a fact, and what a reader calls it.
FACTS: Mapping[str, str] = {
    "name": mark("Name"),
    "organization": mark("Who runs it"),
    "service_types": mark("Kind of help"),
    "description_en": mark("What it does"),
    "street": mark("Address"),
    "city": mark("Address"),
    "zip": mark("Address"),
    "county": mark("County"),
    "counties_served": mark("Counties served"),
    "latitude": mark("Point on the map"),
    "phone": mark("Phone"),
    "phone_note": mark("Note on the phone"),
    "text_line": mark("Text line"),
    "text_word": mark("Text line"),
    "website": mark("Website"),
    "hours": mark("Hours"),
    "hours_note": mark("Hours"),
    "languages": mark("Languages"),
    "eligibility": mark("Who may come"),
    "for_survivors": mark("Who may come"),
    "required_documents": mark("Papers to bring"),
    "fees": mark("Cost"),
    "fees_note": mark("Cost"),
    "walk_in": mark("Without an appointment"),
    "wheelchair": mark("Wheelchair"),
    "status": mark("Whether it is open at all"),
    "status_note": mark("What changes there"),
}


@dataclass(frozen=True)
class Source:
    """Who says a fact, where, when, and how good that is; in the words of the file."""

    name: str
    ref: str
    date: str  # YYYY, YYYY-MM, YYYY-MM-DD or blank
    confidence: str


Sources = Mapping[str, Mapping[str, Source]]  # by id of the entry, then by field


def beside(catalogue: Path) -> Path:
    """Return where the sources of a catalogue's facts are kept, whether the file is there or not.

    >>> beside(Path("data/services.csv")).as_posix()
    'data/sources.csv'
    """
    return catalogue.with_name(NAME)


def read(path: Path, most_bytes: int = csv_file.MOST_BYTES) -> csv_file.Table:
    """Return the lines of a file of sources as `csv_file.read` does; none if there is no file."""
    if not path.exists() and not path.is_symlink():
        return csv_file.Table(pd.DataFrame(columns=[*COLUMNS], dtype=str), (), ())
    return csv_file.read(path, most_bytes, tuple(COLUMNS))


def by_entry(frame: pd.DataFrame) -> Sources:
    """Return the sources of each entry that has any of its own."""
    found: dict[str, dict[str, Source]] = {}
    for entry, field, *said in frame[[*COLUMNS]].itertuples(index=False, name=None):
        found.setdefault(entry, {})[field] = Source(*said)
    return found


def check(
    lines: csv_file.Table,
    catalogue: csv_file.Table,
    today: date,
    zip_counties: Mapping[str, str],
    file_name: str,
) -> list[Issue]:
    """Return every fault of a file of sources, held against the catalogue it belongs to.

    What a line says of its source has to pass the rules of a row of the catalogue.
    """
    rows = catalogue.frame.set_index("id", drop=False)
    rows = rows[~rows.index.duplicated()]
    cells, places = [], []
    issues: list[Issue] = []
    seen: dict[tuple[str, str], str] = {}
    for place, line in zip(lines.lines, lines.frame.to_dict("records"), strict=True):
        where = f"{file_name}:{place}"
        faults = list(_line_issues(where, line, rows, seen))
        issues += faults
        if not faults:
            cells.append(_as_row(line, rows))
            places.append(place)
    frame = pd.DataFrame(cells, columns=[*records.COLUMNS], dtype=str)
    said = checks.check(frame, places, today, zip_counties, file_name)
    issues += [issue for issue in said if issue.column in SAYS or issue.rule == "never"]
    return sorted(issues, key=lambda one: int(one.where.rpartition(":")[2]))


def as_rows(lines: pd.DataFrame, catalogue: pd.DataFrame) -> pd.DataFrame:
    """Return for each line the row of the catalogue that it belongs to, with what the line says."""
    rows = catalogue.drop_duplicates("id").set_index("id", drop=False)
    known = lines[lines["id"].isin(rows.index)].to_dict("records")
    cells = [_as_row(line, rows) for line in known]
    return pd.DataFrame(cells, columns=[*records.COLUMNS], dtype=str)


def _as_row(line: Mapping[str, str], rows: pd.DataFrame) -> dict[str, str]:
    cells: dict[str, str] = rows.loc[line["id"]].to_dict()
    return cells | {name: line[name] for name in SAYS}


def _line_issues(
    where: str, line: Mapping[str, str], rows: pd.DataFrame, seen: dict[tuple[str, str], str]
) -> Iterator[Issue]:
    key = (line["id"], line["field"])
    first = seen.setdefault(key, where)
    for issue in _key_issues(where, key, rows, first):
        yield replace(issue, rule="sources")


def _key_issues(
    where: str, key: tuple[str, str], rows: pd.DataFrame, first: str
) -> Iterator[Issue]:
    entry, field = key
    if entry not in rows.index:
        fix = "Correct it, or take the line out: the entry is not in the catalogue."
        yield Issue(where, "id", Said("an id"), "one that the catalogue has", fix)
    elif field in TWINS:
        fix = f"Write {TWINS[field]}."
        yield Issue(where, "field", Said(field), "a line for both twins", fix)
    elif field not in FACTS:
        fix = "Choose one: docs/data-format.md lists them."
        wanted = "a column of the catalogue that holds a fact"
        yield Issue(where, "field", Said("another word"), wanted, fix)
    elif not rows.at[entry, field]:
        fix = "Fill the cell of the catalogue in, or take this line out."
        yield Issue(where, "field", Said(f"{field}, which is blank"), "a filled cell", fix)
    elif first != where:
        fix = f"{first} has it too: keep the better one, or join them with ;"
        yield Issue(where, "field", Said(f"{field} of this entry again"), "one line a fact", fix)


def without(frame: pd.DataFrame, entries: Iterable[str], field: str) -> pd.DataFrame:
    """Return the lines of a file but those of `field` of these entries."""
    gone = frame["id"].isin([*entries]) & frame["field"].eq(field)
    return frame[~gone]


def content(frame: pd.DataFrame) -> bytes:
    """Return what a file of these lines holds; quotes only where they are needed."""
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text.encode()
