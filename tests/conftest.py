"""Conftest: no test reaches another host, and each may have a catalogue of its own served."""

import gc
import importlib
import os
import pickle
import shutil
import sys
import time

import pytest
from hypothesis import settings

from geo import jobs
from geo.errors import GeoError
from geo.settings import DATA
from geo.travel import engines
from tests.support import postgres, routing

# A few examples at one's desk, where a test runs often; more where all wait for it once. They are
# the same in every run, so that no run fails by chance, and none is timed: a machine may be busy.
# To look further, with what makes it come again: `pytest --hypothesis-profile=explore`.
settings.register_profile("dev", max_examples=15, deadline=None, derandomize=True)
settings.register_profile("ci", settings.get_profile("dev"), max_examples=60)
settings.register_profile("explore", max_examples=300, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

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
    "ORIGINS",
    "PROXIES",
    "REQUESTS_A_MINUTE",
    "SEARCH_ENGINES",
    "SESSIONS_AT_ONCE",
    "STREETS",
    "STREETS_SOURCE",
    "CENSUS_URL",
    "NOMINATIM_URL",
    "OSRM_URL",
    "OSRM_WALKING_URL",
    "VALHALLA_URL",
    "ROUTING_FOR_ROUNDS",
    "REPORTS",
    "REVIEWERS",
    "STORE_URL",
    "KEEPERS_URL",
)


def pytest_configure():
    """Forget the settings of whoever runs the tests, and close the way to other hosts."""
    for name in SETTINGS:
        os.environ.pop(name, None)
    os.environ["STREETS"] = "streets that were never imported"
    os.environ["REPORTS"] = "off"
    sys.addaudithook(_stay_home)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep the tests of a file on one worker; those of the browser, which share servers, on one."""
    from xdist.scheduler import LoadScopeScheduling

    class Grouping(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            if file == "tests/test_score.py":  # each row is a process of its own
                return nodeid
            return "browser" if file.startswith("tests/browser/") else file

    return Grouping(config, log)


def pytest_terminal_summary(terminalreporter):
    """Name at the end what this machine does not have, and count the tests left out for it."""
    skipped = terminalreporter.stats.get("skipped", [])
    without = sum(postgres.MISSING in str(report.longrepr) for report in skipped)
    if without:
        terminalreporter.write_line(f"{without} tests of the store skipped: {postgres.MISSING}")


@pytest.fixture
def served(tmp_path, monkeypatch):
    """Return the path of a copy of the shipped catalogue, which is what is served in this test."""
    path = tmp_path / "services.csv"
    shutil.copy(DATA / "services.csv", path)
    monkeypatch.setenv("CATALOGUE", str(path))
    return path


@pytest.fixture(scope="session")
def _found_components():
    """Return the components of all packages installed, and forget the garbage up to here.

    Streamlit looks for both again in every run of a page; here nothing of it changes.
    """
    from streamlit.components.v2 import manifest_scanner

    found = manifest_scanner.scan_component_manifests()
    gc.collect()
    gc.freeze()
    return found


@pytest.fixture
def quick_pages(_found_components, monkeypatch):
    """Spare each run of a page in `AppTest` a search through all packages that are installed."""
    scanner = "streamlit.components.v2.manifest_scanner.scan_component_manifests"
    monkeypatch.setattr(scanner, lambda: _found_components)


@pytest.fixture
def at_once(monkeypatch):
    """Have jobs done at once, in this process; what goes in and comes out is pickled all the same.

    Those who ask for it test what a page makes of a job; `test_apart` tests the jobs themselves.
    """
    monkeypatch.setattr(jobs, "start", _DoneJob)


class _DoneJob:
    """A job that is done when it is started."""

    running = False

    def __init__(self, function, most_seconds, /, *arguments, **named):
        began, self.told, self._raised, self._found = time.monotonic(), None, None, None
        module, _, name = function.partition(":")
        arguments, named = pickle.loads(pickle.dumps((arguments, named)))
        try:
            verb = getattr(importlib.import_module(module), name)
            self._found = pickle.loads(pickle.dumps(verb(*arguments, **named, tell=self._tell)))
        except GeoError as error:
            self._raised = pickle.loads(pickle.dumps(error))
        self.seconds = time.monotonic() - began

    def _tell(self, news):
        self.told = pickle.loads(pickle.dumps(news))

    def found(self):
        if self._raised:
            raise self._raised
        return self._found

    def wait(self, seconds):
        return self.found()

    def cancel(self):
        """Do nothing: it has ended."""


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
