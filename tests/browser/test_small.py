"""Small means: a phone, no script, no mouse: nothing is cut off and everything can be reached."""

from playwright.sync_api import expect

from tests.browser import reading

OVER = """() => [...document.querySelectorAll("body *")]
  .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
  let part = document.activeElement;
  while (part && part.shadowRoot) part = part.shadowRoot.activeElement;
  const label = part.labels && part.labels[0] ? part.labels[0].textContent : "";
  return `${part.tagName} ${part.getAttribute("aria-label") || label || part.textContent}`.trim();
}"""


def shows_the_whole_map(page):
    page.locator(reading.MAP).scroll_into_view_if_needed()
    box = page.locator(reading.MAP).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    frame = reading.map_of(page)
    assert reading.sideways(frame) == []
    assert frame.evaluate("() => serviceMap.inspect.size().x") <= box["width"]
    west, south, east, north = frame.evaluate("() => serviceMap.inspect.corners()")
    assert west < -121.6
    assert east > -114.4
    assert south < 32.6
    assert north > 38.3


def test_a_phone_shows_every_page_whole(visit, a_place):
    """Spanish has the longer words; test_access looks at a narrow page in both languages."""
    for path in ("/", a_place, "/place?id=nowhere", "/outreach", "/about"):
        page = visit(path, language="es", phone=True)
        assert reading.sideways(page) == [], path
        page.locator("details").evaluate_all("(all) => all.forEach((one) => (one.open = true))")
        for name in page.locator(".st-key-results h3 button").all()[:5]:
            name.click()
        assert reading.sideways(page) == [], path
        if path == "/":
            shows_the_whole_map(page)
        page.close()
    page = visit("/text/es", phone=True, raw=True)
    page.wait_for_load_state()
    assert reading.sideways(page) == []
    assert page.evaluate(OVER) == []


def test_without_script_there_are_numbers_to_call_and_the_plain_page(visit):
    page = visit(raw=True, java_script_enabled=False)
    expect(page.get_by_role("link", name="911")).to_be_visible()
    expect(page.get_by_role("link", name="988", exact=True)).to_be_visible()
    page.get_by_role("link", name="Open the list as a plain page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help near you")
    for county in ("Imperial County", "San Joaquin County"):
        expect(page.get_by_role("heading", name=county, exact=True)).to_be_visible()
    assert page.locator("a[href^='tel:']").count() > 100
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ayuda cerca de usted")


def test_the_keyboard_reaches_everything_and_gets_out_of_the_map(visit):
    page = visit()
    row = reading.cards(page).filter(has=page.get_by_role("link", name="Call")).first
    name = row.locator("h3 button").inner_text()
    frame, walk, inside = reading.map_of(page), [], []
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here.startswith("IFRAME"):
            inside.append(frame.evaluate(FOCUSED))
        elif inside:
            break
        else:
            walk.append(here)
    assert walk[0] == "A Leave now"
    wanted = (
        "A Go to what is on this page",
        "INPUT Where?",
        "INPUT What do you need?",
        "BUTTON ▲A bed, housing",
        "SELECT When?",
        "SUMMARY More filters",
        "BUTTON My list (0)",
        f"BUTTON {name}",
        f"A Call {name}",
        f"BUTTON + Add: {name}",
    )
    places = [next(n for n, one in enumerate(walk) if one.startswith(want)) for want in wanted]
    assert places == sorted(places)
    for button in ("Closer", "Farther away", "Streets"):
        assert f"BUTTON {button}" in inside
    assert not page.evaluate(FOCUSED).startswith("IFRAME")
