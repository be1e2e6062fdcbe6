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


# Several together.


def pair(folder):
    paths = [folder / "a.csv", folder / "b.csv"]
    for path in paths:
        path.write_text("old")
    return paths


def swap_both(paths):
    with whole.lock(paths[0]), whole.swap_together(*paths) as besides:
        for beside in besides:
            beside.write_text("new")


def test_several_take_the_places_of_the_old_ones_together(tmp_path):
    paths = pair(tmp_path)
    swap_both(paths)
    assert [path.read_text() for path in paths] == ["new", "new"]
    assert names(tmp_path) == [".a.csv.lock", "a.csv", "b.csv"]


def test_of_several_none_is_new_if_one_cannot_be_written(tmp_path):
    paths = pair(tmp_path)
    with pytest.raises(RuntimeError), whole.swap_together(*paths) as besides:
        besides[0].write_text("new")
        raise RuntimeError
    with pytest.raises(OSError, match=r"b\.csv"), whole.swap_together(*paths) as besides:
        besides[0].write_text("new")  # and the other not
    assert [path.read_text() for path in paths] == ["old", "old"]
    assert names(tmp_path) == ["a.csv", "b.csv"]


def dies_at(step, paths):
    """Swap both in a child that is gone at its `step`th call to the file system; say if it was."""
    child = os.fork()
    if not child:
        left = [step]

        def counted(call):
            def stand_in(*given, **named):
                if not left[0]:
                    os._exit(9)
                left[0] -= 1
                return call(*given, **named)

            return stand_in

        for call in ("fsync", "replace", "unlink", "rename"):
            setattr(os, call, counted(getattr(os, call)))
        swap_both(paths)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_after_a_crash_at_any_step_both_are_old_or_both_are_new(tmp_path):
    seen, step, died = set(), 0, True
    while died:
        folder = tmp_path / str(step)
        folder.mkdir()
        paths = pair(folder)
        died = dies_at(step, paths)
        whole.finish(paths[0])
        told = tuple(path.read_text() for path in paths)
        assert told in {("old", "old"), ("new", "new")}
        assert not whole.journal(paths[0]).exists()
        seen.add((told, died))
        step += 1
    assert step > 6
    assert (("old", "old"), True) in seen
    assert (("new", "new"), True) in seen  # it died with the work half done, which was finished
