"""The scripts leave nothing behind on a page, and say so when there is no map."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import planning, reading
from tests.browser.test_find import click_mark, marks_in_sight

MAP_EVENTS = {"map:show", "map:choose", "map:pick", "map:spot"}
NO_MAP = {
    "en": "The map could not be loaded.",
    "es": "No se pudo cargar el mapa.",
}


def listening(page):
    """Return how many listen on the page to each of the map's events."""
    browser = page.context.new_cdp_session(page)
    window = browser.send("Runtime.evaluate", {"expression": "window"})["result"]["objectId"]
    found = browser.send("DOMDebugger.getEventListeners", {"objectId": window})["listeners"]
    browser.detach()
    return Counter(one["type"] for one in found if one["type"] in MAP_EVENTS)


def go(page, name, heading):
    page.get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("heading", level=1, name=heading).wait_for()
    reading.whole(page)


def find(page):
    go(page, "Find help", "Find help near you")
    page.locator(reading.COUNT).wait_for()
    reading.whole(page)


def gaps(page):
    go(page, "Service gaps", "Who is out of reach?")
    page.locator(".st-key-legend .legend").wait_for()
    reading.whole(page)


def about(page):
    go(page, "About", "About this list")


def test_a_page_that_is_left_no_longer_listens(visit):
    page = visit()
    gaps(page)
    find(page)
    once = {"map:show": 1, "map:choose": 1, "map:pick": 1}
    for _ in range(3):
        about(page)
        expect(page.locator(reading.MAP)).to_have_count(0)
        assert listening(page) == {}
        gaps(page)
        assert listening(page) == {"map:show": 1, "map:choose": 1, "map:spot": 1}
        find(page)
        assert listening(page) == once
    with reading.anew(page):
        reading.start_from(page, "Tracy")
    assert listening(page) == once


def test_a_mark_on_another_page_asks_nothing_of_a_list_that_is_gone(visit, app):
    page = visit()
    before = len(app.log.read_text())
    go(page, "Outreach", "Plan an outreach round")
    planning.add_tracy(page)
    page.locator(reading.MAP).scroll_into_view_if_needed()
    lone = next(mark for mark in marks_in_sight(page) if len(mark["ids"]) == 1)
    click_mark(page, lone)
    chosen = "(n) => serviceMap.inspect.chosen() === n"
    reading.map_of(page).wait_for_function(chosen, arg=lone["ids"][0])
    planning.step(page, "2 Day and teams")
    assert "does not exist anymore" not in app.log.read_text()[before:]


@pytest.mark.parametrize("missing", ["**/points-*.json", "**/ground-*.json", "**/map/main.js"])
@pytest.mark.parametrize("language", NO_MAP)
def test_a_map_that_cannot_be_loaded_says_so_and_the_list_goes_on(visit, language, missing):
    def withhold(page):
        page.route(missing, lambda route: route.fulfill(status=404, body="Not found"))

    page = visit(language=language, fresh=True, raw=True, prepare=withhold)
    page.locator(reading.COUNT).wait_for()
    told = page.frame_locator(reading.MAP).get_by_role("alert")
    expect(told).to_contain_text(NO_MAP[language])
    expect(told).to_be_in_viewport()
    assert reading.count(page) > 100
    other = {"en": ("Español", "es"), "es": ("English", "en")}[language]
    reading.speak(page, other[0])
    expect(told).to_contain_text(NO_MAP[other[1]])


def test_an_address_that_is_no_page_is_told_and_leads_on(visit):
    status = []

    def note(page):
        page.on("response", lambda answer: status.append((answer.url, answer.status)))

    page = visit("/nowhere", prepare=note)
    assert [code for url, code in status if url.endswith("/nowhere")] == [404]
    told = page.get_by_role("alert")
    expect(told).to_have_text("There is no page at this address. This is the first page.")
    expect(page.get_by_role("link", name="Leave now")).to_be_visible()
    expect(page.locator(reading.COUNT)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert urlsplit(page.url).path == "/"
    page.locator("h1").click()
    expect(told).to_have_count(0)
