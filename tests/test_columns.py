"""A new column comes into the files that have to have it, and nothing else changes."""

import pytest

from geo.catalogue import records
from tests import columns


@pytest.mark.parametrize("path", columns.FILES, ids=lambda path: path.name)
def test_a_file_that_has_all_columns_stays_byte_for_byte(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    columns.bring_up_to_date(copy)
    assert copy.read_bytes() == path.read_bytes()


def test_a_column_that_is_missing_comes_in_its_place_and_blank(monkeypatch):
    monkeypatch.setattr(records, "COLUMNS", {"id": "", "parking": "", "name": ""})
    assert columns.widen('id,name\r\nk3,"Oak, Pantry"\r\n\r\n') == (
        'id,parking,name\r\nk3,,"Oak, Pantry"\r\n\r\n'
    )
