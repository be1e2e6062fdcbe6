"""Store: keep a catalogue in PostGIS: `migrate` sets it up, `load` fills it, `dump` gives it back.

`STORE_URL` names the database and the role. Who loads must own it; readers need a role that may
read the public views alone (docs/store.md).
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from geo import clock, settings
from geo.clock import TIMEZONE
from geo.errors import StoreError
from geo.store import connection, dump, editions, load, migrations


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    storing = commands.add_parser("store", help="keep the catalogue in a PostGIS database")
    acts = storing.add_subparsers(title="what to do", required=True)
    acts.add_parser("migrate", help="set it up, or bring it up to date").set_defaults(run=_migrate)
    loading = acts.add_parser("load", help="make a catalogue the edition that is up")
    loading.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: the catalogue that is set"
    )
    loading.set_defaults(run=_load)
    dumping = acts.add_parser("dump", help="write the files of the edition that is up")
    dumping.add_argument("folder", type=Path, metavar="FOLDER")
    dumping.set_defaults(run=_dump)
    acts.add_parser("status", help="say what is up").set_defaults(run=_status)


def _migrate(_: argparse.Namespace) -> int:
    carried = migrations.migrate(_url())
    print("\n".join(carried) if carried else "Nothing to do: the store is up to date.")
    return 0


def _load(options: argparse.Namespace) -> int:
    path: Path = options.file or settings.read().catalogue
    count = load.load(_url(), path, clock.today(), _tell)
    print(f"{path}: {count:,} places are up in the store at {connection.where(_url())}.")
    return 0


def _dump(options: argparse.Namespace) -> int:
    for path in dump.dump(_url(), options.folder):
        print(path)
    return 0


def _status(_: argparse.Namespace) -> int:
    with connection.writing(_url()) as found:
        up = editions.state(found)
    until = datetime.fromtimestamp(up.end_minute * 60, TIMEZONE).date()
    print(
        f"{connection.where(_url())}: edition {up.number} of {up.name}, {up.places:,} places.\n"
        f"SHA-256 of the file: {up.mark}\n"
        f"Opening hours are worked out until {until.isoformat()}; load again before, "
        "or answers take longer."
    )
    return 0


def _url() -> str:
    if url := settings.read().store_url:
        return url
    raise StoreError("No store is set. Name one: STORE_URL=postgresql://role@host/database")


def _tell(table: str, number: int, size: int) -> None:
    print(f"{table}: {number:,} of {size:,}", file=sys.stderr, flush=True)
