"""A file is taken as it is written or refused, and is written whole or not at all."""

import csv
import tempfile
import threading
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.catalogue import checks, csv_file, records
from geo.errors import CatalogueError
from geo.files import whole
from geo.settings import ROOT

FIXTURES = ROOT / "tests/fixtures"
VALID = (FIXTURES / "valid_rows.csv").read_bytes()
HEADER, ROW = VALID.decode().splitlines()
NAMES = HEADER.split(",")


def read(folder, content):
    path = folder / "services.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return csv_file.read(path)


def messages(table):
    return [str(issue) for issue in table.issues]


def test_cells_are_text_just_as_written_and_blank_is_empty(tmp_path):
    row = dict.fromkeys(NAMES, "") | {"zip": "00601", "name": "NA", "phone": "1e5", "city": " x"}
    table = read(tmp_path, f"{HEADER}\n{','.join(row.values())}\n")
    assert table.issues == ()
    assert table.frame.iloc[0].to_dict() == row
    assert list(table.frame.columns) == list(records.COLUMNS)


def test_a_byte_order_mark_and_windows_line_ends_are_taken(tmp_path):
    plain = read(tmp_path, VALID)
    marked = read(tmp_path, b"\xef\xbb\xbf" + VALID.replace(b"\n", b"\r\n"))
    assert marked.issues == ()
    pd.testing.assert_frame_equal(marked.frame, plain.frame)


COMMAS = "," * (len(NAMES) - 1)
SPACES = ",".join([" ", "\u00a0", "\u200b", *[""] * (len(NAMES) - 3)])


@pytest.mark.parametrize("empty", [COMMAS, SPACES, "", ",", '""'], ids=repr)
@pytest.mark.parametrize("count", [1, 3, 300])
def test_empty_rows_at_the_end_are_passed_over_and_stay_when_another_is_amended(
    tmp_path, empty, count
):
    content = f"{HEADER}\n{ROW}\n" + f"{empty}\n" * count
    table = read(tmp_path, content)
    assert (table.issues, table.lines) == ((), (2,))
    changed = table.frame.assign(name="Oak Clinic")
    csv_file.amend(table, changed, tmp_path / "services.csv")
    kept = (tmp_path / "services.csv").read_text(encoding="utf-8")
    assert kept == content.replace("Palm Health Clinic", "Oak Clinic")


@pytest.mark.parametrize("empty", [COMMAS, SPACES, ","], ids=repr)
def test_empty_rows_before_others_are_one_line_for_all_that_follow_each_other(tmp_path, empty):
    rows = [ROW, empty, empty, empty, ROW.replace("k3v9qa", "k3v9qb"), empty, ROW, empty]
    table = read(tmp_path, "\n".join([HEADER, *rows]))
    assert messages(table) == [
        f"services.csv:3: found lines 3 to 5, which are empty, wanted {len(NAMES)} cells. "
        "Delete them.",
        f"services.csv:7: found an empty line, wanted {len(NAMES)} cells. Delete it.",
    ]
    assert table.lines == (2, 6, 8)


def test_lines_are_counted_as_the_file_has_them(tmp_path):
    cells = ROW.replace("Palm Health Clinic", '"Palm\nHealth\nClinic"')
    table = read(tmp_path, f"{HEADER}\n{ROW}\n{cells}\n{ROW}\n{ROW},\n")
    assert table.lines == (2, 3, 6)
    assert messages(table) == [
        f"services.csv:7: found {len(NAMES) + 1} cells, wanted {len(NAMES)} cells. "
        "Look for a comma outside quotation marks."
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "services.csv: found no rows, wanted one or more. Restore the file."),
        (HEADER, "services.csv: found no rows, wanted one or more. Restore the file."),
        (
            "name;id\nx;y\n",
            "services.csv:1: found none of our column names, or few, wanted the column names on "
            "the first line, split by commas: id,name,…. Copy the line from docs/data-format.md; "
            "save with commas, not semicolons or tabs.",
        ),
        (
            VALID.decode().encode("utf-16"),
            "services.csv: found bytes on line 1 that are not UTF-8, wanted UTF-8. "
            "Save it again as 'CSV UTF-8'.",
        ),
        (
            VALID.decode().encode("latin-1"),
            "services.csv: found bytes on line 2 that are not UTF-8, wanted UTF-8. "
            "Save it again as 'CSV UTF-8'.",
        ),
        (
            b"x" * 2_000_001,
            "services.csv: found more than 2,000,000 bytes, wanted at most 2,000,000. "
            "Split it, or take out what does not belong to the catalogue.",
        ),
        (
            f'{HEADER}\n"{ROW}\n',
            "services.csv:2: found a row that cannot be split into cells (',' expected after "
            "'\"'), wanted quoted cells. "
            "Look for a quotation mark that is missing or not doubled, here or above.",
        ),
        (
            f'{HEADER}\n{ROW},"\n',
            "services.csv:2: found a row that cannot be split into cells (unexpected end of data), "
            "wanted quoted cells. "
            "Look for a quotation mark that is missing or not doubled, here or above.",
        ),
        (
            f"{HEADER.replace('zip,', '')}\n{ROW}\n",
            "services.csv:1 zip: found no column of this name, wanted one. "
            "Add it; its cells may be blank if they are not known.",
        ),
        (
            f"{HEADER},wifi\n{ROW},\n",
            f"services.csv:1: found a name in column {len(NAMES) + 1} that is none of ours, "
            "wanted only the columns of docs/data-format.md. Take it out.",
        ),
        (
            f"{HEADER.replace('name,organization', 'organization,name')}\n{ROW}\n",
            "services.csv:1 organization: found organization as column 2, wanted name there. "
            "Put the columns in their order.",
        ),
    ],
    ids=range(11),
)
def test_a_file_is_refused_with_one_message(tmp_path, content, message):
    table = read(tmp_path, content)
    assert messages(table) == [message]
    assert list(table.frame.columns) == list(records.COLUMNS)


