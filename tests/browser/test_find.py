"""The Find page: the list and the map answer every question alike, and talk with each other."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import reading
from tests.support import blocks

CHOSEN = "() => serviceMap.inspect.chosen()"
SINGLE = """() => {
  const size = serviceMap.inspect.size();
  const isClear = ({ x, y }) => x > 20 && y > 20 && x < size.x - 200 && y < size.y - 40;
  return serviceMap.inspect.drawn().filter(isClear);
}"""
START = "() => serviceMap.inspect.start()"
ZOOM = "serviceMap.inspect.view().zoom"


def choose_food(page):
    page.get_by_role("button", name="Food and basics").click()


def choose_free(page):
    page.get_by_role("button", name="More filters").click()
    page.get_by_role("checkbox", name="Free").check(force=True)
    page.keyboard.press("Escape")


FILTERS = {
    "a kind": choose_food,
    "a Spanish word": lambda page: reading.search(page, "comida"),
    "an everyday word": lambda page: reading.search(page, "abogado"),
    "where": lambda page: reading.choose(page, "Where?", "Tracy"),
    "open now": lambda page: reading.choose(page, "When?", "Open now"),
    "free": choose_free,
}


def marks_in_sight(page):
    """Return the marks on the map that can be clicked: where in the frame, and which places."""
    reading.view(page)
    return reading.map_of(page).evaluate(SINGLE)


def click_mark(page, mark):
    box = page.locator(reading.MAP).bounding_box()
    page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])


def show_all(page):
    while (more := page.get_by_role("button", name=re.compile(r"^Show \d+ more$"))).count():
        with reading.anew(page):
            more.click()


def test_every_filter_changes_list_map_and_what_is_announced_alike(visit):
    page = visit()
    everything = reading.count(page)
    said = page.locator(".st-key-results [role=status]")
    for name, ask in FILTERS.items():
        with reading.anew(page):
            ask(page)
        assert 0 <= reading.count(page) < everything, name
        expect(said).to_have_text(page.locator(reading.COUNT).inner_text())
        show_all(page)
        assert len(reading.listed(page)) == reading.cards(page).count() == reading.count(page), name
        assert reading.marked(page) == reading.listed(page, with_spot=True), name
        with reading.anew(page):
            page.get_by_role("button", name="Clear all filters").click()
        assert reading.count(page) == everything, name
    expect(said).to_have_text(page.locator(reading.COUNT).inner_text())


def test_the_map_keeps_its_zoom_its_middle_and_itself_whatever_is_asked(visit):
    page = visit()
    frame = reading.map_of(page)
    frame.evaluate("() => { window.__mark = 1; serviceMap.inspect.look([37.74, -121.43], 12); }")
    before = reading.view(page)
    for ask in (
        choose_food,
        lambda page: reading.search(page, "pantry"),
        lambda page: reading.choose(page, "When?", "Open now"),
        lambda page: page.get_by_role("button", name="Clear all filters").click(),
    ):
        with reading.anew(page):
            ask(page)
        assert reading.view(page) == before
    assert reading.map_of(page).evaluate("() => window.__mark") == 1


def test_the_map_looks_closer_and_back_at_both_counties(visit):
    page = visit()
    frame, (wide, middle) = reading.map_of(page), reading.view(page)
    cluster = max(marks_in_sight(page), key=lambda mark: len(mark["ids"]))
    assert len(cluster["ids"]) > 1
    click_mark(page, cluster)
    frame.wait_for_function(f"(wide) => {ZOOM} > wide", arg=wide)
    with reading.anew(page):
        reading.choose(page, "Where?", "Tracy")
    zoom, there = reading.view(page)
    assert zoom > wide + 2
    assert there["lat"] == pytest.approx(37.73, abs=0.1)
    assert there["lng"] == pytest.approx(-121.43, abs=0.1)
    frame.get_by_role("button", name="Both counties").click()
    frame.wait_for_function(f"(wide) => {ZOOM} === wide", arg=wide)
    assert reading.view(page)[1]["lat"] == pytest.approx(middle["lat"], abs=0.1)
    assert reading.view(page)[1]["lng"] == pytest.approx(middle["lng"], abs=0.1)


def test_more_is_twenty_more_and_each_row_shows_itself_on_the_map(visit):
    page = visit()
    assert reading.cards(page).count() == 20
    with reading.anew(page):
        page.get_by_role("button", name="Show 20 more").click()
    assert reading.cards(page).count() == 40
    expect(reading.cards(page).nth(39)).to_contain_text(f"40 of {reading.count(page)}")
    row = reading.cards(page).filter(has=page.get_by_role("button", name="Show on map")).last
    row.get_by_role("button", name="Show on map").click()
    frame = reading.map_of(page)
    assert frame.evaluate(CHOSEN) == int(row.get_attribute("data-n"))
    assert reading.view(page)[0] >= 11
    chosen = frame.evaluate(CHOSEN)
    assert any(chosen in mark["ids"] for mark in frame.evaluate("serviceMap.inspect.drawn()"))


def test_a_mark_opens_its_row_or_puts_it_on_top_of_the_list(visit):
    page = visit()
    reading.map_of(page).evaluate("() => serviceMap.inspect.look([37.955, -121.29], 16)")
    alone = [mark for mark in marks_in_sight(page) if len(mark["ids"]) == 1]
    shown = reading.listed(page)
    far = next(mark for mark in alone if mark["ids"][0] not in shown)
    click_mark(page, far)
    first = reading.cards(page).first
    expect(first).to_contain_text("Chosen on the map")
    assert first.get_attribute("data-n") == str(far["ids"][0])
    expect(first.locator("details")).to_have_attribute("open", "")
    expect(first).to_be_in_viewport()

    with reading.anew(page):
        choose_food(page)
    show_all(page)
    expect(page.get_by_text("Chosen on the map")).to_have_count(0)
    near = next(mark for mark in marks_in_sight(page) if len(mark["ids"]) == 1)
    click_mark(page, near)
    row = page.locator(f".st-key-results li[data-n='{near['ids'][0]}']")
    expect(row).to_have_count(1)
    expect(row.locator("details")).to_have_attribute("open", "")
    expect(row).to_be_in_viewport()


def test_nothing_found_says_why_and_leads_on(visit):
    page = visit()
    with reading.anew(page):
        reading.choose(page, "Where?", "Tracy")
    in_tracy = reading.count(page)
    with reading.anew(page):
        reading.search(page, "zzqqxx")
    assert reading.count(page) == 0
    assert reading.marked(page) == set()
    expect(page.get_by_text("Nothing fits all of this")).to_be_visible()
    expect(page.get_by_text("You can also call 211.")).to_be_visible()
    with reading.anew(page):
        page.get_by_role("button", name="Without “What do you need?”").click()
    assert reading.count(page) == in_tracy
    assert reading.marked(page)
    expect(page.get_by_role("textbox", name="What do you need?")).to_have_value("")


def test_a_place_has_a_page_of_its_own_and_the_way_back_keeps_the_question(visit):
    page = visit()
    with reading.anew(page):
        choose_food(page)
    with reading.anew(page):
        reading.choose(page, "Where?", "Tracy")
    before = reading.count(page), reading.listed(page), reading.marked(page)
    link = reading.cards(page).first.get_by_role("link").first
    name, address = link.inner_text(), link.get_attribute("href")
    for back in (page.get_by_role("link", name="Back to the list").click, page.go_back):
        link.click()
        expect(page.locator("h1")).to_have_text(name)
        assert page.url.endswith(address)
        for label in ("Hours", "Cost", "Languages", "Wheelchair", "Source", "On the map"):
            expect(page.locator(".st-key-place dt").filter(has_text=label).first).to_be_visible()
        expect(page.locator(".st-key-place dd.unknown").first).to_have_text("Not known")

        back()
        page.locator(reading.COUNT).wait_for()
        reading.whole(page)
        assert (reading.count(page), reading.listed(page), reading.marked(page)) == before
        expect(page.get_by_role("combobox", name="Where?")).to_have_value("Tracy")
        expect(page).to_have_url(re.compile(r"/$"))


def test_a_link_to_a_place_works_by_itself_and_one_to_nowhere_says_so(visit, a_place):
    page = visit(a_place)
    expect(page.locator(".st-key-place a[href^='tel:']").first).to_be_visible()
    expect(page.get_by_role("link", name="Directions")).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    page = visit("/place?id=zzzzzz")
    expect(page.get_by_role("heading", level=1)).to_have_text("This place is not on the list")
    expect(page.get_by_text("call 211")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the list")).to_be_visible()


def test_an_address_is_typed_solved_here_and_marked_on_the_map(visit, app, ground):
    homes = blocks.lay(ground / "streets")
    home = next(home for home in homes if home.city == "Stockton")
    page = visit()
    box = page.get_by_role("combobox", name="Where?")
    box.click()
    box.press_sequentially(f"{home.line}, Stockton")
    expect(page.get_by_role("option").last).to_have_text(f"Near: {home.line}, Stockton")
    with reading.anew(page):
        box.press("Enter")
    expect(page.get_by_text(re.compile("^Found: .*, Stockton"))).to_be_visible()
    lat, lon, name = reading.map_of(page).evaluate(START)
    assert home.distance_m(lat, lon) < 1
    assert reading.view(page)[1]["lat"] == pytest.approx(lat, abs=0.01)
    expect(reading.cards(page).first).to_contain_text(f"of {name}")
    with reading.anew(page):
        reading.speak(page, "Español")
    assert reading.map_of(page).evaluate(START) == [lat, lon, name]
    expect(page.get_by_role("combobox").first).to_have_value(f"{home.line}, Stockton")
    expect(page).to_have_url(re.compile(r"/$"))
    assert home.line not in app.log.read_text(encoding="utf-8")
