"""Conftest: no test reaches another host, and each may have a catalogue of its own served."""

import os
import shutil
import sys

import pytest

from geo.settings import DATA
from geo.travel import engines
from tests.support import routing

LOOPBACK = {"127.0.0.1", "::1", "localhost", b"127.0.0.1", b"localhost", "", None}
ASKED = {  # where in the arguments of the event the host stands
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}
SETTINGS = (
    "CATALOGUE",
    "CATALOGUE_MOST_BYTES",
    "EXIT_TO",
    "STREETS",
    "STREETS_SOURCE",
    "CENSUS_URL",
    "NOMINATIM_URL",
    "OSRM_URL",
    "OSRM_WALKING_URL",
    "VALHALLA_URL",
    "ROUTING_FOR_ROUNDS",
)


def pytest_configure():
    """Forget the settings of whoever runs the tests, and close the way to other hosts."""
    for name in SETTINGS:
        os.environ.pop(name, None)
    os.environ["STREETS"] = "streets that were never imported"
    sys.addaudithook(_stay_home)


@pytest.fixture
def served(tmp_path, monkeypatch):
    """Return the path of a copy of the shipped catalogue, which is what is served in this test."""
    path = tmp_path / "services.csv"
    shutil.copy(DATA / "services.csv", path)
    monkeypatch.setenv("CATALOGUE", str(path))
    return path


@pytest.fixture
def router(httpserver, monkeypatch):
    """Return a routing server on this machine, which all engines are set to ask."""
    for name in routing.URLS:
        monkeypatch.setenv(name, httpserver.url_for("/").rstrip("/"))
    return routing.Router(httpserver)


@pytest.fixture(autouse=True)
def _no_server_rests():
    """Ask every routing server again, whatever happened in the test before."""
    engines.breaker.forget()


def _stay_home(event, arguments):
    if event not in ASKED:
        return
    asked = arguments[ASKED[event]]
    host = asked[0] if isinstance(asked, tuple) else asked
    is_file = event == "socket.connect" and host is asked
    if not is_file and host not in LOOPBACK:
        raise RuntimeError(f"A test asked for {host!r}: tests stay on this machine.")
