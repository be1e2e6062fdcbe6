"""The planners' page: words, map, legend and table agree, by mouse and by keyboard."""

import csv
import json
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import conftest, reading, servers
from tests.browser.barriers import faults

HEADLINE = ".st-key-headline .headline"
LEGEND = ".st-key-legend .legend"
TABS = ("Where", "Who", "How sure", "Where next", "What if?", "Compare", "Method")
SHADES = """() => {
  const pen = document.querySelector(".leaflet-cells-pane canvas").getContext("2d");
  const { data } = pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height), seen = {};
  for (let k = 0; k < data.length; k += 4)
    if (data[k + 3] === 255) {
      const name = `rgb(${data[k]}, ${data[k + 1]}, ${data[k + 2]})`;
      seen[name] = (seen[name] || 0) + 1;
    }
  return seen;
}"""
AMOUNT = re.compile(r"([0-9,]+) (?:and|people)")
# A page that was just told something is not running yet: it rests when it has for some time.
RESTING = """() => {
  const { testScriptState } = document.querySelector("[data-testid=stApp]").dataset;
  if (testScriptState !== "notRunning") window.restingSince = null;
  else window.restingSince ??= performance.now();
  const isResting = window.restingSince !== null && performance.now() - window.restingSince > 300;
  if (isResting) window.restingSince = null;
  return isResting;
}"""
CONNECTED = "[data-test-connection-state=CONNECTED]"
EMPTY = "rgb(227, 230, 232)"  # land under circles of people
SPOT = "(point) => serviceMap.inspect.spot(point)"
IN_SIGHT = """(point) => {
  const { isResting, spot, size } = serviceMap.inspect, { x, y } = spot(point), whole = size();
  return isResting() && x > 0 && y > 0 && x < whole.x && y < whole.y;
}"""


@pytest.fixture
def gaps(visit):
    """Return a function that opens the page and waits for its answer."""

    def open_page(**options):
        page = visit("/gaps", **options)
        page.locator(LEGEND).wait_for()
        return page

    return open_page


def ask_limit(page, minutes):
    box = page.locator(".st-key-gaps_limit input")
    box.fill(str(minutes))
    box.press("Enter")
    page.locator(HEADLINE, has_text=f"{minutes} minutes").wait_for()
    page.locator(LEGEND, has_text=re.compile(rf"\b{minutes}\b")).wait_for()


def choose(page, label, option):
    reading.choose(page, label, option)
    settle(page)


def open_tab(page, name):
    tab = page.get_by_role("tab", name=name, exact=True)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    settle(page)


def settle(page):
    page.wait_for_function(RESTING)


def number(text):
    return int(re.sub(r"\D", "", text.split()[0]))


def click_at(page, lat, lon):
    page.locator(reading.MAP).scroll_into_view_if_needed()
    frame = reading.map_of(page)
    frame.wait_for_function(IN_SIGHT, arg=[lat, lon])
    box = page.locator(reading.MAP).bounding_box()
    spot = frame.evaluate(SPOT, [lat, lon])
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])


def test_words_legend_map_and_table_say_the_same(gaps):
    page = gaps()
    choose(page, "County", "Imperial County")
    choose(page, "Service", "Food")
    reading.map_of(page).wait_for_function(f"() => (({SHADES})()[{EMPTY!r}] || 0) > 1000")
    choose(page, "The map shows", "Whole areas")
    ask_limit(page, 15)
    low, high = (
        int(n.replace(",", "")) for n in AMOUNT.findall(page.locator(HEADLINE).inner_text())
    )
    rows = page.locator(f"{LEGEND} li")
    told = {
        row.locator("span").inner_text(): number(row.locator("b").inner_text())
        for row in rows.all()
    }
    assert sum(told.values()) == 179_702
    out = [people for label, people in told.items() if re.search(r"more than (15|[2-6]0)", label)]
    assert sum(out) == low
    assert told["not known: it may be within the limit or not"] == high - low > 0
    page.get_by_role("button", name=re.compile("^Show all")).click()
    cells = page.locator(".st-key-where_table tbody tr td:nth-child(3)").all_inner_texts()
    ends = [text.split(" to ") for text in cells]
    assert sum(number(end[0]) for end in ends) == low
    assert sum(number(end[-1]) for end in ends) == high
    swatches = rows.locator("i").evaluate_all("(all) => all.map((one) => one.style.background)")
    people = [number(text) for text in rows.locator("b").all_inner_texts()]
    drawn = reading.map_of(page).evaluate(SHADES)
    for colour, count in zip(swatches, people, strict=True):
        if not colour:  # a hatch
            continue
        assert (drawn.get(colour, 0) > 50) == (count > 0), colour


