"""Opening: the table of what each text of hours says of a minute, as the database is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg import Connection

from geo.hours.state import state_at
from geo.search.query import KINDS
from geo.store.editions import State

KEPT = """(
  SELECT number, CASE WHEN open @> %(minute)s::integer THEN 2::int2
    WHEN unknown @> %(minute)s::integer THEN 1::int2 ELSE 0::int2 END AS state FROM map.hours
)"""
TOLD = "(SELECT * FROM unnest(%(hours)s::integer[], %(states)s::int2[]) AS told (number, state))"


def table(found: Connection, up: State, at: datetime) -> tuple[str, Mapping[str, Any]]:
    """Return the table and the values it names; worked out here where it is not kept."""
    moment = at.replace(second=0, microsecond=0)
    minute = int(moment.timestamp() // 60)
    if up.first_minute <= minute < up.end_minute:
        return KEPT, {"minute": minute}
    rows = found.execute("SELECT number, text FROM map.hours").fetchall()
    states = [KINDS.index(state_at(text, moment).kind) for _, text in rows]
    return TOLD, {"hours": [number for number, _ in rows], "states": states}
