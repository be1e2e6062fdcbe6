"""Nothing about a reader leaves the session, and no other host is asked unless a reader asks."""

from urllib.parse import urljoin, urlsplit

from playwright.sync_api import expect

from tests.browser import reading

CANARY = "kanarienvogel"
TILES = "tile.openstreetmap.org"
# The look of the page (light or dark) is kept by Streamlit and tells nothing of a reader.
KEPT_BY_STREAMLIT = {"stActiveTheme-/-v2"}
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
    frame = reading.map_of(page)
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


def test_what_a_reader_types_and_chooses_is_kept_nowhere(visit, app):
    page = visit(fresh=True)
    asked = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    with reading.anew(page):
        reading.search(page, CANARY)
    with reading.anew(page):
        reading.search(page, "food")
    with reading.anew(page):
        reading.choose(page, "Where?", "Tracy")
    assert urlsplit(page.url).path == "/"
    assert not urlsplit(page.url).query
    reading.cards(page).first.get_by_role("link").first.click()
    expect(page.get_by_text("Back to the list")).to_be_visible()
    assert set(page.evaluate(STORED)) <= KEPT_BY_STREAMLIT
    assert {cookie["name"] for cookie in page.context.cookies()} <= COOKIES_OF_STREAMLIT
    assert page.title() == "Home"
    kept = " ".join([page.url, app.log.read_text(encoding="utf-8"), *asked])
    assert CANARY not in kept
    assert "Tracy" not in kept
