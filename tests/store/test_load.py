"""A load is whole or not at all; a dump is what was loaded; readers see the public views alone."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from geo import __main__ as command_line
from geo.catalogue import history, records
from geo.catalogue.history import Act
from geo.catalogue.keeper import load_catalogue
from geo.clock import TIMEZONE
from geo.errors import CatalogueError, StoreError
from geo.hours.state import state_at
from geo.settings import DATA
from geo.store import connection, dump, editions, load, migrations
from tests.bench import places as made_up
from tests.search.test_query import at, made

TODAY = date(2026, 11, 18)
PRIVATE = {"id": "private", "name": "Safe", "location_policy": "area_only"}


def quiet(*_):
    """Say nothing of how far it is."""


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a copy of the shipped catalogue and what goes with it."""
    for name in ("services.csv", "sources.csv", "services.accepted.json"):
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


@pytest.fixture
def log(store):
    """Give a store whose log is empty, and empty it again, as only who owns the tables can."""
    yield
    with psycopg.connect(store, autocommit=True) as found:
        found.execute("ALTER TABLE map_kept.acts DISABLE TRIGGER only_added")
        found.execute("DELETE FROM map_kept.acts")
        found.execute("ALTER TABLE map_kept.acts ENABLE TRIGGER only_added")


def numbers(address):
    with connection.reading(address) as found:
        return editions.state(found).number


def test_steps_are_carried_out_once_and_a_changed_one_is_refused(database, tmp_path):
    for step in migrations.FOLDER.glob("*.sql"):
        shutil.copy(step, tmp_path)
    assert migrations.migrate(database, tmp_path) == [step.name for step in migrations.steps()]
    assert migrations.migrate(database, tmp_path) == []
    (tmp_path / "0001_ground.sql").write_text("SELECT 1")
    with pytest.raises(StoreError, match=r"0001_ground\.sql was changed after it was carried out"):
        migrations.migrate(database, tmp_path)


def test_a_step_that_fails_leaves_nothing_behind(store, tmp_path):
    for step in migrations.FOLDER.glob("*.sql"):
        shutil.copy(step, tmp_path)
    (tmp_path / "9000_bad.sql").write_text("CREATE TABLE map_kept.half (a int); SELECT 1/0")
    with pytest.raises(StoreError, match="did not do what it was asked"):
        migrations.migrate(store, tmp_path)
    with psycopg.connect(store) as found:
        assert found.execute("SELECT to_regclass('map_kept.half')").fetchone() == (None,)


def test_a_dump_is_the_files_that_were_loaded_byte_for_byte(store, log, folder, tmp_path):
    path = folder / "services.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    history.beside(path).write_bytes(history.line(Act(1, "2026-11-01", "reports")))
    (folder / "services.accepted.json").unlink()
    load.load(store, path, TODAY, quiet)
    out = tmp_path / "out"
    written = dump.dump(store, out)
    names = {"services.csv", "sources.csv", "services.history.jsonl"}
    assert {file.name for file in written} == names
    for name in names:
        assert (out / name).read_bytes() == (folder / name).read_bytes()


def test_the_edition_of_a_store_is_that_of_the_file(store, reader, folder):
    load.load(store, folder / "services.csv", TODAY, quiet)
    _, theirs = editions.places(reader)
    ours = load_catalogue(folder / "services.csv", TODAY)
    pd.testing.assert_frame_equal(pd.DataFrame(ours), pd.DataFrame(theirs))
    assert theirs.attrs == ours.attrs


def test_a_catalogue_with_a_fault_is_not_loaded(store, reader, folder):
    load.load(store, folder / "services.csv", TODAY, quiet)
    before = numbers(reader)
    with pytest.raises(CatalogueError):
        load.load(store, Path("tests/fixtures/invalid_words.csv"), TODAY, quiet)
    assert numbers(reader) == before


def test_a_load_that_breaks_off_changes_nothing(store, reader, loaded):
    loaded(made({"id": "one", "name": "One"}), TODAY)
    before = numbers(reader)

    def broken(table, *_):
        if table == "words":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), connection.writing(store) as found:
        load.put(found, made({"id": "two"}), {}, "services.csv", TODAY, broken)
    assert numbers(reader) == before
    assert editions.places(reader)[1]["id"].tolist() == ["one"]


def test_who_reads_goes_on_while_an_edition_is_loaded(store, reader, loaded):
    loaded(made({"id": "one", "name": "One"}), TODAY)
    seen = []

    def look(*_):
        seen.append(editions.places(reader)[1]["id"].tolist())

    with connection.writing(store) as found:
        load.put(found, made({"id": "two"}), {}, "services.csv", TODAY, look)
    assert seen and all(ids == ["one"] for ids in seen)
    assert editions.places(reader)[1]["id"].tolist() == ["two"]