def test_a_table_is_sorted_by_keyboard_and_says_so(gaps):
    page = gaps()
    table = page.locator(".st-key-where_table table")
    heading = table.get_by_role("columnheader").nth(1)
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    people = [number(text) for text in table.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert people == sorted(people, reverse=True)
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name=re.compile("^Show all")).press("Enter")
    people = [number(text) for text in table.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert people == sorted(people)
    assert len(people) == 24


def test_the_map_tells_of_an_area_and_of_a_place_when_tapped(gaps):
    page = gaps()
    choose(page, "County", "Imperial County")
    frame = reading.map_of(page)
    click_at(page, 33.2, -115.0)
    popup = frame.locator(".leaflet-popup")
    expect(popup).to_contain_text("People: ")
    expect(popup).to_contain_text("minutes to")


def test_the_map_is_not_loaded_anew_by_a_question(gaps):
    page = gaps()
    reading.map_of(page).evaluate("() => { window.__mark = 1; }")
    ask_limit(page, 12)
    choose(page, "Service", "Hospital")
    choose(page, "Colors show", "How much there is for each person")
    expect(page.locator(LEGEND)).to_contain_text("for 100,000 people")
    choose(page, "The map shows", "Whole areas")
    assert reading.map_of(page).evaluate("() => window.__mark") == 1
    assert page.url.endswith("/gaps")


def test_sites_are_found_and_shown_and_a_search_can_be_stopped(gaps):
    page = gaps()
    choose(page, "County", "Imperial County")
    choose(page, "Service", "Food")
    ask_limit(page, 15)
    open_tab(page, "Where next")
    page.get_by_role("button", name="Find the best sites").click()
    rows = page.locator(".st-key-sites_table tbody tr")
    expect(rows).to_have_count(3, timeout=60_000)
    before = int(AMOUNT.findall(page.locator(HEADLINE).inner_text())[-1].replace(",", ""))
    gained = sum(number(text) for text in rows.locator("td:nth-child(3)").all_inner_texts())
    assert 0 < gained <= before
    assert len(reading.map_of(page).evaluate("() => serviceMap.inspect.sites()")) == 3
    page.get_by_role("button", name="Find the best sites").click()
    page.get_by_role("button", name="Stop, and keep the best so far").click()
    expect(page.get_by_role("button", name="Find the best sites")).to_be_enabled()


def test_a_point_chosen_on_the_map_is_tried(gaps):
    page = gaps()
    choose(page, "County", "Imperial County")
    choose(page, "Service", "Hospital")
    ask_limit(page, 20)
    open_tab(page, "What if?")
    choose(page, "Where would it be?", "The last point I chose on the map")
    click_at(page, 33.0, -115.1)
    table = page.locator(".st-key-change_table tbody tr").first
    expect(table).to_contain_text("Everybody")
    assert page.get_by_text("Point 1", exact=True).count() == 1


def test_what_is_taken_away_opens_elsewhere(gaps):
    page = gaps()
    choose(page, "County", "Imperial County")
    choose(page, "Service", "Food")
    ask_limit(page, 25)
    headline = page.locator(HEADLINE).inner_text()
    files = {}
    for label in ("Memo of one page (PDF)", "Table (CSV)", "Map (GeoJSON)"):
        with page.expect_download() as coming:
            page.get_by_role("button", name=label).click()
        files[coming.value.suggested_filename.rpartition(".")[2]] = coming.value.path()
    text = PdfReader(files["pdf"]).pages[0].extract_text()
    assert " ".join(headline.split()) in " ".join(text.split())
    with files["csv"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["people"]) for row in rows) == 179_702
    assert len(json.loads(files["geojson"].read_bytes())["features"]) == len(rows) == 114


def test_a_question_is_saved_and_opened_again(gaps):
    page = gaps()
    choose(page, "Service", "Food")
    ask_limit(page, 25)
    headline = page.locator(HEADLINE).inner_text()
    with page.expect_download() as coming:
        page.get_by_role("button", name="This question (JSON)").click()
    saved = coming.value.path().read_bytes()
    name = coming.value.suggested_filename
    assert name == "service-gaps-food-san_joaquin-25-minutes.question.json"
    choose(page, "Service", "Hospital")
    expect(page.locator(HEADLINE)).to_contain_text("a hospital")
    page.get_by_role("button", name="Open a question").click()
    box = page.locator(".st-key-gaps_opened input[type=file]")
    box.set_input_files({"name": name, "mimeType": "application/json", "buffer": saved})
    expect(page.locator(HEADLINE)).to_have_text(headline)


def test_on_paper_the_map_stays_and_the_questions_go(gaps):
    page = gaps()
    page.emulate_media(media="print")
    expect(page.locator(reading.MAP)).to_be_visible()
    expect(page.locator(HEADLINE)).to_be_visible()
    expect(page.locator(".st-key-gaps_ask")).to_be_hidden()


def test_axe_finds_nothing_behind_any_tab(gaps):
    page = gaps()
    for tab in TABS:
        open_tab(page, tab)
        page.wait_for_load_state("networkidle")
        assert faults(page) == [], tab


def test_nothing_is_wider_than_a_phone(gaps):
    page = gaps(phone=True)
    for tab in TABS:
        open_tab(page, tab)
        assert reading.sideways(page) == []


def test_the_language_changes_all_of_it(gaps):
    page = gaps()
    choose(page, "Service", "Hospital")
    reading.speak(page, "Español")
    expect(page.locator(HEADLINE)).to_contain_text("un hospital")
    expect(page.locator(LEGEND)).to_contain_text("personas")
    expect(page.get_by_role("tab", name="Dónde", exact=True)).to_be_visible()


def test_a_question_and_its_language_are_still_there_when_the_server_was_started_again(browser):
    context = browser.new_context(viewport=conftest.DESKTOP, locale="en-US")
    context.set_default_timeout(conftest.PATIENCE_MS)
    page = context.new_page()
    with servers.app() as first:
        page.goto(f"{first.url}/gaps")
        page.locator(LEGEND).wait_for()
        ask_limit(page, 17.5)
        choose(page, "Open when?", "Tuesday")
        page.get_by_role("radio", name="Español").click()
        page.locator(HEADLINE, has_text=re.compile("17.5 minutos.*martes")).wait_for()
        with servers.again(first):
            expect(page.locator(CONNECTED)).to_have_count(1, timeout=60_000)
            expect(page.locator(".st-key-gaps_limit input")).to_have_value("17.5")
            page.locator(".st-key-gaps_limit input").fill("18.5")
            page.locator(".st-key-gaps_limit input").press("Enter")
            page.locator(HEADLINE, has_text=re.compile("18.5 minutos.*martes")).wait_for()
            expect(page.locator("h1")).to_have_text("¿A quién no le llega la ayuda?")
    context.close()
