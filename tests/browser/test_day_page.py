"""The day page in a browser: without any request, late or not, and its results as a table."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geo.i18n import words
from geo.rounds.papers import bundle
from geo.trust import sheet
from tests.browser.barriers import faults
from tests.support import briefings


@pytest.fixture
def day(browser, tmp_path):
    """Return a function that opens the day page as a file, without a network; and what it asked."""
    contexts = []

    def run(**texts):
        path = tmp_path / "day.html"
        path.write_bytes(bundle.day_page(briefings.make(3, 2, **texts), words("en")))
        context = browser.new_context(offline=True, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.clock.install(time="2026-11-22T12:00:00")
        page.goto(path.as_uri())
        return page, asked

    yield run
    for context in contexts:
        context.close()


def arrivals(page):
    told = page.locator("li .time").all_text_contents()
    return [one.replace("\u202f", " ") for one in told]


def test_a_crew_is_late_marks_what_it_found_and_keeps_it_when_the_phone_drops_the_page(day):
    page, asked = day()
    assert arrivals(page)[0] == "Arrive 8:40 AM"
    page.get_by_role("button", name="+15 min").click()
    assert arrivals(page)[0] == "Arrive 8:55 AM"
    page.get_by_role("button", name="Moved away").first.click()
    page.get_by_label("Note (no names of people)").fill("=gone, since May")
    page.reload()
    expect(page.get_by_role("button", name="Moved away").first).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.get_by_label("Note (no names of people)")).to_have_value("=gone, since May")
    page.get_by_role("button", name="Team 2").click()
    page.get_by_role("button", name="Open", exact=True).first.click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save the results (CSV)").click()
    text = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    assert [list(row.values()) for row in csv.DictReader(io.StringIO(text))] == [
        ["r00000", "Pantry 0", "moved", "2026-11-22", "'=gone, since May"],
        ["r00003", "Pantry 3", "open", "2026-11-22", ""],
    ]
    lines, wrong = sheet.read(Path(coming.value.path()), date(2026, 11, 22))
    assert [(line.entry, line.result, line.seen_on) for line in lines] == [
        ("r00000", "moved", "2026-11-22"),
        ("r00003", "open", "2026-11-22"),
    ]
    assert wrong == []
    assert {url.split(":")[0] for url in asked} <= {"file", "blob"}
    assert not [url for url in asked if url.startswith("file") and "day.html" not in url]
    assert page.evaluate("() => [localStorage.length, document.cookie]") == [0, ""]


def test_it_can_be_used_with_big_letters_and_by_a_reader_of_screens(day):
    page, _ = day()
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_role("button", name="Closed").first.click()
    assert faults(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    heights = page.locator("button").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    assert min(heights) >= 44


def test_no_text_of_a_record_happens(day):
    attack = '</script><img src=x onerror="window.__p=1"><script>window.__p=1</script>{{7*191}}'
    page, asked = day(name=attack, phone_note=attack)
    expect(page.locator("h3").first).to_contain_text("<img src=x")
    assert page.evaluate("() => window.__p") is None
    assert not [url for url in asked if not re.search(r"day\.html", url)]
