"""Reading: what stands on a page for a reader: the list, the map, and whether they agree."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Frame, Locator, Page, expect

MAP = "iframe[title^='streamlit_folium']"
WHOLE = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  if (!app || app.dataset.testScriptState !== "notRunning") return false;
  const inside = (root, name) => {
    for (const part of root.querySelectorAll("*")) {
      if (part.matches(name)) return part;
      const found = part.shadowRoot && inside(part.shadowRoot, name);
      if (found) return found;
    }
    return null;
  };
  const find = document.querySelector(".st-key-results");
  if (find && inside(find, ".find")?.dataset.has !== "all") return false;
  if (!find && !document.querySelector("h1, .st-key-place")) return false;
  const map = document.querySelector(".st-key-map iframe")?.contentWindow;
  return !document.querySelector(".st-key-map") || Boolean(map?.serviceMap?.inspect?.isReady());
}"""
SHOWN = "() => serviceMap.inspect.shown()"
VIEW = "() => { const { zoom, ...middle } = serviceMap.inspect.view(); return [zoom, middle]; }"
FOLLOW = """() => {
  window.hasFollowed = !document.querySelector(".st-key-map iframe")?.contentWindow?.serviceMap;
  addEventListener("map:shown", () => { window.hasFollowed = true; }, { once: true });
}"""
RESTING = "() => serviceMap.inspect.isResting()"
DRAWN = "(seen) => seen && !seen.isConnected"
COUNT = ".st-key-results #count"
WIDE = """() => ["html", "body", "[data-testid=stMain]", "[data-testid=stAppViewContainer]"]
  .map((name) => [name, document.querySelector(name)])
  .filter(([, part]) => part && part.scrollWidth > part.clientWidth)
  .map(([name, part]) => `${name}: ${part.scrollWidth} > ${part.clientWidth}`)"""

# What sticks out of the page to the right, in shadow roots too, but for what lies in a box that is
# no wider than the page and scrolls by itself.
OVER = """() => {
  const found = [], whole = "html, body, #root, [data-testid^=stApp], [data-testid=stMain]";
  const outer = (part) => part.parentElement ?? part.getRootNode().host;
  const isBoxed = (part) => {
    for (let box = outer(part); box; box = outer(box))
      if (!box.matches(whole) && getComputedStyle(box).overflowX !== "visible"
        && box.getBoundingClientRect().right <= innerWidth + 1) return true;
    return false;
  };
  (function look(root) {
    for (const part of root.querySelectorAll("*")) {
      if (part.shadowRoot) look(part.shadowRoot);
      const box = part.getBoundingClientRect();
      if (box.width && part.checkVisibility() && box.right > innerWidth + 1 && !isBoxed(part))
        found.push(`${Math.round(box.right)}: ${part.outerHTML.slice(0, 120)}`);
    }
  })(document);
  return found;
}"""


def whole(page: Page) -> Page:
    """Wait until a page has everything on it; return it."""
    page.wait_for_function(WHOLE)
    page.locator(f"h1:visible, {COUNT}").first.wait_for()
    return page


def count(page: Page) -> int:
    """Return the number of places that the heading over the list says."""
    return int(page.locator(COUNT).inner_text().split()[0])


def cards(page: Page) -> Locator:
    """Return the places in the list, without the lines to call."""
    return page.locator(".st-key-results ol.places > li.card")


def listed(page: Page, with_spot: bool = False) -> set[int]:
    """Return the numbers of the places in the list; `with_spot`: of those the map can show."""
    found = cards(page).evaluate_all(
        "(all) => all.map((one) => [+one.dataset.n, 'spot' in one.dataset])"
    )
    return {number for number, spot in found if spot or not with_spot}


def map_of(page: Page) -> Frame:
    """Return the frame of the map."""
    frame = page.locator(MAP).element_handle().content_frame()
    assert frame is not None
    return frame


def marked(page: Page) -> set[int]:
    """Return the numbers of the places that the map shows."""
    return set(map_of(page).evaluate(SHOWN))


def view(page: Page) -> list[object]:
    """Return the zoom and the centre of the map, once it rests."""
    frame = map_of(page)
    frame.wait_for_function(RESTING)
    return frame.evaluate(VIEW)


def sideways(part: Page | Frame) -> list[str]:
    """Return what is wider than the screen, so that one would have to scroll sideways."""
    return part.evaluate(WIDE)


@contextmanager
def anew(page: Page) -> Iterator[None]:
    """Wait, after what is done in the block, until the list is drawn anew."""
    before = page.locator(COUNT).element_handle()
    yield
    page.wait_for_function(DRAWN, arg=before)
    whole(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of the select box with this label."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def start_from(page: Page, place: str) -> None:
    """Type a place into the box that asks where, and go on to the next question."""
    box = page.locator(".st-key-results").get_by_role("combobox").first
    box.fill(place)
    box.press("Tab")


def search(page: Page, words: str) -> None:
    """Type words into the search box; the answer comes while one types, on the map after it."""
    page.evaluate(FOLLOW)
    page.locator("#words").fill(words)
    page.wait_for_function("() => window.hasFollowed")


def when(page: Page, option: str) -> None:
    """Choose a time on the page of Find."""
    page.locator("#when").select_option(label=option)


def speak(page: Page, name: str) -> None:
    """Choose a language in the frame of the page."""
    page.locator(".st-key-language").get_by_role("radio", name=name).click()
    expect(page.locator(".st-key-language").get_by_role("radio", name=name)).to_be_checked()
