"""A file is swapped whole, or stays as it was with nothing beside it."""

import os

import pytest

from geo.files import whole


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_new_file_takes_the_place_of_the_old_with_its_permissions(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    path.chmod(0o640)
    with whole.swap(path) as beside:
        beside.write_text("new")
        assert (path.read_text(), beside.parent) == ("old", tmp_path)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)
    assert names(tmp_path) == ["a.csv"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.csv").write_text("old")
    link = tmp_path / "a.csv"
    link.symlink_to(tmp_path / "far" / "a.csv")
    with whole.swap(link) as beside:
        beside.write_text("new")
    assert link.is_symlink()
    assert (tmp_path / "far" / "a.csv").read_text() == "new"


@pytest.mark.parametrize("there", [True, False])
def test_what_fails_leaves_all_as_it_was(tmp_path, there, monkeypatch):
    path = tmp_path / "a.csv"
    if there:
        path.write_text("old")
    with pytest.raises(RuntimeError), whole.swap(path) as beside:
        beside.write_text("half of it")
        raise RuntimeError

    def full(_):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"), whole.swap(path) as beside:
        beside.write_text("new")
    assert names(tmp_path) == (["a.csv"] if there else [])
    assert not there or path.read_text() == "old"
