"""A catalogue too large for a browser: the server answers and says so, the map comes in tiles."""

import shutil
import tempfile
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from playwright.sync_api import expect

from geo import clock
from geo.catalogue.places import locate
from geo.search.index import build_index
from geo.search.query import Query, search
from geo.store import connection, load, migrations
from tests.bench import places as made_up
from tests.browser import reading, servers
from tests.support import postgres

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("large")]
WORDS = "somewhere xyzzyq to eat"
DONE = "() => !serviceMap.inspect.isLoading() && serviceMap.inspect.drawn().length > 0"
MANY = "() => serviceMap.inspect.drawn().reduce((sum, mark) => sum + mark.many, 0)"


@pytest.fixture(scope="module")
def located():
    return locate(made_up.make(600))


@pytest.fixture(scope="module")
def large(located):
    """Run the app over a store whose places are more than go to a browser."""
    if postgres.find() is None:
        pytest.skip(postgres.MISSING)
    folder = Path(tempfile.mkdtemp(prefix="large-"))
    folder.chmod(0o711)
    try:
        with postgres.running(folder / "server") as server:
            url = server.url()
            migrations.migrate(url)
            with connection.writing(url) as found:
                load.put(found, located, {}, "services.csv", clock.today(), lambda *_: None)
            with psycopg.connect(url, autocommit=True) as found:
                found.execute("CREATE ROLE visitor LOGIN IN ROLE service_map_reader")
            given = {"STORE_URL": server.url("visitor"), "PLACES_IN_BROWSER": "100"}
            with servers.app(**given) as app:
                yield app
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def whole_map(page):
    """Return the frame of the map once all its tiles are there."""
    page.wait_for_function(
        "() => document.querySelector('.st-key-map iframe')?.contentWindow?.serviceMap?.inspect"
    )
    frame = reading.map_of(page)
    frame.wait_for_function(DONE)
    return frame


def ask(page, words):
    page.get_by_label("What do you need?").fill(words)
    page.get_by_role("button", name="Ask our server").click()


def test_large(visit, large):
    page = visit(at=large.url, raw=True)
    whole_map(page)
    page.screenshot(path="/tmp/scratch/tiles/a.png")
    ask(page, "food near Tracy")
    page.locator("#count").filter(has_text="near Tracy").wait_for()
    page.wait_for_timeout(2500)
    page.screenshot(path="/tmp/scratch/tiles/b.png", full_page=True)