@pytest.mark.parametrize("column", ["street", "city", "zip", "latitude", "longitude"])
def test_the_tables_refuse_a_private_place_that_is_somewhere(loaded, column):
    cells = PRIVATE | {column: at("tracy").get(column, "1 Oak Street")}
    with pytest.raises(StoreError, match="23514"):  # a check was violated
        loaded(made(cells), TODAY)


def test_who_reads_sees_the_public_views_and_nothing_else(store, reader, loaded):
    loaded(made({"id": "one"}), TODAY)
    query = "SELECT table_schema, table_name FROM information_schema.tables"
    with psycopg.connect(store) as found:
        schemas = ("map", "map_kept", "map_edition")
        there = [one for one in found.execute(query).fetchall() if one[0] in schemas]
    with psycopg.connect(reader, autocommit=True) as found:
        for schema, table in there:
            name = f"{schema}.{table}"
            if schema == "map":
                found.execute(f"SELECT * FROM {name}")
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    found.execute(f"SELECT * FROM {name}")
            for change in (f"DELETE FROM {name}", f"DROP TABLE {name}", f"DROP VIEW {name}"):
                with pytest.raises(psycopg.Error):
                    found.execute(change)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            found.execute("CREATE TABLE map.mine (a int)")


def test_no_closed_entry_is_in_what_readers_see(store, reader, folder):
    load.load(store, folder / "services.csv", TODAY, quiet)
    closed = load_catalogue(folder / "services.csv", TODAY).attrs["closed"]
    assert closed
    with psycopg.connect(reader) as found:
        ids = {one for (one,) in found.execute("SELECT id FROM map.entries").fetchall()}
    assert ids.isdisjoint(closed)


def test_the_columns_of_the_entries_are_those_of_the_record(store, loaded):
    loaded(made({"id": "one"}), TODAY)
    query = """SELECT column_name FROM information_schema.columns
      WHERE (table_schema, table_name) = ('map_edition', 'entries') ORDER BY ordinal_position"""
    with psycopg.connect(store) as found:
        names = [name for (name,) in found.execute(query).fetchall()]
    assert names == ["number", *records.COLUMNS, "feed", "sources", "checks"]


def test_the_log_of_keepers_only_grows(store, log, loaded):
    name = "services.history.jsonl"
    one, two = (history.line(Act(number, "2026-11-01", "reports")) for number in (1, 2))
    loaded(made({"id": "one"}), TODAY, {name: one})
    loaded(made({"id": "one"}), TODAY, {name: one + two})
    for shorter in (one, two, b""):
        with pytest.raises(StoreError, match="does not begin with them"):
            loaded(made({"id": "two"}), TODAY, {name: shorter})
    with psycopg.connect(store, autocommit=True) as found:
        lines = found.execute("SELECT line FROM map_kept.acts ORDER BY number").fetchall()
        assert [bytes(line) for (line,) in lines] == [one, two]
        for change in ("DELETE FROM map_kept.acts", "UPDATE map_kept.acts SET line = ''"):
            with pytest.raises(psycopg.errors.RaiseException, match="only ever added"):
                found.execute(change)


def test_the_minutes_of_a_text_are_those_that_its_state_says(store, loaded):
    loaded(made(*({"id": f"id{n}", "hours": text} for n, text in enumerate(made_up.HOURS))), TODAY)
    days = [datetime(2026, 11, day, minute=30, tzinfo=TIMEZONE) for day in (18, 26)]
    asked = [day.replace(hour=hour) for day in days for hour in range(24)]
    with psycopg.connect(store) as found:
        for moment in asked:
            minute = int(moment.timestamp() // 60)
            query = "SELECT text, open @> %s, unknown @> %s FROM map_edition.hours"
            for text, is_open, is_unknown in found.execute(query, [minute, minute]).fetchall():
                kind = state_at(text, moment).kind
                assert (is_open, is_unknown) == (kind == "open", kind == "unknown"), (text, moment)


def test_the_command_sets_up_loads_tells_and_dumps(store, folder, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("STORE_URL", store)
    assert command_line.main(["store", "migrate"]) == 0
    assert command_line.main(["store", "load", str(folder / "services.csv")]) == 0
    assert command_line.main(["store", "status"]) == 0
    assert command_line.main(["store", "dump", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert "Nothing to do" in told.out
    assert "places are up in the store" in told.out
    assert "Opening hours are worked out until" in told.out
    assert "entries:" in told.err
    assert (tmp_path / "out/services.csv").read_bytes() == (DATA / "services.csv").read_bytes()


def test_without_a_store_the_command_says_how_to_name_one(capsys):
    assert command_line.main(["store", "status"]) == 1
    assert "STORE_URL=postgresql://" in capsys.readouterr().err
