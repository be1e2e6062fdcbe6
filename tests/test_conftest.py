"""No test reaches another host; this machine is in reach."""

import socket
import urllib.request

import pytest


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
