"""Conftest: one server and one browser for all tests; no page may ask another host."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from geo import clock
from geo.catalogue.keeper import load_catalogue
from geo.settings import DATA
from tests.browser import chromium, reading, servers

collect_ignore = ["hostile_app.py", "pictures.py"]
LANGUAGES = {"en": "en-US", "es": "es-MX"}
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 20_000
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--process-per-site",  # pages share what was read and compiled
    "--js-flags=--no-opt --no-maglev",  # no page is open for long enough to be worth it
)

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items):
    """Mark every test of this folder; one that fails is tried once more, and that is counted."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1))


# The scope is "package", not "session": Playwright must be gone when other tests run.
@pytest.fixture(scope="package")
def target():
    """Run the page that the exit leads to; it is slow, so that what is seen meanwhile is seen."""
    with servers.listener(delay_s=0.2) as heard:
        yield heard


@pytest.fixture(scope="package")
def _ground(tmp_path_factory):
    """Return the folder in which the folder of streets of the app would be."""
    return tmp_path_factory.mktemp("ground")


@pytest.fixture(scope="package")
def app(target, _ground):
    """Run the app; it has no streets but those of `ground`."""
    with servers.app(EXIT_TO=target.url, STREETS=str(_ground / "streets")) as started:
        yield started


@pytest.fixture
def ground(app, _ground, monkeypatch):
    """Return a folder whose folder "streets" is that of the app too; there is none at first."""
    monkeypatch.setenv("STREETS", str(_ground / "streets"))
    yield _ground
    shutil.rmtree(_ground / "streets")


@pytest.fixture(scope="package")
def fetched():
    """Run a server that the hostile records point to; nobody may ask it anything."""
    with servers.listener() as heard:
        yield heard


@pytest.fixture(scope="package")
def hostile_app(fetched, target):
    """Run the app over the hostile records."""
    script = "tests/browser/hostile_app.py"
    with servers.app(script, FETCHED=fetched.url, EXIT_TO=target.url) as started:
        yield started


@pytest.fixture(scope="package")
def browser():
    """Run a Chromium, with its back-forward cache on as in real life."""
    path = chromium.find()
    assert path, "No Chromium found. Install one: python -m tests.browser.chromium"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            args=[*ARGUMENTS, *root],
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield started
        started.close()


@pytest.fixture(scope="package")
def profiles():
    """Keep the contexts that tests share, each with a page of the app open all the time.

    As long as one is open, Chromium keeps what it has read and compiled: the next needs half.
    """
    return {}


@pytest.fixture
def outside():
    """Collect the addresses on other hosts that were asked for; none may be."""
    return []


@pytest.fixture
def visit(browser, profiles, app, outside):
    """Return a function that opens a page; at the end, no other host may have been asked.

    `fresh` opens it in a browser that was never anywhere, `raw` does not wait for a page of
    Streamlit, `prepare` is done before; further options go to that browser.
    """
    opened = []

    def note(request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            outside.append(request.url)

    def profile(fresh, **options):
        key = repr(options)
        if fresh or key not in profiles:
            context = browser.new_context(**options)
            context.set_default_timeout(PATIENCE_MS)
            if fresh:
                opened.append(context)
                return context
            context.new_page().goto(f"{app.url}/robots.txt", wait_until="commit")
            profiles[key] = context
        return profiles[key]

    def open_page(
        path="/", language="en", phone=False, at="", fresh=False, raw=False, prepare=None, **options
    ):
        context = profile(fresh, locale=LANGUAGES[language], **options)
        page = context.new_page()
        page.set_viewport_size(PHONE if phone else DESKTOP)
        opened.append(page)
        page.on("request", note)
        page.on("websocket", note)
        if prepare:
            prepare(page)
        page.goto(f"{at or app.url}{path}", wait_until="commit")
        return page if raw else reading.whole(page)

    yield open_page
    for one in reversed(opened):
        one.close()
    assert outside == []


@pytest.fixture(scope="package")
def a_place():
    """Return the address of a place that has a point on the map and a phone."""
    places = load_catalogue(DATA / "services.csv", clock.today())
    pinned = places["location_precision"].isin(["exact", "street"]) & (places["phone"] != "")
    return f"/place?id={places['id'][pinned].iloc[0]}"
