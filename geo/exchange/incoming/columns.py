"""Columns: any one table, a row a service, by a map of its columns to ours.

The map is a table of `ours`, `theirs`, `fixed`: one of our columns, and either the header of a
column of the file or a text that is the same for all rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.catalogue import records
from geo.errors import CatalogueError, HoursError
from geo.exchange.incoming import cells, parcel, rows, sheets
from geo.exchange.incoming.rows import Rules, Verdict
from geo.exchange.incoming.sheets import Sheet
from geo.exchange.incoming.tables import Address, Location, Phone, Term
from geo.exchange.incoming.told import Told
from geo.hours.rules import read as read_hours

HEADER = ("ours", "theirs", "fixed")
MORE = ("external_id", "state", "country")  # besides our own columns
# What the import itself decides, or only a person of ours can say.
NOT_GIVEN = {"id", "location_precision", "location_source", "location_policy", "release_ref"}
NOT_GIVEN |= {"verified_on", "verified_by_role", "confidence", "source_name", "source_ref"}
AS_THEY_ARE = {"county", "counties_served", "description_es", "phone_note", "phone_note_es"}
AS_THEY_ARE |= {"text_line", "text_word", "text_word_es", "eligibility_es", "for_survivors"}
AS_THEY_ARE |= {"fees_note", "fees_note_es", "walk_in", "wheelchair", "status_note_es"}
AS_THEY_ARE |= {"hours_note_es"}
ALLOWED = [name for name in (*records.COLUMNS, *MORE) if name not in NOT_GIVEN]


@dataclass(frozen=True)
class ColumnsMap:
    """Which column of a file is which of ours, and what is the same for all rows."""

    theirs: dict[str, str]
    fixed: dict[str, str]


def read_map(path: Path) -> ColumnsMap:
    """Return the map of a file.

    Raises
    ------
    CatalogueError : it has other columns, names none of ours, or lacks what no row can do without
    """
    theirs: dict[str, str] = {}
    fixed: dict[str, str] = {}
    with parcel.files(path) as files:
        sheet = sheets.read(files[0])
        names = [name.casefold() for name in sheet.header]
        if not {*HEADER} <= {*names}:
            raise CatalogueError(f"{path.name}:1: wanted the columns ours, theirs and fixed.")
        for line, row in enumerate(sheet.rows, 2):
            ours, their, same = (row[names.index(name)] for name in HEADER)
            if ours not in ALLOWED or ours in {*theirs, *fixed}:
                wanted = f"one of {', '.join(ALLOWED)}, each once"
                raise CatalogueError(f"{path.name}:{line}: found {ours!r}, wanted {wanted}.")
            if bool(their) == bool(same):
                raise CatalogueError(f"{path.name}:{line}: wanted theirs or fixed, one of the two.")
            (theirs if their else fixed)[ours] = their or same
    for needed in ("external_id", "name", "service_types"):
        if needed not in theirs and (needed == "external_id" or needed not in fixed):
            raise CatalogueError(f"{path.name}: wanted a line for {needed}.")
    return ColumnsMap(theirs, fixed)


def read(path: Path, columns: ColumnsMap, rules: Rules, unread: list[str]) -> Iterator[Verdict]:
    """Yield what becomes of each row of a table in text or of a workbook.

    Raises
    ------
    CatalogueError : it cannot be read, or lacks a column that the map names
    """
    with parcel.files(path) as files:
        if len(files) != 1:
            raise CatalogueError(f"{path.name}: wanted one table.")
        is_book = files[0].ending == ".xlsx"
        sheet = sheets.read_workbook(files[0]) if is_book else sheets.read(files[0])
        spots = _spots(sheet, columns, path.name)
        for row in sheet.rows:
            given = {ours: row[spot] for ours, spot in spots.items()} | columns.fixed
            yield from rows.verdicts([_told(given)], rules)
        unread += [f"{sheet.name}, row {number}" for number in sheet.bad]


def _spots(sheet: Sheet, columns: ColumnsMap, name: str) -> dict[str, int]:
    header = [one.casefold() for one in sheet.header]
    missing = [one for one in columns.theirs.values() if one.casefold() not in header]
    if missing:
        raise CatalogueError(f"{name}: found no column {missing[0]!r}, which the map names.")
    return {ours: header.index(their.casefold()) for ours, their in columns.theirs.items()}


def _told(given: dict[str, str]) -> Told:
    def cell(name: str) -> str:
        return given.get(name, "")

    outer = cell("external_id")
    kinds = records.split(cell("service_types").replace(",", ";"))
    labels = {label.casefold(): kind for kind, label in records.TYPES.items()}
    ours = [labels.get(kind.casefold(), kind) for kind in kinds]
    hours, note = _hours(cell("hours"))
    kept = {name: cell(name) for name in sorted(AS_THEY_ARE) if cell(name)}
    kept |= {"service_types": "; ".join(kind for kind in ours if kind in records.TYPES)}
    phone = Phone(number=cell("phone"))
    where = (cell("street"), cell("city"), cell("zip"), cell("latitude"))
    return Told(
        service=f"service/{outer}" if outer else "",
        name=cell("name"),
        organization=cell("organization"),
        terms=[Term(id=kind) for kind in ours if kind not in records.TYPES],
        description=cell("description_en"),
        address=Address(
            address_1=cell("street"),
            city=cell("city"),
            state_province=cell("state"),
            postal_code=cell("zip"),
            country=cell("country"),
        ),
        location=Location(latitude=cell("latitude"), longitude=cell("longitude")),
        hints=where[:3],
        has_place=any(where),
        phones=[phone] if phone.number else [],
        website=cell("website"),
        hours=hours,
        hours_note=" ".join(filter(None, (note, cell("hours_note")))),
        languages=cells.several(cell("languages")),
        documents=cells.several(cell("required_documents").replace("_", " ")),
        eligibility=cell("eligibility"),
        fees=records.FEES.get(cell("fees"), cell("fees")),
        status={"paused": "temporarily closed"}.get(cell("status"), cell("status")),
        alert=cell("status_note"),
        modified=cell("source_date"),
        kept=kept,
    )


def _hours(told: str) -> tuple[str, str]:
    """Return hours as OpenStreetMap writes them and '', or '' and what stands there as words."""
    try:
        return (told, "") if read_hours(told) else ("", "")
    except HoursError:
        return "", told


def preview(found: Sequence[Verdict]) -> Iterator[str]:
    """Yield rows as they would become, those cells that are filled; of others why there is none."""
    for one in found:
        yield f"{rows.shown_id(one.external_id) or '(no id)'}:"
        if one.reason:
            yield f"  not taken: {one.reason}"
        for column in (*records.COLUMNS, "external_id") if not one.reason else ():
            if one.row.get(column):
                yield f"  {column}: {one.row[column]}"
