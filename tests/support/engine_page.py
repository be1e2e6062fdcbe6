"""Engine page: a page of Chromium that has the engine of the search and nothing else."""

import json
import os
from typing import Any

from playwright.sync_api import Browser, BrowserType, Page, Route

from geo.search import columns
from geo.search.index import Index
from geo.web import assets
from tests.browser import chromium

SITE = "http://engine.test"
PAGE = """
<!doctype html><meta charset="utf-8"><script type="module">
import * as engine from "./engine/ask.js";
import { Hours } from "./engine/opening.js";
const indexes = new Map();
window.put = (name, files) => {
  indexes.set(name, engine.open(...files.map((file) => JSON.parse(file))));
};
window.answer = (name, openings, now, questions) => {
  const index = { ...indexes.get(name), hours: new Hours(JSON.parse(openings)) };
  const texts = index.hours.texts.map((_, text) => index.hours.at(text, now));
  const answers = questions.map((one) => engine.ask(index, { ...engine.EVERYTHING, ...one }, now));
  return JSON.stringify({ texts, answers });
};
window.told = null;
window.time = (name, now, questions) => questions.map((one) => {
  const began = performance.now();
  engine.ask(indexes.get(name), { ...engine.EVERYTHING, ...one }, now);
  return performance.now() - began;
});
</script>
"""


def launch(kind: BrowserType) -> Browser:
    """Run a browser that compiles scripts as a reader's own does."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return kind.launch(executable_path=chromium.find(), args=root)


def visit(browser: Browser) -> Page:
    """Return the page; it asks no server."""
    page = browser.new_page()

    def serve(route: Route) -> None:
        name = route.request.url.removeprefix(f"{SITE}/")
        if name == "":
            route.fulfill(body=PAGE, content_type="text/html")
        else:
            route.fulfill(path=assets.STATIC / name, content_type="text/javascript")

    page.route(f"{SITE}/**", serve)
    page.goto(f"{SITE}/")
    page.wait_for_function("'answer' in window")
    return page


def put(page: Page, name: str, index: Index, hours: str = "") -> None:
    """Give the page a catalogue to ask under a name, with opening hours, else without."""
    files = [columns.places(index), columns.words(index), columns.tables(index)]
    places, words, tables = (file.decode() for file in files)
    no_hours = '{"first":0,"end":0,"texts":[]}'
    given = [name, [places, hours or no_hours, words, tables]]
    page.evaluate("([name, files]) => put(name, files)", given)


def begin(page: Page, name: str, hours: str, now: int, asked: list[Any]) -> None:
    """Have some questions answered, without waiting for it."""
    later = "(given) => { told = new Promise((done) => setTimeout(() => done(answer(...given)))); }"
    page.evaluate(later, [name, hours, now, asked])


def answers(page: Page) -> dict[str, Any]:
    """Return the answers to what was begun, and what each text of hours says of that moment."""
    read: dict[str, Any] = json.loads(page.evaluate("told"))
    return read
