"""Editions: what readers may see of the edition that is up: its state, its entries, or all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
from psycopg import Connection
from psycopg.rows import class_row

from geo.catalogue import records
from geo.catalogue.history import Check
from geo.catalogue.places import locate
from geo.catalogue.sources import Source
from geo.errors import StoreError
from geo.store import connection, migrations

COLUMNS = (*records.COLUMNS, "feed")
WHOLE_S = 300.0  # for a whole edition, which readers do not wait for
Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class State:
    """Which edition is up; minutes are those since 1970, in UTC, of which hours were worked out."""

    number: int
    name: str
    mark: str
    shape: str
    places: int
    first_minute: int
    end_minute: int
    closed: Sequence[str]
    unconfirmed: Sequence[str]
    gone: Sequence[str]  # names of what is not listed any more
    migration: int


def state(found: Connection) -> State:
    """Return which edition is up.

    Raises
    ------
    StoreError : nothing was loaded, or the store has another shape than this program knows
    """
    with found.cursor(row_factory=class_row(State)) as cursor:
        columns = ", ".join(State.__dataclass_fields__)
        row = cursor.execute(f"SELECT {columns} FROM map.state".encode()).fetchone()
    if row is None:
        raise StoreError("Nothing was loaded yet into the store. Run `python -m geo store load`.")
    if (row.migration, row.shape) != (migrations.newest(), migrations.shape()):
        raise StoreError(
            "The store is of another version than this program. "
            "Run `python -m geo store migrate`, then `python -m geo store load`."
        )
    return row


def places(url: str) -> tuple[State, gpd.GeoDataFrame]:
    """Return all places of the edition that is up, located as `catalogue.keeper` does.

    Raises
    ------
    StoreError : the store cannot be reached, or has none
    """
    with connection.reading(url, WHOLE_S) as found:
        up = state(found)
        names = ", ".join(COLUMNS)
        query = f"SELECT {names}, sources, checks FROM map.entries ORDER BY number"
        frame = located(found.execute(query.encode()).fetchall())
    frame.attrs["closed"] = tuple(up.closed)
    frame.attrs["gone"] = tuple(up.gone)
    frame.attrs["unconfirmed"] = frozenset(up.unconfirmed)
    return up, frame


def entries(found: Connection, numbers: Sequence[int]) -> gpd.GeoDataFrame:
    """Return some places by their numbers, in that order."""
    names = ", ".join(f"e.{name}" for name in COLUMNS)
    query = (
        f"SELECT {names}, e.sources, e.checks FROM unnest(%s::integer[]) WITH ORDINALITY"
        " AS asked (number, place) JOIN map.entries e USING (number) ORDER BY asked.place"
    )
    return located(found.execute(query.encode(), [list(numbers)]).fetchall())


def located(rows: Rows) -> gpd.GeoDataFrame:
    """Return rows of `COLUMNS`, sources and checks as located places."""
    frame = pd.DataFrame([row[: len(COLUMNS)] for row in rows], columns=[*COLUMNS], dtype=str)
    sources = {
        row[0]: {field: Source(**one) for field, one in row[-2].items()} for row in rows if row[-2]
    }
    checks = {
        row[0]: {field: Check(**one) for field, one in row[-1].items()} for row in rows if row[-1]
    }
    return locate(frame, sources, checks)
