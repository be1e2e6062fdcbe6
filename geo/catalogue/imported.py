"""Imported: rows that feeds of others told us, a file a feed, shown with the catalogue's own.

They lie in `data/imported/NAME.csv`: the columns of the catalogue and `external_id`. They are held
to its rules but for two: a text may be there in English alone, and nobody of ours confirmed them.
"""

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from geo import areas
from geo.catalogue import checks, csv_file, disclosure, do_not_list, records
from geo.catalogue.issue import Issue, Said

FOLDER = "imported"
COLUMNS = (*records.COLUMNS, "external_id")
OURS_ALONE = ("verified_on", "verified_by_role", "release_ref")  # no feed can say these
NO_ROWS = pd.DataFrame(columns=[*records.COLUMNS, "feed"], dtype=str)
OWN = (*OURS_ALONE, "external_id", "location_policy")
MOST_BYTES = 300_000_000
SLICE = 5_000  # rows checked at a time: a row as an object is large
CODED = re.compile(r"(?:[a-z_]+/)?(?:[0-9]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.I)


def files(catalogue: Path) -> list[Path]:
    """Return the files of the feeds that go with a catalogue."""
    try:
        found = sorted(catalogue.with_name(FOLDER).iterdir())
    except OSError:
        return []
    return [path for path in found if path.suffix == ".csv" and not path.name.startswith(".")]


def file_of(catalogue: Path, name: str) -> Path:
    """Return where the rows of one feed are kept."""
    return catalogue.with_name(FOLDER) / f"{name}.csv"


def read(path: Path) -> csv_file.Table:
    """Return the rows of the file of a feed, as `csv_file.read` does."""
    return csv_file.read(path, MOST_BYTES, COLUMNS)


def read_all(
    catalogue: Path, own: pd.DataFrame, ids: MutableMapping[str, str], today: date
) -> tuple[pd.DataFrame, list[Issue]]:
    """Return the rows of all feeds but those on the do-not-list, and every fault in them.

    Its columns are those of the catalogue and `feed`, who told it. `own` are the rows of the
    catalogue, `ids` holds where it has each id; those of the feeds are added.
    """
    frames = [NO_ROWS]
    issues: list[Issue] = []
    for path in files(catalogue):
        table = read(path)
        issues += [*table.issues, *check(table, path, ids, today)]
        frames.append(table.frame.assign(feed=path.stem))
    if len(frames) == 1:
        return NO_ROWS, issues
    rows = pd.concat(frames, ignore_index=True)
    banned, _ = do_not_list.look(do_not_list.beside(catalogue))  # its faults are told already
    shown = ~do_not_list.of_feed(rows, do_not_list.with_places(banned, own))
    return rows.loc[shown, [*records.COLUMNS, "feed"]], issues


def check(
    table: csv_file.Table, path: Path, ids: MutableMapping[str, str], today: date
) -> list[Issue]:
    """Return every fault of the rows of a feed; `ids` are the ids taken, and where."""
    name = f"{FOLDER}/{path.name}"
    found = faults(table.frame, table.lines, today, name)
    for line, own in zip(table.lines, table.frame["id"], strict=True):
        where = f"{name}:{line}"
        if ids.setdefault(own, where) != where:
            fix = f"{ids[own]} has it too. Import the feed again."
            found.append(Issue(where, "id", Said("an id"), "one that no other row has", fix, "ids"))
    return found


def faults(frame: pd.DataFrame, lines: tuple[int, ...], today: date, file_name: str) -> list[Issue]:
    """Return every fault of rows with `COLUMNS`, but for ids that other files have too."""
    found: list[Issue] = []
    for start in range(0, len(frame), SLICE):
        part, here = frame.iloc[start : start + SLICE], lines[start : start + SLICE]
        said = checks.check(part, here, today, areas.zip_counties(), file_name)
        found += [one for one in said if not _is_allowed(one)]
        rows = part[[*OWN]].itertuples(index=False, name=None)
        for line, cells in zip(here, rows, strict=True):
            own = _own_rules(f"{file_name}:{line}", dict(zip(OWN, cells, strict=True)))
            found += [replace(one, rule="imported") for one in own]
    return found


def _is_allowed(issue: Issue) -> bool:
    """Say whether a fault is none here: a text that is not there in Spanish."""
    return issue.rule in ("required", "twins") and issue.column.endswith("_es")


def _own_rules(where: str, row: dict[str, str]) -> Iterator[Issue]:
    for column in OURS_ALONE:
        if row[column]:
            fix = "Empty it, and say it in the catalogue."
            yield Issue(where, column, Said("text"), "an empty cell: no feed can say this", fix)
    outer = row["external_id"]
    if not outer or not outer.isprintable():
        yield Issue(where, "external_id", Said("none"), "the id of the feed", "Import it again.")
    elif row["location_policy"] != "public" and tells_place(outer):
        wanted = "an id that tells no place, for this place is not public"
        yield Issue(where, "external_id", Said("another"), wanted, "Take the row out.")


def tells_place(external_id: str) -> bool:
    """Say whether an id may tell where a place is; numbers and UUIDs do not.

    >>> tells_place("service/95202"), tells_place("service/12-oak-street")
    (False, True)
    """
    spaced = re.sub(r"[-_/]+", " ", external_id.replace("service/", "", 1))
    return not CODED.fullmatch(external_id) and disclosure.clue(spaced) is not None
