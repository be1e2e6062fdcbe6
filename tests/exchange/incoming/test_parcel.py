"""Hostile and odd files: nothing leads out, nothing grows beyond reason, and odd text is read."""

import zipfile

import pytest

from geo.errors import CatalogueError
from geo.exchange.incoming import parcel, sheets
from tests.support import feeds


def names(path):
    with parcel.files(path) as found:
        return [file.name for file in found]


def test_a_path_that_leads_out_of_a_zip_is_passed_over(tmp_path):
    told = feeds.text(feeds.TABLES["services"])
    inside = {"feed/services.csv": told, "../services.csv": told, "/etc/phones.csv": told}
    inside |= {"..\\locations.csv": told, "__MACOSX/._services.csv": told, "run.sh": "x"}
    before = sorted(tmp_path.rglob("*"))
    feed = feeds.packed(tmp_path / "feed.zip", inside)
    assert names(feed) == ["services.csv"]
    assert sorted(tmp_path.rglob("*")) == [*before, feed]


def test_a_link_that_leads_out_of_a_folder_is_passed_over(tmp_path):
    (tmp_path / "secret.csv").write_text("id\n1\n")
    feed = feeds.folder(tmp_path / "feed", feeds.TABLES)
    (feed / "phones.csv").unlink()
    (feed / "phones.csv").symlink_to(tmp_path / "secret.csv")
    assert "phones.csv" not in names(feed)
    assert "services.csv" in names(feed)


def test_a_zip_that_would_grow_beyond_reason_is_refused_before_it_is_read(tmp_path):
    feed = feeds.packed(tmp_path / "bomb.zip", {"services.csv": b"0" * 30_000_000})
    with pytest.raises(CatalogueError, match="bytes once unpacked, wanted 200 times"):
        names(feed)


def test_a_feed_that_says_it_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parcel, "MOST_BYTES", 10)
    feed = feeds.folder(tmp_path / "feed", feeds.TABLES)
    single = feed / "services.csv"
    packed = feeds.packed(tmp_path / "feed.zip", {"services.csv": "id,name\n1,Oak Table\n"})
    for path in (feed, single, packed):
        with pytest.raises(CatalogueError, match="wanted 10 at most"):
            names(path)


def test_more_in_a_zip_than_it_says_is_not_read(tmp_path):
    feed = feeds.packed(tmp_path / "feed.zip", {"services.csv": "id,name\n" + "1,Oak\n" * 1000})
    content = feed.read_bytes()
    spot = content.index(b"PK\x01\x02") + 24  # the size of the file, in the list at the end
    feed.write_bytes(content[:spot] + (20).to_bytes(4, "little") + content[spot + 4 :])
    with pytest.raises(CatalogueError, match="a broken zip"), parcel.files(feed) as (file,):
        list(sheets.read(file).rows)


def test_a_zip_with_a_password_or_cut_off_is_refused(tmp_path):
    feed = feeds.packed(tmp_path / "feed.zip", {"services.csv": "id\n1\n"})
    content = bytearray(feed.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    with pytest.raises(CatalogueError, match="a password"):
        names(tmp_path / "locked.zip")
    (tmp_path / "cut.zip").write_bytes(feed.read_bytes()[:40])
    beside = feeds.catalogue(tmp_path / "data")
    with pytest.raises(CatalogueError, match=r"cut\.zip"):
        feeds.take(tmp_path / "cut.zip", beside)


def test_a_zip_in_a_zip_is_left_alone(tmp_path):
    inner = feeds.packed(tmp_path / "inner.zip", {"services.csv": "id\n1\n"}).read_bytes()
    assert names(feeds.packed(tmp_path / "feed.zip", {"inner.zip": inner})) == []


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parcel, "MOST_FILES", 1)
    feed = feeds.packed(tmp_path / "feed.zip", {"a.csv": "id\n", "b.csv": "id\n"})
    with pytest.raises(CatalogueError, match="found 2 files, wanted 1"):
        names(feed)


