"""The exit leaves at once from anywhere, with the server frozen too, and Back shows nothing."""

import signal

import pytest
from playwright.sync_api import expect

from tests.browser import reading

# Tells, frame by frame, whether anything of ours is to be seen while leaving or after a step back.
WATCH = """() => {
  if (window !== top || !location.href.startsWith("OURS")) return;
  const [how] = performance.getEntriesByType("navigation");
  const back = { now: how && how.type === "back_forward" };
  addEventListener("pageshow", (event) => { if (event.persisted) back.now = true; });
  (function look() {
    requestAnimationFrame(look);
    if (!document.body || !(back.now || sessionStorage.getItem("left") === "1")) return;
    const shown = getComputedStyle(document.documentElement).display !== "none";
    if (shown && document.body.innerText.trim()) sawUs(location.href);
  })();
}"""
LIGHTS = "#leave-lights i.on"


@pytest.fixture
def leaving(visit, app, target):
    """Return a function that opens a page, and one that checks that it is left for good."""
    seen = []

    def open_page(path="/", own_clock=False):
        def prepare(page):
            page.expose_function("sawUs", lambda address: seen.append(address))
            page.add_init_script(f"({WATCH.replace('OURS', app.url)})()")
            if own_clock:
                page.clock.install()

        return visit(path, fresh=own_clock, prepare=prepare)

    def left(page):
        page.wait_for_url(target.url)
        expect(page).to_have_title("Weather")
        expect(page.get_by_text("Sunny.")).to_be_visible()

    yield open_page, left
    assert seen == []
    assert not any(referer.startswith(app.url) for referer in target.referers)


def shift(page, times):
    for _ in range(times):
        page.keyboard.press("Shift")


def still_here(page):
    """Return whether a page was not left: leaving hides it in the same moment."""
    return page.evaluate("() => getComputedStyle(document.documentElement).display") != "none"


def back_shows_nothing(page, app):
    """Step back to the start of the tab; each step on a page of ours has to lead out again."""
    for _ in range(page.evaluate("() => history.length")):
        page.go_back(wait_until="commit")
        page.wait_for_url(lambda url: not url.startswith(app.url))
    assert page.url == "about:blank"


def test_the_button_leaves_and_back_shows_nothing(leaving, app):
    open_page, left = leaving
    page = open_page()
    page.get_by_role("link", name="Leave now").click()
    left(page)
    back_shows_nothing(page, app)


def test_after_a_walk_through_the_pages_back_shows_nothing(leaving, app):
    open_page, left = leaving
    page = open_page()
    reading.cards(page).first.get_by_role("link").first.click()
    expect(page.get_by_text("Back to the list")).to_be_visible()
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About this list")
    assert page.evaluate("() => history.length") > 2
    page.get_by_role("link", name="Leave now").click()
    left(page)
    back_shows_nothing(page, app)
    page.goto(f"{app.url}/about", wait_until="commit")
    reading.whole(page)
    assert still_here(page), "who comes again of their own will has to get in"


def test_shift_three_times_leaves_from_the_page_and_from_a_text_field(leaving):
    open_page, left = leaving
    page = open_page("/about")
    shift(page, 2)
    expect(page.locator("#leave-said")).to_have_text("Shift: press one more time to leave")
    expect(page.locator(LIGHTS)).to_have_count(2)
    shift(page, 1)
    left(page)

    page = open_page()
    box = page.get_by_role("textbox", name="What do you need?")
    box.focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    assert still_here(page)
    expect(box).to_have_value("ABCD")
    assert page.locator(LIGHTS).count() == 0
    shift(page, 3)
    left(page)


def test_shift_three_times_leaves_with_the_focus_in_the_map(leaving):
    open_page, left = leaving
    page = open_page()
    reading.map_of(page).get_by_role("button", name="Both counties").focus()
    assert page.evaluate("() => document.activeElement.tagName") == "IFRAME"
    shift(page, 3)
    left(page)


def test_presses_that_are_long_apart_do_not_leave(leaving):
    open_page, left = leaving
    page = open_page("/about", own_clock=True)
    shift(page, 2)
    expect(page.locator(LIGHTS)).to_have_count(2)
    page.clock.fast_forward(5001)
    expect(page.locator(LIGHTS)).to_have_count(0)
    shift(page, 2)
    assert still_here(page)
    page.clock.fast_forward(4000)
    shift(page, 1)
    left(page)


def test_button_and_shift_leave_with_the_server_frozen(leaving, app):
    open_page, left = leaving
    one, two = open_page(), open_page("/about")
    app.process.send_signal(signal.SIGSTOP)
    try:
        one.get_by_role("link", name="Leave now").click()
        left(one)
        shift(two, 3)
        left(two)
    finally:
        app.process.send_signal(signal.SIGCONT)


def test_without_script_the_button_leaves_too(visit, app, target):
    for path in ("/", "/text"):
        page = visit(path, raw=True, java_script_enabled=False)
        page.get_by_role("link", name="Leave now").click()
        page.wait_for_url(target.url)
    assert not any(referer.startswith(app.url) for referer in target.referers)
