"""Tiles: how long a square of the map takes from a store of very many places.

`python -m tests.bench.tiles` makes 1,000,000 places up, or takes them from a file made before
(`--rows FILE.parquet`), and loads them into a server of its own; `--url URL` asks a store that is
loaded already. It asks as readers do who look at a place from farther and farther away, with other
filters each time, and ends with 1 if a limit is passed.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.search.query import Query
from geo.store import connection, load, migrations, spots, tiles
from geo.store.spots import Spots
from geo.store.tile_forms import FORMS, Square
from tests.bench import places
from tests.support import postgres

NOON = datetime(2026, 11, 18, 12, tzinfo=TIMEZONE)
SIZE = 1_000_000
MOST_P95_MS = 50.0
ZOOMS = range(5, 19)  # what the map of the pages can show
FILTERS = (
    Query(),
    Query(types=frozenset({"food"})),
    Query(open_at=NOON),
    Query(types=frozenset({"clinic", "food"}), open_at=NOON, languages=frozenset({"es"})),
    Query(free=True, wheelchair=True),
)


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and return 1 if a limit was passed."""
    options = _parser().parse_args(arguments)
    if options.url:
        return _measured(options.url, options.tiles)
    rows = pd.read_parquet(options.rows) if options.rows else places.make(options.size)
    located = locate(rows.head(options.size).fillna(""))
    folder = Path(tempfile.mkdtemp(prefix="bench-tiles-"))
    folder.chmod(0o711)
    try:
        with postgres.running(folder / "server") as server:
            migrations.migrate(server.url())
            with connection.writing(server.url()) as found:
                load.put(found, located, {}, "services.csv", NOON.date(), lambda *_: None)
            return _measured(server.url(), options.tiles)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(url: str, many: int) -> int:
    began = time.perf_counter()
    held = spots.read(url)
    print(f"{len(held.numbers):,} places read in {time.perf_counter() - began:.1f} s", flush=True)
    asked = list(_asked(held, many))
    worst = 0.0
    for form in FORMS:
        times: dict[int, list[float]] = {zoom: [] for zoom in ZOOMS}
        largest = 0
        for square, query in asked:
            began = time.perf_counter()
            made = tiles.made(url, square, query, form, lambda _: False)
            times[square.zoom].append((time.perf_counter() - began) * 1000)
            largest = max(largest, len(made.body or b""))
        for zoom, own in times.items():
            print(f"  {form} zoom {zoom:2}: p50 {_share(own, 0.5):5.1f}, most {max(own):5.1f} ms")
        every = [one for own in times.values() for one in own]
        worst = max(worst, _share(every, 0.95))
        told = ", ".join(
            f"p{share * 100:.0f} {_share(every, share):.1f} ms" for share in (0.5, 0.95)
        )
        print(f"{form}: {len(every)} tiles, {told}, largest {largest / 1000:.0f} kB", flush=True)
    return int(worst > MOST_P95_MS)


def _asked(held: Spots, many: int) -> Iterator[tuple[Square, Query]]:
    """Yield squares around places drawn by lot, from each zoom, with each of the filters."""
    dice = random.Random(places.SEED)
    for number in range(many):
        spot = dice.randrange(len(held.numbers))
        zoom = ZOOMS[number % len(ZOOMS)]
        x, y = (int(at[spot] * 2**zoom) for at in (held.x, held.y))
        yield Square(zoom, x, y), FILTERS[number % len(FILTERS)]


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.tiles")
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--rows", type=Path, help="places made before, as Parquet")
    parser.add_argument("--url", help="a store that is loaded already")
    parser.add_argument("--tiles", type=int, default=700)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
