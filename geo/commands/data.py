"""Data: the page that tells what the catalogue holds, in Markdown: `docs/data.md`."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

from geo import settings
from geo.catalogue import keeper, records, remarks, sources, tally
from geo.catalogue.dates import PartialDate
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.errors import CatalogueError

HEAD = (
    "# What the data hold\n\nMade by `python -m geo data > docs/data.md`; a test holds this page, "
    "the README and the About page to it. Counts only: nothing of a place that is not public is in "
    "them."
)
COUNTIES = (*records.COUNTIES, tally.ELSEWHERE)
Cells = Sequence[str | int]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    telling = commands.add_parser("data", help="tell what the catalogue holds, as docs/data.md")
    telling.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print the page of the catalogue that is served; return 0."""
    kept = keeper.Keeper(settings.read().catalogue)
    if kept.faults:
        raise CatalogueError("\n".join(map(str, kept.faults)))
    print("\n".join(lines(kept.current())))
    return 0


def lines(edition: Edition) -> Iterator[str]:
    """Yield the lines of the page."""
    entries = edition.entries
    places = [entry for entry in entries if tally.is_place(entry)]
    yield HEAD
    yield (
        f"\n{len(entries)} entries, {len(places)} of them public places. The newest date in the "
        f"data is {edition.data_date}; ages are counted from it.\n"
    )
    yield from _kinds(entries)
    yield from _known(entries, places)
    yield from _ages(entries, int(edition.data_date[:4]))
    yield from _licences(entries)
    yield from _remarks(PartialDate.parse(edition.data_date))


def _kinds(entries: Sequence[Entry]) -> Iterator[str]:
    yield "## By county and kind\n"
    total = Counter(map(tally.county, entries))
    yield from _head("kind", "all", *(records.PLACES.get(name, "Elsewhere") for name in COUNTIES))
    for kind, found in tally.kinds(entries).items():
        yield _row(records.TYPES[kind], found.total(), *(found[name] for name in COUNTIES))
    yield _row("All entries", len(entries), *(total[name] for name in COUNTIES))
    yield "\nAn entry may be of several kinds. Elsewhere: lines to call, and what lies outside.\n"


def _known(entries: Sequence[Entry], places: Sequence[Entry]) -> Iterator[str]:
    yield "## How much is known\n"
    groups = [entries, places]
    groups += [[one for one in places if one["county"] == name] for name in records.COUNTIES]
    names = ["all entries", "public places", *(f"in {name}" for name in records.COUNTIES.values())]
    yield from _head("known", *names)
    for fact in tally.KNOWN:
        cells = [(tally.known(group)[fact], len(group)) for group in groups]
        yield _row(fact, *(f"{n} ({_percent(n, of)})" for n, of in cells))
    yield "\nWhat is not known is blank, and shown as not known.\n"


def _ages(entries: Sequence[Entry], newest: int) -> Iterator[str]:
    yield "## How old it is\n"
    yield "By the date of the source of the fact itself, or else of its entry.\n"
    spans = [(newest, newest), (newest - 1, newest - 1), (newest - 4, newest - 2)]
    names = [str(last) if first == last else f"{first} to {last}" for first, last in spans]
    yield from _head("fact", *names, f"before {newest - 4}", "no date")
    for field in tally.AGED:
        found = tally.ages(entries, field)
        dated = {int(year): n for year, n in found.items() if year}
        counts = [sum(n for year, n in dated.items() if a <= year <= b) for a, b in spans]
        older = sum(n for year, n in dated.items() if year < newest - 4)
        yield _row(f"`{field}`", *counts, older, found[""])
    yield ""


def _licences(entries: Sequence[Entry]) -> Iterator[str]:
    yield "## From whom\n"
    yield from _head("source", "entries", "licence")
    found = tally.licences(entries)
    for (source, licence), count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])):
        yield _row(source, count, licence)
    yield (
        "\nAn entry may name several. The sentences are our own. Each entry names its sources; "
        "the [other files](../data/README.md) name theirs.\n"
    )


def _remarks(newest: PartialDate) -> Iterator[str]:
    yield "## Remarks\n"
    path, today = settings.read().catalogue, newest.first_day
    table, facts, faults = keeper.read_both(path, today)
    found = remarks.find(table, facts, faults, today, (path.name, sources.NAME))
    counts = Counter(remark.rule for remark in found)
    yield "Doubts that `python -m geo check` tells, [what they mean](data-format.md#remarks).\n"
    yield from _head("remark", "count")
    for rule in remarks.RULES:
        yield _row(f"`{rule.__name__}`", counts[rule.__name__])


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "none"


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|---" * len(names) + "|"


def _row(*cells: str | int) -> str:
    return f"| {' | '.join(map(str, cells))} |"
