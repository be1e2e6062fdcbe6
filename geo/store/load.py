"""Load: a catalogue into the store as its new edition, all of it or nothing.

It is put into a schema of its own, beside the one that readers see; when all is there, the new one
takes the place of the old in the same transaction. Nothing is loaded that the checks of the
catalogue refuse, and the tables refuse by themselves a private place that has a place.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from psycopg import Connection

from geo.catalogue import do_not_list, history, imported, keeper, losses, records, sources
from geo.errors import CatalogueError, StoreError
from geo.hours import intervals
from geo.search.index import MEAN_RADIUS, Ints, build_index, texts_of
from geo.spelling import fold, spoken_words
from geo.store import acts, connection, migrations, vocabulary
from geo.store.vocabulary import Learner

DAYS = 35  # of opening hours, from the day before the load
PIECE = 8_000_000  # bytes of a file that are one row
NEWS = 20_000  # rows between two words of how far it is
NEIGHBOURS_DEG = 0.2  # side of the squares in which places of one kind lie side by side on the disk
SCHEMA = "SET LOCAL search_path = map_fresh, public"
COLUMNS = tuple(records.COLUMNS)
Tell = Callable[[str, int, int], None]  # which table, how many rows of how many are in


def load(url: str, path: Path, today: date, tell: Tell) -> int:
    """Put a catalogue file, and the files that go with it, into the store; return its places.

    Raises
    ------
    CatalogueError : the catalogue has faults
    StoreError : the store cannot be reached, has another shape, or does not take it
    """
    before = keeper.stamps(path)
    files = {name: file.read_bytes() for name, file in _files(path).items()}
    places, faults = keeper.read_catalogue(path, today)
    if faults:
        raise CatalogueError("\n".join(map(str, faults)))
    if keeper.stamps(path) != before:
        raise CatalogueError(f"{path} was changed meanwhile. Start again.")
    with connection.writing(url) as found:
        put(found, places, files, path.name, today, tell)
    return len(places)


def put(
    found: Connection,
    places: gpd.GeoDataFrame,
    files: Mapping[str, bytes],
    name: str,
    today: date,
    tell: Tell,
) -> None:
    """Make located places the edition that is up, and keep the files they come from.

    Raises
    ------
    StoreError : the store has another shape, or the log of keepers would lose lines
    psycopg.Error : the store does not take it; all is as it was
    """
    with found.transaction():
        found.execute("SELECT pg_advisory_xact_lock(%s)", [migrations.LOCK])
        _see_that_it_fits(found)
        acts.add(found, files.get(history.beside(Path(name)).name, b""))
        found.execute("DROP SCHEMA IF EXISTS map_fresh CASCADE; CREATE SCHEMA map_fresh")
        found.execute(SCHEMA)
        found.execute("SET LOCAL maintenance_work_mem = '256MB'")
        found.execute(migrations.sql("edition.sql").encode())
        first = today - timedelta(days=1)
        _copy(found, "entries", _entries(places), len(places), tell)
        _copy_places(found, places, first, tell)
        found.execute(migrations.sql("edition_ends.sql").encode())
        found.execute("SET LOCAL search_path = public")
        found.execute(migrations.sql("edition_swap.sql").encode())
        _keep_files(found, files)
        _note(found, places, name, hashlib.sha256(files.get(name, b"")).hexdigest(), first)


def _files(path: Path) -> dict[str, Path]:
    """Return the files of a catalogue that are there, by their names from its folder on."""
    beside = (sources.beside(path), do_not_list.beside(path), history.beside(path))
    found = [path, *beside, losses.record_of(path), *imported.files(path)]
    return {file.relative_to(path.parent).as_posix(): file for file in found if file.exists()}


def _see_that_it_fits(found: Connection) -> None:
    row = found.execute("SELECT max(number) FROM map_kept.migrations").fetchone()
    if not row or row[0] != migrations.newest():
        raise StoreError("The store is of another version. Run `python -m geo store migrate`.")


def _copy(
    found: Connection, table: str, rows: Iterable[tuple[Any, ...]], size: int, tell: Tell
) -> None:
    with found.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for number, row in enumerate(rows, 1):
            copy.write_row(row)
            if number % NEWS == 0 or number == size:
                tell(table, number, size)


def _entries(places: gpd.GeoDataFrame) -> Iterator[tuple[Any, ...]]:
    columns = [*COLUMNS, "feed", "sources", "checks"]
    for number, row in enumerate(places[columns].itertuples(index=False, name=None)):
        *cells, told, checks = row
        yield (number, *cells, _json(told), _json(checks))


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps({field: vars(one) for field, one in told.items()}) if told else "{}"


def _copy_places(found: Connection, places: gpd.GeoDataFrame, first: date, tell: Tell) -> None:
    """Fill the tables that are asked: places, hours, words, lines."""
    learner = Learner()
    hours: dict[str, int] = {}
    reached = (places["phone"].ne("") | places["text_line"].ne("")).to_numpy()
    is_line = places["is_line"].to_numpy(dtype=bool) & reached
    _copy(found, "places", _places(places, learner, hours, reached, is_line), len(places), tell)
    _copy(found, "hours", _hours(hours, first), len(hours), tell)
    words = list(learner.rows())
    _copy(found, "words", words, len(words), tell)
    numbers = np.flatnonzero(is_line)
    lines = numbers[build_index(places.iloc[numbers].reset_index(drop=True)).lines]
    _copy(found, "lines", list(enumerate(lines.tolist())), len(lines), tell)


def _places(
    places: gpd.GeoDataFrame,
    learner: Learner,
    hours: dict[str, int],
    reached: np.ndarray[Any, Any],
    is_line: np.ndarray[Any, Any],
) -> Iterator[tuple[Any, ...]]:
    names = [" ".join(map(fold, spoken_words(name))) for name in places["name"]]
    ranks = np.empty(len(names), dtype=int)
    ranks[sorted(range(len(names)), key=lambda number: (names[number], number))] = range(len(names))
    points = shapely.to_wkb(
        shapely.set_srid(places.geometry.to_numpy(), 4326), hex=True, include_srid=True
    )
    laid = places.iloc[_on_disk(places)]
    for row, cells in zip(laid.itertuples(), texts_of(laid), strict=True):
        number = row.Index
        tokens = learner.tokens(cells, vocabulary.marks(row))
        yield (
            number,
            int(ranks[number]),
            points[number],
            row.radius_m * MEAN_RADIUS,
            row.group,
            hours.setdefault(row.hours, len(hours)),
            row.status == "paused",
            bool(is_line[number]),
            bool(reached[number]),
            f"{{{','.join(map(str, tokens))}}}",
        )


def _on_disk(places: gpd.GeoDataFrame) -> Ints:
    """Return the order in which places are written: around one another, and those of a kind.

    What a question finds then lies on few pages. Without a point they come last, by kind alone.
    """
    _, kinds = np.unique(places["service_types"].to_numpy(dtype=str), return_inverse=True)
    sizes = (vocabulary.CELLS_DEG[0], NEIGHBOURS_DEG)
    fine, wide = (
        [np.floor(places[axis].to_numpy() / size) for axis in ("lon", "lat")] for size in sizes
    )
    return np.lexsort([*fine, kinds, *wide])


def _hours(hours: Mapping[str, int], first: date) -> Iterator[tuple[Any, ...]]:
    """Yield each text of hours with the minutes in which it says open, and those unknown."""
    end = _midnight(first + timedelta(days=DAYS))
    for text, number in hours.items():
        told = intervals.of(text, first, DAYS)
        spans: dict[str, list[str]] = {"open": [], "unknown": [], "closed": []}
        for start, until, said in zip(told.starts, [*told.starts[1:], end], told.says, strict=True):
            spans[intervals.KINDS[said % 100 % 3]].append(f"[{start},{until})")
        yield number, text, *(f"{{{','.join(spans[kind])}}}" for kind in ("open", "unknown"))


def _midnight(day: date) -> int:
    return intervals.of("24/7", day, 1).starts[0]


def _keep_files(found: Connection, files: Mapping[str, bytes]) -> None:
    found.execute("DELETE FROM map_kept.files")
    with found.cursor() as cursor, cursor.copy("COPY map_kept.files FROM STDIN") as copy:
        for name, content in files.items():
            for piece, start in enumerate(range(0, max(len(content), 1), PIECE)):
                copy.write_row((name, piece, content[start : start + PIECE]))


def _note(found: Connection, places: gpd.GeoDataFrame, name: str, mark: str, first: date) -> None:
    """Note which edition is up: its number is one more than that of the one before."""
    row = found.execute("SELECT max(number) FROM map_kept.edition").fetchone()
    number = ((row and row[0]) or 0) + 1
    found.execute("DELETE FROM map_kept.edition")
    found.execute(
        "INSERT INTO map_kept.edition (number, name, mark, shape, places, first_minute, end_minute,"
        " closed, unconfirmed, gone) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            number,
            name,
            mark,
            migrations.shape(),
            len(places),
            _midnight(first),
            _midnight(first + timedelta(days=DAYS)),
            list(places.attrs.get("closed", ())),
            sorted(places.attrs.get("unconfirmed", ())),
            list(places.attrs.get("gone", ())),
        ],
    )