def test_a_misspelt_column_is_named_and_its_right_name_offered(tmp_path):
    table = read(tmp_path, f"{HEADER.replace('latitude', 'Latitude')}\n{ROW}\n")
    assert "services.csv:1 latitude: found no column of this name" in messages(table)[0]
    assert "Did you mean latitude?" in messages(table)[1]


def test_a_row_in_the_place_of_the_header_is_not_repeated(tmp_path):
    cells = ["4821 Zanzibar Street"] * len(NAMES)
    for content in (",".join(cells), ",".join([*NAMES[:30], *cells[:11]])):
        assert "Zanzibar" not in "".join(messages(read(tmp_path, content)))


def test_a_file_that_is_not_there_is_a_fault_not_an_error(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        (issue,) = csv_file.read(path).issues
        assert str(issue).startswith(f"{path.name}: found no file that can be read (")


def test_a_larger_file_is_taken_where_the_caller_says_so(tmp_path):
    content = f"{HEADER}\n" + f"{ROW}\n" * 8_000
    assert len(content) > csv_file.MOST_BYTES
    assert len(read(tmp_path, content).issues) == 1
    assert csv_file.read(tmp_path / "services.csv", most_bytes=10_000_000).issues == ()


edits = st.lists(
    st.tuples(
        st.integers(0, len(VALID) - 1), st.integers(0, 40), st.binary(max_size=6) | st.just(b'"')
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.slow
@settings(max_examples=4 * settings.default.max_examples)
@given(edits)
def test_a_file_with_changed_bytes_is_taken_or_refused_but_never_an_error(changes):
    content = bytearray(VALID)
    for start, length, put in changes:
        content[start : start + length] = put
    with tempfile.TemporaryDirectory() as folder:
        table = read(Path(folder), bytes(content))
    found = checks.check(table.frame, table.lines, date(2026, 11, 22), {}, "services.csv")
    assert all(str(issue).isprintable() for issue in (*table.issues, *found))
    assert len(table.frame) == len(table.lines)


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ['"', ",", "\r", "\n", '","', "\r\n", "\ufeff", "'", " "]
)


@pytest.mark.slow
@given(st.lists(st.lists(cells, min_size=len(NAMES), max_size=len(NAMES)), min_size=1, max_size=2))
@example([["\r"] + ["\ufeff"] * (len(NAMES) - 1)])
def test_what_is_written_is_read_again(rows):
    rows = [[f"x{first}", *others] for first, *others in rows]  # none is empty
    frame = pd.DataFrame(rows, columns=NAMES, dtype=str)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "services.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([NAMES, *rows])
        table = csv_file.read(path)
    assert table.issues == ()
    pd.testing.assert_frame_equal(table.frame, frame)


@pytest.mark.parametrize(
    "other", [lambda f: f[:0], lambda f: f[f.columns[::-1]]], ids=["row", "column"]
)
def test_a_frame_of_other_rows_or_columns_is_not_written_into_a_file(tmp_path, other):
    table = read(tmp_path, VALID)
    path = tmp_path / "services.csv"
    before = path.read_bytes()
    with pytest.raises(CatalogueError, match="other rows or columns"):
        csv_file.amend(table, other(table.frame), path)
    assert path.read_bytes() == before


def test_of_two_who_amend_one_file_at_once_neither_is_lost_unsaid(tmp_path, monkeypatch):
    before, path = read(tmp_path, VALID), tmp_path / "services.csv"
    real, real_lock, refused = csv_file.read, whole.FileLock, []
    both, locked = threading.Barrier(2), []

    class Lock(real_lock):
        def acquire(self, *given, **named):
            locked.append(both.wait(10))  # neither goes on before the other is at the door
            return super().acquire(*given, **named)

    monkeypatch.setattr(whole, "FileLock", Lock)

    def amend(name):
        try:
            csv_file.amend(before, before.frame.assign(name=name), path)
        except CatalogueError as error:
            refused.append((name, str(error)))

    threads = [threading.Thread(target=amend, args=(name,)) for name in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(locked) == [0, 1]
    ((name, told),) = refused
    assert "was changed meanwhile" in told
    assert {*real(path).frame["name"]} == {"One", "Two"} - {name}
