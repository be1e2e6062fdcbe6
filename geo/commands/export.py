"""Export: the catalogue as a file in the format of others."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from geo import clock, settings
from geo.catalogue.keeper import Edition, load_catalogue
from geo.errors import QuestionError
from geo.exchange import flat, geojson, hsds, nested, open_eligibility, package, schedules
from geo.files import whole
from geo.web import offline

HSDS: Mapping[str, Callable[[hsds.Tables], bytes]] = {
    ".zip": package.archive,
    ".json": nested.as_json,
    ".ndjson": nested.as_lines,
}
FLAT: Mapping[str, Callable[[Edition], bytes]] = {
    "csv": lambda edition: flat.as_csv(flat.COLUMNS, flat.rows(edition.entries)),
    "xlsx": lambda edition: flat.as_xlsx(flat.COLUMNS, flat.rows(edition.entries)),
    "geojson": lambda edition: geojson.as_geojson(edition.entries),
    "kml": lambda edition: geojson.as_kml(edition.entries),
    "html": lambda edition: offline.page(edition, clock.today()).encode(),
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    exporting = commands.add_parser("export", help="write the catalogue in the format of others")
    told = "hsds: Open Referral, 3.1; html: one page that needs no server"
    exporting.add_argument("format", choices=["hsds", *FLAT], help=told)
    exporting.add_argument(
        "out", type=Path, metavar="OUT", help=f"the file; of hsds: {', '.join(HSDS)}"
    )
    exporting.add_argument(
        "--open-eligibility",
        action="store_true",
        help="of hsds: also terms of Open Eligibility; the file is then under CC BY-SA 3.0",
    )
    exporting.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file, say what is in it and what it could not say; return 0.

    Raises
    ------
    CatalogueError : the catalogue has faults
    QuestionError : the ending of the file is none of the format, or it cannot be written
    """
    edition = Edition(1, load_catalogue(settings.read().catalogue, clock.today()))
    out: Path = options.out
    if options.format == "hsds":
        terms = open_eligibility.load() if options.open_eligibility else {}
        tables = hsds.tables(edition.entries, edition.data_date, terms)
        content = _as(out)(tables)
    elif options.open_eligibility:
        raise QuestionError("--open-eligibility: only hsds has a place for its terms.")
    else:
        content = FLAT[options.format](edition)
    try:
        with whole.swap(out) as beside:
            beside.write_bytes(content)
    except OSError as error:
        wanted = "{out}: cannot be written ({why}). Name a file in a folder that is there."
        raise QuestionError(wanted, out=out, why=error.strerror) from error
    print(f"{out}: {len(edition.entries)} entries, {len(content):,} bytes.")
    if options.format == "hsds":
        for line in _told(tables):
            print(line)
    return 0


def _as(out: Path) -> Callable[[hsds.Tables], bytes]:
    if out.suffix not in HSDS:
        wanted = "OUT: found {found!r}, wanted a name that ends with {endings}."
        raise QuestionError(wanted, found=out.name, endings=", ".join(HSDS))
    return HSDS[out.suffix]


def _told(tables: hsds.Tables) -> Sequence[str]:
    """Return how many rows each table has, and what its rules could not say."""
    counts = [f"  {name:<24} {rows:>6}" for name, rows in package.counts(tables).items()]
    words = sum(map(schedules.is_told_in_words, tables.get("schedule", ())))
    if words:
        counts.append(f"Hours that HSDS has no rule for, told in words: {words}.")
    return counts
