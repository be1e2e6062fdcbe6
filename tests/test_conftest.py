"""No test reaches another host, this machine is in reach; the tests of a file are on one worker."""

import re
import socket
import subprocess
import sys
import urllib.request

import pytest

from geo.settings import ROOT


@pytest.mark.parametrize(
    "ask",
    [
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.gethostbyname("example.org"),
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: urllib.request.urlopen("https://example.org", timeout=1),
    ],
    ids=["connection", "name", "address", "page"],
)
def test_another_host_is_not_reached(ask):
    with pytest.raises(RuntimeError, match="tests stay on this machine"):
        ask()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((host, port), timeout=5) as found:
            assert found.getpeername()[1] == port


@pytest.mark.slow
def test_the_tests_of_a_file_are_on_one_worker():
    files = ["tests/addresses/test_reading.py", "tests/addresses/test_typed.py"]
    command = [sys.executable, "-m", "pytest", "-n", "2", "-vv", *files]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    done = set(re.findall(r"^\[(gw\d)\] \[ *\d+%\] PASSED ([^:]+)::", run.stdout, re.MULTILINE))
    assert [file for _, file in sorted(done, key=lambda one: one[1])] == files
    assert {worker for worker, _ in done} == {"gw0", "gw1"}
