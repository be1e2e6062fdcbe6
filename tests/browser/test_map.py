"""The map: a frame for each county, then one that looks where one asks; numbers as in the list."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import reading

TWO = "() => document.body.classList.contains('two')"
GROUND = "() => getComputedStyle(document.querySelector('.leaflet-container')).backgroundColor"


def test_a_desk_has_a_frame_for_each_county_until_a_town_is_chosen(visit):
    page = visit()
    frame = reading.map_of(page)
    assert frame.evaluate(TWO)
    expect(frame.locator(".map-title")).to_have_text(["San Joaquin County", "Imperial County"])
    _, middle = reading.view(page)
    assert middle["lat"] == pytest.approx(37.93, abs=0.3)
    assert frame.locator("canvas").count() >= 4
    with reading.anew(page):
        reading.start_from(page, "Calexico")
    frame.wait_for_function(f"() => !({TWO})()")
    _, middle = reading.view(page)
    assert middle["lat"] == pytest.approx(32.72, abs=0.2)
    with reading.anew(page):
        page.get_by_role("button", name="Clear all filters").click()
    frame.wait_for_function(TWO)


def test_a_phone_has_one_frame_and_a_way_back_to_the_same_card(visit):
    page = visit(phone=True)
    frame = reading.map_of(page)
    assert not frame.evaluate(TWO)
    with reading.anew(page):
        reading.search(page, "food")
    card = page.locator(".st-key-results li.card[data-spot]").nth(2)
    card.locator("h3 button").click()
    card.get_by_role("button", name="Show on map").click()
    expect(page.locator(reading.MAP)).to_be_in_viewport()
    back = frame.get_by_role("button", name="Back to the list")
    back.click()
    expect(card).to_be_in_viewport()
    expect(page.locator(reading.MAP)).not_to_be_in_viewport()


def test_a_dark_device_has_a_dark_map(visit):
    for scheme, is_dark in (("light", False), ("dark", True)):
        page = visit(color_scheme=scheme)
        shades = re.findall(r"\d+", reading.map_of(page).evaluate(GROUND))
        assert (sum(map(int, shades[:3])) < 200) == is_dark


COUNT_CANVASES = """(() => {
  window.sized = 0;
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, "width");
  Object.defineProperty(HTMLCanvasElement.prototype, "width", {
    get,
    set(width) {
      window.sized += 1;
      set.call(this, width);
    },
  });
})();"""


def test_a_map_that_comes_after_the_list_is_drawn_once(visit):
    """Its script waits here until the list is there: each canvas gets its size a single time."""
    asked = []

    def hold(page):
        def wait(route):
            page.wait_for_function("() => window.serviceMapShown")
            route.continue_()

        page.add_init_script(COUNT_CANVASES)
        page.route("**/map/main.js", wait)
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))

    page = visit(fresh=True, raw=True, prepare=hold)
    page.locator(reading.MAP).wait_for()
    frame = reading.map_of(page)
    frame.wait_for_function("() => serviceMap.inspect?.drawn().length")
    assert frame.locator("canvas").count() == 4
    assert frame.evaluate("() => sized") == 4
    assert asked.count("/streets") == 1


TYPE = """(texts) => {
  window.told = 0;
  addEventListener("map:show", () => { window.told += 1; });
  const root = document.querySelector(".st-key-results [data-testid^=stBidi]").shadowRoot;
  const box = root.querySelector("#words");
  return texts.map((text) => {
    box.value = text;
    box.dispatchEvent(new Event("input"));
    return [root.querySelector("#count").textContent, window.told];
  });
}"""


def test_the_list_answers_each_letter_and_the_map_when_they_rest(visit):
    page = visit()
    before = reading.marked(page)
    answers = page.evaluate(TYPE, ["den", "dentist", "food"])
    assert len({count for count, _ in answers}) == 3
    assert [told for _, told in answers] == [0, 0, 0]
    page.wait_for_function("() => told === 1")
    after = reading.marked(page)
    assert after != before
    assert len(after) <= int(answers[2][0].split()[0])
    at_once = page.get_by_role("button", name="Clear all filters").evaluate(
        "(button) => { button.click(); return told; }"
    )
    assert at_once == 2


NAMED = """() => ({
  named: [...document.querySelectorAll("head > link[rel$=preload]")].map((one) => one.href),
  asked: performance.getEntriesByType("resource").map((one) => one.name),
})"""


def test_what_the_map_is_made_of_is_named_in_the_head_of_its_frame(visit):
    """So nothing waits for another to be read, and nothing is fetched twice or in vain."""
    files = reading.map_of(visit()).evaluate(NAMED)
    named = [urlsplit(one).path for one in files["named"]]
    asked = [urlsplit(one).path for one in files["asked"]]
    late = {"/streets"}  # which few servers have
    theirs = {one for one in asked if one.startswith("/component/")}
    assert {*asked} - late - theirs == {*named}
    assert len(named) == len({*named})
    assert len(asked) == len({*asked})
    ends = ("/leaflet-", "/map/main.js", "/points-", "/ground-", "/map/map.css")
    assert all(any(end in one for one in named) for end in ends)
