"""A new column comes into the files that have to have it, and nothing else changes."""

from tests import columns


def test_a_column_that_is_missing_comes_in_its_place_and_blank():
    text = 'id,name\r\nk3,"Oak, Pantry"\r\n'
    assert columns.widen(text, 1, "parking") == 'id,parking,name\r\nk3,,"Oak, Pantry"\r\n'


def test_it_may_be_the_last():
    assert columns.widen("id,name\na,b\n", 2, "parking") == "id,name,parking\na,b,\n"
