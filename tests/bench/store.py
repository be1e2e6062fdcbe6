"""Store: how long a PostGIS store of very many places takes to load, to answer, to draw a tile.

`python -m tests.bench.store` makes 1,000,000 places up, or takes them from a file made before
(`--rows FILE.parquet`), and starts a server of its own. `--files` measures the search over files on
the same places beside it, with its memory. It ends with 1 if a limit is passed.
"""

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import psycopg

from geo import areas
from geo.areas import Area
from geo.catalogue import records
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.search.index import build_index
from geo.search.query import Query, search
from geo.store import connection, editions, load, migrations, questions
from tests.bench import places
from tests.support import postgres

NOON = datetime(2026, 11, 18, 12, tzinfo=TIMEZONE)
SIZE = 1_000_000
FIRST = 50
WORDS = ("food", "clinic", "gratis", "dentist", "abogdo", "help with rent", "niños", "vallley")
MILES = (1.0, 2.0, 5.0)
MOST_P95_MS = 60.0
TABLES = """
SELECT relname, pg_total_relation_size(oid) FROM pg_class
WHERE relnamespace = 'map_edition'::regnamespace AND relkind = 'r' ORDER BY 2 DESC
"""


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and return 1 if a limit was passed."""
    options = _parser().parse_args(arguments)
    began = time.perf_counter()
    rows = pd.read_parquet(options.rows) if options.rows else places.make(options.size)
    located = locate(rows.head(options.size).fillna(""))
    print(f"{len(located):,} places made in {time.perf_counter() - began:.0f} s", flush=True)
    asked = list(questions_of(options.questions))
    if options.files:
        return _files(located, asked)
    folder = Path(tempfile.mkdtemp(prefix="bench-store-"))
    folder.chmod(0o711)
    try:
        with postgres.running(folder / "server") as server:
            return _store(server.url(), located, asked)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def questions_of(count: int) -> Iterator[Query]:
    """Yield questions near a town or ZIP code: a type, words, open now; the same in every run."""
    dice = random.Random(places.SEED)
    near: list[Area] = [area for area in areas.load().values() if area.kind != "county"]
    for _ in range(count):
        yield Query(
            types=frozenset([dice.choice([*records.TYPES])]),
            words=dice.choice(WORDS),
            where=dice.choice(near),
            within_miles=dice.choice(MILES),
            open_at=NOON,
        )


def _store(url: str, located: gpd.GeoDataFrame, asked: Sequence[Query]) -> int:
    migrations.migrate(url)
    began = time.perf_counter()
    with connection.writing(url) as found:
        load.put(found, located, {}, "services.csv", NOON.date(), _tell)
    print(f"loaded in {time.perf_counter() - began:.0f} s", flush=True)
    with psycopg.connect(url) as found:
        for table, size in found.execute(TABLES).fetchall():
            print(f"  {table:<8} {size / 1e6:8.0f} MB")

    def first(query: Query) -> int:
        with connection.reading(url) as reading:
            answer = questions.answered(reading, url, query, NOON)
            editions.entries(reading, answer.places[:FIRST].tolist())
        return len(answer.places)

    return _measured("store", first, asked)


def _files(located: gpd.GeoDataFrame, asked: Sequence[Query]) -> int:
    began = time.perf_counter()
    index = build_index(located)
    print(f"index of the files in {time.perf_counter() - began:.0f} s", flush=True)
    _measured("files", lambda query: len(search(index, query, NOON).places), asked)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"  at most {peak:.1f} GB of memory")
    return 0


def _measured(name: str, ask: Callable[[Query], int], asked: Sequence[Query]) -> int:
    """Ask all, print how long that took, and return 1 if it was too long."""
    for query in asked[:10]:
        ask(query)
    times, most = [], 0
    for query in asked:
        began = time.perf_counter()
        most = max(most, ask(query))
        times.append((time.perf_counter() - began) * 1000)
    half, p95 = (sorted(times)[int(len(times) * share)] for share in (0.5, 0.95))
    print(
        f"{name}: {len(times)} questions, up to {most:,} places found; "
        f"p50 {half:.1f} ms, p95 {p95:.1f} ms, most {max(times):.1f} ms",
        flush=True,
    )
    return int(p95 > MOST_P95_MS)


def _tell(table: str, number: int, size: int) -> None:
    if number % 200_000 == 0 or number == size:
        print(f"  {table}: {number:,} of {size:,}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.store")
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--rows", type=Path, help="places made before, as Parquet")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--files", action="store_true", help="measure the files instead")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
