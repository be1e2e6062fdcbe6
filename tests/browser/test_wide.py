"""A word of 1,500 letters, in every text of a record and in what a reader types, widens no page."""

import pytest
from playwright.sync_api import expect

from pages.parts.outreach.add_stop import MOST_LETTERS
from tests.browser import hostile, planning, reading

LONG = next(attack for attack in hostile.ATTACKS if len(attack) == 1500)
NAME = "w" * MOST_LETTERS
NARROW = {"width": 320, "height": 800}
OPEN = """(all) => all.filter((one) => one.ariaExpanded === "false")
  .forEach((one) => one.click())"""


@pytest.fixture
def narrow(visit, hostile_app):
    """Return a function that opens a page of the hostile app as narrow as a page may get."""

    def open_page(path="/", **options):
        def small(page):
            page.set_viewport_size(NARROW)

        return visit(path, at=hostile_app.url, prepare=small, **options)

    return open_page


def wide(page):
    """Return what is wider than the page, when all that can be opened is open."""
    page.locator("details").evaluate_all("(all) => all.forEach((one) => (one.open = true))")
    page.locator(".st-key-results h3 button").evaluate_all(OPEN)
    return [*reading.sideways(page), *page.evaluate(reading.OVER)]


def test_a_record_widens_no_page(narrow):
    for path in ("/nowhere", "/place?id=hhhh00", "/gaps", "/about"):
        page = narrow(path)
        assert wide(page) == [], path
        if path == "/nowhere":  # it is the first page, and says so
            assert reading.sideways(reading.map_of(page)) == []
        page.emulate_media(media="print")
        assert wide(page) == [], path
        page.close()
    for path in ("/text", "/text/xx", "/text/en/san-joaquin/food", "/text/en/place/hhhh00"):
        page = narrow(path, raw=True)
        page.locator("h1").wait_for()
        assert wide(page) == [], path
        page.emulate_media(media="print")
        assert wide(page) == [], path


def test_what_a_reader_types_widens_no_page(narrow):
    page = narrow("/")
    reading.search(page, "z" * len(LONG))
    page.get_by_text("Nothing on this list fits").first.wait_for()
    where = page.get_by_role("combobox", name="Where?")
    where.fill(LONG)
    where.press("Enter")
    page.get_by_text("We could not find that place.").wait_for()
    assert wide(page) == []

    page = narrow("/outreach")
    steps = page.locator(".st-key-out_step").get_by_role("radio")
    assert len({step.bounding_box()["y"] for step in steps.all()}) == 1
    planning.add_place(page, NAME, "37.74, -121.43")
    assert wide(page) == []
    planning.step(page, "2 Day and teams")
    start = page.locator(".st-key-out_start input")
    start.fill("x" * MOST_LETTERS)
    start.press("Tab")
    page.get_by_text("is not known.").first.wait_for()
    assert wide(page) == []
    planning.start_from(page, "Tracy")
    planning.plan(page)
    expect(page.locator(f"{planning.PLAN} li.card").filter(has_text=NAME)).to_be_visible()
    assert wide(page) == []


def test_what_a_box_is_ticked_for_is_read_to_its_end(visit):
    page = visit("/outreach", language="es", phone=True)
    planning.step(page, "2 Día y equipos")
    labels = page.locator(".stCheckbox [data-testid=stMarkdownContainer]")
    cut = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    labels.first.wait_for()
    assert labels.evaluate_all(cut) == 0