def test_what_is_not_there_is_told(tmp_path):
    with pytest.raises(CatalogueError, match=r"none\.zip: cannot be read \(No such file"):
        names(tmp_path / "none.zip")


@pytest.mark.parametrize(
    "content",
    [
        "id,name\n1,Peña\n".encode(),
        "\ufeffid;name\r\n1;Peña\r\n".encode(),
        "id\tname\r1\tPeña".encode("cp1252"),
        "\nid,name\n1,Peña\n".encode("utf-16"),
        b'"id"|"name"\n"1"|"Pe\xf1a"\n',
        "id,name\n\n1, Peña ,,\n".encode(),
        "id,name,\n1,Pe\0ña\n".encode(),
    ],
    ids=["utf-8", "mark, semicolon", "cp1252, tab, CR", "utf-16", "latin-1, bar", "spare", "nul"],
)
def test_a_table_is_read_however_it_is_written(tmp_path, content):
    path = tmp_path / "services.csv"
    path.write_bytes(content)
    with parcel.files(path) as (file,):
        sheet = sheets.read(file)
        assert [row[:2] for row in sheet.rows] == [["1", "Peña"]]
        assert (sheet.header[:2], sheet.bad) == (["id", "name"], [])


def test_ragged_rows_are_filled_up_or_told(tmp_path):
    path = tmp_path / "services.csv"
    path.write_text("id,name,description\n1,Oak\n2,Elm,Meals, hot\n3,Ash,Beds,\n")
    with parcel.files(path) as (file,):
        sheet = sheets.read(file)
        assert list(sheet.rows) == [["1", "Oak", ""], ["3", "Ash", "Beds"]]
        assert sheet.bad == [3]


def test_a_cell_beyond_reason_spoils_its_row_alone(tmp_path):
    path = tmp_path / "services.csv"
    path.write_text(f"id,name\n1,{'x' * 200_000}\n2,Elm\n")
    with parcel.files(path) as (file,):
        sheet = sheets.read(file)
        assert [*sheet.rows][-1] == ["2", "Elm"]
        assert sheet.bad


def test_each_file_may_have_an_encoding_of_its_own_and_a_folder_in_the_zip(tmp_path):
    tables = {name: feeds.text(rows) for name, rows in feeds.TABLES.items()}
    tables["services"] = tables["services"].replace("Oak Table", "Mesa de Peña")
    tables["organizations"] = tables["organizations"].replace("Oak Church", "Iglesia Muñoz")
    files = {f"out/2026/{name}.CSV": told.encode() for name, told in tables.items()}
    files["out/2026/services.CSV"] = tables["services"].encode("cp1252")
    files["out/2026/datapackage.json"] = b'{"name": "x", "version": "9.9"}'
    beside = feeds.catalogue(tmp_path / "data")
    feeds.take(feeds.packed(tmp_path / "feed.zip", files), beside)
    (row,) = feeds.kept(beside)
    assert (row["name"], row["organization"]) == ("Mesa de Peña", "Iglesia Muñoz")


@pytest.mark.parametrize("content", [b'[{"id": "1"', b"\xff\xfe[", b"nothing", b'{"id": \xff}'])
def test_json_that_breaks_off_leaves_all_as_it_was(tmp_path, content):
    beside = feeds.catalogue(tmp_path / "data")
    feeds.take(feeds.folder(tmp_path / "feed", feeds.TABLES), beside)
    before = feeds.kept(beside)
    (tmp_path / "feed.json").write_bytes(content)
    with pytest.raises(CatalogueError, match=r"feed\.json: .*wanted JSON in UTF-8"):
        feeds.take(tmp_path / "feed.json", beside)
    assert feeds.kept(beside) == before


def test_a_feed_without_services_is_told(tmp_path):
    beside = feeds.catalogue(tmp_path / "data")
    feed = feeds.packed(tmp_path / "feed.zip", {"notes.csv": "a,b\n1,2\n"})
    with pytest.raises(CatalogueError, match="wanted a table of services"):
        feeds.take(feed, beside)
    assert zipfile.is_zipfile(feed)
