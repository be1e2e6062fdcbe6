"""A table comes back cell for cell, and no cell is one that a spreadsheet would run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files import table
from geo.files.clean_text import plain

texts = st.text(st.characters(), max_size=30)


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_every_cell_comes_back(rows):
    header, *found = read(table.write(["one", "two"], rows))
    assert header == ["one", "two"]
    assert len(found) == len(rows)
    for row, cells in zip(rows, found, strict=True):
        for text, cell in zip(row, cells, strict=True):
            assert cell.removeprefix("'") == plain(text).removeprefix("'")


@given(texts)
def test_no_text_begins_like_a_formula(text):
    (_, (cell, _)) = read(table.write(["a", "b"], [[text, ""]]))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "\t=1", "\r\n@SUM(1)", "\x00-1", "+1", "＝1"])
def test_a_formula_becomes_text(text):
    (_, (cell,)) = read(table.write(["a"], [[text]]))
    assert cell.startswith("'")


def test_numbers_stay_numbers_and_nothing_is_blank():
    (_, cells) = read(table.write(["a", "b", "c"], [[-121.5, 3, None]]))
    assert cells == ["-121.5", "3", ""]
