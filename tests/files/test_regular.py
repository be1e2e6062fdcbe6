"""What is no file is refused at once: nothing here ever waits for a pipe or reads a device."""

import os
import socket
import threading

import pytest

from geo.catalogue import csv_file, losses
from geo.catalogue.keeper import Keeper
from geo.errors import StreetsError
from geo.files import regular
from geo.streets import parquet, tiger


def pipe(path):
    os.mkfifo(path)


def link_to_a_pipe(path):
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def device(path):
    path.symlink_to("/dev/zero")


def terminal(path):
    path.symlink_to("/dev/tty")


def listening(path):
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


KINDS = {
    pipe: "named pipe",
    link_to_a_pipe: "named pipe",
    device: "device",
    terminal: "device",
    listening: "socket",
    os.mkdir: "folder",
}


@pytest.fixture(params=KINDS, ids=lambda make: make.__name__)
def odd(request, tmp_path, monkeypatch):
    """Return the path of something that is no file, and what it is called."""
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    path = tmp_path / "services.csv"
    request.param(path if request.param is not listening else path.relative_to(tmp_path))
    return path, KINDS[request.param]


def at_once(call, *arguments):
    """Return what a call returns or raises; fail if it waits."""
    found = []

    def run():
        try:
            found.append(call(*arguments))
        except (OSError, StreetsError) as error:
            found.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(10)
    assert found, "it waits"
    return found[0]


def test_what_is_no_file_is_not_opened(odd):
    path, kind = odd
    error = at_once(regular.open_file, path)
    assert isinstance(error, OSError)
    assert kind in error.strerror


def test_no_catalogue_is_read_from_it_and_the_message_says_what_it_is(odd):
    path, kind = odd
    (issue,) = at_once(csv_file.read, path).issues
    assert f"no file that can be read (it is a {kind})" in str(issue)
    keeper = at_once(Keeper, path)
    assert (keeper.current().number, keeper.is_held_back) == (0, False)


@pytest.mark.parametrize("read", [parquet.read, tiger.read])
def test_nor_are_streets(odd, read):
    path, kind = odd
    error = at_once(read, path)
    assert isinstance(error, StreetsError)
    assert kind in str(error)


def test_nor_is_what_was_accepted(odd):
    path, _ = odd
    path.rename(losses.record_of(path))
    assert at_once(losses.load, path).rule == losses.RULE


def test_a_file_and_a_link_to_one_are_read(tmp_path):
    (tmp_path / "a").write_bytes(b"whole")
    (tmp_path / "b").symlink_to("a")
    for name in "ab":
        with regular.open_file(tmp_path / name) as file:
            assert file.read() == b"whole"


def test_what_is_not_there_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        regular.open_file(tmp_path / "none")
