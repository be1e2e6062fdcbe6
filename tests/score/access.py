"""Access: what keeps somebody from using a page: barriers, keys, zoom, width, faint signs."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from pages.parts import contents
from tests.browser import barriers, chromium, colours, keyboard, reading, servers
from tests.score.row import Reached, Trial, faultless
from tests.support.asking import ask

FIGURE = "barriers found by axe-core, jobs that keys cannot do, parts out of sight, faint signs"
TARGET = "0 barriers"
NOT_COVERED = (
    "Nobody who uses a screen reader or a switch was asked; axe-core finds a part of what can be "
    "wrong; one engine, Chromium; what is behind a log-in."
)
PLACE = "hck7q3"
PATHS = (
    *(f"/{page.address}" for page in contents.PAGES if page.address != "place"),
    f"/place?id={PLACE}",
    "/place?id=nowhere",
    "/nowhere",
    "/text",
    "/text/imperial/food",
    f"/text/place/{PLACE}",
    f"/list?ids={PLACE}",
    "/offline.html",
    "/embed",
    f"/report?id={PLACE}",
    "/quality",
)
FEW = ("/text", "/quality/es")  # where a small trial looks
LOOKS = tuple(product(("en-US", "es-MX"), ("light", "dark")))
IN_FULL = (LOOKS[0], LOOKS[-1])  # in these each thing that opens is opened one after the other
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 800}
ZOOMED = {"width": 640, "height": 400}  # what is left of 1280 by 800 at 200 %
BARRIER = "() => document.body.append(new Image())"  # a picture without words
FAINT = 21.5  # more contrast than there is
PATIENCE_MS = 60_000


Looked = Iterator[tuple[str, list[str]]]  # what was looked at, what is wrong with it


def measure(trial: Trial) -> Reached:
    """Look at every page in every look; broken: a picture without words stands on each."""
    look = _few if trial.is_small else _all
    looked = list(look(trial.is_broken))
    faults = [f"{what}: {fault}" for what, faults in looked for fault in faults]
    return faultless(len(looked), faults, "barriers")


def _few(is_broken: bool) -> Looked:
    """Look at plain pages as this process answers them, without a server."""
    from app import app as server

    texts = {path: ask(server, path).text for path in FEW}  # not within Playwright's own loop
    with _browser() as browser:
        page = browser.new_page(viewport=PHONE)
        for path, text in texts.items():
            page.set_content(text)
            yield path, _barriers(page, is_broken)


def _all(is_broken: bool) -> Looked:
    with servers.app() as app, _browser() as browser:
        for language, scheme in LOOKS:
            context = browser.new_context(locale=language, color_scheme=scheme)
            context.set_default_timeout(PATIENCE_MS)
            for path in PATHS:
                page, what = context.new_page(), f"{path} {language} {scheme}"
                try:
                    _open(page, f"{app.url}{path}")
                    for state, faults in _states(page, (language, scheme) in IN_FULL, is_broken):
                        yield f"{what} {state}", faults
                except PlaywrightError as error:
                    yield what, [f"it did not open: {str(error).splitlines()[0]}"]
                page.close()
            context.close()
        for path, job in keyboard.JOBS:
            page = browser.new_page(viewport=WIDE, locale="en-US")
            page.set_default_timeout(PATIENCE_MS)
            yield f"{path} by keys", _undone(page, f"{app.url}{path}", job)
            page.close()


def _states(page: Page, is_in_full: bool, is_broken: bool) -> Looked:
    """Look at a page wide, with what opens on it, then narrow and enlarged, then at its map."""
    for state in barriers.openings(page) if is_in_full else ("as it comes",):
        yield state, _barriers(page, is_broken)
    page.locator("details").evaluate_all(barriers.OPEN_ALL)
    for size in (PHONE, NARROW, ZOOMED):
        page.set_viewport_size(size)
        barriers.rest(page)
        faults = [
            *_barriers(page, is_broken),
            *reading.sideways(page),
            *page.evaluate(reading.OVER),
        ]
        yield f"{size['width']} px", faults
    if page.locator(reading.MAP).count():
        page.set_viewport_size(WIDE)
        many, faint = colours.faint(reading.map_of(page), FAINT if is_broken else colours.LEAST)
        yield f"{many} signs of its map", faint


def _barriers(page: Page, is_broken: bool) -> list[str]:
    if is_broken:
        page.evaluate(BARRIER)
    return barriers.faults(page)


def _undone(page: Page, address: str, job: Callable[[Page], None]) -> list[str]:
    try:
        _open(page, address)
        job(page)
    except (AssertionError, PlaywrightError) as error:
        return [str(error).splitlines()[0]]
    return []


def _open(page: Page, address: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(address)
    barriers.rest(page)


@contextmanager
def _browser() -> Iterator[Browser]:
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find(), args=root)
        yield started
        started.close()
