"""A hostile record: nothing of it runs, nothing is computed, nothing is fetched."""

import pytest
from playwright.sync_api import expect

from tests.browser import hostile, reading

ALL = "hhhh00"
SCRIPT_LINK = "hhhh08"
SPOTS = """() => serviceMap.inspect.drawn()
  .filter((at) => at.x > 10 && at.y > 10 && at.x < innerWidth - 180 && at.y < innerHeight - 40)
  .map((at) => [at.x, at.y])"""


@pytest.fixture
def unharmed(fetched):
    """Return a function that looks whether anything of a record did something on a page."""

    def look(page):
        hostile.look(page)
        assert fetched.asked == []

    return look


def test_nothing_happens_in_the_list_and_on_the_map(visit, hostile_app, unharmed):
    page = visit(at=hostile_app.url)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    expect(reading.cards(page)).to_have_count(len(hostile.ATTACKS) + 1)
    expect(reading.cards(page).filter(has_text="{{7*191}}")).to_have_count(2)
    for name in page.locator(".st-key-results h3 button").all():
        name.click()
    expect(page.locator(".st-key-results .more dl")).to_have_count(len(hostile.ATTACKS) + 2)
    unharmed(page)
    frame, named = reading.map_of(page), 0
    frame.evaluate("() => serviceMap.inspect.look([37.78, -121.32], 12)")
    spots = frame.evaluate(SPOTS)
    for x, y in spots:
        box = page.locator(reading.MAP).bounding_box()
        page.mouse.move(box["x"] + x, box["y"] + y)
        named += frame.locator(".map-name").count()
        unharmed(page)
    assert named > 0
    for x, y in spots:
        box = page.locator(reading.MAP).bounding_box()
        page.mouse.click(box["x"] + x, box["y"] + y)
        unharmed(page)
    reading.search(page, "{{7*191}} <img src=x onerror=window.__p=1> food")
    page.get_by_role("button", name="Clear all filters").wait_for()
    unharmed(page)
    page.get_by_role("button", name="+ Add").first.click()
    page.get_by_role("button", name="My list (1)").click()
    page.get_by_role("button", name="Back to the list").wait_for()
    unharmed(page)
    assert dialogs == []


@pytest.mark.parametrize("place", [ALL, SCRIPT_LINK])
def test_nothing_happens_on_the_page_of_a_place(visit, hostile_app, unharmed, place):
    page = visit(f"/place?id={place}", at=hostile_app.url)
    expect(page.locator("h1")).to_contain_text("javascript:window.__p=1")
    unharmed(page)


def test_nothing_happens_on_the_other_pages(visit, hostile_app, unharmed):
    page = visit("/about", at=hostile_app.url)
    expect(page.locator(".st-key-about")).to_contain_text("{{7*191}}")
    unharmed(page)
    for path in ("/text", "/text/es"):
        page = visit(path, at=hostile_app.url, raw=True)
        expect(page.locator("main")).to_contain_text("{{7*191}}")
        unharmed(page)
