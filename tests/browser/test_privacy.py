"""What a reader asks on Find leaves the page in no way; no other host is asked but on asking."""

from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import planning, reading, servers

CANARY = "kanarienvogel"
TILES = "tile.openstreetmap.org"
ICONS = """() => [...document.querySelectorAll("link[rel*=icon]")]
  .map((link) => link.getAttribute("href"))"""
TITLES = """() => new MutationObserver(() => titled(document.title))
  .observe(document, { subtree: true, childList: true, characterData: true })"""
COOKIES_OF_STREAMLIT = {"_streamlit_xsrf", "_streamlit_session"}
STORED = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map((one) => one.name), ...(await caches.keys()),
]"""


def test_no_page_asks_another_host(visit, a_place, outside):
    """The fixture `visit` looks at this in every other test too."""
    page = visit("/", fresh=True)
    for path in ("/gaps", "/outreach", "/text", "/text/es", "/health", "/about", a_place):
        page.wait_for_load_state("networkidle")
        page.goto(urljoin(page.url, path))
    page.wait_for_load_state("networkidle")
    assert outside == []


def test_streets_are_asked_for_only_after_a_yes(visit, outside):
    page = visit()
    frame = reading.map_of(page).get_by_role("region", name="Imperial County")
    streets = frame.get_by_role("button", name="Streets", exact=True)
    streets.click()
    expect(frame.get_by_text("Streets come from OpenStreetMap.")).to_be_visible()
    frame.get_by_role("button", name="No, thanks").click()
    expect(frame.get_by_text("Streets come from OpenStreetMap.")).to_be_hidden()
    expect(frame.get_by_text("OpenStreetMap contributors")).to_have_count(0)
    assert outside == []

    streets.click()
    with page.expect_event("requestfailed", lambda asked: TILES in asked.url):
        frame.get_by_role("button", name="Show streets").click()
    expect(frame.get_by_text("OpenStreetMap contributors")).to_be_visible()
    assert {urlsplit(address).hostname for address in outside} == {TILES}
    streets.click()
    expect(frame.get_by_text("OpenStreetMap contributors")).to_have_count(0)
    outside.clear()


def ask_by_every_control(page):
    """Type and choose something in every control of Find, and open what was found."""
    page.get_by_role("button", name="Food", exact=True).click()
    reading.search(page, f"{CANARY} food")
    reading.start_from(page, f"{CANARY} 95376")
    expect(page.locator(reading.COUNT)).to_contain_text("near 95376")
    reading.start_from(page, "Tracy")
    reading.when(page, "A day and time")
    page.get_by_label("Time", exact=True).fill("14:30")
    reading.when(page, "Tonight at 9")
    reading.when(page, "Any time")
    page.get_by_text("More filters").click()
    page.get_by_role("combobox", name="Not farther than").select_option(label="10 miles")
    for box in page.locator(".filters").get_by_role("checkbox").all():
        box.check()
    with reading.anew(page):
        page.get_by_role("button", name="Clear all filters").click()
    with reading.anew(page):
        reading.search(page, f"{CANARY} food")
    card = page.locator(".st-key-results li.card[data-spot]").first
    card.locator("h3 button").click()
    card.get_by_role("button", name="Show on map").click()
    page.get_by_role("button", name="+ Add").first.click()


def test_what_a_reader_types_and_chooses_leaves_the_device_in_no_way(visit, app):
    told = []

    def listen(page):
        page.on("websocket", lambda one: one.on("framesent", lambda sent: told.append(str(sent))))
        page.on("request", lambda asked: told.append(f"{asked.url} {asked.post_data_buffer}"))

    page = visit(fresh=True, prepare=listen)
    page.wait_for_load_state("networkidle")
    assert any("/find/" in one for one in told)
    del told[:]
    ask_by_every_control(page)
    assert told == [], "no question is sent, nor anything because of one"
    assert page.evaluate(STORED) == []
    assert {cookie["name"] for cookie in page.context.cookies()} <= COOKIES_OF_STREAMLIT
    assert page.title() == "Home"
    browser = page.context.new_cdp_session(page)
    steps = browser.send("Page.getNavigationHistory")["entries"]
    assert {step["url"] for step in steps} == {"about:blank", f"{app.url}/"}
    assert CANARY not in app.log.read_text(encoding="utf-8")

    page.get_by_role("link", name="Outreach").click()
    planning.add_place(page, f"{CANARY} park", "37.74, -121.43")
    assert any(CANARY in one for one in told), "what is sent would have been seen"


@pytest.mark.skipif(not servers.MEMORY.exists(), reason="no way to look into another process")
def test_the_memory_of_the_server_has_nothing_that_a_reader_asked_on_find(visit, app):
    words, name = "wellensittich", "nymphensittich"  # no other test may type them
    page = visit(fresh=True)
    with reading.anew(page):
        reading.search(page, words)
    reading.start_from(page, f"{words} 12")
    page.get_by_text("We could not find that place.").wait_for()
    page.get_by_role("link", name="Outreach").click()
    planning.add_place(page, name, "37.74, -121.43")
    assert servers.remembers(app, name), "what is there would have been found"
    assert not servers.remembers(app, words)


def test_no_page_leaves_its_name_on_the_device_nor_a_title_or_sign_that_tells(visit, a_place):
    """Streamlit would keep the address of each page that was opened in the local storage."""
    told = []

    def note(page):
        page.expose_function("titled", lambda title: told.append(title))
        page.add_init_script(f"({TITLES})()")

    page = visit("/about", fresh=True, prepare=note)
    page.evaluate("() => localStorage.setItem('stActiveTheme-/gaps-v2', 'x')")
    for path in ("/gaps", "/outreach", a_place, "/", "/nowhere", "/text", "/text/xx"):
        page.goto(urljoin(page.url, path))
        if path.startswith("/text"):
            page.locator("h1").wait_for()
        else:
            reading.whole(page)
        assert page.evaluate(STORED) == [], path
        assert page.evaluate(ICONS) == ["data:,"], path
    assert {*told} <= {"", "Home"}
    assert "Home" in told


def test_a_place_opened_on_find_changes_no_address_and_no_history(visit, app):
    page = visit(fresh=True)
    steps = page.evaluate("() => history.length")
    card = page.locator(".st-key-results li.card[data-spot]").first
    card.locator("h3 button").click()
    card.get_by_role("button", name="Show on map").click()
    expect(card.locator("dt", has_text="Who may come")).to_be_visible()
    line = page.locator(".st-key-results li.line").first
    line.locator("h3 button").click()
    expect(line.locator(".more")).to_contain_text("Where this is from")
    assert page.locator(".st-key-results a[href*='place']").count() == 0

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card.get_by_role("button", name="Link to this place").click()
    expect(card.get_by_text("The link is copied.")).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert card.get_by_role("link", name=link).get_attribute("href") == link
    assert (page.url, page.evaluate("() => history.length")) == (f"{app.url}/", steps)
    name = card.locator("h3 button").inner_text()
    expect(visit(link.removeprefix(app.url)).locator("h1")).to_have_text(name)


def test_what_was_asked_is_gone_when_the_page_is(visit):
    page = visit(fresh=True)
    with reading.anew(page):
        reading.search(page, CANARY)
    page.reload()
    reading.whole(page)
    expect(page.locator("#words")).to_have_value("")
    boxes = page.locator(".st-key-results input, .st-key-results select")
    kept = "(all) => all.filter((box) => box.name || (box.type === 'text' && !box.autocomplete))"
    assert boxes.evaluate_all(f"(all) => ({kept})(all).length") == 0
