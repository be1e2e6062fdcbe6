"""The Outreach page: a round is planned, changed by hand and taken along, and kept nowhere."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import gpxpy
import icalendar
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from geo.catalogue.keeper import keeper_of
from geo.rounds import stops
from geo.settings import DATA
from tests.browser import conftest, hostile, planning, reading
from tests.browser.barriers import faults
from tests.browser.planning import LIST, PLAN
from tests.browser.test_privacy import COOKIES_OF_STREAMLIT, STORED

CANARY = "kanarienvogel park"
START = "37.7397, -121.4252"
WAYS = "() => serviceMap.inspect.rounds().map((round) => round.points.length)"
FOCUSED = """() => {
  let part = document.activeElement;
  while (part && part.shadowRoot) part = part.shadowRoot.activeElement;
  return part.getAttribute("aria-label");
}"""


def names(page, part=PLAN):
    """Return the stops in their order, as the headings say."""
    return page.locator(f"{part} li.card h3").all_text_contents()


def press(page, name, number):
    """Press a button of a stop; wait until the list is drawn anew."""
    before = page.locator(f"{PLAN} .cards").element_handle()
    page.locator(f"{PLAN} li.card").nth(number).get_by_role("button", name=name).click()
    page.wait_for_function(reading.DRAWN, arg=before)
    reading.whole(page)


def download(page, label):
    with page.expect_download() as coming:
        page.get_by_role("button", name=label).click()
    assert coming.value.suggested_filename.startswith("round-20")
    return Path(coming.value.path()).read_bytes()


@pytest.fixture
def planned(visit):
    """Return a page with a round through Tracy."""

    def run(**options):
        page = visit("/outreach", **options)
        planning.add_tracy(page)
        planning.step(page, "2 Day and teams")
        planning.start_from(page, START)
        planning.plan(page)
        return page

    return run


def test_a_round_is_planned_changed_by_hand_and_taken_along(planned):
    page = planned()
    frame = reading.map_of(page)
    frame.evaluate("() => { window.__mark = 1; }")
    first = names(page)
    assert len(first) > 5
    assert frame.evaluate(WAYS) == [len(first) + 2]
    expect(frame.get_by_text("Straight lines from stop to stop, not the streets.")).to_be_visible()

    press(page, "Later", 0)
    assert names(page) == [first[1], first[0], *first[2:]]
    assert page.evaluate(FOCUSED) == f"Later: {first[0]}"
    page.keyboard.press("Enter")
    expect(page.locator(f"{PLAN} li.card h3").nth(2)).to_have_text(first[0])
    press(page, "Leave out", 2)
    expect(page.get_by_role("heading", name="1 stop is not on this plan")).to_be_visible()
    assert names(page)[-1] == first[0]
    assert frame.evaluate(WAYS) == [len(first) + 1]
    press(page, "Add to Team 1", len(first) - 1)
    assert sorted(names(page)) == sorted(first)
    page.locator(f"{PLAN} li.card").last.locator("summary").click()
    last = names(page)[-1]
    press(page, "Always first", len(first) - 1)
    assert names(page)[0] == last
    assert reading.map_of(page).evaluate("() => window.__mark") == 1

    sheets = PdfReader(io.BytesIO(download(page, "Sheets to print")))
    told = " ".join(" ".join(sheet.extract_text() for sheet in sheets.pages).split())
    route = gpxpy.parse(download(page, "Route for a GPS").decode())
    table = csv.DictReader(io.StringIO(download(page, "Table").decode("utf-8-sig")))
    calendar = icalendar.Calendar.from_ical(download(page, "Calendar"))
    assert [row["Name"] for row in table if row["Stop"]] == names(page)
    assert [point.name for point in route.routes[0].points[1:-1]] == [
        f"{number} {name}" for number, name in enumerate(names(page), 1)
    ]
    assert len(calendar.walk("VEVENT")) == len(first) + 2  # to set out, and the way back
    for name in first:
        assert " ".join(name.split()) in told
    page.get_by_text("Open the way in Google Maps").click()
    link = page.get_by_role("link", name=re.compile("^Team 1: (the whole way|from the start)"))
    expect(link).to_have_attribute("href", re.compile("^https://www.google.com/maps/dir/"))
    expect(link).to_have_attribute("rel", re.compile("noreferrer"))


def test_a_round_is_kept_nowhere(planned, app):
    asked = []

    def note(page):
        page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))

    page = planned(fresh=True, prepare=note)
    planning.step(page, "1 Stops")
    page.get_by_text("Add a place that is not on the list").click()
    page.get_by_label("What to call it").fill(CANARY)
    page.get_by_label("Where it is:").fill("37.751, -121.425")
    page.get_by_role("button", name="Add this place").click()
    expect(page.locator(f"{LIST} li.card").filter(has_text=CANARY)).to_be_visible()
    planning.step(page, "3 Plan")
    page.get_by_role("button", name="Put the new stop into this plan").click()
    expect(page.locator(f"{PLAN} li.card").filter(has_text=CANARY)).to_be_visible()
    download(page, "Sheets to print")
    assert (urlsplit(page.url).path, urlsplit(page.url).query) == ("/outreach", "")
    assert page.evaluate(STORED) == []
    assert {cookie["name"] for cookie in page.context.cookies()} <= COOKIES_OF_STREAMLIT
    kept = " ".join([app.log.read_text(encoding="utf-8"), *asked])
    assert CANARY not in kept
    assert START.split(",")[0] not in kept
    page.reload()
    reading.whole(page)
    expect(page.get_by_role("heading", name="0 stops chosen")).to_be_visible()


def test_a_long_search_can_be_stopped_and_its_best_is_shown(visit):
    page = visit("/outreach")
    page.get_by_role("button", name=re.compile(r"^Add all \d+ places that fit$")).click()
    page.locator(f"{LIST} li.card").first.wait_for()
    planning.step(page, "2 Day and teams")
    planning.start_from(page, START)
    planning.step(page, "3 Plan")
    page.get_by_role("button", name="Plan the round").click()
    page.get_by_text("Best so far:").wait_for(timeout=planning.PATIENCE_MS)
    page.get_by_role("button", name="Stop and take the best so far").click()
    page.locator(f"{PLAN} li.card").first.wait_for()
    expect(page.get_by_text("You stopped the search. A shorter plan may exist.")).to_be_visible()
    expect(page.get_by_role("button", name="Plan again")).to_be_visible()


def test_a_stop_is_changed_in_a_dialog(visit):
    page = visit("/outreach")
    planning.add_tracy(page)
    card = page.locator(f"{LIST} li.card").first
    card.get_by_role("button", name="Change").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Must be visited").click()
    dialog.get_by_label("Minutes there").fill("35")
    dialog.get_by_label("Minutes there").press("Enter")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(card).to_contain_text("35 minutes there · must be visited")


def test_axe_finds_nothing_on_any_step_wide_or_narrow(planned):
    page = planned()
    for name in ("3 Plan", "2 Day and teams", "1 Stops"):
        for size in (conftest.PHONE, conftest.DESKTOP):
            page.set_viewport_size(size)
            planning.step(page, name)
            page.locator("details").evaluate_all("(all) => all.forEach((one) => (one.open = true))")
            assert faults(page) == [], name
            assert reading.sideways(page) == [], name


def test_nothing_of_a_hostile_record_happens(visit, hostile_app, fetched):
    page = visit("/outreach", at=hostile_app.url)
    page.get_by_role("button", name=re.compile(r"^Add all \d+ places that fit$")).click()
    expect(page.locator(f"{LIST} li.card")).to_have_count(len(hostile.ATTACKS) + 1)
    page.locator(".st-key-out_one input").click()
    expect(page.get_by_role("option").filter(has_text="{{7*191}}").first).to_be_visible()
    page.keyboard.press("Escape")
    planning.step(page, "2 Day and teams")
    planning.start_from(page, START)
    planning.plan(page)
    expect(page.locator(f"{PLAN} li.card").filter(has_text="{{7*191}}").first).to_be_visible()
    for frame in page.frames:
        assert frame.evaluate("() => window.__p") is None
    assert hostile.COMPUTED not in page.locator("body").inner_text()
    assert page.locator("img[src='x'], img[src$='t.png']").count() == 0
    assert fetched.asked == []


def test_a_start_that_is_left_by_tab_stays_and_a_tap_on_the_map_takes_its_place(visit):
    page = visit("/outreach")
    planning.add_tracy(page)
    planning.step(page, "2 Day and teams")
    start = page.locator(".st-key-out_start input")
    planning.start_from(page, "Tracy")
    expect(start).to_have_value("Tracy")
    page.get_by_role("button", name="Start at a place of the list").click()
    page.get_by_text("Tap the map where you start").click()
    expect(page.get_by_text("Now tap the map.")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("iframe[title^='streamlit_folium']").click(position={"x": 200, "y": 200})
    expect(start).to_have_value(re.compile(r"^37\.\d{5}, -121\.\d{5}$"))


def test_all_stops_are_changed_at_once_and_what_is_left_blank_stays(visit):
    page = visit("/outreach")
    planning.add_tracy(page)
    page.locator(".st-key-out_all button").click()
    minutes = page.locator(".st-key-out_all_minutes input")
    minutes.fill("35")
    minutes.press("Tab")
    page.locator(".st-key-out_all_save button").click()
    expect(minutes).to_have_count(0)
    cards = page.locator(f"{LIST} li.card")
    expect(cards.filter(has_text="35 minutes there")).to_have_count(cards.count())
    assert not cards.filter(has_text="must be visited").count()


def test_an_entry_without_an_exact_place_is_added_with_a_place_to_meet(visit):
    page = visit("/outreach")
    listed = keeper_of(DATA / "services.csv").current().entries
    about = next(one for one in listed if stops.is_about(one) and one["city"] == "Tracy")
    box = page.locator(".st-key-out_one input")
    box.click()
    box.fill(about["name"])
    page.get_by_role("option").filter(has_text=about["name"]).first.click()
    meeting = page.locator(".st-key-out_meeting_point input")
    expect(page.get_by_text("It is only about known where")).to_be_visible()
    meeting.fill("nowhere")
    page.locator(".st-key-out_meeting_add button").click()
    expect(page.get_by_text("nowhere is not known.")).to_be_visible()
    meeting.fill("37.74, -121.43")
    meeting.press("Tab")
    page.locator(".st-key-out_meeting_add button").click()
    expect(page.locator(f"{LIST} li.card").filter(has_text=about["name"])).to_be_visible()
